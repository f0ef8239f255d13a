// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/result.h"

#include <QByteArray>
#include <QJsonValue>
#include <QList>

/// The documents in a YAML text, as JSON: plain words are numbers, true, false or null where they read so, quoted ones
/// are text. Invalid where it is no YAML, is nested deeper than 64 levels, or holds more than a hundred thousand values
/// once its aliases are followed. For background threads.
Result<QList<QJsonValue>> yamlDocuments(const QByteArray &yaml);
