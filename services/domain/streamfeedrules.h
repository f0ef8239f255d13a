// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/stream.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

/// What nats-server asks of where a stream's messages come from other than from publishers (stream.go, checkStreamCfg).
/// Each answers what is wrong, for people, or nothing.
namespace StreamFeedRules {

/// Of `origin`, a StreamSource of the JetStream API, for the stream `own` as its mirror.
QString mirrorProblem(const QJsonObject &origin, const QString &own);
QString sourcesProblem(const QJsonArray &sources, const QString &own);

/// The streams of the same account whose mirror or source `id` is, in their order. What other accounts or domains take
/// from it can't be known from here.
QStringList namesOfFed(const StreamId &id, const QList<Stream> &streams);

} // namespace StreamFeedRules
