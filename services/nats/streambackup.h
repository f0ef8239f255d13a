// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/base/pending.h"
#include "services/domain/stream.h"

#include <QByteArrayList>
#include <QJsonObject>

#include <chrono>
#include <functional>

class JetStreamTransport;

/// A stream's contents over the wire (JetStream API, `STREAM.SNAPSHOT` and `STREAM.RESTORE`): an archive in pieces,
/// each of which is answered before more come. One mebibyte is on its way at most, and of a restore less where answers
/// take long, so that what else the connection carries is not held up for long where it is slow. GUI thread; what is
/// done with a piece is up to whoever asks, and may wait.
namespace StreamBackup {

/// What a snapshot begins with, and a restore asks for.
struct Description {
    QJsonObject config;
    QJsonObject state; ///< as in STREAM.INFO
};

/// Told before the first piece.
using Begun = std::function<void(const Description &)>;
/// Takes the next pieces; more come once it has answered.
using Sink = std::function<Pending<void>(const QByteArrayList &pieces)>;

/// The archive of a stream with its consumers, to `sink`. Dropping the flow tells the server to stop. Errors: those of
/// the transport and of JetStream, Protocol where a piece was lost, those of `sink`.
Flow<Description> take(JetStreamTransport *transport, QString stream, Begun begun, Sink sink);

/// The next part of an archive, of at most `partSize`; an empty one is its end.
using Source = std::function<Pending<QByteArray>()>;
constexpr qint64 partSize = 512 * 1024;

/// Told how much the server has taken: nothing, once it has agreed to begin.
using Progress = std::function<void(qint64 bytes)>;
/// Told when the server is asked to begin: from then on there may be a stream, whatever it answers.
using Asked = std::function<void()>;
/// By which it is told how long an answer takes: monotonic.
using Now = std::function<std::chrono::milliseconds()>;

/// Makes the stream anew from such an archive, and answers what became of it. Dropping the flow before its end tells
/// the server to give up. Errors: those of the transport and of JetStream (10130 where the account has the stream),
/// those of `source`; a Timeout once all was sent: the stream may still come to be.
Flow<Stream> restore(JetStreamTransport *transport, QString account, Description description, Source source,
    Progress progress, Asked asked = {}, Now now = {});

} // namespace StreamBackup
