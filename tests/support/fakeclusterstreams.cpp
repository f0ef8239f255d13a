// SPDX-License-Identifier: GPL-3.0-or-later
// What goes on: watches and followed logs.
#include "tests/support/fakecluster.h"

#include "services/kubernetes/statusmapping.h"

namespace {

/// Streams speak through the event loop only.
void later(FakeStream *stream, std::function<void()> say)
{
    QMetaObject::invokeMethod(stream, std::move(say), Qt::QueuedConnection);
}

} // namespace

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
    const QString key = nameSpace + u'/' + pod + u'/' + container;
    m_logs[key] += text;
    for (const QPointer<FakeStream> &stream : std::as_const(m_streams)) {
        if (!stream)
            continue;
        const ApiPath path = ApiPath::parse(stream->request().path);
        if (path.container(stream->request()) == key)
            later(stream, [to = stream.data(), text] { to->feed(text); });
    }
}

void FakeCluster::tell(const QString &type, const QString &path, const QJsonObject &object)
{
    m_streams.removeIf([](const QPointer<FakeStream> &stream) { return stream.isNull(); });
    for (const QPointer<FakeStream> &stream : std::as_const(m_streams)) {
        const ApiPath watched = ApiPath::parse(stream->request().path);
        if (!watched.subresource.isEmpty() || !watched.holds(path))
            continue;
        const bool isWanted = isSelected(stream->request(), object);
        if (isWanted || type == QLatin1String("MODIFIED"))
            later(stream, [to = stream.data(), shown = isWanted ? type : QStringLiteral("DELETED"), object] {
                to->feedEvent(shown, asAccepted(to->request(), object));
            });
    }
}

void FakeCluster::openLog(FakeStream *stream, const ApiPath &path)
{
    const QByteArray text = m_logs.value(path.container(stream->request()));
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
        later(stream, [stream] { stream->breakOff(statusError(410, {}, {}, {})); });
        return;
    }
    later(stream, [stream] { stream->open(); });
    for (const ObjectStore::Event &event : m_store.events()) {
        if (event.version > from && path.holds(event.path) && isSelected(stream->request(), event.object))
            later(stream,
                [stream, event] { stream->feedEvent(event.type, asAccepted(stream->request(), event.object)); });
    }
}
