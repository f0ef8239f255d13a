// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/workloads.h"

#include "services/base/clock.h"
#include "services/kubernetes/collectionlist.h"
#include "services/kubernetes/kubernetesclient.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace {

constexpr auto freshFor = 60s;
constexpr qsizetype mostNameSpaces = 50; // each is asked for by four requests

CollectionQuery queryOf(const QString &apiVersion, const QString &kind, const QString &nameSpace)
{
    CollectionQuery query;
    query.apiVersion = apiVersion;
    query.kind = kind;
    query.nameSpace = nameSpace;
    query.isMetadataOnly = true;
    return query;
}

QList<Workload> workloadsIn(const QString &kind, const QList<QJsonObject> &items)
{
    QList<Workload> workloads;
    for (const QJsonObject &item : items) {
        const ObjectRef ref = ObjectRef::of(item);
        workloads.append({kind, ref.nameSpace, ref.name});
    }
    return workloads;
}

bool comesBefore(const Workload &left, const Workload &right)
{
    return std::tie(left.nameSpace, left.name, left.kind) < std::tie(right.nameSpace, right.name, right.kind);
}

} // namespace

Workloads::Workloads(KubernetesTransport &transport, Clock &clock, const QStringList &likely, QObject *parent)
    : QObject(parent)
    , m_transport(transport)
    , m_clock(clock)
    , m_likely(likely)
{
    m_likely.removeAll(QString());
    m_likely.removeDuplicates();
}

void Workloads::look()
{
    const bool isFresh = m_lookedAt && m_clock.monotonic() - *m_lookedAt < freshFor;
    if (isFresh || m_looking.isRunning())
        return;
    m_lookedAt = m_clock.monotonic();
    m_looking = run();
}

Flow<void> Workloads::run()
{
    struct Kind {
        const char *apiVersion;
        const char *kind;
    };
    static constexpr Kind kinds[]{
        {"apps/v1", "Deployment"}, {"apps/v1", "StatefulSet"}, {"apps/v1", "DaemonSet"}, {"batch/v1", "CronJob"}};
    m_nextGap.clear();
    m_nameSpaces.reset();
    QList<Workload> all;
    for (const Kind &kind : kinds) {
        const QString apiVersion = QLatin1String(kind.apiVersion);
        const QString name = QLatin1String(kind.kind);
        auto found = co_await find(apiVersion, name);
        if (found)
            all += *found;
        else
            m_nextGap = found.error().summary;
    }
    std::sort(all.begin(), all.end(), comesBefore);
    m_all = all;
    m_gap = m_nextGap;
    Q_EMIT changed();
    co_return Result<void>();
}

Flow<QList<Workload>> Workloads::find(QString apiVersion, QString kind)
{
    const CollectionQuery everywhere = queryOf(apiVersion, kind, {});
    auto all = co_await listCollection(m_transport, everywhere);
    if (all)
        co_return workloadsIn(kind, all->items);
    if (all.error().kind != Error::Kind::Forbidden)
        co_return fail(all.error());
    auto places = co_await nameSpaces();
    const QStringList each = *places;
    QList<Workload> found;
    for (const QString &nameSpace : each) {
        const CollectionQuery query = queryOf(apiVersion, kind, nameSpace);
        auto some = co_await listCollection(m_transport, query);
        if (some)
            found += workloadsIn(kind, some->items);
        else if (some.error().kind != Error::Kind::Forbidden)
            co_return fail(some.error());
        else
            m_nextGap = tr("You may not list the workloads of every namespace.");
    }
    co_return found;
}

Flow<QStringList> Workloads::nameSpaces()
{
    if (m_nameSpaces)
        co_return *m_nameSpaces;
    QStringList names = m_likely;
    const CollectionQuery query = queryOf(QStringLiteral("v1"), QStringLiteral("Namespace"), {});
    auto listed = co_await listCollection(m_transport, query);
    for (const QJsonObject &item : listed ? listed->items : QList<QJsonObject>())
        names.append(ObjectRef::of(item).name);
    names.removeDuplicates();
    if (!listed && listed.error().kind == Error::Kind::Forbidden)
        m_nextGap = tr("You may not list the workloads of every namespace.");
    else if (!listed)
        m_nextGap = tr("Not every namespace was looked into: %1").arg(listed.error().summary);
    else if (names.size() > mostNameSpaces)
        m_nextGap = tr("Only %1 namespaces are looked into.").arg(mostNameSpaces);
    m_nameSpaces = names.mid(0, mostNameSpaces);
    co_return *m_nameSpaces;
}
