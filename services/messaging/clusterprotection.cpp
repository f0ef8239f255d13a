// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/clusterprotection.h"

#include "services/base/clock.h"
#include "services/messaging/retrying.h"
#include "services/messaging/runtimechecks.h"
#include "services/messaging/runtimemanifests.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimenamespace.h"
#include "services/messaging/runtimepermissions.h"
#include "services/messaging/storedmark.h"
#include "services/messaging/storedrecord.h"

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds patience = 10s; // somebody looks on
constexpr std::chrono::milliseconds reviewEvery = 10min;
constexpr std::chrono::milliseconds reviewRetry = 5s;

ObjectRef markRef(const QString &nameSpace)
{
    return {QStringLiteral("v1"), QStringLiteral("ConfigMap"), nameSpace, QLatin1String(RuntimeNames::archive)};
}

ResourceWatch::Query markQuery(const QString &nameSpace)
{
    ResourceWatch::Query query;
    query.apiVersion = QStringLiteral("v1");
    query.kind = QStringLiteral("ConfigMap");
    query.nameSpace = nameSpace;
    query.fieldSelector = QStringLiteral("metadata.name=") + QLatin1String(RuntimeNames::archive);
    return query;
}

Permission permissionTo(const char *verb, const QString &nameSpace)
{
    return {QLatin1String(verb), {}, QStringLiteral("configmaps"), {}, nameSpace};
}

Error notAnswered(const Error &why)
{
    return {why.kind,
        ClusterProtection::tr(
            "Nothing was sent, because the API server did not say whether this cluster is archived. %1 Try again once "
            "it answers.")
            .arg(why.summary),
        why.detail, {}, {}};
}

} // namespace

