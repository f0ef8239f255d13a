// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/nats/jetstreamtransport.h"

#include <QHash>
#include <QJsonObject>
#include <QList>

#include <functional>

/// A JetStreamTransport that answers from a transcript: requests must come in the order in which they were expected,
/// but for those that a standing answer covers. What came otherwise is listed in `surprises`, and is answered as a
/// server does that knows no such subject: not.
class FakeJetStream final : public JetStreamTransport {
    Q_OBJECT

public:
    struct Request {
        QString subject;
        QJsonObject body;
    };

    /// The next request is on `subject` and is answered with `reply`.
    void expect(const QString &subject, const QJsonObject &reply);
    void expect(const QString &subject, const QByteArray &reply);
    void expect(const QString &subject, const Error &error);
    /// From now on requests on `subject` are answered by `answer`, whenever they come, unless they are expected.
    void stand(const QString &subject, std::function<Result<QByteArray>(const QJsonObject &body)> answer);
    void stand(const QString &subject, const QJsonObject &reply);
    /// The next request is on `subject` and is never answered; see `answerHanging`.
    void expectHanging(const QString &subject);
    /// Whether nothing is answered any more, what was asked and not answered so far included; it is carried out.
    void setSilent(bool isSilent) { m_isSilent = isSilent; }
    /// Answers the oldest request that hangs.
    void answerHanging(const Result<QByteArray> &reply);

    Pending<QByteArray> request(
        const QString &subject, const QByteArray &payload, std::chrono::milliseconds timeout) override;
    Pending<std::shared_ptr<NatsSubscription>> subscribe(qint64 mostBytes) override;
    Pending<void> publish(const QList<NatsMessage> &messages) override;

    /// Something comes on the subscription that was made last, if it is there still.
    void deliver(const NatsMessage &message);
    /// It ends with that.
    void breakSubscription(const Error &why);
    bool isSubscribed() const { return !m_subscription.expired(); }
    /// Told of each message that is published.
    void whenPublished(std::function<void(const NatsMessage &)> heard) { m_heard = std::move(heard); }
    const QList<NatsMessage> &published() const { return m_published; }

    /// As without headers; those of the last one are kept.
    Pending<QByteArray> requestWithHeaders(const QString &subject, const NatsHeaders &headers,
        const QByteArray &payload, std::chrono::milliseconds timeout) override;
    const NatsHeaders &lastHeaders() const { return m_lastHeaders; }
    const QByteArray &lastPayload() const { return m_lastPayload; }

    /// Every request so far.
    const QList<Request> &requests() const { return m_requests; }
    int count(const QString &subject) const;
    const QStringList &surprises() const { return m_surprises; }
    /// True when everything that was expected came, and nothing else.
    bool isComplete() const { return m_expected.isEmpty() && m_surprises.isEmpty(); }
    /// How many requests were withdrawn before they were answered.
    int withdrawn() const { return m_withdrawn; }

private:
    struct Expected {
        QString subject;
        std::optional<Result<QByteArray>> reply;
    };

    class Subscription;

    QList<Expected> m_expected;
    QHash<QString, std::function<Result<QByteArray>(const QJsonObject &)>> m_standing;
    QList<Request> m_requests;
    NatsHeaders m_lastHeaders;
    QByteArray m_lastPayload;
    QStringList m_surprises;
    QList<Pending<QByteArray>::Answer> m_hanging;
    int m_withdrawn = 0;
    bool m_isSilent = false;
    std::weak_ptr<Subscription> m_subscription;
    int m_subscriptions = 0;
    std::function<void(const NatsMessage &)> m_heard;
    QList<NatsMessage> m_published;
};
