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
    QStringList unasked;
    for (const PodConfiguration &pod : pods) {
        if (pod.unasked)
            unasked.append(QStringLiteral("%1: %2").arg(pod.pod, pod.unasked->text()));
        else if (!pod.isLoaded && !pod.isAway)
            waiting.append(pod.pod);
    }
    const QString detail = unasked.join(u'\n');
    if (waiting.isEmpty())
        return {Error::Kind::Timeout,
            say("The new configuration is written, but whether every server runs with it is not known: they could not "
                "be asked. Retry once they can."),
            detail, {}, {}};
    return {Error::Kind::Timeout,
        say("The new configuration is written, but not every server runs with it: %1. Their kubelets hand it over in "
            "their own time; see that they and the pods are well, then retry.")
            .arg(waiting.join(QStringLiteral(", "))),
        detail, {}, {}};
}

bool isLoadedEverywhere(const QList<PodConfiguration> &pods)
{
    const auto isAway = [](const PodConfiguration &pod) { return pod.isAway; };
    return !std::all_of(pods.cbegin(), pods.cend(), isAway)
        && std::all_of(
            pods.cbegin(), pods.cend(), [](const PodConfiguration &pod) { return pod.isLoaded || pod.isAway; });
}

/// What would be answered the same the next time.
std::optional<Error> firstForbidden(const QList<PodConfiguration> &pods)
{
    const auto found = std::find_if(pods.cbegin(), pods.cend(),
        [](const PodConfiguration &pod) { return pod.unasked && pod.unasked->kind == Error::Kind::Forbidden; });
    return found == pods.cend() ? std::nullopt : found->unasked;
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
    auto body = co_await getFromPod(transport, nameSpace, pod, RuntimeNames::monitorPort, path);
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

ConfigurationRollout::~ConfigurationRollout() = default;

Flow<void> ConfigurationRollout::bring(QByteArray configuration, Progress progress)
{
    KubernetesClient client(m_transport);
    auto hastened =
        co_await hastenConfiguration(client, m_nameSpace, m_runtime.status().readyPodNames(), configuration);
    if (!hastened)
        co_return fail(hastened.error());
    m_isSlow = !*hastened;
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
        if (auto forbidden = firstForbidden(*pods)) {
            forbidden->summary = say("The new configuration is written, but whether servers run with it can't be "
                                     "asked from here: %1")
                                     .arg(forbidden->summary);
            co_return fail(*forbidden);
        }
        if (m_clock.monotonic() - began > patience)
            co_return fail(notTaken(*pods));
        co_await m_clock.sleep(lookEvery);
    }
}

void ConfigurationRollout::connectToLoadAgain()
{
    for (const QString &pod : m_runtime.status().readyPodNames())
        m_doors.push_back(doorTo(pod));
}

Flow<void> ConfigurationRollout::loadAgain()
{
    std::vector<Flow<QString>> asked;
    for (const std::unique_ptr<Door> &door : m_doors)
        asked.push_back(refusalThrough(*door));
    for (std::size_t i = 0; i < asked.size(); ++i) {
        Flow<QString> &each = asked[i];
        auto words = co_await each;
        if (!words)
            co_return fail(words.error());
        if (!words->isEmpty())
            co_return fail(refused({m_doors[i]->link->pod(), false, *words}));
    }
    co_return Result<void>();
}

std::unique_ptr<ConfigurationRollout::Door> ConfigurationRollout::doorTo(const QString &pod)
{
    auto door = std::make_unique<Door>();
    door->link = std::make_unique<NatsLink>(m_transport, m_nameSpace, pod, m_system);
    door->opened = door->link->open(m_clock, answerLimit);
    return door;
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
    QList<PodConfiguration> pods;
    std::vector<Flow<ServerVariables>> asked;
    for (const RuntimePod &pod : m_runtime.status().pods) {
        PodConfiguration next{pod.name};
        next.isAway = !pod.ready;
        next.isSlow = m_isSlow;
        pods.append(next);
        if (pod.ready)
            asked.push_back(variablesOf(m_transport, m_nameSpace, pod.name));
    }
    std::size_t answered = 0;
    for (PodConfiguration &pod : pods) {
        if (pod.isAway)
            continue;
        Flow<ServerVariables> &each = asked[answered++];
        auto variables = co_await each;
        // one that doesn't answer now is asked again
        pod.isLoaded = variables && variables->tags.contains(tag);
        if (!variables)
            pod.unasked = variables.error();
    }
    co_return pods;
}

Flow<QList<PodConfiguration>> ConfigurationRollout::askForRefusals(QList<PodConfiguration> pods)
{
    for (PodConfiguration &pod : pods) {
        if (pod.isLoaded || pod.isAway)
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
    const std::unique_ptr<Door> door = doorTo(pod);
    auto words = co_await refusalThrough(*door);
    co_return words;
}

Flow<QString> ConfigurationRollout::refusalThrough(Door &door)
{
    auto variables = co_await variablesOf(m_transport, m_nameSpace, door.link->pod());
    if (!variables)
        co_return fail(variables.error());
    auto opened = co_await door.opened;
    if (!opened)
        co_return fail(opened.error());
    const QString subject = QStringLiteral("$SYS.REQ.SERVER.%1.RELOAD").arg(variables->id);
    const QByteArray nothing;
    auto answer = co_await door.link->connection().request(subject, nothing, answerLimit);
    if (!answer)
        co_return fail(answer.error());
    const QJsonObject error = QJsonDocument::fromJson(*answer).object()[QLatin1String("error")].toObject();
    co_return error[QLatin1String("description")].toString();
}
