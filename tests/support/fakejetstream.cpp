// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakejetstream.h"

#include <QJsonDocument>

#include <algorithm>

/// Waits for as long as the test does.
class FakeJetStream::Subscription final : public NatsSubscription {
public:
    explicit Subscription(int number)
        : m_subject(QStringLiteral("_INBOX_ADM.%1").arg(number))
    {
    }

    QString subject() const override { return m_subject; }

    Pending<QList<NatsMessage>> next(std::chrono::milliseconds) override
    {
        return Pending<QList<NatsMessage>>::ask([this](auto answer) -> std::function<void()> {
            m_asked = answer;
            answerNow();
            return {};
        });
    }

    void put(const NatsMessage &message)
    {
        m_waiting.append(message);
        answerNow();
    }

    void breakWith(const Error &why)
    {
        m_broken = why;
        answerNow();
    }

private:
    void answerNow()
    {
        if (!m_asked || (m_waiting.isEmpty() && !m_broken))
            return;
        const auto asked = *std::exchange(m_asked, std::nullopt);
        if (m_waiting.isEmpty())
            return asked(fail(*m_broken));
        asked(std::exchange(m_waiting, {}));
    }

    QString m_subject;
    QList<NatsMessage> m_waiting;
    std::optional<Pending<QList<NatsMessage>>::Answer> m_asked;
    std::optional<Error> m_broken;
};

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
    if (reply && !m_isSilent)
        return Pending<QByteArray>::answered(*reply);
    return Pending<QByteArray>::ask([this](Pending<QByteArray>::Answer answer) -> std::function<void()> {
        m_hanging.append(answer);
        return [this] { ++m_withdrawn; };
    });
}

Pending<QByteArray> FakeJetStream::requestWithHeaders(
    const QString &subject, const NatsHeaders &headers, const QByteArray &payload, std::chrono::milliseconds timeout)
{
    m_lastHeaders = headers;
    m_lastPayload = payload;
    return request(subject, payload, timeout);
}

Pending<std::shared_ptr<NatsSubscription>> FakeJetStream::subscribe(qint64)
{
    const auto made = std::make_shared<Subscription>(++m_subscriptions);
    m_subscription = made;
    return Pending<std::shared_ptr<NatsSubscription>>::answered(std::shared_ptr<NatsSubscription>(made));
}

Pending<void> FakeJetStream::publish(const QList<NatsMessage> &messages)
{
    for (const NatsMessage &message : messages) {
        m_published.append(message);
        if (m_heard)
            m_heard(message);
    }
    return Pending<void>::answered({});
}

void FakeJetStream::deliver(const NatsMessage &message)
{
    if (const auto subscription = m_subscription.lock())
        subscription->put(message);
}

void FakeJetStream::breakSubscription(const Error &why)
{
    if (const auto subscription = m_subscription.lock())
        subscription->breakWith(why);
}
