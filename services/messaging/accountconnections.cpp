// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/accountconnections.h"

#include "services/base/background.h"
#include "services/base/backoff.h"
#include "services/base/clock.h"
#include "services/base/wallclock.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/kubernetes/kubernetestransport.h"
#include "services/kubernetes/podhttp.h"
#include "services/messaging/accountservice.h"
#include "services/messaging/natslink.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimeservice.h"
#include "services/nats/jetstreamapi.h"
#include "services/nats/monitoring.h"
#include "services/nats/serverconfig.h"

#include <QJsonObject>

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace {
constexpr std::chrono::milliseconds checkEvery = 250ms;
constexpr std::chrono::milliseconds glanceEvery = 100ms;
constexpr std::chrono::milliseconds loginLimit = 10s;
constexpr std::chrono::milliseconds askAgainAfter = 10s;

JetStreamLinks natsLinks(KubernetesTransport &transport, const QString &nameSpace)
{
    return [&transport, nameSpace](
               const QString &pod, const Login &login, const QString &inboxPrefix) -> std::shared_ptr<JetStreamLink> {
        return std::make_shared<NatsLink>(transport, nameSpace, pod, login, inboxPrefix);
    };
}

} // namespace

/// What an API needs to stay usable for as long as somebody waits for its answer.
struct AccountConnections::Session {
    Session(std::shared_ptr<JetStreamLink> openLink, const QString &account, const HiddenLogin &hidden)
        : link(std::move(openLink))
        , login(hidden)
        , api(link->transport(), account)
    {
    }

    std::shared_ptr<JetStreamLink> link;
    HiddenLogin login;
    JetStreamApi api;
};

AccountConnections::AccountConnections(KubernetesTransport &transport, Clock &clock, RuntimeService &runtime,
    AccountService &accounts, JetStreamLinks links, QObject *parent)
    : JetStreamSource(parent)
    , m_transport(transport)
    , m_clock(clock)
    , m_runtime(runtime)
    , m_accounts(accounts)
    , m_links(links ? std::move(links) : natsLinks(transport, runtime.status().nameSpace))
{
    connect(&runtime, &RuntimeService::statusChanged, this, &AccountConnections::update);
    connect(&accounts, &AccountService::accountsChanged, this, &AccountConnections::update);
    connect(&transport, &KubernetesTransport::reached, this, &AccountConnections::tryAgain);
    connect(&runtime, &RuntimeService::accessChanged, this, &AccountConnections::reconsider);
}

AccountConnections::~AccountConnections() = default;

void AccountConnections::update()
{
    const bool isReady = m_runtime.status().phase == RuntimePhase::Ready;
    QStringList wanted;
    if (isReady) {
        for (const Account &account : m_accounts.accounts())
            wanted.append(account.name);
    }
    const auto dropped = std::erase_if(m_connections, [&](const auto &entry) { return !wanted.contains(entry.first); });
    for (const QString &account : wanted) {
        if (!m_connections.contains(account)) {
            m_connections[account];
            m_connections[account].keeping = keepUp(account);
        }
    }
    if (dropped > 0)
        Q_EMIT changed();
    const QList<RuntimePod> ready = readyPods();
    QStringList uids;
    for (const RuntimePod &pod : std::as_const(ready))
        uids.append(pod.uid);
    const bool isOneMore =
        std::any_of(uids.cbegin(), uids.cend(), [this](const QString &uid) { return !m_readyPods.contains(uid); });
    m_readyPods = std::move(uids);
    if (isOneMore)
        learnServer();
    // later: one of those that are begun anew may be telling of its refusal right now
    QMetaObject::invokeMethod(
        this, [this, isOneMore] { followPods(isOneMore); }, Qt::QueuedConnection);
}

void AccountConnections::learnServer()
{
    QStringList names;
    for (const RuntimePod &pod : readyPods())
        names.append(pod.name);
    m_asking = askServer(names);
}

