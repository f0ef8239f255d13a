// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/nackresources.h"

#include "services/base/clock.h"

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

} // namespace

NackResources::NackResources(KubernetesTransport &transport, Clock &clock, QString nameSpace, QObject *parent)
    : QObject(parent)
    , m_client(transport)
    , m_clock(clock)
    , m_nameSpace(std::move(nameSpace))
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
        auto found = co_await readAll();
        if (found && *found != m_resources) {
            m_resources = std::move(*found);
            Q_EMIT resourcesChanged();
        }
        co_await m_clock.sleep(m_isThere && m_isInSight ? lookEvery : lookForKindsEvery);
    }
}

Flow<QList<QJsonObject>> NackResources::readAll()
{
    static const QStringList versions{
        QStringLiteral("jetstream.nats.io/v1beta2"), QStringLiteral("jetstream.nats.io/v1beta1")};
    static const QStringList others{
        QStringLiteral("Consumer"), QStringLiteral("KeyValue"), QStringLiteral("ObjectStore")};
    const QString streamKind = QStringLiteral("Stream");
    for (const QString &version : versions) {
        auto streams = co_await readKind(version, streamKind);
        if (!streams && streams.error().kind == Error::Kind::NotFound)
            continue;
        if (!streams)
            co_return streams;
        m_isThere = true;
        QList<QJsonObject> all = *streams;
        for (const QString &kind : others) {
            auto more = co_await readKind(version, kind);
            if (!more && more.error().kind != Error::Kind::NotFound)
                co_return more;
            if (more)
                all.append(*more);
        }
        co_return all;
    }
    m_isThere = false;
    co_return QList<QJsonObject>();
}

Flow<QList<QJsonObject>> NackResources::readKind(QString apiVersion, QString kind)
{
    const QString everywhere;
    auto found = co_await m_client.list(apiVersion, kind, everywhere);
    if (!found && found.error().kind == Error::Kind::Forbidden)
        found = co_await m_client.list(apiVersion, kind, m_nameSpace);
    if (!found && found.error().kind == Error::Kind::Forbidden)
        co_return QList<QJsonObject>();
    if (!found)
        co_return found;
    QList<QJsonObject> kept;
    for (const QJsonObject &resource : std::as_const(*found))
        kept.append(essence(resource));
    co_return kept;
}
