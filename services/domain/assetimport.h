// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/result.h"

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
/// nothing of it, where one of them is something else, or a known field has a value of the wrong kind. Fields that this
/// program doesn't know stay.
Result<QList<ImportedStream>> importedStreams(const QList<QJsonValue> &documents);
