// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/opencluster.h"

#include "app/statustext.h"
#include "app/workspace.h"
#include "services/base/backoff.h"
#include "services/base/clock.h"
#include "services/base/runningoperations.h"
#include "services/messaging/clusterprotection.h"
#include "services/messaging/clustersurvey.h"
#include "services/messaging/messaging.h"
#include "services/messaging/runtimeservice.h"

#include <QDir>

namespace {

constexpr std::chrono::milliseconds firstLook = std::chrono::seconds(1);
constexpr std::chrono::milliseconds slowestLook = std::chrono::minutes(1);

/// Who asks whom. Whatever else differs is another proof of that, or another way there; and the namespace, which
/// changes all day, matters only when the cluster is opened.
bool isSamePlace(const ClusterAccess &one, const ClusterAccess &other)
{
    return one.server == other.server && one.userName == other.userName && one.basicUser == other.basicUser
        && one.impersonation == other.impersonation;
}

/// By another way one may come to a cluster that was made anew, whose versions are not those of the one before.
bool isSameWay(const ClusterAccess &one, const ClusterAccess &other)
{
    return one.certificateAuthority == other.certificateAuthority && one.proxy == other.proxy
        && one.tlsServerName == other.tlsServerName && one.insecureSkipTlsVerify == other.insecureSkipTlsVerify;
}

QString shownServer(const ClusterAccess &access)
{
    return access.server.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
}

QString userText(const ClusterAccess &access)
{
    const Impersonation &other = access.impersonation;
    if (other.user.isEmpty())
        return access.userName;
    return other.groups.isEmpty() ? OpenCluster::tr("%1, acting as %2").arg(access.userName, other.user)
                                  : OpenCluster::tr("%1, acting as %2 of %3")
                                        .arg(access.userName, other.user, other.groups.join(QStringLiteral(", ")));
}

} // namespace

OpenCluster::OpenCluster(
    const QString &id, const QString &name, ClusterAccess access, std::unique_ptr<Messaging> messaging, Clock &clock)
    : m_id(id)
    , m_name(name)
    , m_access(std::move(access))
    , m_clock(clock)
    , m_messaging(std::move(messaging))
    , m_workspace(std::make_unique<Workspace>(*m_messaging, name, kubeconfigToTell(m_access), clock))
{
    m_workspace->setTlsVerified(!m_access.insecureSkipTlsVerify);
    connect(m_workspace.get(), &Workspace::reloadRequested, this, &OpenCluster::reloadRequested);
    connect(&m_messaging->runtime(), &RuntimeService::freshnessChanged, this, &OpenCluster::noteConnection);
    connect(&m_messaging->survey(), &ClusterSurvey::changed, this, &OpenCluster::noteSurvey);
}

OpenCluster::~OpenCluster() = default;

void OpenCluster::start()
{
    m_messaging->start();
    noteConnection();
}

std::unique_ptr<Messaging> OpenCluster::leave()
{
    m_lookingAgain = {};
    const QList<RunningOperations::Operation> running = m_messaging->operations().all();
    m_workspace.reset();
    for (const RunningOperations::Operation &operation : running)
        operation.stop(); // what a restore leaves is cleared away before this is at rest
    m_messaging->runtime().disconnect(this);
    m_messaging->runtime().protection().disconnect(this);
    m_messaging->survey().disconnect(this);
    m_messaging->leave();
    return std::move(m_messaging);
}

ClosingLosses OpenCluster::losses() const
{
    return {m_workspace->hasDraft() ? QStringList{m_name} : QStringList(), m_messaging->operations().titles()};
}

QString OpenCluster::identity() const
{
    const QString &other = m_access.impersonation.user;
    return other.isEmpty() ? tr("%1@%2").arg(m_access.userName, m_access.clusterName)
                           : tr("%1 as %2@%3").arg(m_access.userName, other, m_access.clusterName);
}

QString OpenCluster::about() const
{
    const QString about = tr("User: %1\nCluster: %2\nServer: %3\nContext: %4\nKubeconfig: %5")
                              .arg(userText(m_access), m_access.clusterName, shownServer(m_access),
                                  m_access.contextName, QDir::toNativeSeparators(m_access.file));
    const QString version = m_messaging->survey().serverVersion();
    return version.isEmpty() ? about : about + tr("\nKubernetes: %1").arg(version);
}

bool OpenCluster::adopt(const Result<ClusterAccess> &access)
{
    const bool isElsewhere = access && !isSamePlace(*access, m_access);
    m_workspace->setLedElsewhere(
        isElsewhere ? tr("%1 at %2").arg(userText(m_access), shownServer(m_access)) : QString());
    if (isElsewhere)
        return false;
    // Tokens are renewed every hour: what a person has typed and what was read outlive that.
    const bool isOther = access && *access != m_access;
    const Result<void> renewed = !access ? fail(access.error())
        : isOther                        ? m_messaging->renew(*access)
                                         : Result<void>();
    const bool isOtherWay = renewed && !isSameWay(*access, m_access);
    if (renewed)
        m_access = *access;
    m_workspace->setTlsVerified(!m_access.insecureSkipTlsVerify);
    if (isOtherWay)
        m_workspace->refresh();
    m_workspace->setCredentialsProblem(renewed ? std::nullopt : std::optional(renewed.error()));
    return true;
}

void OpenCluster::noteConnection()
{
    Q_EMIT connectionChanged();
    if (areCredentialsDoubted() && !m_lookingAgain.isRunning())
        m_lookingAgain = lookAgain();
}

void OpenCluster::noteSurvey()
{
    Q_EMIT surveyed();
    const std::optional<QStringList> &found = m_messaging->survey().runtimeNamespaces();
    if (!found || std::exchange(m_isSurveyed, true))
        return;
    const bool isHere = found->contains(m_messaging->options().nameSpace)
        || m_messaging->runtime().status().phase != RuntimePhase::Absent;
    if (found->size() == 1 && !isHere)
        Q_EMIT foundElsewhere(found->first());
}

bool OpenCluster::areCredentialsDoubted() const
{
    const std::optional<Error> why = m_messaging->runtime().lastError();
    return why && (why->kind == Error::Kind::Unauthorized || why->kind == Error::Kind::Tls);
}

Flow<void> OpenCluster::lookAgain()
{
    Backoff backoff(firstLook, slowestLook);
    while (areCredentialsDoubted()) {
        co_await m_clock.sleep(backoff.next());
        if (areCredentialsDoubted())
            Q_EMIT reloadRequested();
    }
    co_return Result<void>();
}
