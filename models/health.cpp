// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health.h"

#include <QCoreApplication>

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Health", text);
}

} // namespace

Health replicaHealthOf(const Stream &stream)
{
    if (stream.isOffline)
        return {CellTone::Bad, tr("Offline")};
    const int replicas = stream.replicas();
    if (replicas > 1 && stream.leader.isEmpty())
        return {CellTone::Bad, tr("No leader")};
    if (stream.currentReplicas < replicas)
        return {CellTone::Warning, tr("%1 of %2 current").arg(stream.currentReplicas).arg(replicas)};
    return {CellTone::Good, tr("Ready")};
}

Health healthOf(const Stream &stream)
{
    Health health = replicaHealthOf(stream);
    if (health.tone == CellTone::Good && stream.isFull() && stream.discard() == Discard::New)
        health = {CellTone::Warning, tr("Full: new messages are refused")};
    if (health.tone != CellTone::Good)
        return health;
    for (const StreamFeed &feed : stream.feeds) {
        if (!feed.isKnown)
            return {CellTone::Warning, tr("Nothing has come from %1 so far").arg(feed.origin)};
        if (feed.isStill())
            return {CellTone::Warning, tr("Nothing comes from %1").arg(feed.origin)};
    }
    return health;
}

Health healthOf(const Consumer &consumer, const QDateTime &now)
{
    const QString obstacle = consumer.heldBackBy(now);
    const bool isAway = consumer.isOffline || (consumer.hasCluster && consumer.leader.isEmpty());
    if (!obstacle.isEmpty())
        return {isAway ? CellTone::Bad : CellTone::Warning, obstacle};
    if (consumer.pending == 0 && consumer.ackPending == 0)
        return {CellTone::Good, tr("Caught up")};
    if (consumer.isBetweenPulls() && !consumer.hasDelivered())
        return {CellTone::Neutral, tr("No worker has pulled a message so far")};
    if (consumer.isBetweenPulls())
        return {CellTone::Neutral, tr("Between pulls")};
    return {CellTone::Good, tr("Delivering")};
}
