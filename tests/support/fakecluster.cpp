// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakecluster.h"

#include "services/kubernetes/statusmapping.h"
#include "tests/support/objectmerge.h"
#include "tests/support/sockettunnel.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUuid>

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

QString queryItem(const ApiRequest &request, const char *name)
{
    return request.query.queryItemValue(QLatin1String(name), QUrl::FullyDecoded);
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

/// Whether the object at `objectAt` belongs to the collection that `path` names.
bool isIn(const ApiPath &path, const QString &objectAt)
{
    const ApiPath object = ApiPath::parse(objectAt);
    return object.apiVersion == path.apiVersion && object.resource == path.resource
        && (path.nameSpace.isEmpty() || object.nameSpace == path.nameSpace)
        && (path.name.isEmpty() || object.name == path.name);
}

bool isSelected(const ApiRequest &request, const QJsonObject &object)
{
    return matchesLabels(object, queryItem(request, "labelSelector"))
        && matchesFields(object, queryItem(request, "fieldSelector"));
}

QString logKey(const QString &nameSpace, const QString &pod, const QString &container)
{
    return nameSpace + u'/' + pod + u'/' + container;
}

/// Streams speak through the event loop only.
void later(FakeStream *stream, std::function<void()> say)
{
    QMetaObject::invokeMethod(stream, std::move(say), Qt::QueuedConnection);
}

} // namespace

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
    return Pending<ApiResponse>::answered(answer(request));
}

std::unique_ptr<ApiStream> FakeCluster::stream(const ApiRequest &request)
{
    requests.append(request);
    auto stream = std::make_unique<FakeStream>(request);
    const auto trouble = takeTrouble(request);
    const ApiPath path = ApiPath::parse(request.path);
    const auto no = refusal(request, path, queryItem(request, "watch") == QLatin1String("true"));
    if (trouble && !trouble->error)
        return stream;
    if (trouble || no) {
        later(stream.get(), [to = stream.get(), error = trouble ? *trouble->error : *no] { to->breakOff(error); });
        return stream;
    }
    m_streams.append(stream.get());
    if (path.subresource == QLatin1String("log"))
        openLog(stream.get(), path);
    else
        openWatch(stream.get(), path);
    return stream;
}

std::unique_ptr<PodTunnel> FakeCluster::tunnel(const QString &nameSpace, const QString &pod, quint16 port)
{
    if (m_tunnels.contains(port) && !m_isOffline)
        return std::make_unique<SocketTunnel>(m_tunnels.value(port));
    auto tunnel = std::make_unique<FakeTunnel>();
    const Error error{m_isOffline ? Error::Kind::Offline : Error::Kind::NotReady,
        QStringLiteral("no tunnel to %1/%2:%3").arg(nameSpace, pod).arg(port), {}, {}, {}};
    QMetaObject::invokeMethod(
        tunnel.get(), [to = tunnel.get(), error] { to->finish(error); }, Qt::QueuedConnection);
    return tunnel;
}

QJsonObject FakeCluster::put(QJsonObject object)
{
    const QString path = objectPath(ObjectRef::of(object));
    return store(path, std::move(object));
}

QJsonObject FakeCluster::change(const ObjectRef &ref, const QJsonObject &patch)
{
    const QString path = objectPath(ref);
    return store(path, mergePatch(m_objects.value(path), patch));
}

void FakeCluster::erase(const ObjectRef &ref)
{
    removeAt(objectPath(ref));
}

std::optional<QJsonObject> FakeCluster::object(const ObjectRef &ref) const
{
    const auto it = m_objects.find(objectPath(ref));
    return it == m_objects.end() ? std::nullopt : std::optional(it.value());
}

