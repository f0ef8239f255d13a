// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>

struct Error;

/// How many of `pods` are ready and made of `servers` (apps/v1 StatefulSet) as it is since it was written last, which
/// made it `generation`: until its controller has seen that, the pods are those of before. Pure.
int readyPodsOf(const QJsonObject &servers, qint64 generation, const QList<QJsonObject> &pods);

/// What to say of `pods` that were waited for in vain, `ready` of them ready: the cluster's `reason`, or which of them
/// a StatefulSet of `replicas` does not make. Pure.
Error podsNotReady(int ready, int replicas, const QList<QJsonObject> &pods, const QString &reason);

/// Why the servers of `wanted`, a StatefulSet's manifest, must not take the place of those in `found`, a StatefulSet or
/// a Pod: they would be of an older minor version, which can't read all that the newer one has stored
/// (ADR-44 of nats-architecture-and-design). Nothing where they may, or where an image doesn't tell. Pure.
std::optional<Error> serverDowngrade(const QJsonObject &found, const QJsonObject &wanted);
