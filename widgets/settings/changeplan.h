// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/namespacefate.h"
#include "services/domain/runtime.h"
#include "services/domain/runtimeusage.h"
#include "widgets/common/factlist.h"
#include "widgets/common/look.h"

#include <QList>
#include <QStringList>

#include <optional>

/// One field that a draft changes on a running runtime.
struct PlannedChange {
    Tone tone = Tone::Neutral;
    QString tag; ///< how it is done: "Volume growth"
    QString title; ///< what changes: "JetStream storage 80 → 120 GiB"
    QString refusal; ///< why it can't be carried out; empty where it can

    bool operator==(const PlannedChange &) const = default;
};

/// One entry a changed field, in the order of the form.
QList<PlannedChange> plannedChanges(const RuntimeSpec &running, const RuntimeSpec &wanted);

/// What **Enable NATS** makes, one line a kind of object.
QList<FactList::Fact> creationPlan(const RuntimeSpec &spec, const QString &nameSpace);

/// What is to be known of how so many pods share `nodes`, those that take pods: a headline and what follows from it.
/// Nothing where the failure of one node leaves a majority, or there is but one pod.
struct Crowding {
    QString headline;
    QString consequence;
};
std::optional<Crowding> crowding(int replicas, const QStringList &nodes);

/// What becomes of the namespace, a sentence or two for before it happens.
QString fateText(const QString &nameSpace, const NamespaceFate &fate);

/// What **Disable NATS** takes away, one line each.
QStringList disableLosses(const RuntimeSpec &spec, const RuntimeUsage &usage);
