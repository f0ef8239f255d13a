// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakenatsserver.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>

namespace {

const QByteArray lineEnd = QByteArrayLiteral("\r\n");

/// A request's reply subject is "_INBOX.x.y", subscribed to as such or as "_INBOX.x.*".
bool matches(const QByteArray &subscribed, const QByteArray &subject)
{
    if (subscribed == subject)
        return true;
    return subscribed.endsWith('*') && subject.startsWith(subscribed.chopped(1));
}

} // namespace

FakeNatsServer::FakeNatsServer()
{
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *socket = m_server.nextPendingConnection())
            serve(socket);
    });
    m_server.listen(QHostAddress::LocalHost);
}

void FakeNatsServer::serve(QTcpSocket *socket)
{
    m_connections.insert(socket, {});
    connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
        Connection &connection = m_connections[socket];
        connection.unread += socket->readAll();
        while (takeLine(socket, connection)) { }
    });
    connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
        m_connections.remove(socket);
        socket->deleteLater();
    });
    socket->write("INFO {\"server_id\":\"fake\",\"version\":\"2.14.9\",\"auth_required\":true,\"headers\":true,"
                  "\"max_payload\":1048576}\r\n");
}

bool FakeNatsServer::takeLine(QTcpSocket *socket, Connection &connection)
{
    const qsizetype end = connection.unread.indexOf(lineEnd);
    if (end < 0)
        return false;
    const QByteArray line = connection.unread.left(end);
    const QList<QByteArray> words = line.split(' ');
    const bool isMessage = words.first() == "PUB" || words.first() == "HPUB";
    const qsizetype payload = isMessage ? words.last().toInt() + lineEnd.size() : 0;
    if (connection.unread.size() < end + lineEnd.size() + payload)
        return false;
    connection.unread.remove(0, end + lineEnd.size() + payload);
    if (words.first() == "CONNECT")
        logIn(socket, line.mid(8));
    else if (words.first() == "PING")
        socket->write("PONG\r\n");
    else if (words.first() == "SUB")
        connection.subscriptions.append({words.value(1), words.last()});
    else if (isMessage)
        answer(socket, connection, words);
    return true;
}

void FakeNatsServer::logIn(QTcpSocket *socket, const QByteArray &options)
{
    const QJsonObject login = QJsonDocument::fromJson(options).object();
    const QString user = login[QLatin1String("user")].toString();
    logins.append(user);
    if (!isWelcome || isWelcome(user, login[QLatin1String("pass")].toString()))
        return;
    socket->write("-ERR 'Authorization Violation'\r\n");
    socket->disconnectFromHost();
}

void FakeNatsServer::answer(QTcpSocket *socket, const Connection &connection, const QList<QByteArray> &words)
{
    heard.append(words.value(1));
    const auto found = answers.constFind(words.value(1));
    const QByteArray reply = words.value(2);
    if (found == answers.cend())
        return;
    for (const Subscription &subscription : connection.subscriptions) {
        if (matches(subscription.subject, reply))
            socket->write("MSG " + reply + ' ' + subscription.id + ' ' + QByteArray::number(found->size()) + lineEnd
                + *found + lineEnd);
    }
}
