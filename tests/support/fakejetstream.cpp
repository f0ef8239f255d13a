// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakejetstream.h"

#include <QJsonDocument>

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
    m_requests.append({subject, QJsonDocument::fromJson(payload).object()});
    std::optional<Result<QByteArray>> reply;
    if (!m_expected.isEmpty() && m_expected.first().subject == subject)
        reply = m_expected.takeFirst().reply;
    else
        m_surprises.append(subject);
    if (reply)
        return Pending<QByteArray>::answered(*reply);
    return Pending<QByteArray>::ask([this](Pending<QByteArray>::Answer answer) -> std::function<void()> {
        m_hanging.append(answer);
        return [this] { ++m_withdrawn; };
    });
}
