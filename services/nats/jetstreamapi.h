// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"
#include "services/domain/consumer.h"
#include "services/domain/stream.h"
#include "services/domain/streampurge.h"

#include <QJsonObject>

#include <functional>

class JetStreamTransport;

/// Usage and limits of an account (JetStream API, `INFO`). -1 in the API is nothing here.
struct AccountUsage {
    int streams = 0;
    int consumers = 0;
    ByteCount storage;
    std::optional<int> maxStreams;
    std::optional<int> maxConsumers;
    std::optional<ByteCount> maxStorage;
    int apiLevel = 0; ///< 0 before server 2.11

    bool operator==(const AccountUsage &) const = default;
};

/// The JetStream JSON API of one account, by request and reply on `$JS.API.>`.
/// https://docs.nats.io/reference/reference-protocols/nats_api_reference and nats-server's jetstream_api.go.
///
/// Lists are paged to their end, and taken apart in the background: a page holds up to 300 KB. Names are checked before
/// anything is sent (a blank in a subject breaks the connection, a dot gets no answer at all). JetStream errors are
/// mapped by `err_code`, with the server's description as detail and a field error where it is known which field it is
/// about.
class JetStreamApi final {
public:
    /// `transport` must outlive it and belongs to `account`.
    JetStreamApi(JetStreamTransport &transport, QString account);

    /// For the parts of the API that stand beside this one.
    JetStreamTransport &transport() const { return m_transport; }

    Pending<AccountUsage> usage();
    /// `part` gets each page as it comes, where there are several.
    Pending<QList<Stream>> streams(std::function<void(const QList<Stream> &)> part = {});
    Pending<Stream> stream(const QString &name);
    Pending<Stream> createStream(const QJsonObject &config);
    /// `config` is the whole of it: what is left out goes back to the server's default.
    Pending<Stream> updateStream(const QJsonObject &config);
    /// Answers how many messages have gone.
    Pending<quint64> purgeStream(const QString &name, const StreamPurge &purge);
    /// Lets another copy lead; answered once the old leader has stepped down.
    Pending<void> stepDownStream(const QString &name);
    /// How many messages a stream holds on `subject`.
    Pending<quint64> messagesOn(const QString &name, const QString &subject);
    Pending<void> deleteStream(const QString &name);
    Pending<QList<Consumer>> consumers(const QString &stream);
    Pending<Consumer> consumer(const QString &stream, const QString &name);
    /// Refused (10148) where one of that name exists; servers before 2.15 take one with the same settings for done.
    Pending<Consumer> createConsumer(const QString &stream, const QJsonObject &config);
    /// Refused (10149) where there is none of that name; servers before 2.11 make one then. `config` is the whole of
    /// it: what is left out goes back to the server's default.
    Pending<Consumer> updateConsumer(const QString &stream, const QString &name, const QJsonObject &config);
    /// Nothing is delivered until then; without a time it goes on at once. Answers until when it is paused now. Servers
    /// from 2.11 on.
    Pending<std::optional<QDateTime>> pauseConsumer(
        const QString &stream, const QString &name, const std::optional<QDateTime> &until);
    /// Delivers again from `sequence` on; without one what was not acknowledged. Servers from 2.14 on: others don't
    /// answer.
    Pending<Consumer> resetConsumer(const QString &stream, const QString &name, const std::optional<quint64> &sequence);
    /// As with stepDownStream().
    Pending<void> stepDownConsumer(const QString &stream, const QString &name);
    Pending<void> deleteConsumer(const QString &stream, const QString &name);

private:
    Pending<Consumer> writeConsumer(const QString &stream, const QString &name, const QJsonObject &config,
        const QString &action, const QString &unknownOutcome);

    JetStreamTransport &m_transport;
    QString m_account;
};

/// Codecs, apart so that they can be tested against recorded answers. Fields this program does not know stay in
/// `config`.
Result<Stream> streamFromJson(const QString &account, const QJsonObject &info);
Result<Consumer> consumerFromJson(const StreamId &stream, const QJsonObject &info);
Result<AccountUsage> accountUsageFromJson(const QJsonObject &info);
/// Nothing where `answer` has no `error`.
std::optional<Error> jetStreamError(const QJsonObject &answer);
