// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/accountsightings.h"

#include "services/base/background.h"
#include "services/kubernetes/podhttp.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimesource.h"
#include "services/nats/monitoring.h"

#include <algorithm>
#include <tuple>
#include <vector>

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds readEvery = 5s;
constexpr int pageSize = 1024;

/// Of users that belong to Pennant: no account's name begins so.
bool isHidden(const ClientConnection &connection)
{
    return connection.user.startsWith(QLatin1String("pennant-"));
}

/// Apart from the coroutine that awaits it: GCC 12 destroys a lambda inside a co_await expression twice.
Pending<ConnectionsPage> pageInBackground(const QByteArray &body)
{
    return runInBackground<ConnectionsPage>(QThreadPool::globalInstance(), [body] { return connectionsFrom(body); });
}

bool isBefore(const ClientConnection &a, const ClientConnection &b)
{
    return std::tie(a.user, a.address, a.pod, a.id) < std::tie(b.user, b.address, b.pod, b.id);
}

} // namespace

/// What one server told.
struct AccountSightings::Sighting {
    QList<ClientConnection> connections;
    QMap<QString, ByteCount> storage;
};

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

Flow<AccountSightings::Sighting> AccountSightings::sightingOf(
    KubernetesTransport &transport, QString nameSpace, QString pod)
{
    Sighting sighting;
    for (int offset = 0;; offset += pageSize) {
        const QString path = QStringLiteral("/connz?auth=true&limit=%1&offset=%2")
                                 .arg(QString::number(pageSize), QString::number(offset));
        auto body = co_await getFromPod(transport, nameSpace, pod, RuntimeNames::monitorPort, path);
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
    auto body = co_await getFromPod(transport, nameSpace, pod, RuntimeNames::monitorPort, path);
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

Pending<AccountSightings::Reading> AccountSightings::mergedInBackground(std::vector<Sighting> seen, bool isWhole)
{
    return runInBackground<Reading>(
        QThreadPool::globalInstance(), [seen = std::move(seen), isWhole]() -> Result<Reading> {
            Reading merged;
            merged.isWhole = isWhole;
            for (const Sighting &sighting : seen) {
                // each server tells what the whole cluster holds of an account, some a moment later than others
                for (const ClientConnection &connection : sighting.connections)
                    merged.connections[connection.account].append(connection);
                for (auto it = sighting.storage.cbegin(); it != sighting.storage.cend(); ++it)
                    merged.storage[it.key()] = std::max(merged.storage.value(it.key()), it.value());
            }
            for (QList<ClientConnection> &ofAccount : merged.connections)
                std::sort(ofAccount.begin(), ofAccount.end(), isBefore);
            return merged;
        });
}

Flow<void> AccountSightings::read()
{
    if (!m_isWanted)
        co_return Result<void>();
    std::vector<Flow<Sighting>> asked;
    for (const QString &pod : m_runtime.status().readyPodNames())
        asked.push_back(sightingOf(m_transport, m_runtime.status().nameSpace, pod));
    const bool isWhole = int(asked.size()) >= m_runtime.status().wantedPods();
    std::vector<Sighting> sightings;
    for (Flow<Sighting> &each : asked) {
        auto seen = co_await each;
        if (!seen) {
            const std::optional<Error> before = std::exchange(m_problem, seen.error());
            m_told(before != m_problem);
            co_return fail(seen.error());
        }
        sightings.push_back(std::move(*seen));
    }
    if (asked.empty())
        co_return Result<void>();
    Pending<Reading> merging = mergedInBackground(std::move(sightings), isWhole);
    auto reading = co_await merging;
    if (reading)
        adopt(*reading);
    co_return Result<void>();
}

void AccountSightings::adopt(const Reading &reading)
{
    const bool isOther = !m_isKnown || m_problem || reading != m_reading;
    m_isKnown = true;
    m_problem.reset();
    m_reading = reading;
    m_told(isOther);
}

QList<ClientConnection> AccountSightings::connections(const QString &account) const
{
    return m_reading.connections.value(account);
}

int AccountSightings::connectionsOf(const QString &account, const QString &user) const
{
    const QList<ClientConnection> all = connections(account);
    return int(std::count_if(
        all.cbegin(), all.cend(), [&user](const ClientConnection &connection) { return connection.user == user; }));
}

std::optional<ByteCount> AccountSightings::storage(const QString &account) const
{
    return m_isKnown ? std::optional(m_reading.storage.value(account)) : std::nullopt;
}
