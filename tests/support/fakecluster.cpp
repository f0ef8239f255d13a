// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakecluster.h"

#include "services/kubernetes/kubeconfig.h"

#include "services/network/loopbackforward.h"
#include "services/network/networkmapping.h"
#include "tests/support/objectmerge.h"
#include "tests/support/sockettunnel.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace {

QJsonObject metadataOf(const QJsonObject &object)
{
    return object.value(QLatin1String("metadata")).toObject();
}

ApiResponse jsonResponse(const QJsonObject &object, int status = 200)
{
    return {status, QJsonDocument(object).toJson(QJsonDocument::Compact)};
}

Error refused(int status, const QString &reason, const QString &message)
{
    const QJsonObject document{{QStringLiteral("kind"), QStringLiteral("Status")}, {QStringLiteral("code"), status},
        {QStringLiteral("reason"), reason}, {QStringLiteral("message"), message}};
    return statusError(status, QJsonDocument(document).toJson(QJsonDocument::Compact), {},
        {QStringLiteral("fake:6443"), QStringLiteral("tester")});
}

Error modified(const ApiPath &path)
{
    return refused(409, QStringLiteral("Conflict"),
        QStringLiteral("Operation cannot be fulfilled on %1 \"%2\": the object has been modified")
            .arg(path.resource, path.name));
}

/// Whether `object` is the one, in the version, that `wanted` names by its uid and resourceVersion, if it names them.
bool isAsWanted(const QJsonObject &object, const QJsonObject &wanted)
{
    const QJsonObject metadata = metadataOf(object);
    const auto agrees = [&](const QString &key) {
        const QString value = wanted.value(key).toString();
        return value.isEmpty() || value == metadata.value(key).toString();
    };
    return agrees(QStringLiteral("uid")) && agrees(QStringLiteral("resourceVersion"));
}

Error notFound(const ApiPath &path)
{
    return refused(
        404, QStringLiteral("NotFound"), QStringLiteral("%1 \"%2\" not found").arg(path.resource, path.name));
}

Error offline()
{
    return networkError(QNetworkReply::ConnectionRefusedError, QStringLiteral("Connection refused"), {},
        {QStringLiteral("fake:6443"), QStringLiteral("tester")});
}

/// `answer`, once `delay` is over. What changed something is not withdrawn.
Pending<ApiResponse> late(Pending<void> delay, const Result<ApiResponse> &answer, bool isRead)
{
    auto waiting = std::make_shared<Pending<void>>(std::move(delay));
    return Pending<ApiResponse>::ask([&](Pending<ApiResponse>::Answer give) -> std::function<void()> {
        waiting->then(qApp, [waiting, give, answer](const Result<void> &) { give(answer); });
        if (!isRead)
            return {};
        return [waiting] { waiting->drop(); };
    });
}

QJsonObject bodyOf(const ApiRequest &request)
{
    return QJsonDocument::fromJson(request.body).object();
}

/// stringData is only ever written; data is what is read.
QJsonObject withEncodedData(QJsonObject object)
{
    const QJsonObject plain = object.take(QLatin1String("stringData")).toObject();
    QJsonObject data = object.value(QLatin1String("data")).toObject();
    for (auto it = plain.begin(); it != plain.end(); ++it)
        data.insert(it.key(), QString::fromLatin1(it.value().toString().toUtf8().toBase64()));
    if (!plain.isEmpty())
        object.insert(QStringLiteral("data"), data);
    return object;
}

QJsonObject whoIsAsked(const QString &user)
{
    const QJsonObject info{{QStringLiteral("username"), user}};
    return {{QStringLiteral("apiVersion"), QStringLiteral("authentication.k8s.io/v1")},
        {QStringLiteral("kind"), QStringLiteral("SelfSubjectReview")},
        {QStringLiteral("status"), QJsonObject{{QStringLiteral("userInfo"), info}}}};
}

} // namespace

FakeCluster::FakeCluster()
{
    connect(&m_store, &ObjectStore::changed, this, &FakeCluster::tell);
}

std::unique_ptr<PortForward> FakeCluster::forward(const QString &nameSpace, const QString &pod, quint16 port)
{
    return std::make_unique<LoopbackForward>(*this, nameSpace, pod, port);
}

Result<void> FakeCluster::renew(const ClusterAccess &access)
{
    if (renewProblem)
        return fail(*renewProblem);
    renewedTokens.append(access.token);
    return {};
}

