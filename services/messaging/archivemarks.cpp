// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/archivemarks.h"

#include "services/kubernetes/collectionlist.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/kubernetes/resourcewatch.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/storedmark.h"

#include <utility>

namespace {

QString version()
{
    return QStringLiteral("v1");
}

QString kind()
{
    return QStringLiteral("ConfigMap");
}

QString selector()
{
    return QStringLiteral("metadata.name=") + QLatin1String(RuntimeNames::archive);
}

bool isRefusal(const std::optional<Error> &error)
{
    return error && error->kind == Error::Kind::Forbidden;
}

} // namespace

ArchiveMarks::ArchiveMarks(KubernetesTransport &transport, Clock &clock, QString nameSpace, QObject *parent)
    : QObject(parent)
    , m_transport(transport)
    , m_clock(clock)
    , m_nameSpace(std::move(nameSpace))
{
}

ArchiveMarks::~ArchiveMarks() = default;

void ArchiveMarks::start()
{
    watch(true);
}

void ArchiveMarks::refresh()
{
    if (m_watch && m_isEverywhere)
        m_watch->refresh();
    else
        watch(true);
}

void ArchiveMarks::lookAgain()
{
    if (m_watch)
        m_watch->refresh();
}

void ArchiveMarks::watch(bool everywhere)
{
    m_isEverywhere = everywhere;
    // it may be the one that speaks right now
    if (ResourceWatch *former = m_watch.release()) {
        former->disconnect(this);
        former->deleteLater();
    }
    const QString nameSpace = everywhere ? QString() : m_nameSpace;
    const ResourceWatch::Query query{version(), kind(), nameSpace, {}, selector()};
    m_watch = std::make_unique<ResourceWatch>(m_transport, m_clock, query, this);
    connect(m_watch.get(), &ResourceWatch::snapshotChanged, this, &ArchiveMarks::noteSnapshot);
    connect(m_watch.get(), &ResourceWatch::freshnessChanged, this, &ArchiveMarks::noteFreshness);
    m_watch->start();
}

void ArchiveMarks::narrow()
{
    if (m_watch)
        watch(false);
    m_isEverywhere = false;
}

/// However fresh the watch is: what may be listed and not watched is never live, and each list of it is news.
void ArchiveMarks::noteSnapshot()
{
    m_wereRead = true;
    Q_EMIT seenAnew();
    noteKnown();
}

void ArchiveMarks::noteFreshness()
{
    const bool isRefused = isRefusal(m_watch->lastError());
    if (isRefused && m_isEverywhere && !m_watch->isOnlyListed())
        narrow();
    else if (isRefused || m_watch->freshness().state != Freshness::State::Syncing)
        noteKnown();
}

void ArchiveMarks::noteKnown()
{
    if (!std::exchange(m_isKnown, true))
        Q_EMIT becameKnown();
}

std::optional<ArchiveMark> ArchiveMarks::seen(const QString &but) const
{
    return m_watch ? foremost(m_watch->snapshot(), but) : std::nullopt;
}

Flow<std::optional<ArchiveMark>> ArchiveMarks::read()
{
    if (m_isEverywhere) {
        const QString everywhere;
        const CollectionQuery query{version(), kind(), everywhere, {}, selector(), {}};
        auto all = co_await listCollection(m_transport, query);
        if (all)
            co_return foremost(all->items);
        if (!isRefusal(all.error()))
            co_return fail(all.error());
        if (m_isEverywhere)
            narrow();
    }
    KubernetesClient client(m_transport);
    auto mark = co_await storedMark(client, m_nameSpace);
    co_return mark;
}

ArchiveMark ArchiveMarks::markOf(const QJsonObject &configMap) const
{
    ArchiveMark mark = archiveMarkOf(configMap);
    const QString nameSpace = ObjectRef::of(configMap).nameSpace;
    if (nameSpace != m_nameSpace)
        mark.elsewhere = nameSpace;
    return mark;
}

std::optional<ArchiveMark> ArchiveMarks::foremost(const QList<QJsonObject> &configMaps, const QString &but) const
{
    std::optional<ArchiveMark> first;
    for (const QJsonObject &configMap : configMaps) {
        const ArchiveMark mark = markOf(configMap);
        if (!but.isEmpty() && mark.uid == but)
            continue;
        if (mark.elsewhere.isEmpty())
            return mark;
        if (!first)
            first = mark;
    }
    return first;
}
