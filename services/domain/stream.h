// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/error.h"
#include "services/domain/bucket.h"
#include "services/domain/bytecount.h"
#include "services/domain/owner.h"
#include "services/domain/wireenum.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>
#include <compare>
#include <optional>

enum class Retention { Limits, Interest, WorkQueue };
constexpr auto wireNames(Retention)
{
    return WireNames<Retention, 3>{
        {{Retention::Limits, "limits"}, {Retention::Interest, "interest"}, {Retention::WorkQueue, "workqueue"}}};
}

enum class Storage { File, Memory };
constexpr auto wireNames(Storage)
{
    return WireNames<Storage, 2>{{{Storage::File, "file"}, {Storage::Memory, "memory"}}};
}

enum class Discard { Old, New };
constexpr auto wireNames(Discard)
{
    return WireNames<Discard, 2>{{{Discard::Old, "old"}, {Discard::New, "new"}}};
}

/// Names one stream of the runtime.
struct StreamId {
    QString account;
    QString name;

    std::strong_ordering operator<=>(const StreamId &) const = default;
};

/// One copy of a replicated stream beside the leader's (`cluster.replicas` in STREAM.INFO).
struct StreamPeer {
    QString name; ///< server name, which is the pod's
    bool isCurrent = false;
    bool isOffline = false;
    /// `active`: how long ago the leader heard from one that is away or behind, in whole seconds; 0 if it never did.
    std::chrono::nanoseconds lastSeen{0};
    quint64 lag = 0; ///< operations it is behind

    bool operator==(const StreamPeer &) const = default;
};

/// Where a stream gets its messages from beside publishers, and how far it is (`mirror` and `sources` in STREAM.INFO).
struct StreamFeed {
    QString origin; ///< the stream that is mirrored, or gathered from
    bool isMirror = false;
    quint64 lag = 0; ///< messages that are still to come
    bool isKnown = false; ///< false: nothing has come from it so far, and it may not be there
    /// `active`: how long ago it was heard of where that is long for something that is there, in whole seconds; else 0.
    std::chrono::nanoseconds silentFor{0};
    QString error; ///< the server's words; empty where there is none

    /// Nothing comes from it.
    bool isStill() const;
    bool operator==(const StreamFeed &) const = default;
};

/// One stream as a server tells of it (JetStream API, STREAM.INFO and STREAM.LIST). `config` is the server's own
/// document, whole, so that an edit loses nothing; the accessors read from it.
struct Stream {
    StreamId id;
    QJsonObject config;
    std::optional<QDateTime> created; ///< tells it from another of its name; not known while it is offline
    quint64 messages = 0;
    ByteCount bytes;
    quint64 firstSequence = 0;
    quint64 lastSequence = 0;
    std::optional<QDateTime> firstMessageAt; ///< of the oldest message still stored
    std::optional<QDateTime> lastMessageAt; ///< nothing while no message was ever stored
    int consumerCount = 0;
    int currentReplicas = 1; ///< how many copies are current, the leader's among them
    QString leader; ///< pod name; empty on a standalone server or without a leader
    QList<StreamPeer> peers; ///< the other copies, by name; empty on a standalone server
    QList<StreamFeed> feeds; ///< its mirror's origin or its sources, as the server lists them
    bool isOffline = false; ///< the server lists it as missing: its numbers are not known
    std::optional<Owner> owner; ///< what keeps it as it is, if anything does

    bool operator==(const Stream &) const = default;
    /// All that describes it is the same: its id and configuration, what keeps it, and whether it is known at all.
    bool hasWordsOf(const Stream &other) const;

    QStringList subjects() const;
    Retention retention() const;
    Storage storage() const;
    Discard discard() const;
    int replicas() const;
    /// What a limit allows; nothing: as many as there is room for.
    std::optional<quint64> maxMessages() const;
    std::optional<ByteCount> maxBytes() const;
    /// A limit leaves no room for one more message, of the size that those stored have on average: what comes next goes
    /// by `discard`.
    bool isFull() const;
    QString description() const;
    /// The workload it belongs to, from metadata `pennant.app/linked-app`; empty when none.
    QString linkedApp() const;
    /// What lives on it, if anything does.
    std::optional<Bucket> bucket() const;
};

/// What a stream takes.
struct StreamSubjects {
    StreamId id;
    QStringList subjects;

    bool operator==(const StreamSubjects &) const = default;
};

/// What each of `streams` takes. With ten thousand of them it takes longer than a frame to find in the configurations:
/// for the background.
QList<StreamSubjects> subjectsOf(const QList<Stream> &streams);

/// The subjects in a configuration of one, as it stands there.
QStringList subjectsIn(const QJsonObject &config);
