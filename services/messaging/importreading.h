// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/result.h"

#include <QByteArray>
#include <QJsonValue>
#include <QList>
#include <QString>

/// The documents in a text of JSON or YAML. Invalid for anything else, and for more than 8 MiB. For background threads.
Result<QList<QJsonValue>> importedDocuments(const QByteArray &content);

/// What is in a regular file. An Error (Local) where it can't be read, Invalid for more than 8 MiB. For background
/// threads.
Result<QByteArray> importedFile(const QString &path);
