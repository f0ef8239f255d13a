// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/accountconnections.h"

#include "services/base/backoff.h"
#include "services/base/clock.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/kubernetes/kubernetestransport.h"
#include "services/messaging/accountservice.h"
#include "services/messaging/natslink.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimeservice.h"
#include "services/nats/jetstreamapi.h"
#include "services/nats/serverconfig.h"

#include <QJsonObject>

using namespace std::chrono_literals;

namespace {
constexpr std::chrono::milliseconds checkEvery = 250ms;
constexpr std::chrono::milliseconds glanceEvery = 100ms;
constexpr std::chrono::milliseconds loginLimit = 10s;

JetStreamLinks natsLinks(KubernetesTransport &transport, const QString &nameSpace)
{
    return [&transport, nameSpace](const QString &pod, const Login &login) -> std::shared_ptr<JetStreamLink> {
        return std::make_shared<NatsLink>(transport, nameSpace, pod, login, managementInboxPrefix());
    };
}

} // namespace

/// What an API needs to stay usable for as long as somebody waits for its answer.
struct AccountConnections::Session {
    Session(std::shared_ptr<JetStreamLink> openLink, const QString &account)
        : link(std::move(openLink))
        , api(link->transport(), account)
    {
    }

    std::shared_ptr<JetStreamLink> link;
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
    const QString known = problem(account);
    return {Error::Kind::Offline, known.isEmpty() ? tr("Connecting to NATS as account %1.").arg(account) : known, {},
        {}, {}};
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

Flow<QList<Stream>> AccountConnections::streams()
{
    QList<Stream> all;
    const QStringList names = accounts();
    for (const QString &account : names) {
        const auto usable = api(account);
        if (!usable)
            co_return fail(notConnected(account));
        auto found = co_await usable->streams();
        if (!found)
            co_return fail(found.error());
        all += *found;
    }
    if (names.isEmpty())
        co_return fail(Error::Kind::NotReady, tr("The accounts of the runtime are not known yet."));
    co_return all;
}

Flow<QList<Consumer>> AccountConnections::consumers(StreamId stream)
{
    const auto usable = api(stream.account);
    if (!usable)
        co_return fail(notConnected(stream.account));
    auto found = co_await usable->consumers(stream.name);
    co_return found;
}

QString AccountConnections::readyPod(int attempt) const
{
    QStringList ready;
    for (const RuntimePod &pod : m_runtime.status().pods) {
        if (pod.ready)
            ready.append(pod.name);
    }
    return ready.isEmpty() ? QString() : ready[attempt % ready.size()];
}

Flow<void> AccountConnections::keepUp(QString account)
{
    Connection &connection = m_connections[account];
    Backoff backoff;
    for (int attempt = 0;; ++attempt) {
        const QString pod = readyPod(attempt);
        if (pod.isEmpty()) {
            connection.problem = Error{Error::Kind::NotReady, tr("No pod of the runtime is ready."), {}, {}, {}};
            co_await m_clock.sleep(checkEvery);
            continue;
        }
        auto link = co_await connectTo(account, pod);
        if (!link) {
            connection.problem = link.error();
            Q_EMIT changed();
            co_await m_clock.sleep(backoff.next());
            continue;
        }
        backoff.reset();
        connection.problem.reset();
        connection.session = std::make_shared<Session>(*link, account);
        Q_EMIT changed();
        while (isUp(connection))
            co_await m_clock.sleep(checkEvery);
        connection.problem = connection.session->link->obstacle();
        connection.session.reset();
        Q_EMIT changed();
    }
}

Flow<std::shared_ptr<JetStreamLink>> AccountConnections::connectTo(QString account, QString pod)
{
    KubernetesClient client(m_transport);
    const ObjectRef ref{QStringLiteral("v1"), QStringLiteral("Secret"), m_runtime.status().nameSpace,
        RuntimeNames::managementSecret(account)};
    auto secret = co_await client.read(ref);
    if (!secret)
        co_return fail(secret.error());
    const Login login = loginFromSecret(*secret);
    auto link = m_links(pod, login);
    auto opened = co_await link->open(m_clock, loginLimit);
    if (!opened)
        co_return fail(opened.error());
    co_return link;
}
