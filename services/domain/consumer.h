// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/stream.h"

enum class AckPolicy { Explicit, All, None };
constexpr auto wireNames(AckPolicy)
{
    return WireNames<AckPolicy, 3>{
        {{AckPolicy::Explicit, "explicit"}, {AckPolicy::All, "all"}, {AckPolicy::None, "none"}}};
}

enum class DeliverPolicy { All, New, Last, LastPerSubject, ByStartSequence, ByStartTime };
constexpr auto wireNames(DeliverPolicy)
{
    return WireNames<DeliverPolicy, 6>{{
        {DeliverPolicy::All, "all"},
        {DeliverPolicy::New, "new"},
        {DeliverPolicy::Last, "last"},
        {DeliverPolicy::LastPerSubject, "last_per_subject"},
        {DeliverPolicy::ByStartSequence, "by_start_sequence"},
        {DeliverPolicy::ByStartTime, "by_start_time"},
    }};
}

enum class DeliveryMode { Pull, Push };
constexpr auto wireNames(DeliveryMode)
{
    return WireNames<DeliveryMode, 2>{{{DeliveryMode::Pull, "pull"}, {DeliveryMode::Push, "push"}}};
}

/// Names one consumer of the runtime.
struct ConsumerId {
    StreamId stream;
    QString name;

    std::strong_ordering operator<=>(const ConsumerId &) const = default;
};

/// One consumer as a server tells of it (JetStream API, CONSUMER.INFO and CONSUMER.LIST); `config` is its whole
/// document.
struct Consumer {
    ConsumerId id;
    QJsonObject config;
    std::optional<QDateTime> created; ///< tells it from another of its name
    quint64 pending = 0; ///< num_pending: not delivered yet
    quint64 ackPending = 0; ///< num_ack_pending: delivered, not acknowledged
    quint64 redelivered = 0; ///< num_redelivered
    quint64 deliveries = 0; ///< delivered.consumer_seq; outlives a restart of the server, which the moments don't
    quint64 waiting = 0; ///< num_waiting: pull requests that wait
    bool isPushBound = false;
    bool isPaused = false;
    std::optional<QDateTime> createdAt;
    std::optional<QDateTime> lastDelivery; ///< delivered.last_active; nothing while there was none
    std::optional<QDateTime> lastActivity; ///< last delivery or acknowledgement
    std::optional<Owner> owner; ///< what keeps it as it is, if anything does

    bool operator==(const Consumer &) const = default;

    AckPolicy ackPolicy() const;
    DeliverPolicy deliverPolicy() const;
    DeliveryMode mode() const;
    QStringList filterSubjects() const;
    /// Nobody asks for what waits at this moment, which is usual between the batches of a worker.
    bool isBetweenPulls() const;
    bool hasDelivered() const { return deliveries > 0 || lastDelivery; }
    /// One line that says what holds it back at `now`; empty when nothing does.
    QString heldBackBy(const QDateTime &now) const;
};

/// What a person asks a new durable consumer to be.
struct ConsumerDraft {
    StreamId stream;
    QString name;
    QString description;
    QStringList filterSubjects; ///< empty: all of the stream's
    AckPolicy ackPolicy = AckPolicy::Explicit;
    std::optional<std::chrono::seconds> ackWait; ///< nothing: the server's default, 30 s
    std::optional<int> maxDeliver; ///< nothing: unlimited
    std::optional<int> maxAckPending; ///< nothing: the server's default, 1000
    DeliverPolicy deliverPolicy = DeliverPolicy::All;
    quint64 startSequence = 0; ///< with ByStartSequence: 1 or more
    QDateTime startTime; ///< with ByStartTime, UTC
    DeliveryMode mode = DeliveryMode::Pull;
    QString deliverSubject; ///< with Push

    bool operator==(const ConsumerDraft &) const = default;
};

/// What a draft is judged against.
struct ConsumerContext {
    QList<Stream> streams;
    QList<Consumer> existing;
};

/// What is wrong with `draft`, by the server's rules; fields carry the API's names (`durable_name`, `stream`,
/// `filter_subjects`, `deliver_policy`, `opt_start_seq`, `opt_start_time`, `ack_policy`, `ack_wait`, `max_deliver`,
/// `max_ack_pending`, `deliver_subject`).
FieldErrors validate(const ConsumerDraft &draft, const ConsumerContext &context);

/// The ConsumerConfig that creates it (JetStream API, `CONSUMER.CREATE`).
QJsonObject toConfig(const ConsumerDraft &draft);