Pending<ApiResponse> FakeCluster::send(const ApiRequest &request)
{
    requests.append(request);
    if (const auto trouble = takeTrouble(request)) {
        if (trouble->error)
            return Pending<ApiResponse>::answered(fail(*trouble->error));
        return Pending<ApiResponse>::ask([this](Pending<ApiResponse>::Answer answer) -> std::function<void()> {
            m_hanging.push_back(std::move(answer));
            return {};
        });
    }
    if (admission && request.verb != "GET")
        return admitted(request);
    const Result<ApiResponse> outcome = answer(request);
    return delay ? late(delay(request), outcome, request.verb == "GET") : Pending<ApiResponse>::answered(outcome);
}

Pending<ApiResponse> FakeCluster::admitted(const ApiRequest &request)
{
    const auto waiting = std::make_shared<Pending<void>>(admission(request));
    return Pending<ApiResponse>::ask([&](Pending<ApiResponse>::Answer give) -> std::function<void()> {
        waiting->then(this, [this, waiting, give, request](const Result<void> &) { give(answer(request)); });
        return {};
    });
}

std::unique_ptr<PodTunnel> FakeCluster::tunnel(const QString &nameSpace, const QString &pod, quint16 port)
{
    const bool isRefused = m_isOffline || tunnelProblem;
    if (m_tunnels.contains(port) && !isRefused)
        return std::make_unique<SocketTunnel>(m_tunnels.value(port));
    const QString server = QStringLiteral("%1/%2:%3").arg(nameSpace, pod).arg(port);
    if (m_pages.contains(server) && !isRefused)
        return std::make_unique<ServedTunnel>([pages = m_pages.value(server)](const QString &path) {
            return pages.contains(path) ? std::optional(pages.value(path)) : std::nullopt;
        });
    auto tunnel = std::make_unique<FakeTunnel>();
    const Error missing{m_isOffline ? Error::Kind::Offline : Error::Kind::NotReady,
        QStringLiteral("no tunnel to %1/%2:%3").arg(nameSpace, pod).arg(port), {}, {}, {}};
    const Error error = tunnelProblem.value_or(missing);
    QMetaObject::invokeMethod(
        tunnel.get(), [to = tunnel.get(), error] { to->finish(error); }, Qt::QueuedConnection);
    return tunnel;
}

QJsonObject FakeCluster::put(QJsonObject object)
{
    const QString path = pathOf(ObjectRef::of(object));
    return m_store.put(path, std::move(object));
}

QJsonObject FakeCluster::change(const ObjectRef &ref, const QJsonObject &patch)
{
    const QString path = pathOf(ref);
    return m_store.put(path, mergePatch(m_store.objects().value(path), patch));
}

void FakeCluster::erase(const ObjectRef &ref)
{
    m_store.remove(pathOf(ref));
}

std::optional<QJsonObject> FakeCluster::object(const ObjectRef &ref) const
{
    const auto it = m_store.objects().find(pathOf(ref));
    return it == m_store.objects().end() ? std::nullopt : std::optional(it.value());
}

QList<QJsonObject> FakeCluster::objects(const QString &apiVersion, const QString &kind, const QString &nameSpace) const
{
    const ApiPath path = ApiPath::parse(collectionPath(apiVersion, kind, nameSpace));
    QList<QJsonObject> result;
    for (auto it = m_store.objects().begin(); it != m_store.objects().end(); ++it) {
        if (path.holds(it.key()))
            result.append(it.value());
    }
    return result;
}

void FakeCluster::failNext(int count, const Error &error, const QByteArray &verb, const QString &pathPart)
{
    m_troubles.append({count, error, verb, pathPart});
}

void FakeCluster::hangNext(int count, const QByteArray &verb, const QString &pathPart)
{
    m_troubles.append({count, std::nullopt, verb, pathPart});
}

void FakeCluster::waitFor(const QString &words)
{
    m_waitingFor = words;
    Q_EMIT waitingForChanged();
}

void FakeCluster::warn(const QString &words)
{
    m_warning = words;
    Q_EMIT warningChanged();
}

void FakeCluster::goOffline()
{
    m_isOffline = true;
    cutStreams(offline());
}

