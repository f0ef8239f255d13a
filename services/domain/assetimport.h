// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/result.h"

#include <QDateTime>
#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QStringList>

/// A stream's configuration as it stands in a document from elsewhere.
struct ImportedStream {
    QJsonObject config; ///< without what a server wrote into the metadata
    QStringList unknown; ///< what of the document stands for nothing of a stream, and is left out

    QString name() const;
    bool operator==(const ImportedStream &) const = default;
};

/// The streams in documents of any of these kinds: a configuration as the nats CLI saves it, an answer to STREAM.INFO
/// or STREAM.LIST, a backup's description, a resource of NACK, a List of those, and arrays of all that. Invalid, and
/// nothing of it, where one of them is something else, or a known field has a value of the wrong kind.
Result<QList<ImportedStream>> importedStreams(const QList<QJsonValue> &documents);

/// A consumer's configuration as it stands in a document from elsewhere.
struct ImportedConsumer {
    QString stream; ///< that the document names; empty where it names none
    /// A durable one's, named by `durable_name` alone: of known fields, without what a server wrote into the metadata
    /// and a pause that is over.
    QJsonObject config;
    QStringList unknown; ///< what of the document is left out: it stands for nothing of a consumer
    bool wasEphemeral = false; ///< it was no durable one

    QString name() const;
    bool operator==(const ImportedConsumer &) const = default;
};

/// The consumers in documents of any of these kinds: a configuration as the nats CLI saves it, an answer to
/// CONSUMER.INFO or CONSUMER.LIST, a request to CONSUMER.CREATE, a resource of NACK, a List of those, and arrays of all
/// that. Invalid, and nothing of it, where one of them is something else, or a known field has a value of the wrong
/// kind. Other fields are left out: servers refuse what they don't know. `now` tells which pauses are over.
Result<QList<ImportedConsumer>> importedConsumers(const QList<QJsonValue> &documents, const QDateTime &now);
