// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

/// What nats-server asks of where a stream's messages come from other than from publishers (stream.go, checkStreamCfg).
/// Each answers what is wrong, for people, or nothing.
namespace StreamFeedRules {

/// Of `origin`, a StreamSource of the JetStream API, for the stream `own` as its mirror.
QString mirrorProblem(const QJsonObject &origin, const QString &own);
QString sourcesProblem(const QJsonArray &sources, const QString &own);

} // namespace StreamFeedRules
