// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/natslink.h"

#include "services/base/clock.h"
#include "services/kubernetes/kubernetestransport.h"

using namespace std::chrono_literals;

namespace {
constexpr quint16 clientPort = 4222;
constexpr std::chrono::milliseconds pollEvery = 50ms;
} // namespace

NatsLink::NatsLink(KubernetesTransport &transport, const QString &nameSpace, const QString &pod, const Login &login,
    const QString &inboxPrefix)
    : m_forward(transport.forward(nameSpace, pod, clientPort))
{
    m_options.username = login.username;
    m_options.password = login.password;
    m_options.inboxPrefix = inboxPrefix;
    connect(m_forward.get(), &PortForward::broken, this, [this](const Error &error) { m_problem = error; });
}

NatsLink::~NatsLink()
{
    if (!m_connection)
        return;
    m_forward->retire();
    m_connection->keepUntilEnded(std::move(m_forward));
}

Flow<void> NatsLink::open(Clock &clock, std::chrono::milliseconds limit)
{
    if (auto listening = m_forward->listen(); !listening)
        co_return fail(listening.error());
    m_options.port = m_forward->localPort();
    m_connection = std::make_unique<NatsConnection>(std::exchange(m_options, {}));
    m_connection->open();
    const auto deadline = clock.monotonic() + limit;
    while (m_connection->state() != NatsConnection::State::Connected) {
        if (m_problem)
            co_return fail(*m_problem);
        const bool isRefused = m_connection->state() == NatsConnection::State::Closed;
        if (isRefused || clock.monotonic() > deadline) {
            m_problem = m_connection->lastError().value_or(
                Error{Error::Kind::Timeout, tr("%1 did not answer in time.").arg(pod()), {}, {}, {}});
            co_return fail(*m_problem);
        }
        co_await clock.sleep(pollEvery);
    }
    co_return Result<void>();
}

std::optional<Error> NatsLink::obstacle() const
{
    if (m_problem)
        return m_problem;
    if (m_connection && m_connection->state() == NatsConnection::State::Connected)
        return std::nullopt;
    const Error unknown{Error::Kind::Offline, tr("There is no connection to %1.").arg(pod()), {}, {}, {}};
    return m_connection ? m_connection->lastError().value_or(unknown) : unknown;
}
