// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/enabledruntime.h"

#include "services/kubernetes/portforward.h"
#include "services/messaging/runtimeservice.h"
#include "services/messaging/streamservice.h"
#include "services/nats/natsconnection.h"
#include "tests/support/awaited.h"

#include <QJsonDocument>
#include <QTest>

namespace {

constexpr int longWait = 240'000;
const SecretString password(QByteArray("correct horse battery"));

} // namespace

EnabledRuntime::EnabledRuntime() = default;

EnabledRuntime::~EnabledRuntime()
{
    m_nats.reset();
    m_forward.reset();
    m_messaging.reset();
    NatsConnection::shutDown();
}

bool EnabledRuntime::eventually(const std::function<bool()> &condition)
{
    return QTest::qWaitFor(condition, longWait);
}

QString EnabledRuntime::start()
{
    m_transport = connectAs("PENNANT_KUBECONFIG_ADMIN");
    auto own = connectAs("PENNANT_KUBECONFIG_ADMIN");
    if (!m_transport || !own)
        return QStringLiteral("the cluster can't be reached");
    Messaging::Options options;
    options.workstation = QStringLiteral("ana@laptop");
    m_messaging = std::make_unique<Messaging>(std::move(own), m_clock, options);
    m_messaging->start();
    m_messaging->setInSight(true);
    if (const QString problem = enable(); !problem.isEmpty())
        return problem;
    m_forward = m_transport->forward(QStringLiteral("pennant-messaging"), QStringLiteral("nats-0"), 4222);
    if (!m_forward->listen())
        return QStringLiteral("no tunnel");
    m_nats = std::make_unique<RawNats>(m_forward->localPort(), QStringLiteral("default"), password);
    m_nats->subscribe("_INBOX.test");
    return m_nats->isOpen() ? QString() : QStringLiteral("the independent client is not let in");
}

QString EnabledRuntime::enable()
{
    RuntimeService &runtime = m_messaging->runtime();
    StreamService &streams = m_messaging->streams();
    if (!eventually([&runtime] { return runtime.enableAccess().allowed; }))
        return runtime.enableAccess().reason;
    EnableRequest request;
    request.spec.storageClass = QStringLiteral("standard");
    request.spec.storageGibibytes = 1;
    request.spec.replicas = 1;
    request.clientPassword = password;
    if (const auto asked = awaited(runtime.enable(request)); !asked)
        return asked.error().text();
    if (!eventually([&runtime] { return runtime.status().phase == RuntimePhase::Ready; }))
        return QStringLiteral("the runtime is not ready");
    const bool isLive = eventually([&streams] { return streams.freshness().state == Freshness::State::Live; });
    return isLive && eventually([&streams] { return streams.createAccess().allowed; }) ? QString()
                                                                                       : streams.createAccess().reason;
}

QJsonObject EnabledRuntime::ask(const QString &subject, const QJsonObject &body)
{
    const QByteArray payload = body.isEmpty() ? QByteArray() : QJsonDocument(body).toJson(QJsonDocument::Compact);
    const QByteArray answer = m_nats->ask(subject.toUtf8(), "_INBOX.test", payload);
    const auto begin = answer.indexOf('{');
    const auto end = answer.lastIndexOf('}');
    return QJsonDocument::fromJson(answer.mid(begin, end - begin + 1)).object();
}

bool EnabledRuntime::publish(const QByteArray &subject, const QByteArray &payload)
{
    return m_nats->ask(subject, "_INBOX.test", payload).contains("\"seq\"");
}
