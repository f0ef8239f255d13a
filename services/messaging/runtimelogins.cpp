// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimelogins.h"

#include "services/base/clock.h"
#include "services/domain/account.h"
#include "services/messaging/natslink.h"
#include "services/messaging/runtimewatch.h"
#include "services/nats/jetstreamapi.h"

#include <QCoreApplication>

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds pollEvery = 500ms;
constexpr std::chrono::milliseconds accountLimit = 2min; // as long as a kubelet takes to hand a configuration over
constexpr std::chrono::milliseconds loginLimit = 15s;

Error noPod()
{
    return {Error::Kind::NotReady, QCoreApplication::translate("RuntimeLogins", "No pod of the runtime is ready."), {},
        {}, {}};
}

} // namespace

RuntimeLogins::RuntimeLogins(KubernetesTransport &transport, Clock &clock, RuntimeWatch &watch, QString nameSpace)
    : m_transport(transport)
    , m_clock(clock)
    , m_watch(watch)
    , m_nameSpace(std::move(nameSpace))
{
}

bool RuntimeLogins::mayPass(const Error &error)
{
    return error.isTransient() || error.kind == Error::Kind::Unauthorized;
}

Flow<void> RuntimeLogins::reach(Login login, QString inboxPrefix)
{
    const auto deadline = m_clock.monotonic() + accountLimit;
    for (;;) {
        auto reached = co_await tryOnce(login, inboxPrefix);
        if (reached || !mayPass(reached.error()) || m_clock.monotonic() > deadline)
            co_return reached;
        co_await m_clock.sleep(pollEvery);
    }
}

Flow<void> RuntimeLogins::tryOnce(Login login, QString inboxPrefix)
{
    auto tried = co_await tryPod(login, inboxPrefix, runtimeStatus(m_watch.observation()).readyPodNames().value(0));
    co_return tried;
}

Flow<void> RuntimeLogins::tryEveryPod(Login login, QString inboxPrefix)
{
    const QStringList pods = runtimeStatus(m_watch.observation()).readyPodNames();
    if (pods.isEmpty())
        co_return fail(noPod());
    for (const QString &pod : pods) {
        auto tried = co_await tryPod(login, inboxPrefix, pod);
        if (!tried)
            co_return tried;
    }
    co_return Result<void>();
}

Flow<void> RuntimeLogins::tryPod(Login login, QString inboxPrefix, QString pod)
{
    auto opened = co_await linkTo(login, inboxPrefix, pod);
    if (!opened)
        co_return fail(opened.error());
    JetStreamApi api((*opened)->connection(), defaultAccountName());
    auto usage = co_await api.usage();
    if (!usage)
        co_return fail(usage.error());
    co_return Result<void>();
}

Flow<std::shared_ptr<NatsLink>> RuntimeLogins::link(Login login, QString inboxPrefix)
{
    auto opened = co_await linkTo(login, inboxPrefix, runtimeStatus(m_watch.observation()).readyPodNames().value(0));
    co_return opened;
}

Flow<std::shared_ptr<NatsLink>> RuntimeLogins::linkTo(Login login, QString inboxPrefix, QString pod)
{
    if (pod.isEmpty())
        co_return fail(noPod());
    auto link = std::make_shared<NatsLink>(m_transport, m_nameSpace, pod, login, inboxPrefix);
    auto opened = co_await link->open(m_clock, loginLimit);
    if (!opened)
        co_return fail(opened.error());
    co_return link;
}
