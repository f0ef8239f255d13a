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
    quint64 deliveredUpTo = 0; ///< delivered.stream_seq: where it stands in the stream
    quint64 ackFloor = 0; ///< ack_floor.stream_seq: all before were acknowledged
    quint64 deliveries = 0; ///< delivered.consumer_seq; outlives a restart of the server, which the moments don't
    quint64 waiting = 0; ///< num_waiting: pull requests that wait
    bool isPushBound = false;
    bool isPaused = false;
    bool isOffline = false; ///< the server lists it as missing: its numbers are not known
    bool hasCluster = false; ///< it is kept by a group of servers, which has a leader or lacks one
    QString leader; ///< pod name; empty on a standalone server or without a leader
    QList<StreamPeer> peers; ///< the other copies, by name
    std::optional<QDateTime> lastDelivery; ///< delivered.last_active; nothing while there was none
    std::optional<QDateTime> lastActivity; ///< last delivery or acknowledgement
    std::optional<Owner> owner; ///< what keeps it as it is, if anything does

    bool operator==(const Consumer &) const = default;
    /// All that describes it is the same: its id and configuration, what keeps it, and whether it is known at all.
    bool hasWordsOf(const Consumer &other) const;

    AckPolicy ackPolicy() const;
    DeliverPolicy deliverPolicy() const;
    DeliveryMode mode() const;
    QStringList filterSubjects() const;
    /// Nobody asks for what waits at this moment, which is usual between the batches of a worker.
    bool isBetweenPulls() const;
    bool hasDelivered() const { return deliveries > 0 || lastDelivery; }
    /// At least so many messages were delivered as often as they may be (`max_deliver`) and never acknowledged: the
    /// server counts them as redelivered, and waits for no acknowledgement any more. Of those that may be delivered
    /// only once it tells nothing.
    quint64 givenUp() const;
    /// Nothing while it is not paused.
    std::optional<QDateTime> pausedUntil() const;
    /// Whom it stands in for while that is being made anew; empty where it does for nobody (StandIn).
    QString standsInFor() const;
    /// One line that says what holds it back at `now`; empty when nothing does.
    QString heldBackBy(const QDateTime &now) const;

private:
    bool isQuietForLong(const QDateTime &now) const;
};
