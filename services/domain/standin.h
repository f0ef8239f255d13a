// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/consumerreset.h"
#include "services/domain/serverversion.h"

/// The metadata key in which a stand-in names whom it stands in for.
inline constexpr char standsInForKey[] = "pennant.app/stands-in-for";

/// What a consumer's stand-in keeps while that is deleted and made anew (docs/adr/0018-consumers-made-anew.md): a
/// consumer beside it that nobody works with, in whose metadata it is written down.
struct StandIn {
    ConsumerId consumer; ///< whom it stands in for
    QJsonObject config; ///< as that is to be made

    bool operator==(const StandIn &) const = default;
};

/// Nothing where `consumer` is none, or where it doesn't hold all that it takes to go on.
std::optional<StandIn> standInOf(const Consumer &consumer);

/// The name that a stand-in of `consumer` has: one at a time, whoever begins.
QString standInName(const QString &consumer);

/// `config`, which a server has told, as that consumer is to be made: with all it has, from `sequence` on.
QJsonObject recreatedConfig(const QJsonObject &config, quint64 sequence);

/// The ConsumerConfig of a stand-in of `consumer`, which is to be made as `recreated`. Nothing is delivered by it. On a
/// stream that keeps what somebody is interested in it is interested in all that either of them may still deliver.
QJsonObject standInConfig(const Consumer &consumer, const QJsonObject &recreated);

/// Why `consumer` can't be deleted and made anew, and what to do instead; empty where it can. `stream`: its own, where
/// that is known; `sameName`: who has the name that its stand-in takes, if anybody; `server`: nothing where the release
/// isn't known.
QString whyNotRecreated(const Consumer &consumer, const std::optional<Stream> &stream,
    const std::optional<Consumer> &sameName, const std::optional<ServerVersion> &server);

/// What is done one after the other, a sentence each.
QStringList recreationSteps(const Consumer &consumer, const Stream &stream);
/// What is not as before afterwards, a sentence each.
QStringList recreationLosses(const Consumer &consumer, const Stream &stream, const ConsumerReset &reset);

/// What became of a consumer for which another stands in.
enum class Recreation {
    Gone, ///< it is to be made
    NotBegun, ///< it was not deleted
    Done, ///< it was made
    Overtaken, ///< somebody else has made it, otherwise than it was: only a person can say which of them is right
};

/// `present`: who has its name, if anybody.
Recreation recreationOf(const Consumer &standIn, const StandIn &kept, const std::optional<Consumer> &present);
/// The same, and so what is left to do, in a few sentences.
QString unfinishedText(const Consumer &standIn, const StandIn &kept, const std::optional<Consumer> &present);
