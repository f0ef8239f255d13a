// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/nackresources.h"

#include "services/base/clock.h"
#include "services/messaging/runtimepermissions.h"

#include <algorithm>

namespace {

constexpr std::chrono::milliseconds lookEvery = std::chrono::seconds(10);
constexpr std::chrono::milliseconds lookForKindsEvery = std::chrono::minutes(1);

/// Without what changes though nothing is kept otherwise: status, and who wrote it when.
QJsonObject essence(const QJsonObject &resource)
{
    const QJsonObject metadata = resource[QLatin1String("metadata")].toObject();
    QJsonObject kept;
    for (const char *key : {"name", "namespace"})
        kept[QLatin1String(key)] = metadata[QLatin1String(key)];
    return {{QStringLiteral("kind"), resource[QLatin1String("kind")]}, {QStringLiteral("metadata"), kept},
        {QStringLiteral("spec"), resource[QLatin1String("spec")]}};
}

const QStringList &nackKinds()
{
    static const QStringList kinds{QStringLiteral("Stream"), QStringLiteral("Consumer"), QStringLiteral("KeyValue"),
        QStringLiteral("ObjectStore")};
    return kinds;
}

QString nameSpaceOf(const QJsonObject &resource)
{
    return resource[QLatin1String("metadata")][QLatin1String("namespace")].toString();
}

Permission toList(const QString &kind, const QString &nameSpace)
{
    const QList<Permission> all = RuntimePermissions::toKnowOwners(nameSpace);
    return *std::find_if(
        all.cbegin(), all.cend(), [&kind](const Permission &each) { return each.resource == kind.toLower() + u's'; });
}

Access accessBy(const QList<Permission> &refused)
{
    if (refused.isEmpty())
        return Access::yes();
    return Access::no(
        NackResources::tr("Whether NACK keeps it can't be told, and NACK would put it back empty: in namespace %1 you "
                          "may not %2. Ask an administrator of the cluster for a role that allows it.")
            .arg(refused.constFirst().nameSpace, RuntimePermissions::described(refused)),
        refused);
}

} // namespace

NackResources::NackResources(KubernetesTransport &transport, Clock &clock, QString nameSpace, QObject *parent)
    : QObject(parent)
    , m_client(transport)
    , m_clock(clock)
    , m_nameSpace(std::move(nameSpace))
    , m_access(Access::no(tr("Whether NACK keeps it is still being read.")))
{
}

void NackResources::start()
{
    m_looking = keepLooking();
}

void NackResources::setInSight(bool inSight)
{
    if (!std::exchange(m_isInSight, inSight) && inSight && m_looking.isRunning())
        m_looking = keepLooking();
}

Flow<void> NackResources::keepLooking()
{
    for (;;) {
        auto reading = co_await readAll();
        adopt(reading);
        const bool isSoon = m_isInSight && (m_isThere || !reading);
        co_await m_clock.sleep(isSoon ? lookEvery : lookForKindsEvery);
    }
}

void NackResources::adopt(const Result<Reading> &reading)
{
    const QList<QJsonObject> resources = reading ? reading->resources : m_resources;
    const Access access = reading
        ? accessBy(reading->refused)
        : Access::no(tr("Whether NACK keeps it can't be told at present: %1").arg(reading.error().summary));
    if (resources == m_resources && access == m_access)
        return;
    m_resources = resources;
    m_access = access;
    Q_EMIT changed();
}

Flow<NackResources::Reading> NackResources::readAll()
{
    static const QStringList versions{
        QStringLiteral("jetstream.nats.io/v1beta2"), QStringLiteral("jetstream.nats.io/v1beta1")};
    m_isThere = false;
    for (const QString &version : versions) {
        auto kinds = co_await kindsOf(version);
        if (!kinds)
            co_return fail(kinds.error());
        Reading all;
        for (const QString &kind : std::as_const(*kinds)) {
            auto read = co_await readKind(version, kind);
            if (!read && read.error().kind == Error::Kind::NotFound)
                continue;
            m_isThere = true;
            if (!read)
                co_return read;
            all.resources += read->resources;
            all.refused += read->refused;
        }
        if (m_isThere)
            co_return all;
    }
    co_return Reading();
}

/// A list that is refused says nothing: the server refuses it for kinds that it does not have as well.
Flow<QStringList> NackResources::kindsOf(QString apiVersion)
{
    auto found = co_await m_client.kindsOf(apiVersion);
    if (!found && found.error().kind == Error::Kind::NotFound)
        co_return QStringList();
    if (!found && found.error().kind == Error::Kind::Forbidden)
        co_return nackKinds();
    if (!found)
        co_return found;
    QStringList kinds = nackKinds();
    kinds.removeIf([&found](const QString &kind) { return !found->contains(kind); });
    co_return kinds;
}

Flow<NackResources::Reading> NackResources::readKind(QString apiVersion, QString kind)
{
    const QString everywhere;
    Reading reading;
    auto found = co_await m_client.list(apiVersion, kind, everywhere);
    if (!found && found.error().kind == Error::Kind::Forbidden) {
        reading.resources = known(kind);
        found = co_await m_client.list(apiVersion, kind, m_nameSpace);
        if (found)
            reading.resources.removeIf([this](const QJsonObject &each) { return nameSpaceOf(each) == m_nameSpace; });
    }
    if (!found && found.error().kind == Error::Kind::Forbidden) {
        reading.refused = {toList(kind, m_nameSpace)};
        co_return reading;
    }
    if (!found)
        co_return fail(found.error());
    for (const QJsonObject &resource : std::as_const(*found))
        reading.resources.append(essence(resource));
    co_return reading;
}

QList<QJsonObject> NackResources::known(const QString &kind) const
{
    QList<QJsonObject> resources = m_resources;
    resources.removeIf([&kind](const QJsonObject &each) { return each[QLatin1String("kind")] != kind; });
    return resources;
}
