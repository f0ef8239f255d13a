// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/configurationrollout.h"

#include "services/base/clock.h"
#include "services/base/logging.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/kubernetes/podhttp.h"
#include "services/messaging/natslink.h"
#include "services/messaging/podhandover.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimesource.h"
#include "services/nats/monitoring.h"
#include "services/nats/serverconfig.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>
#include <vector>

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds lookEvery = 200ms;
constexpr std::chrono::milliseconds patience = 2min; // as long as a kubelet takes by itself, and some more
constexpr std::chrono::milliseconds askAfter = 5s; // a kubelet that was told has handed it over by then
constexpr std::chrono::milliseconds askEvery = 15s;
constexpr std::chrono::milliseconds tagEvery = 3s;
constexpr std::chrono::milliseconds answerLimit = 10s; // a server checks every connection's password before it answers
constexpr quint16 monitorPort = 8222;

QString say(const char *source)
{
    return QCoreApplication::translate("ConfigurationRollout", source);
}

Error refused(const PodConfiguration &pod)
{
    return {Error::Kind::Invalid,
        say("The server of pod %1 refuses the new configuration and goes on with the one before: %2. Until that is "
            "mended no other change reaches it.")
            .arg(pod.pod, pod.refusal),
        {}, {}, {}};
}

Error notTaken(const QList<PodConfiguration> &pods)
{
    QStringList waiting;
    for (const PodConfiguration &pod : pods) {
        if (!pod.isLoaded)
            waiting.append(pod.pod);
    }
    return {Error::Kind::Timeout,
        say("The new configuration is written, but not every server runs with it: %1. Their kubelets hand it over in "
            "their own time; see that they and the pods are well, then retry.")
            .arg(waiting.join(QStringLiteral(", "))),
        {}, {}, {}};
}

bool isLoadedEverywhere(const QList<PodConfiguration> &pods)
{
    return !pods.isEmpty()
        && std::all_of(pods.cbegin(), pods.cend(), [](const PodConfiguration &pod) { return pod.isLoaded; });
}

std::optional<PodConfiguration> firstRefusal(const QList<PodConfiguration> &pods)
{
    const auto found =
        std::find_if(pods.cbegin(), pods.cend(), [](const PodConfiguration &pod) { return !pod.refusal.isEmpty(); });
    return found == pods.cend() ? std::nullopt : std::optional(*found);
}

/// What the server of one pod says of itself.
Flow<ServerVariables> variablesOf(KubernetesTransport &transport, QString nameSpace, QString pod)
{
    const QString path = QStringLiteral("/varz");
    auto body = co_await getFromPod(transport, nameSpace, pod, monitorPort, path);
    if (!body)
        co_return fail(body.error());
    co_return serverVariablesFrom(*body);
}

} // namespace

ConfigurationRollout::ConfigurationRollout(
    KubernetesTransport &transport, Clock &clock, const RuntimeSource &runtime, Login system)
    : m_transport(transport)
    , m_clock(clock)
    , m_runtime(runtime)
    , m_nameSpace(runtime.status().nameSpace)
    , m_system(std::move(system))
{
}

Flow<void> ConfigurationRollout::bring(QByteArray configuration, Progress progress)
{
    KubernetesClient client(m_transport);
    auto hastened = co_await hastenConfiguration(client, m_nameSpace, readyPods(), configuration);
    if (!hastened)
        co_return hastened;
    QString tag = configurationTag(configuration);
    const auto began = m_clock.monotonic();
    auto askAt = began + askAfter;
    auto tagAt = began + tagEvery;
    for (;;) {
        if (m_clock.monotonic() >= tagAt) {
            // one that was written since holds this change as well, and servers may never see this one
            auto latest = co_await latestTag();
            if (latest && !latest->isEmpty())
                tag = *latest;
            tagAt = m_clock.monotonic() + tagEvery;
        }
        auto pods = co_await look(tag);
        if (!pods)
            co_return fail(pods.error());
        if (m_clock.monotonic() >= askAt && !isLoadedEverywhere(*pods)) {
            auto asked = co_await askForRefusals(*pods);
            if (asked)
                pods = *asked;
            askAt = m_clock.monotonic() + askEvery;
        }
        progress(*pods);
        if (isLoadedEverywhere(*pods))
            co_return Result<void>();
        if (const auto refusal = firstRefusal(*pods))
            co_return fail(refused(*refusal));
        if (m_clock.monotonic() - began > patience)
            co_return fail(notTaken(*pods));
        co_await m_clock.sleep(lookEvery);
    }
}

