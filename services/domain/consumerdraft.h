// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/consumer.h"
#include "services/domain/serverversion.h"

/// What a person asks a durable consumer to be, as a ConsumerConfig of the JetStream API. A change is the server's own
/// document with what was edited in its place, so that what this program doesn't know is sent back as it came.
struct ConsumerDraft {
    StreamId stream;
    QJsonObject config;
    std::optional<Consumer> seen = {}; ///< the one that is changed, as a person has looked at it; nothing: a new one

    static ConsumerDraft of(const StreamId &stream, const QString &name, const QStringList &filterSubjects = {});
    ConsumerId id() const;

    bool operator==(const ConsumerDraft &) const = default;
};

/// What a draft is judged against.
struct ConsumerContext {
    QList<Stream> streams = {};
    QList<Consumer> existing = {}; ///< in the order of their ids
    int serverReplicas = 1; ///< pods of the runtime; 1 is a standalone server
    std::optional<ServerVersion> server = {}; ///< nothing: not known, and nothing is refused for it
};

/// What is wrong with `draft`, by the server's rules (nats-server, consumer.go checkConsumerCfg); fields carry the
/// API's names, the filters always `filter_subjects`, and `stream`. Of a change only what differs from what there is.
FieldErrors validate(const ConsumerDraft &draft, const ConsumerContext &context);

/// Why `field` can't be set now: the server is too old for it, or it can't be changed of the consumer that is `seen`
/// (nothing: a new one). Empty where it can.
QString whyNotSettable(const QString &field, const std::optional<Consumer> &seen, const ConsumerContext &context);

/// Why `word` can't be chosen for `field`: the server knows the field and not yet this. Empty where it can.
QString whyNotWord(const QString &field, const QString &word, const ConsumerContext &context);

/// What a change does at once to whoever works with the consumer, one sentence each, by field.
FieldErrors consequences(const ConsumerDraft &draft);

/// The ConsumerConfig to send (JetStream API, `CONSUMER.CREATE`): of a new one with what is left open here filled in,
/// and without what its mode, start and acknowledgement have no use for, which servers refuse.
QJsonObject toConfig(const ConsumerDraft &draft);

/// `config` with `filters` for its filters: one stands as `filter_subject`, several as `filter_subjects`, none as
/// neither.
QJsonObject withFilters(QJsonObject config, const QStringList &filters);
/// Either as a list.
QStringList filtersIn(const QJsonObject &config);
/// By `deliver_subject`.
DeliveryMode modeIn(const QJsonObject &config);
/// The fields that only a consumer of that mode may have.
QStringList fieldsOnlyOf(DeliveryMode mode);
