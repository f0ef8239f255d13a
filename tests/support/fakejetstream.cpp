// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakejetstream.h"

#include <QJsonDocument>

#include <algorithm>

void FakeJetStream::expect(const QString &subject, const QJsonObject &reply)
{
    expect(subject, QJsonDocument(reply).toJson(QJsonDocument::Compact));
}

void FakeJetStream::expect(const QString &subject, const QByteArray &reply)
{
    m_expected.append({subject, reply});
}

void FakeJetStream::expect(const QString &subject, const Error &error)
{
    m_expected.append({subject, Result<QByteArray>(fail(error))});
}

void FakeJetStream::stand(const QString &subject, std::function<Result<QByteArray>(const QJsonObject &body)> answer)
{
    m_standing.insert(subject, std::move(answer));
}

void FakeJetStream::stand(const QString &subject, const QJsonObject &reply)
{
    const QByteArray bytes = QJsonDocument(reply).toJson(QJsonDocument::Compact);
    stand(subject, [bytes](const QJsonObject &) { return bytes; });
}

int FakeJetStream::count(const QString &subject) const
{
    return int(std::count_if(m_requests.cbegin(), m_requests.cend(),
        [&subject](const Request &request) { return request.subject == subject; }));
}

void FakeJetStream::expectHanging(const QString &subject)
{
    m_expected.append({subject, std::nullopt});
}

void FakeJetStream::answerHanging(const Result<QByteArray> &reply)
{
    m_hanging.takeFirst()(reply);
}

Pending<QByteArray> FakeJetStream::request(const QString &subject, const QByteArray &payload, std::chrono::milliseconds)
{
    const QJsonObject body = QJsonDocument::fromJson(payload).object();
    m_requests.append({subject, body});
    std::optional<Result<QByteArray>> reply;
    if (!m_expected.isEmpty() && m_expected.first().subject == subject)
        reply = m_expected.takeFirst().reply;
    else if (m_standing.contains(subject))
        reply = m_standing.value(subject)(body);
    else
        m_surprises.append(subject);
    if (reply)
        return Pending<QByteArray>::answered(*reply);
    return Pending<QByteArray>::ask([this](Pending<QByteArray>::Answer answer) -> std::function<void()> {
        m_hanging.append(answer);
        return [this] { ++m_withdrawn; };
    });
}
