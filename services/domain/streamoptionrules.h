// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/error.h"

#include <QJsonObject>

#include <functional>

/// What nats-server asks of a stream's options beside one another, by field: "republish.dest" of what is inside an
/// object. Of rules none of whose fields `isChanged` nothing is said: such a stream the server has taken before.
/// `replicas` is how many copies there will be.
/// Source: stream.go, checkStreamCfg of nats-server 2.10 to 2.14.
FieldErrors streamOptionProblems(
    const QJsonObject &config, int replicas, const std::function<bool(const char *field)> &isChanged);

/// `config` with what an option brings along: delete markers and schedules take roll-ups, markers TTLs as well. The
/// server switches those on itself.
QJsonObject withWhatOptionsImply(QJsonObject config);
