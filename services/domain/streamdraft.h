// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/consumer.h"
#include "services/domain/serverversion.h"
#include "services/domain/stream.h"
#include "services/domain/takensubjects.h"

/// What a person asks a stream to be, as a StreamConfig of the JetStream API. A change is the server's own document
/// with what was edited in its place, so that what this program doesn't know is sent back as it came.
struct StreamDraft {
    QString account;
    QJsonObject config;
    std::optional<Stream> seen = {}; ///< the one that is changed, as a person has looked at it; nothing: a new one

    static StreamDraft of(const QString &account, const QString &name, const QStringList &subjects = {});
    StreamId id() const;

    bool operator==(const StreamDraft &) const = default;
};

/// What a draft is judged against.
struct StreamContext {
    TakenSubjects existing = {}; ///< by the streams of all accounts
    int serverReplicas = 1; ///< pods of the runtime; 1 is a standalone server
    std::optional<ServerVersion> server = {}; ///< nothing: not known, and nothing is refused for it
    QList<Consumer> consumers = {}; ///< of the one that is changed, where they are known
};

/// What is wrong with `draft`, by the server's rules; fields carry the API's names, and `account`. Of a change only
/// what differs from what there is: the rest the server has taken before.
FieldErrors validate(const StreamDraft &draft, const StreamContext &context);

/// What of that is about `field`; empty where nothing is. Asks no other rule.
QString problemWith(const char *field, const StreamDraft &draft, const StreamContext &context);

/// Why `field` can't be set now: the server is too old for it, or it can't be changed of the stream that is `seen`
/// (nothing: a new one). Empty where it can.
QString whyNotSettable(const QString &field, const std::optional<Stream> &seen, const StreamContext &context);

/// What a change does at once and nothing takes back, one sentence each, by field: messages that are dropped, what can
/// be switched on only. `now` is what ages are counted from. Nothing of a new stream but the latter.
FieldErrors consequences(const StreamDraft &draft, const QDateTime &now);

/// The StreamConfig to send: of a new one with what is left open here filled in, as the cluster has it by default.
QJsonObject toConfig(const StreamDraft &draft, const StreamContext &context);
