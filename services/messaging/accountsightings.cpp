// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/accountsightings.h"

#include "services/base/background.h"
#include "services/kubernetes/podhttp.h"
#include "services/messaging/runtimesource.h"
#include "services/nats/monitoring.h"

#include <algorithm>
#include <tuple>
#include <vector>

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds readEvery = 5s;
constexpr quint16 monitorPort = 8222;
constexpr int pageSize = 1024;

/// Of users that belong to Pennant: no account's name begins so.
bool isHidden(const ClientConnection &connection)
{
    return connection.user.startsWith(QLatin1String("pennant-"));
}

/// What one server told.
struct Sighting {
    QList<ClientConnection> connections;
    QMap<QString, ByteCount> storage;
};

/// Apart from the coroutine that awaits it: GCC 12 destroys a lambda inside a co_await expression twice.
Pending<ConnectionsPage> pageInBackground(const QByteArray &body)
{
    return runInBackground<ConnectionsPage>(QThreadPool::globalInstance(), [body] { return connectionsFrom(body); });
}

Flow<Sighting> sightingOf(KubernetesTransport &transport, QString nameSpace, QString pod)
{
    Sighting sighting;
    for (int offset = 0;; offset += pageSize) {
        const QString path = QStringLiteral("/connz?auth=true&limit=%1&offset=%2")
                                 .arg(QString::number(pageSize), QString::number(offset));
        auto body = co_await getFromPod(transport, nameSpace, pod, monitorPort, path);
        if (!body)
            co_return fail(body.error());
        Pending<ConnectionsPage> parsing = pageInBackground(*body);
        auto page = co_await parsing;
        if (!page)
            co_return fail(page.error());
        sighting.connections += page->connections;
        if (offset + pageSize >= page->total)
            break;
    }
    const QString path = QStringLiteral("/jsz?accounts=true");
    auto body = co_await getFromPod(transport, nameSpace, pod, monitorPort, path);
    if (!body)
        co_return fail(body.error());
    auto stored = storageFrom(*body);
    if (!stored)
        co_return fail(stored.error());
    sighting.storage = *stored;
    sighting.connections.removeIf(isHidden);
    for (ClientConnection &connection : sighting.connections)
        connection.pod = pod;
    co_return sighting;
}

bool isBefore(const ClientConnection &a, const ClientConnection &b)
{
    return std::tie(a.account, a.user, a.address, a.pod, a.id) < std::tie(b.account, b.user, b.address, b.pod, b.id);
}

} // namespace

AccountSightings::AccountSightings(
    KubernetesTransport &transport, Clock &clock, const RuntimeSource &runtime, Told told)
    : m_transport(transport)
    , m_runtime(runtime)
    , m_told(std::move(told))
    , m_poller(
          clock, readEvery, [this] { return read(); }, [] {})
{
}

void AccountSightings::setWanted(bool wanted)
{
    const bool wasWanted = std::exchange(m_isWanted, wanted);
    m_poller.setInterval(wanted ? readEvery : Poller::outOfSight);
    if (wanted && !wasWanted)
        m_poller.poll();
}

Flow<void> AccountSightings::read()
{
    if (!m_isWanted)
        co_return Result<void>();
    std::vector<Flow<Sighting>> asked;
    for (const RuntimePod &pod : m_runtime.status().pods) {
        if (pod.ready)
            asked.push_back(sightingOf(m_transport, m_runtime.status().nameSpace, pod.name));
    }
    QList<ClientConnection> connections;
    QMap<QString, ByteCount> storage;
    for (Flow<Sighting> &each : asked) {
        auto seen = co_await each;
        if (!seen) {
            const std::optional<Error> before = std::exchange(m_problem, seen.error());
            m_told(before != m_problem);
            co_return fail(seen.error());
        }
        connections += seen->connections;
        for (auto it = seen->storage.cbegin(); it != seen->storage.cend(); ++it)
            storage[it.key()].bytes += it.value().bytes;
    }
    if (!asked.empty())
        adopt(std::move(connections), std::move(storage));
    co_return Result<void>();
}

void AccountSightings::adopt(QList<ClientConnection> connections, QMap<QString, ByteCount> storage)
{
    std::sort(connections.begin(), connections.end(), isBefore);
    const bool isOther = !m_isKnown || m_problem || connections != m_connections || storage != m_storage;
    m_isKnown = true;
    m_problem.reset();
    m_connections = std::move(connections);
    m_storage = std::move(storage);
    m_told(isOther);
}

QList<ClientConnection> AccountSightings::connections(const QString &account) const
{
    QList<ClientConnection> found;
    std::copy_if(m_connections.cbegin(), m_connections.cend(), std::back_inserter(found),
        [&account](const ClientConnection &connection) { return connection.account == account; });
    return found;
}

int AccountSightings::connectionsOf(const QString &user) const
{
    return int(std::count_if(m_connections.cbegin(), m_connections.cend(),
        [&user](const ClientConnection &connection) { return connection.user == user; }));
}

std::optional<ByteCount> AccountSightings::storage(const QString &account) const
{
    return m_isKnown ? std::optional(m_storage.value(account)) : std::nullopt;
}