Flow<void> AccountConnections::askServer(QStringList pods)
{
    const QString path = QStringLiteral("/varz");
    for (;;) {
        std::optional<ServerVersion> oldest;
        for (const QString &pod : pods) {
            auto body =
                co_await getFromPod(m_transport, m_runtime.status().nameSpace, pod, RuntimeNames::monitorPort, path);
            if (!body && body.error().kind == Error::Kind::Forbidden)
                co_return fail(body.error()); // it would be refused again, and nothing depends on it
            const auto variables = body ? serverVariablesFrom(*body) : Result<ServerVariables>(fail(body.error()));
            const auto version = variables ? ServerVersion::fromText(variables->version) : std::nullopt;
            if (version && (!oldest || *version < *oldest))
                oldest = version;
        }
        if (oldest) {
            m_server = oldest;
            co_return Result<void>();
        }
        co_await m_clock.sleep(askAgainAfter);
    }
}

/// A connection, and an attempt at one, ends as its pod begins to: a server that drains answers nothing of JetStream,
/// and of the pod that is made anew under its name nobody hears there. Where one more is ready nobody waits for his
/// next try.
void AccountConnections::followPods(bool isOneMore)
{
    QStringList present;
    for (const RuntimePod &pod : m_runtime.status().pods) {
        if (!pod.isEnding)
            present.append(pod.uid);
    }
    bool isOther = false;
    for (auto &[account, connection] : m_connections) {
        const bool isGone = !connection.podUid.isEmpty() && !present.contains(connection.podUid);
        if (!isGone && !(isOneMore && connection.isWaiting))
            continue;
        isOther = isOther || connection.session;
        connection.session.reset();
        connection.podUid.clear();
        connection.keeping = keepUp(account);
    }
    if (isOther) {
        Q_EMIT broke();
        Q_EMIT changed();
    }
}

/// The tunnel's own waits have nothing more to wait for.
void AccountConnections::tryAgain()
{
    for (auto &[account, connection] : m_connections) {
        if (!isUp(connection))
            connection.keeping = keepUp(account);
    }
}

QStringList AccountConnections::accounts() const
{
    QStringList names;
    for (const auto &[name, connection] : m_connections)
        names.append(name);
    return names;
}

bool AccountConnections::isUp(const Connection &connection) const
{
    return connection.session && !connection.session->link->obstacle();
}

std::shared_ptr<JetStreamApi> AccountConnections::api(const QString &account) const
{
    const auto found = m_connections.find(account);
    if (found == m_connections.cend() || !isUp(found->second))
        return nullptr;
    return {found->second.session, &found->second.session->api};
}

QString AccountConnections::problem(const QString &account) const
{
    const auto found = m_connections.find(account);
    if (found == m_connections.cend() || !found->second.problem || isUp(found->second))
        return {};
    return found->second.problem->summary;
}

Error AccountConnections::notConnected(const QString &account) const
{
    const auto found = m_connections.find(account);
    const QString known = problem(account);
    const bool isRefused = !known.isEmpty() && found->second.problem->kind == Error::Kind::Forbidden;
    return {isRefused ? Error::Kind::Forbidden : Error::Kind::Offline,
        known.isEmpty() ? tr("Connecting to NATS as account %1.").arg(account) : known, {}, {}, {}};
}

Flow<std::shared_ptr<JetStreamApi>> AccountConnections::reach(QString account)
{
    const auto deadline = m_clock.monotonic() + loginLimit;
    for (;;) {
        if (auto usable = api(account))
            co_return usable;
        if (!problem(account).isEmpty() || m_clock.monotonic() >= deadline)
            co_return fail(notConnected(account));
        co_await m_clock.sleep(glanceEvery);
    }
}