Flow<void> ConfigurationRollout::loadAgain()
{
    const QStringList names = readyPods();
    std::vector<Flow<QString>> asked;
    for (const QString &pod : names)
        asked.push_back(refusalOf(pod));
    for (std::size_t i = 0; i < asked.size(); ++i) {
        Flow<QString> &each = asked[i];
        auto words = co_await each;
        if (!words)
            co_return fail(words.error());
        if (!words->isEmpty())
            co_return fail(refused({names[qsizetype(i)], false, *words}));
    }
    co_return Result<void>();
}

Flow<QString> ConfigurationRollout::latestTag()
{
    KubernetesClient client(m_transport);
    const ObjectRef ref{
        QStringLiteral("v1"), QStringLiteral("Secret"), m_nameSpace, QLatin1String(RuntimeNames::configSecret)};
    auto secret = co_await client.read(ref);
    if (!secret)
        co_return fail(secret.error());
    const QJsonObject metadata = secret->value(QLatin1String("metadata")).toObject();
    co_return metadata[QLatin1String("annotations")][QLatin1String(RuntimeNames::configurationAnnotation)].toString();
}

Flow<QList<PodConfiguration>> ConfigurationRollout::look(QString tag)
{
    const QStringList names = readyPods();
    std::vector<Flow<ServerVariables>> asked;
    for (const QString &pod : names)
        asked.push_back(variablesOf(m_transport, m_nameSpace, pod));
    QList<PodConfiguration> pods;
    for (std::size_t i = 0; i < asked.size(); ++i) {
        Flow<ServerVariables> &each = asked[i];
        auto variables = co_await each;
        // one that doesn't answer now is asked again
        pods.append({names[qsizetype(i)], variables && variables->tags.contains(tag)});
    }
    co_return pods;
}

Flow<QList<PodConfiguration>> ConfigurationRollout::askForRefusals(QList<PodConfiguration> pods)
{
    for (PodConfiguration &pod : pods) {
        if (pod.isLoaded)
            continue;
        auto words = co_await refusalOf(pod.pod);
        if (words)
            pod.refusal = *words;
        else
            qCInfo(lcMessaging) << pod.pod << "was not asked why it keeps its configuration:" << words.error().text();
    }
    co_return pods;
}

Flow<QString> ConfigurationRollout::refusalOf(QString pod)
{
    auto variables = co_await variablesOf(m_transport, m_nameSpace, pod);
    if (!variables)
        co_return fail(variables.error());
    NatsLink link(m_transport, m_nameSpace, pod, m_system);
    auto opened = co_await link.open(m_clock, answerLimit);
    if (!opened)
        co_return fail(opened.error());
    const QString subject = QStringLiteral("$SYS.REQ.SERVER.%1.RELOAD").arg(variables->id);
    const QByteArray nothing;
    auto answer = co_await link.connection().request(subject, nothing, answerLimit);
    if (!answer)
        co_return fail(answer.error());
    const QJsonObject error = QJsonDocument::fromJson(*answer).object()[QLatin1String("error")].toObject();
    co_return error[QLatin1String("description")].toString();
}

QStringList ConfigurationRollout::readyPods() const
{
    QStringList ready;
    for (const RuntimePod &pod : m_runtime.status().pods) {
        if (pod.ready)
            ready.append(pod.name);
    }
    return ready;
}
