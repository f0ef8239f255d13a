// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/monitoredjetstream.h"

#include "services/base/background.h"
#include "services/kubernetes/kubernetestransport.h"
#include "services/kubernetes/podhttp.h"
#include "services/messaging/foreignruntime.h"
#include "services/nats/jetstreamapi.h"

#include <algorithm>
#include <set>
#include <vector>

namespace {

constexpr std::chrono::milliseconds readingEvery = std::chrono::seconds(5); // megabytes, with many streams

QString proxyPath(const ForeignServer &server, const QString &pod, const QString &path)
{
    return QStringLiteral("/api/v1/namespaces/%1/pods/%2:%3/proxy/%4")
        .arg(server.nameSpace, pod, QString::number(server.monitorPort), path);
}

bool hasCopyOn(const QStringList &servers, const Stream &stream)
{
    return servers.contains(stream.leader)
        || std::any_of(stream.peers.cbegin(), stream.peers.cend(),
            [&servers](const StreamPeer &peer) { return servers.contains(peer.name); });
}

/// With what only servers can tell of that were not read: it is not gone. Of a stream that others tell of, consumers
/// without copies are such, as far as a server that was not read has one of it.
MonitoredAssets withUnread(const MonitoredAssets &before, MonitoredAssets now, const QStringList &unread)
{
    std::map<StreamId, Stream *> seen;
    for (Stream &stream : now.streams)
        seen[stream.id] = &stream;
    std::set<ConsumerId> consumers;
    for (const Consumer &consumer : std::as_const(now.consumers))
        consumers.insert(consumer.id);
    std::set<StreamId> kept;
    QList<Stream> lost;
    for (const Stream &stream : before.streams) {
        if (seen.contains(stream.id) || !unread.contains(stream.leader))
            continue;
        kept.insert(stream.id);
        lost.append(stream);
        lost.last().isOffline = true;
        if (!now.accounts.contains(stream.id.account))
            now.accounts.append(stream.id.account);
    }
    for (const Consumer &consumer : before.consumers) {
        const auto stream = seen.find(consumer.id.stream);
        const bool isLost =
            stream == seen.end() ? kept.contains(consumer.id.stream) : hasCopyOn(unread, *stream->second);
        if (!isLost || consumers.contains(consumer.id))
            continue;
        now.consumers.append(consumer);
        if (stream != seen.end())
            ++stream->second->consumerCount;
    }
    now.streams += lost;
    now.accounts.sort();
    std::sort(now.streams.begin(), now.streams.end(), [](const Stream &a, const Stream &b) { return a.id < b.id; });
    std::sort(
        now.consumers.begin(), now.consumers.end(), [](const Consumer &a, const Consumer &b) { return a.id < b.id; });
    return now;
}

Error gapOf(const QStringList &unread, const Error &problem)
{
    Error gap = problem;
    gap.summary = MonitoredJetStream::tr("What only %1 tells of stands as it was known: %2")
                      .arg(unread.join(QStringLiteral(", ")), problem.summary);
    return gap;
}

} // namespace

void MonitoredAccounts::setNames(const QStringList &names)
{
    QList<Account> next;
    for (const QString &name : names)
        next.append({name, name, {}});
    if (next == m_accounts)
        return;
    m_accounts = next;
    Q_EMIT accountsChanged();
}

MonitoredJetStream::MonitoredJetStream(KubernetesTransport &transport, ForeignRuntime &runtime, QObject *parent)
    : JetStreamSource(parent)
    , m_transport(transport)
    , m_runtime(runtime)
{
    connect(&runtime, &ForeignRuntime::statusChanged, this, &MonitoredJetStream::changed);
}

std::chrono::milliseconds MonitoredJetStream::readEvery() const
{
    return readingEvery;
}

Access MonitoredJetStream::readAccess() const
{
    return Access::no(
        tr("%1 Pennant reads it by its monitoring port, which tells of streams and not of their messages.")
            .arg(m_runtime.editAccess().reason));
}

Flow<std::shared_ptr<JetStreamApi>> MonitoredJetStream::reachToRead(QString)
{
    co_return fail(Error::Kind::Forbidden, readAccess().reason);
}

Flow<std::shared_ptr<JetStreamApi>> MonitoredJetStream::reachToChange(QString)
{
    co_return fail(Error::Kind::Forbidden, m_runtime.editAccess().reason);
}

Flow<QByteArray> MonitoredJetStream::ask(QString pod, QString path, QString query)
{
    const QString target = query.isEmpty() ? path : path + u'?' + query;
    if (m_isByTunnel) {
        auto tunnelled = co_await askByTunnel(pod, target);
        co_return tunnelled;
    }
    ApiRequest request;
    request.path = proxyPath(m_runtime.server(), pod, path);
    request.query = QUrlQuery(query);
    request.accept = "application/json, */*";
    auto answer = co_await m_transport.send(request);
    if (!answer && answer.error().kind == Error::Kind::Forbidden) {
        auto tunnelled = co_await askByTunnel(pod, target);
        if (tunnelled)
            co_return tunnelled;
    }
    if (!answer)
        co_return fail(explained(pod, answer.error()));
    co_return answer->body;
}

Flow<QByteArray> MonitoredJetStream::askByTunnel(QString pod, QString target)
{
    const ForeignServer &server = m_runtime.server();
    Pending<QByteArray> asking =
        getFromPod(m_transport, server.nameSpace, pod, quint16(server.monitorPort), u'/' + target);
    auto answer = co_await asking;
    m_isByTunnel = answer.has_value();
    if (!answer)
        co_return fail(explained(pod, answer.error()));
    co_return answer;
}