/// One account that can't be read takes nothing from the others.
Flow<QList<Stream>> AccountConnections::streams()
{
    const QStringList names = accounts();
    if (names.isEmpty())
        co_return fail(Error::Kind::NotReady, tr("The accounts of the runtime are not known yet."));
    QList<Stream> all;
    std::map<QString, QList<Stream>> known;
    QStringList hidden;
    std::optional<Error> gap;
    std::optional<Error> first;
    for (const QString &account : names) {
        auto found = co_await streamsOf(account);
        const auto before = m_known.find(account);
        if (found)
            known[account] = *found;
        else if (found.error().kind == Error::Kind::Forbidden || before == m_known.end())
            hidden.append(account);
        else
            known[account] = before->second;
        if (!found && !first)
            first = found.error();
        if (!found && found.error().kind != Error::Kind::Forbidden && !isOnItsWay(account))
            gap = found.error();
        all += known[account];
    }
    const bool isNothingRead = hidden.size() == names.size() || (gap && names.size() == 1);
    if (isNothingRead || (first && m_known.empty() && all.isEmpty()))
        co_return fail(*first);
    letGo(std::exchange(m_known, std::move(known)));
    m_hidden = hidden;
    m_gap = gap;
    co_return all;
}

Flow<QList<Stream>> AccountConnections::streamsOf(QString account)
{
    const auto usable = api(account);
    if (!usable)
        co_return fail(notConnected(account));
    const std::function<void(const QList<Stream> &)> tell = [this](
                                                                const QList<Stream> &part) { Q_EMIT partRead(part); };
    auto found = co_await usable->streams(tell);
    co_return found;
}

bool AccountConnections::isOnItsWay(const QString &account) const
{
    const auto found = m_connections.find(account);
    return !m_known.contains(account) && (found == m_connections.cend() || !found->second.problem);
}

Flow<QList<Consumer>> AccountConnections::consumers(StreamId stream)
{
    const auto usable = api(stream.account);
    if (!usable)
        co_return fail(notConnected(stream.account));
    auto found = co_await usable->consumers(stream.name);
    co_return found;
}

Flow<std::shared_ptr<JetStreamApi>> AccountConnections::reachToChange(QString account)
{
    auto reached = co_await reach(account);
    const auto deadline = m_clock.monotonic() + loginLimit;
    while (reached && isLoginLookedFor(account) && m_clock.monotonic() < deadline) {
        co_await m_clock.sleep(glanceEvery);
        reached = co_await reach(account);
    }
    // by now it may be archived, or read-only here
    if (const Access here = m_runtime.changeAccess(); !here)
        co_return fail(Error::Kind::Forbidden, here.reason);
    if (const Access access = loginAccess(account); reached && !access)
        co_return fail(Error::Kind::Forbidden, access.reason);
    co_return reached;
}

QList<RuntimePod> AccountConnections::readyPods() const
{
    QList<RuntimePod> ready = m_runtime.status().pods;
    ready.removeIf([](const RuntimePod &pod) { return !pod.ready; });
    return ready;
}

Flow<void> AccountConnections::keepUp(QString account)
{
    Connection &connection = m_connections[account];
    connection.isWaiting = false;
    connection.isReconsidered = false;
    Backoff backoff;
    for (int attempt = 0;; ++attempt) {
        const QList<RuntimePod> pods = readyPods();
        if (pods.isEmpty()) {
            connection.problem = Error{Error::Kind::NotReady, tr("No pod of the runtime is ready."), {}, {}, {}};
            co_await m_clock.sleep(checkEvery);
            continue;
        }
        const RuntimePod pod = pods[attempt % pods.size()];
        connection.podUid = pod.uid;
        auto session = co_await connectTo(account, pod.name);
        if (!session) {
            connection.problem = session.error();
            m_runtime.noteRefusal(session.error());
            Q_EMIT changed();
            connection.isWaiting = true;
            co_await m_clock.sleep(backoff.next());
            connection.isWaiting = false;
            continue;
        }
        backoff.reset();
        connection.problem.reset();
        connection.session = *session;
        Q_EMIT changed();
        co_await holdSession(account);
        connection.problem = connection.session->link->obstacle();
        if (connection.problem)
            m_runtime.noteRefusal(*connection.problem);
        connection.session.reset();
        Q_EMIT broke();
        Q_EMIT changed();
    }
}

