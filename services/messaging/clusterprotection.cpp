// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/clusterprotection.h"

#include "services/base/clock.h"
#include "services/messaging/retrying.h"
#include "services/messaging/runtimechecks.h"
#include "services/messaging/runtimemanifests.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimenamespace.h"
#include "services/messaging/runtimepermissions.h"
#include "services/messaging/runtimerecord.h"
#include "services/messaging/storedmark.h"

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds patience = 10s; // somebody looks on
constexpr std::chrono::milliseconds reviewEvery = 10min;
constexpr std::chrono::milliseconds reviewRetry = 5s;

ObjectRef markRef(const QString &nameSpace)
{
    return {QStringLiteral("v1"), QStringLiteral("ConfigMap"), nameSpace, QLatin1String(RuntimeNames::archive)};
}

Permission permissionTo(const char *verb, const QString &nameSpace)
{
    return {QLatin1String(verb), {}, QStringLiteral("configmaps"), {}, nameSpace};
}

Access notAskedYet()
{
    return Access::no(ClusterProtection::tr("Asking the cluster what you may do."));
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

/// Why nothing is to be archived, where `configMap` is the record of an operation that goes on.
std::optional<Error> operationUnderWay(const QJsonObject &configMap)
{
    const ObjectRef ref = ObjectRef::of(configMap);
    if (ref.name != QLatin1String(RuntimeNames::record))
        return std::nullopt;
    const auto record = RuntimeRecord::fromConfigMap(configMap);
    if (!record || record->operation.state != RuntimeOperation::State::Running)
        return std::nullopt;
    const QString words = record->operation.kind == RuntimeOperation::Kind::Enable
        ? ClusterProtection::tr(
            "NATS is being enabled in namespace %2, as %1 asked. Archive the cluster once that is over.")
        : ClusterProtection::tr(
            "NATS is being disabled in namespace %2, as %1 asked. Archive the cluster once that is over.");
    return Error{Error::Kind::Conflict, words.arg(record->operation.requestedBy, ref.nameSpace), {}, {}, {}};
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
    , m_marks(transport, clock, nameSpace)
    , m_mayArchive(notAskedYet())
    , m_mayUnarchive(m_mayArchive)
{
    connect(&m_marks, &ArchiveMarks::seenAnew, this, &ClusterProtection::noteMarks);
    connect(&m_marks, &ArchiveMarks::becameKnown, this, &ClusterProtection::changed);
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

/// What stands in a namespace that can't be looked into any more stands until it is removed or seen to have gone.
void ClusterProtection::noteMarks()
{
    const auto seen = m_marks.seen();
    const bool isOutOfView = !m_marks.isEverywhere() && markedNameSpace() != m_nameSpace;
    if (seen || !isOutOfView)
        adoptMark(seen);
}

QString ClusterProtection::markedNameSpace() const
{
    const bool isElsewhere = m_state.archived && !m_state.archived->elsewhere.isEmpty();
    return isElsewhere ? m_state.archived->elsewhere : m_nameSpace;
}

void ClusterProtection::adoptMark(std::optional<ArchiveMark> mark)
{
    const QString before = markedNameSpace();
    Protection next = m_state;
    next.archived = std::move(mark);
    adopt(std::move(next));
    if (markedNameSpace() == before)
        return;
    m_mayUnarchive = notAskedYet();
    m_reviewing = reviewForever();
    Q_EMIT changed();
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
    const std::function<Flow<std::optional<ArchiveMark>>()> ask = [this] { return m_marks.read(); };
    auto found = co_await retrying(m_clock, ask, patience);
    if (!found && found.error().kind != Error::Kind::Forbidden)
        co_return fail(notAnswered(found.error()));
    if (found && *found) {
        adoptMark(*found);
        // it has not told yet
        m_marks.lookAgain();
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
    if (!marked)
        reviewWhereRefused(marked.error());
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
        adoptMark(m_marks.markOf(*created));
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
    const QString apiVersion = QStringLiteral("v1");
    const QString kind = QStringLiteral("ConfigMap");
    const QString where = m_marks.isEverywhere() ? QString() : m_nameSpace;
    auto found = co_await m_client.list(apiVersion, kind, where, RuntimeNames::labelSelector());
    if (!found && found.error().kind != Error::Kind::Forbidden)
        co_return fail(found.error());
    const QList<QJsonObject> configMaps = found ? *found : QList<QJsonObject>();
    for (const QJsonObject &each : configMaps) {
        if (const auto busy = operationUnderWay(each))
            co_return fail(*busy);
    }
    co_return Result<void>();
}

Flow<void> ClusterProtection::unmark(ArchiveMark seen)
{
    const Preconditions same{seen.uid, seen.version};
    const QString policy = QStringLiteral("Background");
    const ObjectRef ref = markRef(seen.elsewhere.isEmpty() ? m_nameSpace : seen.elsewhere);
    const std::function<Pending<void>()> ask = [this, ref, policy, same] { return m_client.remove(ref, policy, same); };
    auto removed = co_await retrying(m_clock, ask, patience);
    if (!removed && removed.error().kind == Error::Kind::Conflict) {
        m_marks.lookAgain();
        co_return fail(Error::Kind::Conflict,
            tr("The cluster stays archived: it was archived anew, or the mark was changed, since you looked. Read who "
               "did and why, then decide again."));
    }
    if (!removed) {
        reviewWhereRefused(removed.error());
        co_return removed;
    }
    adoptMark(m_marks.seen(seen.uid));
    m_marks.lookAgain();
    co_return removed;
}

/// The permission that was there when it was asked about last is no longer.
void ClusterProtection::reviewWhereRefused(const Error &error)
{
    if (error.kind == Error::Kind::Forbidden)
        m_reviewing = reviewForever();
}

Flow<void> ClusterProtection::reviewForever()
{
    for (;;) {
        const QList<Permission> toArchive{permissionTo("create", m_nameSpace)};
        const QList<Permission> toUnarchive{permissionTo("delete", markedNameSpace())};
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
