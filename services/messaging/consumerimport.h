// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"
#include "services/domain/assetimport.h"

#include <QByteArray>

/// The consumers that a text in JSON or YAML describes (importedConsumers()). Invalid for anything else, and for more
/// than 8 MiB. For background threads.
Result<QList<ImportedConsumer>> consumersInText(const QByteArray &content, const QDateTime &now);

/// The same of a file, in the background. Also an Error (Local) where it can't be read.
Pending<QList<ImportedConsumer>> consumersInFile(const QString &path, const QDateTime &now);
/// The same of a text.
Pending<QList<ImportedConsumer>> consumersIn(const QByteArray &content, const QDateTime &now);