Result<ApiResponse> FakeCluster::answer(const ApiRequest &request)
{
    if (request.path == QLatin1String("/version"))
        return jsonResponse({{QStringLiteral("gitVersion"), serverVersion}});
    const ApiPath path = ApiPath::parse(request.path);
    if (const auto no = refusal(request, path, false))
        return fail(*no);
    if (path.resource.isEmpty())
        return answerDiscovery(request);
    if (path.resource == QLatin1String("selfsubjectaccessreviews"))
        return answerReview(request);
    if (path.resource == QLatin1String("selfsubjectreviews"))
        return jsonResponse(whoIsAsked(user), 201);
    if (request.verb == "GET")
        return path.name.isEmpty() ? answerList(request, path) : answerGet(request, path);
    if (request.verb == "POST")
        return answerCreate(request, path);
    if (request.verb == "PUT")
        return answerReplace(request, path);
    if (request.verb == "PATCH")
        return answerPatch(request, path);
    return answerDelete(request, path);
}

Result<ApiResponse> FakeCluster::answerGet(const ApiRequest &request, const ApiPath &path)
{
    if (path.subresource == QLatin1String("log"))
        return ApiResponse{200, m_logs.value(path.container(request))};
    if (path.subresource.startsWith(QLatin1String("proxy/"))) {
        if (m_served.contains(request.path))
            return ApiResponse{200, m_served.value(request.path)};
        return fail(refused(503, QStringLiteral("ServiceUnavailable"),
            QStringLiteral("error trying to reach service: dial tcp 10.0.0.1:8222: connect: connection refused")));
    }
    const auto it = m_store.objects().find(request.path);
    return it == m_store.objects().end() ? Result<ApiResponse>(fail(notFound(path))) : jsonResponse(it.value());
}

Result<ApiResponse> FakeCluster::answerList(const ApiRequest &request, const ApiPath &path)
{
    QList<QJsonObject> matching;
    const bool isCustom = path.group().contains(u'.') && !path.group().endsWith(QLatin1String(".k8s.io"));
    const auto isKnown = [&path](const ApiResource &kind) {
        return kind.apiVersion == path.apiVersion && kind.plural == path.resource;
    };
    if (isCustom && std::none_of(m_customKinds.cbegin(), m_customKinds.cend(), isKnown))
        return fail(notFound(path));
    for (auto it = m_store.objects().begin(); it != m_store.objects().end(); ++it) {
        if (path.holds(it.key()) && isSelected(request, it.value()))
            matching.append(it.value());
    }
    const qsizetype first = queryItem(request, "continue").toInt();
    const qsizetype limit = queryItem(request, "limit").toInt();
    const qsizetype end = limit > 0 ? std::min(first + limit, matching.size()) : matching.size();
    QJsonArray items;
    for (qsizetype i = first; i < end; ++i) {
        QJsonObject item = asAccepted(request, matching.at(i));
        item.remove(QLatin1String("kind")); // a list says it once
        item.remove(QLatin1String("apiVersion"));
        items.append(item);
    }
    QJsonObject metadata{{QStringLiteral("resourceVersion"), QString::number(m_store.version())}};
    if (end < matching.size())
        metadata.insert(QStringLiteral("continue"), QString::number(end));
    return jsonResponse({{QStringLiteral("kind"), QStringLiteral("List")}, {QStringLiteral("metadata"), metadata},
        {QStringLiteral("items"), items}});
}

Result<ApiResponse> FakeCluster::answerCreate(const ApiRequest &request, const ApiPath &path)
{
    QJsonObject object = withEncodedData(bodyOf(request));
    object.remove(QLatin1String("status"));
    const QString name = metadataOf(object).value(QLatin1String("name")).toString();
    const QString at = request.path + u'/' + name;
    if (m_store.objects().contains(at)) {
        return fail(refused(
            409, QStringLiteral("AlreadyExists"), QStringLiteral("%1 \"%2\" already exists").arg(path.resource, name)));
    }
    return stored(at, object);
}

Result<ApiResponse> FakeCluster::answerReplace(const ApiRequest &request, const ApiPath &path)
{
    const bool isThere = m_store.objects().contains(request.path);
    // a Lease is one of the kinds that a PUT may create (its strategy has AllowCreateOnUpdate)
    if (!isThere && path.resource != QLatin1String("leases"))
        return fail(notFound(path));
    const QJsonObject old = m_store.objects().value(request.path);
    QJsonObject object = withEncodedData(bodyOf(request));
    const bool isSame =
        isThere ? isAsWanted(old, metadataOf(object)) : !metadataOf(object).contains(QLatin1String("uid"));
    if (!isSame)
        return fail(modified(path));
    if (old.contains(QLatin1String("status")))
        object.insert(QStringLiteral("status"), old.value(QLatin1String("status")));
    return stored(request.path, object);
}