Flow<void> AccountConnections::holdSession(QString account)
{
    Connection &connection = m_connections[account];
    const HiddenLogin held = connection.session->login;
    // The NATS library counts its pings and time limits by the wall clock: set back, it would take a dead link for a
    // live one.
    const WallClock wallClock(m_clock);
    Backoff backoff;
    auto lookAt = m_clock.monotonic();
    while (isUp(connection) && !wallClock.wasSet()) {
        if (m_clock.monotonic() >= lookAt && std::exchange(connection.isToReconsider, false)) {
            connection.isReconsidered = true;
            auto next = co_await hiddenLogin(account);
            connection.isReconsidered = false;
            if (next && next->mayChange != held.mayChange)
                co_return Result<void>();
            if (!next) {
                connection.isToReconsider = true;
                lookAt = m_clock.monotonic() + backoff.next();
            } else {
                backoff.reset();
            }
        }
        co_await m_clock.sleep(checkEvery);
    }
    co_return Result<void>();
}

void AccountConnections::reconsider()
{
    for (auto &[name, connection] : m_connections)
        connection.isToReconsider = true;
}

/// Permissions have changed, and whether the login is the right one still is not known yet.
bool AccountConnections::isLoginLookedFor(const QString &account) const
{
    const auto found = m_connections.find(account);
    return found != m_connections.cend() && (found->second.isToReconsider || found->second.isReconsidered);
}

Access AccountConnections::changeAccess(const QString &account) const
{
    return isLoginLookedFor(account) ? Access::yes() : loginAccess(account);
}

Access AccountConnections::loginAccess(const QString &account) const
{
    const auto found = m_connections.find(account);
    if (found == m_connections.cend() || !isUp(found->second) || found->second.session->login.mayChange)
        return Access::yes();
    const Permission needed{QStringLiteral("get"), {}, QStringLiteral("secrets"), {}, m_runtime.status().nameSpace,
        RuntimeNames::managementSecret(account)};
    return Access::no(tr("You look at account %1 with a login that may only read. To change something you need to %2.")
                          .arg(account, needed.text()),
        {needed});
}

Flow<AccountConnections::HiddenLogin> AccountConnections::hiddenLogin(QString account)
{
    KubernetesClient client(m_transport);
    const QString nameSpace = m_runtime.status().nameSpace;
    const auto named = [&nameSpace](const QString &secret) {
        return ObjectRef{QStringLiteral("v1"), QStringLiteral("Secret"), nameSpace, secret};
    };
    const ObjectRef managingRef = named(RuntimeNames::managementSecret(account));
    // Where nothing is to be changed the server itself is to refuse it, whatever this person may.
    const bool isToView = !m_runtime.changeAccess();
    if (!isToView) {
        auto managing = co_await client.read(managingRef);
        if (managing)
            co_return HiddenLogin{loginFromSecret(*managing), true};
        if (managing.error().kind != Error::Kind::Forbidden)
            co_return fail(managing.error());
    }
    const ObjectRef viewingRef = named(RuntimeNames::viewingSecret(account));
    auto viewing = co_await client.read(viewingRef);
    if (viewing)
        co_return HiddenLogin{loginFromSecret(*viewing), false};
    const bool isRefused = viewing.error().kind == Error::Kind::Forbidden;
    if (!isToView || (viewing.error().kind != Error::Kind::NotFound && !isRefused))
        co_return fail(viewing.error());
    // A runtime of an earlier version has one login for both, and who may read one of two Secrets is not to be without.
    auto only = co_await client.read(managingRef);
    if (!only)
        co_return fail(isRefused ? viewing.error() : only.error());
    co_return HiddenLogin{loginFromSecret(*only), true};
}

Flow<std::shared_ptr<AccountConnections::Session>> AccountConnections::connectTo(QString account, QString pod)
{
    auto hidden = co_await hiddenLogin(account);
    if (!hidden)
        co_return fail(hidden.error());
    auto link = m_links(pod, hidden->login, hidden->mayChange ? managementInboxPrefix() : viewingInboxPrefix());
    auto opened = co_await link->open(m_clock, loginLimit);
    if (!opened)
        co_return fail(opened.error());
    co_return std::make_shared<Session>(link, account, *hidden);
}