Flow<JszAnswer> MonitoredJetStream::read(QString pod)
{
    const QString noQuery;
    const QString variablesPath = QStringLiteral("varz");
    const QString assetsPath = QStringLiteral("jsz");
    const QString all = QStringLiteral("accounts=true&streams=true&consumers=true&config=true");
    auto varz = co_await ask(pod, variablesPath, noQuery);
    if (!varz)
        co_return fail(varz.error());
    auto variables = serverVariablesFrom(*varz);
    if (!variables)
        co_return fail(variables.error());
    m_answering[pod] = *variables;
    const QString server = variables->name.isEmpty() ? pod : variables->name;
    m_names[pod] = server;
    if (!variables->isJetStreamOn)
        co_return JszAnswer{server, "{}"};
    auto jsz = co_await ask(pod, assetsPath, all);
    if (!jsz)
        co_return fail(jsz.error());
    co_return JszAnswer{server, *jsz};
}

Flow<QList<Stream>> MonitoredJetStream::streams()
{
    if (m_runtime.server().monitorPort == 0)
        co_return fail(Error::Kind::NotReady,
            tr("The servers of %1 offer no monitoring port, so their streams can't be read without a credential. Turn "
               "it on (http_port: 8222; in the official chart config.monitor.enabled).")
                .arg(m_runtime.server().place()));
    QStringList pods;
    for (const RuntimePod &pod : m_runtime.status().pods)
        pods.append(pod.name);
    m_answering.clear();
    std::vector<Flow<JszAnswer>> readings;
    for (const QString &pod : std::as_const(pods))
        readings.push_back(read(pod));
    QList<JszAnswer> answers;
    QStringList unread = missingPods(pods);
    std::optional<Error> problem;
    if (!unread.isEmpty())
        problem = Error{Error::Kind::NotReady, tr("The pod is not there."), {}, {}, {}};
    for (std::size_t i = 0; i < readings.size(); ++i) {
        Flow<JszAnswer> &reading = readings[i];
        auto answer = co_await reading;
        if (answer) {
            answers.append(*answer);
            continue;
        }
        problem = answer.error();
        unread.append(pods[qsizetype(i)]);
    }
    adoptServers();
    noteRefusal(answers.isEmpty() ? problem : std::nullopt);
    m_gap = problem && !answers.isEmpty() ? std::optional(gapOf(unread, *problem)) : std::nullopt;
    if (answers.isEmpty())
        co_return fail(problem.value_or(Error{Error::Kind::NotReady, tr("No pod of this NATS is there."), {}, {}, {}}));
    Pending<MonitoredAssets> merging =
        runInBackground<MonitoredAssets>(QThreadPool::globalInstance(), [answers] { return assetsFrom(answers); });
    auto assets = co_await merging;
    if (!assets)
        co_return fail(assets.error());
    adopt(std::move(*assets), unread);
    co_return m_known.streams;
}

/// Those that were read before, where there are fewer than there should be.
QStringList MonitoredJetStream::missingPods(const QStringList &there)
{
    if (there.size() >= m_runtime.server().replicas)
        std::erase_if(m_names, [&there](const auto &each) { return !there.contains(each.first); });
    QStringList missing;
    for (const auto &[pod, name] : m_names) {
        if (!there.contains(pod))
            missing.append(pod);
    }
    return missing;
}

void MonitoredJetStream::noteRefusal(const std::optional<Error> &problem)
{
    const QString nameSpace = m_runtime.server().nameSpace;
    const Permission proxy{QStringLiteral("get"), {}, QStringLiteral("pods"), QStringLiteral("proxy"), nameSpace};
    if (!problem)
        m_runtime.setInspectAccess(Access::yes());
    else if (problem->kind == Error::Kind::Forbidden)
        m_runtime.setInspectAccess(Access::no(problem->summary, {proxy}));
}

void MonitoredJetStream::adoptServers()
{
    if (m_answering == m_servers)
        return;
    m_servers = m_answering;
    Q_EMIT serversChanged();
}

void MonitoredJetStream::adopt(MonitoredAssets assets, const QStringList &unread)
{
    QStringList servers;
    for (const QString &pod : unread)
        servers.append(m_names.contains(pod) ? m_names.at(pod) : pod);
    m_known = servers.isEmpty() ? std::move(assets) : withUnread(m_known, std::move(assets), servers);
    m_accounts.setNames(m_known.accounts);
}

Flow<QList<Consumer>> MonitoredJetStream::consumers(StreamId stream)
{
    QList<Consumer> found;
    auto each = std::lower_bound(m_known.consumers.cbegin(), m_known.consumers.cend(), stream,
        [](const Consumer &consumer, const StreamId &id) { return consumer.id.stream < id; });
    for (; each != m_known.consumers.cend() && each->id.stream == stream; ++each)
        found.append(*each);
    co_return found;
}

Error MonitoredJetStream::explained(const QString &pod, const Error &error) const
{
    const ForeignServer &server = m_runtime.server();
    Error told = error;
    if (told.detail.isEmpty())
        told.detail = error.summary;
    switch (error.kind) {
    case Error::Kind::Forbidden:
        told.summary =
            tr("You may not ask the servers' monitoring port: that needs the permission to get pods/proxy in "
               "namespace %1, or to get and create pods/portforward there. Ask whoever administers the cluster for it.")
                .arg(server.nameSpace);
        break;
    case Error::Kind::Server:
    case Error::Kind::NotFound:
        told.summary =
            tr("The monitoring port %1 of pod %2 does not answer. Look whether it is turned on (http_port; in "
               "the official chart config.monitor.enabled) and whether the pod runs.")
                .arg(QString::number(server.monitorPort), pod);
        break;
    default:
        break;
    }
    return told;
}
