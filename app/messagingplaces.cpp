// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/messagingplaces.h"

#include "app/clustersettings.h"
#include "services/messaging/messaging.h"

MessagingPlaces::MessagingPlaces(const QString &wished)
    : m_wished(wished)
{
}

QString MessagingPlaces::wishFor(const QString &cluster) const
{
    return m_chosen.contains(cluster) ? QString() : m_wished;
}

QString MessagingPlaces::of(const QString &cluster) const
{
    const ClusterSettings settings(cluster);
    for (const QString &known : {wishFor(cluster), settings.chosenNameSpace(), settings.foundNameSpace()}) {
        if (!known.isEmpty())
            return known;
    }
    return Messaging::defaultNameSpace();
}

bool MessagingPlaces::mayFollow(const QString &cluster) const
{
    return wishFor(cluster).isEmpty() && ClusterSettings(cluster).chosenNameSpace().isEmpty();
}

void MessagingPlaces::noteFound(const QString &cluster, const QString &nameSpace)
{
    if (wishFor(cluster).isEmpty() && ClusterSettings(cluster).foundNameSpace() != nameSpace)
        ClusterSettings(cluster).setFoundNameSpace(nameSpace);
}

void MessagingPlaces::choose(const QString &cluster, const QString &nameSpace)
{
    m_chosen.insert(cluster);
    ClusterSettings(cluster).setChosenNameSpace(nameSpace);
}
