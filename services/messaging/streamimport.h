// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"
#include "services/domain/assetimport.h"

#include <QByteArray>

/// The streams that a text in JSON or YAML describes (importedStreams()). Invalid for anything else, and for more than
/// 8 MiB. For background threads.
Result<QList<ImportedStream>> streamsInText(const QByteArray &content);

/// The same of a file, in the background. Also an Error (Local) where it can't be read.
Pending<QList<ImportedStream>> streamsInFile(const QString &path);
/// The same of a text.
Pending<QList<ImportedStream>> streamsIn(const QByteArray &content);
