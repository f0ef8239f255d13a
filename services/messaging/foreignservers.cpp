// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/foreignservers.h"

#include "services/base/background.h"
#include "services/messaging/foreignserverrules.h"

#include <QThreadPool>

#include <vector>

namespace {

constexpr std::chrono::milliseconds lookEvery = std::chrono::seconds(30);
constexpr std::chrono::milliseconds lookOutOfSightEvery = std::chrono::minutes(5);
constexpr int mostNamespaces = 50; // a request each

QString apps()
{
    return QStringLiteral("apps/v1");
}

QString statefulSet()
{
    return QStringLiteral("StatefulSet");
}

} // namespace

ForeignServers::ForeignServers(KubernetesTransport &transport, Clock &clock, QString nameSpace, QObject *parent)
    : QObject(parent)
    , m_client(transport)
    , m_nameSpace(std::move(nameSpace))
    , m_poller(
          clock, lookEvery, [this] { return read(); }, [] {})
{
}

void ForeignServers::start()
{
    m_isBegun = true;
    m_poller.poll();
}

void ForeignServers::setInSight(bool inSight)
{
    m_poller.setInterval(inSight ? lookEvery : lookOutOfSightEvery);
}

void ForeignServers::refresh()
{
    if (m_isBegun)
        m_poller.poll();
}

Flow<void> ForeignServers::read()
{
    const QString everywhere;
    auto found = co_await m_client.list(apps(), statefulSet(), everywhere);
    if (!found && found.error().kind == Error::Kind::Forbidden)
        found = co_await listNamespaced();
    if (!found)
        co_return fail(found.error());
    Pending<QList<ForeignServer>> recognising = runInBackground<QList<ForeignServer>>(
        QThreadPool::globalInstance(), [all = std::move(*found)] { return foreignServersIn(all); });
    auto next = co_await recognising;
    if (*next != m_servers) {
        m_servers = std::move(*next);
        Q_EMIT serversChanged();
    }
    co_return Result<void>();
}

Flow<QList<QJsonObject>> ForeignServers::listNamespaced()
{
    const QString version = QStringLiteral("v1");
    const QString kind = QStringLiteral("Namespace");
    QStringList places{m_nameSpace};
    const auto nameSpaces = co_await m_client.listFirst(version, kind, mostNamespaces);
    if (nameSpaces) {
        for (const QJsonObject &each : nameSpaces->objects) {
            const QString name = ObjectRef::of(each).name;
            if (!places.contains(name))
                places.append(name);
        }
    }
    std::vector<Pending<QList<QJsonObject>>> lists;
    for (const QString &place : std::as_const(places))
        lists.push_back(m_client.list(apps(), statefulSet(), place));
    QList<QJsonObject> all;
    for (Pending<QList<QJsonObject>> &list : lists) {
        auto found = co_await list;
        if (!found && found.error().kind != Error::Kind::Forbidden)
            co_return fail(found.error());
        if (found)
            all.append(*found);
    }
    co_return all;
}
