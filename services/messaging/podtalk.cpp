// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/podtalk.h"

#include "services/base/clock.h"
#include "services/kubernetes/kubernetestransport.h"

PodTalk::PodTalk(KubernetesTransport &transport, Clock &clock, const QString &nameSpace, const QString &pod)
    : m_clock(clock)
    , m_pod(pod)
    , m_tunnel(transport.tunnel(nameSpace, pod, clientPort))
{
    connect(m_tunnel.get(), &PodTunnel::opened, this, [this] {
        m_isOpen = true;
        wake();
    });
    connect(m_tunnel.get(), &PodTunnel::dataArrived, this, [this](const QByteArray &data) {
        m_hasSpoken = true;
        m_reader.add(data);
        wake();
    });
    connect(m_tunnel.get(), &PodTunnel::closed, this, [this](const std::optional<Error> &error) {
        m_isClosed = true;
        m_problem = error;
        wake();
    });
}

PodTalk::~PodTalk()
{
    // not from within a signal of its own
    m_tunnel->disconnect(this);
    m_tunnel.release()->deleteLater();
}

Pending<void> PodTalk::happening(std::chrono::milliseconds limit)
{
    m_limit = m_clock.sleep(limit);
    m_limit.then(this, [this](const Result<void> &) { wake(); });
    return Pending<void>::ask([this](Pending<void>::Answer answer) -> std::function<void()> {
        m_wake = std::move(answer);
        return {};
    });
}

void PodTalk::wake()
{
    if (const auto answer = std::exchange(m_wake, std::nullopt))
        (*answer)(Result<void>());
}

Result<void> PodTalk::stillOpen() const
{
    if (!m_isClosed)
        return {};
    if (m_problem)
        return fail(*m_problem);
    return fail(Error::Kind::Offline,
        tr("Pod %1 closed the connection. It may be ending or restarting: look at its log, or try another pod.")
            .arg(m_pod));
}

Flow<void> PodTalk::untilOpen(std::chrono::milliseconds limit)
{
    const auto deadline = m_clock.monotonic() + limit;
    while (!m_isOpen) {
        if (const auto open = stillOpen(); !open)
            co_return fail(open.error());
        const auto left = deadline - m_clock.monotonic();
        if (left.count() <= 0)
            co_return fail(Error::Kind::Timeout,
                tr("No tunnel to pod %1 within %2 s. Check that the pod's node runs and the API server reaches it.")
                    .arg(m_pod)
                    .arg(limit.count() / 1000));
        co_await happening(left);
    }
    co_return Result<void>();
}

Flow<void> PodTalk::untilConnected(std::chrono::milliseconds quiet)
{
    const auto deadline = m_clock.monotonic() + quiet;
    while (!m_hasSpoken) {
        if (const auto open = stillOpen(); !open)
            co_return fail(open.error());
        const auto left = deadline - m_clock.monotonic();
        if (left.count() <= 0)
            break;
        co_await happening(left);
    }
    co_return Result<void>();
}

Flow<ServerTalk::Line> PodTalk::nextLine(std::chrono::milliseconds limit)
{
    const auto deadline = m_clock.monotonic() + limit;
    while (true) {
        const Result<std::optional<ServerTalk::Line>> line = m_reader.next();
        if (!line)
            co_return fail(line.error());
        if (*line && (*line)->kind != ServerTalk::Line::Kind::Ping)
            co_return **line;
        if (*line) {
            say("PONG\r\n");
            continue;
        }
        if (const auto open = stillOpen(); !open)
            co_return fail(open.error());
        const auto left = deadline - m_clock.monotonic();
        if (left.count() <= 0)
            co_return fail(Error::Kind::Timeout,
                tr("Pod %1 did not answer within %2 s. NATS may hang there: look at the pod's log, or try another pod.")
                    .arg(m_pod)
                    .arg(limit.count() / 1000));
        co_await happening(left);
    }
}

void PodTalk::say(const QByteArray &data)
{
    m_tunnel->write(data);
}
