// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/foreignserver.h"

#include <QCoreApplication>
#include <QStringList>

namespace {

QString say(const char *source)
{
    return QCoreApplication::translate("ForeignServer", source);
}

} // namespace

QString ForeignServer::place() const
{
    return nameSpace + u'/' + name;
}

QString ForeignServer::text() const
{
    QStringList known;
    if (owner)
        known.append(owner->text());
    if (!chart.isEmpty())
        known.append(say("chart %1").arg(chart));
    known.append(version.isEmpty() ? image : say("nats-server %1").arg(version));
    known.append(replicas == 1 ? say("1 pod") : say("%1 pods").arg(replicas));
    return say("StatefulSet %1 (%2)").arg(place(), known.join(QStringLiteral(", ")));
}

QString ForeignServer::readOnlyReason() const
{
    if (!owner)
        return say("This NATS was not made by Pennant: it is read-only here.");
    return say("This NATS was not made by Pennant. It is owned by %1: read-only here.").arg(owner->text());
}
