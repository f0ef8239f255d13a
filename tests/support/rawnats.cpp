// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/rawnats.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

namespace {
constexpr int patience = 20'000;
constexpr int bulkPatience = 180'000;
} // namespace

RawNats::RawNats(quint16 port, const QString &user, const SecretString &password)
{
    m_socket.connectToHost(QStringLiteral("127.0.0.1"), port);
    QByteArray greeting;
    const bool isGreeted = QTest::qWaitFor(
        [&] {
            greeting += m_socket.readAll();
            return greeting.contains("\r\n");
        },
        patience);
    const QJsonObject options{{QStringLiteral("verbose"), false}, {QStringLiteral("headers"), true},
        {QStringLiteral("user"), user}, {QStringLiteral("pass"), password.reveal()}};
    m_isOpen =
        isGreeted && say("CONNECT " + QJsonDocument(options).toJson(QJsonDocument::Compact) + "\r\n").contains("PONG");
}

QByteArray RawNats::say(const QByteArray &lines)
{
    m_socket.write(lines + "PING\r\n");
    QByteArray said;
    // a refusal may end the connection
    const bool isOver = QTest::qWaitFor(
        [&] {
            said += m_socket.readAll();
            return said.contains("PONG\r\n") || m_socket.state() != QTcpSocket::ConnectedState;
        },
        patience);
    return isOver ? said : said + "(no answer)";
}

QByteArray RawNats::publish(const QByteArray &subject, const QByteArray &reply, const QByteArray &payload)
{
    const QByteArray to = reply.isEmpty() ? QByteArray() : reply + ' ';
    return say("PUB " + subject + ' ' + to + QByteArray::number(payload.size()) + "\r\n" + payload + "\r\n");
}

QByteArray RawNats::ask(const QByteArray &subject, const QByteArray &inbox, const QByteArray &payload)
{
    QByteArray said = publish(subject, inbox, payload);
    const bool isAnswered = QTest::qWaitFor(
        [&] {
            if (!said.contains("MSG " + inbox))
                said += say({});
            return said.contains("MSG " + inbox);
        },
        patience);
    return isAnswered ? said : said + "(no answer)";
}

QByteArray RawNats::askAll(const QList<std::pair<QByteArray, QByteArray>> &requests, const QByteArray &inbox)
{
    QByteArray lines;
    for (const auto &[subject, payload] : requests)
        lines += "PUB " + subject + ' ' + inbox + ' ' + QByteArray::number(payload.size()) + "\r\n" + payload + "\r\n";
    QByteArray said = say(lines);
    const QByteArray answer = "MSG " + inbox;
    const bool areAnswered = QTest::qWaitFor(
        [&] {
            said += m_socket.readAll();
            return said.count(answer) >= requests.size() || m_socket.state() != QTcpSocket::ConnectedState;
        },
        bulkPatience);
    return areAnswered && said.count(answer) >= requests.size() ? said : said + "(no answer)";
}

QByteArray RawNats::subscribe(const QByteArray &subject)
{
    return say("SUB " + subject + ' ' + QByteArray::number(++m_subscriptions) + "\r\n");
}