QList<QJsonObject> FakeCluster::objects(const QString &apiVersion, const QString &kind, const QString &nameSpace) const
{
    const ApiPath path = ApiPath::parse(collectionPath(apiVersion, kind, nameSpace));
    QList<QJsonObject> result;
    for (auto it = m_objects.begin(); it != m_objects.end(); ++it) {
        if (isIn(path, it.key()))
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

void FakeCluster::goOffline()
{
    m_isOffline = true;
    cutStreams(offline());
}

void FakeCluster::cutStreams(const std::optional<Error> &error)
{
    const auto streams = std::exchange(m_streams, {});
    for (const QPointer<FakeStream> &stream : streams) {
        if (stream)
            later(stream, [to = stream.data(), error] { error ? to->breakOff(*error) : to->finish(); });
    }
}

void FakeCluster::appendLog(
    const QString &nameSpace, const QString &pod, const QString &container, const QByteArray &text)
{
    const QString key = logKey(nameSpace, pod, container);
    m_logs[key] += text;
    for (const QPointer<FakeStream> &stream : std::as_const(m_streams)) {
        if (!stream)
            continue;
        const ApiPath path = ApiPath::parse(stream->request().path);
        if (logKey(path.nameSpace, path.name, queryItem(stream->request(), "container")) == key)
            later(stream, [to = stream.data(), text] { to->feed(text); });
    }
}

Result<ApiResponse> FakeCluster::answer(const ApiRequest &request)
{
    const ApiPath path = ApiPath::parse(request.path);
    if (const auto no = refusal(request, path, false))
        return fail(*no);
    if (request.path == QLatin1String("/version"))
        return jsonResponse({{QStringLiteral("gitVersion"), QStringLiteral("v1.36.2")}});
    if (path.resource == QLatin1String("selfsubjectaccessreviews"))
        return answerReview(request);
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
        return ApiResponse{200, m_logs.value(logKey(path.nameSpace, path.name, queryItem(request, "container")))};
    const auto it = m_objects.find(request.path);
    return it == m_objects.end() ? Result<ApiResponse>(fail(notFound(path))) : jsonResponse(it.value());
}

Result<ApiResponse> FakeCluster::answerList(const ApiRequest &request, const ApiPath &path)
{
    QList<QJsonObject> matching;
    for (auto it = m_objects.begin(); it != m_objects.end(); ++it) {
        if (isIn(path, it.key()) && isSelected(request, it.value()))
            matching.append(it.value());
    }
    const qsizetype first = queryItem(request, "continue").toInt();
    const qsizetype limit = queryItem(request, "limit").toInt();
    const qsizetype end = limit > 0 ? std::min(first + limit, matching.size()) : matching.size();
    QJsonArray items;
    for (qsizetype i = first; i < end; ++i) {
        QJsonObject item = matching.at(i);
        item.remove(QLatin1String("kind")); // a list says it once
        item.remove(QLatin1String("apiVersion"));
        items.append(item);
    }
    QJsonObject metadata{{QStringLiteral("resourceVersion"), QString::number(m_version)}};
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
    if (m_objects.contains(at)) {
        return fail(refused(
            409, QStringLiteral("AlreadyExists"), QStringLiteral("%1 \"%2\" already exists").arg(path.resource, name)));
    }
    return stored(request, at, object);
}

Result<ApiResponse> FakeCluster::answerReplace(const ApiRequest &request, const ApiPath &path)
{
    if (!m_objects.contains(request.path))
        return fail(notFound(path));
    const QJsonObject old = m_objects.value(request.path);
    QJsonObject object = withEncodedData(bodyOf(request));
    const QString version = metadataOf(object).value(QLatin1String("resourceVersion")).toString();
    if (!version.isEmpty() && version != metadataOf(old).value(QLatin1String("resourceVersion")).toString()) {
        return fail(refused(409, QStringLiteral("Conflict"),
            QStringLiteral("Operation cannot be fulfilled on %1 \"%2\": the object has been modified")
                .arg(path.resource, path.name)));
    }
    if (old.contains(QLatin1String("status")))
        object.insert(QStringLiteral("status"), old.value(QLatin1String("status")));
    return stored(request, request.path, object);
}

Result<ApiResponse> FakeCluster::answerPatch(const ApiRequest &request, const ApiPath &path)
{
    const bool isApply = request.contentType == "application/apply-patch+yaml";
    if (!isApply && request.contentType != "application/merge-patch+json")
        return fail(
            refused(415, QStringLiteral("UnsupportedMediaType"), QStringLiteral("the body is of a type not known")));
    const QString at = path.subresource.isEmpty() ? request.path : request.path.section(u'/', 0, -2);
    if (!isApply && !m_objects.contains(at))
        return fail(notFound(path));
    QJsonObject body = withEncodedData(bodyOf(request));
    if (path.subresource.isEmpty())
        body.remove(QLatin1String("status"));
    const QJsonObject old = m_objects.value(at);
    if (!isApply)
        return stored(request, at, mergePatch(old, body));
    const QJsonObject merged = applyManifest(old, body, m_applied.value(at));
    if (queryItem(request, "dryRun").isEmpty())
        m_applied.insert(at, body);
    return stored(request, at, merged);
}

Result<ApiResponse> FakeCluster::answerDelete(const ApiRequest &request, const ApiPath &path)
{
    if (!m_objects.contains(request.path))
        return fail(notFound(path));
    const QJsonObject old = m_objects.value(request.path);
    removeAt(request.path);
    if (path.resource == QLatin1String("namespaces")) {
        for (const QString &at : m_objects.keys()) {
            if (ApiPath::parse(at).nameSpace == path.name)
                removeAt(at);
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
    const Permission permission{text("verb"), text("group"), text("resource"), text("subresource"), text("namespace")};
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
    const bool isFree =
        path.group() == QLatin1String("authorization.k8s.io") || request.path == QLatin1String("/version");
    const Permission permission = path.permission(request.verb, isWatch);
    if (isFree || !isAllowed || isAllowed(permission))
        return std::nullopt;
    return refused(403, QStringLiteral("Forbidden"),
        QStringLiteral("%1 is forbidden: User \"tester\" cannot %2").arg(path.resource, permission.text()));
}

Result<ApiResponse> FakeCluster::stored(const ApiRequest &request, const QString &path, const QJsonObject &object)
{
    if (!queryItem(request, "dryRun").isEmpty())
        return jsonResponse(object);
    const QJsonObject now = store(path, object);
    if (afterWrite)
        afterWrite(now);
    return jsonResponse(m_objects.value(path, now));
}

QJsonObject FakeCluster::store(const QString &path, QJsonObject object)
{
    const bool isNew = !m_objects.contains(path);
    const QJsonObject oldMetadata = metadataOf(m_objects.value(path));
    QJsonObject metadata = metadataOf(object);
    const auto keep = [&](const char *key, const QJsonValue &first) {
        metadata.insert(QLatin1String(key), isNew ? first : oldMetadata.value(QLatin1String(key)));
    };
    keep("uid", QUuid::createUuid().toString(QUuid::WithoutBraces));
    keep("creationTimestamp",
        metadata.value(QLatin1String("creationTimestamp")).toString(QStringLiteral("2026-01-02T03:04:05Z")));
    keep("generation", 1);
    const QJsonValue oldSpec = m_objects.value(path).value(QLatin1String("spec"));
    if (!isNew && oldSpec != object.value(QLatin1String("spec")))
        metadata.insert(QStringLiteral("generation"), oldMetadata.value(QLatin1String("generation")).toInt() + 1);
    metadata.insert(QStringLiteral("resourceVersion"), QString::number(++m_version));
    object.insert(QStringLiteral("metadata"), metadata);
    m_objects.insert(path, object);
    tell(isNew ? QStringLiteral("ADDED") : QStringLiteral("MODIFIED"), path, object);
    return object;
}

void FakeCluster::removeAt(const QString &path)
{
    const auto it = m_objects.find(path);
    if (it == m_objects.end())
        return;
    QJsonObject object = it.value();
    m_objects.erase(it);
    m_applied.remove(path);
    QJsonObject metadata = metadataOf(object);
    metadata.insert(QStringLiteral("resourceVersion"), QString::number(++m_version));
    object.insert(QStringLiteral("metadata"), metadata);
    tell(QStringLiteral("DELETED"), path, object);
}

void FakeCluster::tell(const QString &type, const QString &path, const QJsonObject &object)
{
    m_events.append({m_version, type, path, object});
    m_streams.removeIf([](const QPointer<FakeStream> &stream) { return stream.isNull(); });
    for (const QPointer<FakeStream> &stream : std::as_const(m_streams)) {
        const ApiPath watched = ApiPath::parse(stream->request().path);
        if (!watched.subresource.isEmpty() || !isIn(watched, path))
            continue;
        const bool isWanted = isSelected(stream->request(), object);
        if (isWanted || type == QLatin1String("MODIFIED"))
            later(stream, [to = stream.data(), shown = isWanted ? type : QStringLiteral("DELETED"), object] {
                to->feedEvent(shown, object);
            });
    }
}

void FakeCluster::openLog(FakeStream *stream, const ApiPath &path)
{
    const QByteArray text = m_logs.value(logKey(path.nameSpace, path.name, queryItem(stream->request(), "container")));
    const bool isFollowing = queryItem(stream->request(), "follow") == QLatin1String("true");
    later(stream, [stream, text, isFollowing] {
        const QPointer<FakeStream> self = stream;
        stream->open();
        if (self && !text.isEmpty())
            stream->feed(text);
        if (self && !isFollowing)
            stream->finish();
    });
}

void FakeCluster::openWatch(FakeStream *stream, const ApiPath &path)
{
    const qint64 from = queryItem(stream->request(), "resourceVersion").toLongLong();
    if (from < m_compactedAt) {
        later(stream, [stream] {
            stream->breakOff(refused(410, QStringLiteral("Expired"), QStringLiteral("too old resource version")));
        });
        return;
    }
    later(stream, [stream] { stream->open(); });
    for (const Event &event : std::as_const(m_events)) {
        if (event.version > from && isIn(path, event.path) && isSelected(stream->request(), event.object))
            later(stream, [stream, event] { stream->feedEvent(event.type, event.object); });
    }
}