Result<ApiResponse> FakeCluster::answerPatch(const ApiRequest &request, const ApiPath &path)
{
    const bool isApply = request.contentType == "application/apply-patch+yaml";
    if (!isApply && request.contentType != "application/merge-patch+json")
        return fail(
            refused(415, QStringLiteral("UnsupportedMediaType"), QStringLiteral("the body is of a type not known")));
    const QString at = path.subresource.isEmpty() ? request.path : request.path.section(u'/', 0, -2);
    if (!isApply && !m_store.objects().contains(at))
        return fail(notFound(path));
    QJsonObject body = withEncodedData(bodyOf(request));
    if (path.subresource.isEmpty())
        body.remove(QLatin1String("status"));
    const QJsonObject old = m_store.objects().value(at);
    if (!isApply)
        return stored(at, mergePatch(old, body));
    // where there is none, a resourceVersion alone is ignored: the object is made
    const bool isSame =
        old.isEmpty() ? !metadataOf(body).contains(QLatin1String("uid")) : isAsWanted(old, metadataOf(body));
    if (!isSame)
        return fail(modified(path));
    const QJsonObject merged = applyManifest(old, body, old.isEmpty() ? QJsonObject() : m_applied.value(at));
    m_applied.insert(at, body);
    return stored(at, merged);
}

Result<ApiResponse> FakeCluster::answerDelete(const ApiRequest &request, const ApiPath &path)
{
    if (!m_store.objects().contains(request.path))
        return fail(notFound(path));
    const QJsonObject old = m_store.objects().value(request.path);
    if (!isAsWanted(old, bodyOf(request).value(QLatin1String("preconditions")).toObject()))
        return fail(modified(path));
    m_store.remove(request.path);
    if (path.resource == QLatin1String("namespaces")) {
        for (const QString &at : m_store.objects().keys()) {
            if (ApiPath::parse(at).nameSpace == path.name)
                m_store.remove(at);
        }
    }
    if (afterWrite)
        afterWrite(old);
    return jsonResponse(
        {{QStringLiteral("kind"), QStringLiteral("Status")}, {QStringLiteral("status"), QStringLiteral("Success")}});
}

Result<ApiResponse> FakeCluster::answerReview(const ApiRequest &request) const
{
    QJsonObject review = bodyOf(request);
    const QJsonObject asked =
        review.value(QLatin1String("spec")).toObject().value(QLatin1String("resourceAttributes")).toObject();
    const auto text = [&asked](const char *key) { return asked.value(QLatin1String(key)).toString(); };
    const Permission permission{
        text("verb"), text("group"), text("resource"), text("subresource"), text("namespace"), text("name")};
    review.insert(
        QStringLiteral("status"), QJsonObject{{QStringLiteral("allowed"), !isAllowed || isAllowed(permission)}});
    return jsonResponse(review, 201);
}

std::optional<FakeCluster::Trouble> FakeCluster::takeTrouble(const ApiRequest &request)
{
    for (qsizetype i = 0; i < m_troubles.size(); ++i) {
        Trouble &trouble = m_troubles[i];
        if ((!trouble.verb.isEmpty() && trouble.verb != request.verb) || !request.path.contains(trouble.pathPart))
            continue;
        const Trouble found = trouble;
        if (--trouble.count <= 0)
            m_troubles.removeAt(i);
        return found;
    }
    return std::nullopt;
}

std::optional<Error> FakeCluster::refusal(const ApiRequest &request, const ApiPath &path, bool isWatch) const
{
    if (m_isOffline)
        return offline();
    const bool isFree = path.resource.startsWith(QLatin1String("selfsubject")) || path.resource.isEmpty();
    const Permission permission = path.permission(request.verb, isWatch);
    if (isFree || !isAllowed || isAllowed(permission))
        return std::nullopt;
    return refused(403, QStringLiteral("Forbidden"),
        QStringLiteral("%1 is forbidden: User \"tester\" cannot %2").arg(path.resource, permission.text()));
}

Result<ApiResponse> FakeCluster::stored(const QString &path, const QJsonObject &object)
{
    const QJsonObject now = m_store.put(path, object);
    if (afterWrite)
        afterWrite(now);
    return jsonResponse(m_store.objects().value(path, now));
}
