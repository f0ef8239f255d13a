// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/error.h"

#include <QJsonObject>
#include <QStringList>

/// Who of a pull consumer's workers is served first: `priority_policy`, `priority_groups` and `priority_timeout` of a
/// ConsumerConfig (nats-server 2.11, ADR-42 of the NATS architecture).

/// True where its messages go to one worker of a group at a time, which keeps them until it is gone.
bool pinsOneWorker(const QJsonObject &config);
/// Empty where workers of any group may ask, and must not name one.
QStringList priorityGroupsIn(const QJsonObject &config);

/// What is wrong with these fields of `config`, by the rules of nats-server 2.12; 2.11 takes some of it, and makes
/// nothing of it.
FieldErrors priorityErrors(const QJsonObject &config);
