// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/kubernetes/podlog.h"

#include "services/kubernetes/kubernetestransport.h"
#include "services/kubernetes/linesplitter.h"

#include <QPointer>
#include <QTimer>

#include <utility>

namespace {

constexpr qsizetype longestLine = 1024 * 1024;
constexpr auto batchInterval = std::chrono::milliseconds(50);
/// A kubelet that hangs says nothing; a log that is only read must not wait for it for ever.
constexpr auto longestSilence = std::chrono::seconds(20);

ApiRequest logRequest(const PodLogQuery &query)
{
    ApiRequest request;
    request.path = QStringLiteral("/api/v1/namespaces/%1/pods/%2/log").arg(query.nameSpace, query.pod);
    request.accept = "*/*";
    if (!query.container.isEmpty())
        request.query.addQueryItem(QStringLiteral("container"), query.container);
    if (query.tailLines)
        request.query.addQueryItem(QStringLiteral("tailLines"), QString::number(*query.tailLines));
    if (query.isPrevious)
        request.query.addQueryItem(QStringLiteral("previous"), QStringLiteral("true"));
    if (query.isFollowing)
        request.query.addQueryItem(QStringLiteral("follow"), QStringLiteral("true"));
    return request;
}

} // namespace

class PodLog::Private {
public:
    Private(PodLog *owner, KubernetesTransport &to, PodLogQuery wanted)
        : q(owner)
        , transport(to)
        , query(std::move(wanted))
    {
        batch.setSingleShot(true);
        batch.setInterval(batchInterval);
        silence.setSingleShot(true);
        silence.setInterval(longestSilence);
    }

    void add(const QByteArray &data)
    {
        if (!query.isFollowing)
            silence.start();
        lines += splitter.add(data);
        if (!lines.isEmpty() && !batch.isActive())
            batch.start();
    }

    void flush()
    {
        batch.stop();
        if (!lines.isEmpty())
            Q_EMIT q->linesArrived(std::exchange(lines, {}));
    }

    void finish(const std::optional<Error> &error)
    {
        silence.stop();
        // it may be the one that speaks right now
        if (ApiStream *over = stream.release()) {
            over->disconnect(q);
            over->deleteLater();
        }
        const QByteArray rest = splitter.takeRest();
        if (!rest.isEmpty())
            lines.append(rest);
        const QPointer<PodLog> guard = q;
        flush();
        if (guard)
            Q_EMIT guard->ended(error);
    }

    PodLog *q;
    KubernetesTransport &transport;
    PodLogQuery query;
    std::unique_ptr<ApiStream> stream;
    LineSplitter splitter{longestLine};
    QByteArrayList lines;
    QTimer batch;
    QTimer silence;
};

PodLog::PodLog(KubernetesTransport &transport, PodLogQuery query, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, transport, std::move(query)))
{
    connect(&d->batch, &QTimer::timeout, this, [this] { d->flush(); });
    connect(&d->silence, &QTimer::timeout, this, [this] {
        d->finish(Error{Error::Kind::Timeout,
            tr("The log of pod %1 does not come. Check that its node works, then try again.").arg(d->query.pod), {}, {},
            {}});
    });
}

PodLog::~PodLog() = default;

void PodLog::start()
{
    d->stream = d->transport.stream(logRequest(d->query));
    connect(d->stream.get(), &ApiStream::dataArrived, this, [this](const QByteArray &data) { d->add(data); });
    connect(d->stream.get(), &ApiStream::ended, this, [this](const std::optional<Error> &error) { d->finish(error); });
    if (!d->query.isFollowing)
        d->silence.start();
}