ClusterProtection::ClusterProtection(
    KubernetesTransport &transport, Clock &clock, QString nameSpace, QString workstation, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_nameSpace(nameSpace)
    , m_workstation(std::move(workstation))
    , m_client(transport)
    , m_guard(transport)
    , m_marks(transport, clock, markQuery(nameSpace))
    , m_mayArchive(Access::no(tr("Asking the cluster what you may do.")))
    , m_mayUnarchive(m_mayArchive)
{
    connect(&m_marks, &ResourceWatch::snapshotChanged, this, &ClusterProtection::noteSnapshot);
    connect(&m_marks, &ResourceWatch::freshnessChanged, this, &ClusterProtection::noteFreshness);
}

void ClusterProtection::start()
{
    m_marks.start();
    m_reviewing = reviewForever();
}

void ClusterProtection::refresh()
{
    m_marks.refresh();
    m_reviewing = reviewForever();
}

bool ClusterProtection::isKnown() const
{
    const auto &problem = m_marks.lastError();
    return m_marks.freshness().state != Freshness::State::Syncing
        || (problem && problem->kind == Error::Kind::Forbidden);
}

/// However fresh the watch is: what may be listed and not watched is never live, and each list of it is news.
void ClusterProtection::noteSnapshot()
{
    const QList<QJsonObject> &marks = m_marks.snapshot();
    adoptMark(marks.isEmpty() ? std::nullopt : std::optional(archiveMarkOf(marks.constFirst())));
    noteFreshness();
}

void ClusterProtection::noteFreshness()
{
    if (std::exchange(m_isKnown, isKnown()) != isKnown())
        Q_EMIT changed();
}

void ClusterProtection::adoptMark(std::optional<ArchiveMark> mark)
{
    Protection next = m_state;
    next.archived = std::move(mark);
    adopt(std::move(next));
}

void ClusterProtection::setReadOnly(Protection::ReadOnly readOnly)
{
    Protection next = m_state;
    next.readOnly = readOnly;
    adopt(std::move(next));
}

void ClusterProtection::adopt(Protection next)
{
    if (next == m_state)
        return;
    m_state = std::move(next);
    m_guard.setAccess(access());
    Q_EMIT changed();
}

Flow<void> ClusterProtection::confirm()
{
    if (const Access known = access(); !known)
        co_return fail(Error::Kind::Forbidden, known.reason);
    const std::function<Flow<std::optional<ArchiveMark>>()> ask = [this] { return storedMark(m_client, m_nameSpace); };
    auto found = co_await retrying(m_clock, ask, patience);
    if (!found && found.error().kind != Error::Kind::Forbidden)
        co_return fail(notAnswered(found.error()));
    if (found && *found) {
        adoptMark(*found);
        // it has not told yet
        m_marks.refresh();
    }
    if (const Access asked = access(); !asked)
        co_return fail(Error::Kind::Forbidden, asked.reason);
    co_return Result<void>();
}

Access ClusterProtection::archiveAccess() const
{
    if (m_state.archived)
        return Access::no(tr("This cluster is archived already."));
    if (const Access here = m_state.readOnlyAccess(); !here)
        return here;
    return m_mayArchive;
}

Access ClusterProtection::unarchiveAccess() const
{
    if (!m_state.archived)
        return Access::no(tr("This cluster is not archived."));
    if (const Access here = m_state.readOnlyAccess(); !here)
        return here;
    return m_mayUnarchive;
}

Pending<void> ClusterProtection::archive(const QString &reason)
{
    Error invalid{Error::Kind::Invalid, tr("Correct the fields marked below."), {}, {}, {}};
    invalid.fields = validateArchiveReason(reason);
    if (!invalid.fields.isEmpty())
        return Pending<void>::answered(fail(invalid));
    if (const Access access = archiveAccess(); !access)
        return Pending<void>::answered(fail(Error::Kind::Forbidden, access.reason));
    return m_mutations.run(mark(reason));
}

Pending<void> ClusterProtection::unarchive(const ArchiveMark &seen)
{
    if (const Access access = unarchiveAccess(); !access)
        return Pending<void>::answered(fail(Error::Kind::Forbidden, access.reason));
    return m_mutations.run(unmark(seen));
}

Flow<void> ClusterProtection::mark(QString reason)
{
    const ArchiveMark wanted{m_workstation, m_clock.now().toUTC(), archiveReason(reason), {}, {}};
    const std::function<Flow<void>()> ask = [this, wanted] { return markOnce(wanted); };
    auto marked = co_await retrying(m_clock, ask, patience);
    co_return marked;
}

Flow<void> ClusterProtection::markOnce(ArchiveMark mark)
{
    auto idle = co_await checkNothingIsUnderWay();
    if (!idle)
        co_return idle;
    auto ensured = co_await ensureNamespace(m_client, RuntimeManifests(m_nameSpace, {}).nameSpaceObject());
    if (!ensured)
        co_return ensured;
    auto created = co_await m_client.create(toConfigMap(mark, m_nameSpace));
    if (created) {
        adoptMark(archiveMarkOf(*created));
        co_return Result<void>();
    }
    if (created.error().kind != Error::Kind::Conflict)
        co_return fail(created.error());
    auto found = co_await storedMark(m_client, m_nameSpace);
    if (!found)
        co_return fail(found.error());
    if (!*found)
        co_return fail(created.error());
    adoptMark(*found);
    // An attempt before this one was carried out, though its answer was lost.
    const bool isOurs = (*found)->by == mark.by && (*found)->reason == mark.reason
        && (*found)->since.toSecsSinceEpoch() == mark.since.toSecsSinceEpoch();
    co_return isOurs ? Result<void>()
                     : fail(Error::Kind::Conflict, tr("%1 Your reason was not kept.").arg(archivedText(**found)));
}

Flow<void> ClusterProtection::checkNothingIsUnderWay()
{
    auto stored = co_await storedRecord(m_client, m_nameSpace);
    if (!stored && stored.error().kind != Error::Kind::Forbidden)
        co_return fail(stored.error());
    const bool isUnderWay = stored && *stored && (*stored)->record
        && (*stored)->record->operation.state == RuntimeOperation::State::Running;
    if (!isUnderWay)
        co_return Result<void>();
    const RuntimeOperation &operation = (*stored)->record->operation;
    const QString words = operation.kind == RuntimeOperation::Kind::Enable
        ? tr("NATS is being enabled on this cluster, as %1 asked. Archive the cluster once that is over.")
        : tr("NATS is being disabled on this cluster, as %1 asked. Archive the cluster once that is over.");
    co_return fail(Error::Kind::Conflict, words.arg(operation.requestedBy));
}

Flow<void> ClusterProtection::unmark(ArchiveMark seen)
{
    const Preconditions same{seen.uid, seen.version};
    const QString policy = QStringLiteral("Background");
    const ObjectRef ref = markRef(m_nameSpace);
    const std::function<Pending<void>()> ask = [this, ref, policy, same] { return m_client.remove(ref, policy, same); };
    auto removed = co_await retrying(m_clock, ask, patience);
    if (!removed && removed.error().kind == Error::Kind::Conflict) {
        m_marks.refresh();
        co_return fail(Error::Kind::Conflict,
            tr("The cluster stays archived: it was archived anew, or the mark was changed, since you looked. Read who "
               "did and why, then decide again."));
    }
    if (!removed)
        co_return removed;
    adoptMark(std::nullopt);
    m_marks.refresh();
    co_return removed;
}

Flow<void> ClusterProtection::reviewForever()
{
    for (;;) {
        const QList<Permission> toArchive{permissionTo("create", m_nameSpace)};
        const QList<Permission> toUnarchive{permissionTo("delete", m_nameSpace)};
        Flow<Access> setting = RuntimePermissions::review(m_client, m_clock, toArchive);
        Flow<Access> removing = RuntimePermissions::review(m_client, m_clock, toUnarchive);
        auto set = co_await setting;
        auto remove = co_await removing;
        const bool isAnswered = set && remove;
        if (isAnswered && (m_mayArchive != *set || m_mayUnarchive != *remove)) {
            m_mayArchive = *set;
            m_mayUnarchive = *remove;
            Q_EMIT changed();
        }
        co_await m_clock.sleep(isAnswered ? reviewEvery : reviewRetry);
    }
}
