// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/kubernetes/resourcewatch.h"

#include "services/base/clock.h"
#include "services/base/logging.h"
#include "services/kubernetes/collectionlist.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/kubernetes/kubernetestransport.h"
#include "services/kubernetes/linesplitter.h"
#include "services/kubernetes/resourcecache.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace {

using namespace std::chrono_literals;

constexpr auto snapshotInterval = 100ms;
/// What ends sooner than this has not worked: the next try waits.
constexpr auto shortestLife = 1s;
/// A server that answers lists and opens no watch has to be asked by list.
constexpr auto longestOpening = 20s;
/// Nobody grants a permission from one second to the next.
constexpr auto refusedInterval = 30s;
constexpr qsizetype longestEvent = 64 * 1024 * 1024;

bool isRefusal(const Error &error)
{
    return error.kind == Error::Kind::Forbidden || error.kind == Error::Kind::Unauthorized;
}

} // namespace

class ResourceWatch::Private {
public:
    enum class Step { List, Watch };

    Private(ResourceWatch *owner, KubernetesTransport &to, Clock &time, Query what)
        : q(owner)
        , transport(to)
        , clock(time)
        , query(std::move(what))
        , cache(query.apiVersion, query.kind)
    {
        connect(&transport, &KubernetesTransport::reached, q, [this] { goOn(); });
    }

    void list();
    void listed(const Result<Collection> &result);
    void watch();
    void opened();
    void read(const QByteArray &data);
    void ended(const std::optional<Error> &error);
    void failed(const Error &error, Step next, bool isToWait);
    /// Without waiting any longer, unless the server itself has asked for that.
    void goOn();
    void go(Step step) { step == Step::List ? list() : watch(); }
    void leaveStream();
    bool hasLasted(std::chrono::milliseconds since) const { return clock.monotonic() - since >= shortestLife; }
    bool setFreshness(Freshness::State state, const std::optional<Error> &problem = {});
    QDateTime knownUntil(const std::optional<Error> &problem) const;
    bool tellOnlyListed();
    void publishSoon();
    /// False where a listener ended the watch.
    bool publish();

    ResourceWatch *q;
    KubernetesTransport &transport;
    Clock &clock;
    Query query;
    ResourceCache cache;
    Backoff backoff;
    QList<QJsonObject> snapshot;
    Freshness freshness;
    std::optional<Error> lastError;
    std::optional<Error> watchRefusal;
    std::unique_ptr<ApiStream> stream;
    LineSplitter lines{longestEvent};
    Pending<Collection> listing;
    Pending<void> opening; ///< of the stream
    Pending<void> retry;
    Step retryStep = Step::List;
    Pending<void> publishing;
    std::chrono::milliseconds listedAt{0};
    std::chrono::milliseconds openedAt{0};
    std::chrono::milliseconds publishedAt{0};
    bool hasListed = false;
    bool hasWatched = false; ///< it was allowed once
    bool isOpen = false;
};

void ResourceWatch::Private::list()
{
    leaveStream();
    retry.drop();
    listing = listCollection(transport,
        {query.apiVersion, query.kind, query.nameSpace, query.labelSelector, query.fieldSelector, {},
            query.isMetadataOnly});
    listing.then(q, [this](const Result<Collection> &result) { listed(result); });
}

void ResourceWatch::Private::listed(const Result<Collection> &result)
{
    if (!result) {
        failed(result.error(), Step::List, true);
        return;
    }
    const bool isFirst = !std::exchange(hasListed, true);
    listedAt = clock.monotonic();
    cache.replace(result->items, result->resourceVersion);
    const bool isFresh = watchRefusal ? tellOnlyListed() : setFreshness(Freshness::State::Live);
    watch();
    if (!isFirst && clock.monotonic() - publishedAt < snapshotInterval)
        publishSoon();
    else if (!publish())
        return;
    if (isFresh)
        Q_EMIT q->freshnessChanged();
}

void ResourceWatch::Private::watch()
{
    leaveStream();
    ApiRequest request;
    request.path = collectionPath(query.apiVersion, query.kind, query.nameSpace);
    if (query.isMetadataOnly)
        request.accept = acceptedMetadata("PartialObjectMetadata");
    request.query.addQueryItem(QStringLiteral("watch"), QStringLiteral("true"));
    request.query.addQueryItem(QStringLiteral("allowWatchBookmarks"), QStringLiteral("true"));
    request.query.addQueryItem(QStringLiteral("resourceVersion"), queryValue(cache.version()));
    if (!query.labelSelector.isEmpty())
        request.query.addQueryItem(QStringLiteral("labelSelector"), queryValue(query.labelSelector));
    if (!query.fieldSelector.isEmpty())
        request.query.addQueryItem(QStringLiteral("fieldSelector"), queryValue(query.fieldSelector));
    openedAt = clock.monotonic();
    stream = transport.stream(request);
    connect(stream.get(), &ApiStream::opened, q, [this] { opened(); });
    connect(stream.get(), &ApiStream::dataArrived, q, [this](const QByteArray &data) { read(data); });
    connect(stream.get(), &ApiStream::ended, q, [this](const std::optional<Error> &error) { ended(error); });
    opening = clock.sleep(longestOpening);
    opening.then(q, [this](const Result<void> &) {
        failed({Error::Kind::Timeout, tr("The API server begins no watch of %1.").arg(query.kind), {}, {}, {}},
            Step::List, false);
    });
}

void ResourceWatch::Private::opened()
{
    if (std::exchange(isOpen, true))
        return;
    openedAt = clock.monotonic();
    opening.drop();
    hasWatched = true;
    watchRefusal.reset();
    if (setFreshness(Freshness::State::Live))
        Q_EMIT q->freshnessChanged();
}

/// What may be listed and not watched is as true as its last list.
bool ResourceWatch::Private::tellOnlyListed()
{
    setFreshness(Freshness::State::Stale, watchRefusal);
    freshness.since = clock.now();
    return true;
}

void ResourceWatch::Private::read(const QByteArray &data)
{
    const QPointer<ResourceWatch> guard = q;
    opened();
    if (!guard || !stream)
        return;
    for (const QByteArray &line : lines.add(data)) {
        if (line.trimmed().isEmpty())
            continue;
        const Result<ResourceCache::Change> change = cache.apply(line);
        if (!change) {
            const bool isGone = change.error().kind == Error::Kind::Gone;
            failed(change.error(), Step::List, !isGone || !hasLasted(listedAt));
            return;
        }
        if (*change == ResourceCache::Change::Content)
            publishSoon();
    }
}

void ResourceWatch::Private::ended(const std::optional<Error> &error)
{
    const bool hasWorked = isOpen && hasLasted(openedAt);
    if (hasWorked)
        backoff.reset();
    const bool isForbidden = error && error->kind == Error::Kind::Forbidden;
    if (isForbidden)
        watchRefusal = error;
    if (error && error->kind == Error::Kind::Gone)
        failed(*error, Step::List, !hasLasted(listedAt));
    else if (isForbidden)
        failed(*error, Step::List, true);
    else if (error)
        failed(*error, Step::Watch, !hasWorked);
    else if (hasWorked)
        watch();
    else
        failed({Error::Kind::Server, tr("The API server ends the watch of %1 at once.").arg(query.kind), {}, {}, {}},
            Step::Watch, true);
}

void ResourceWatch::Private::failed(const Error &error, Step next, bool isToWait)
{
    qCInfo(lcKubernetes) << "watch of" << query.kind << "broke:" << error.summary;
    leaveStream();
    // an API server that has just started refuses what it does not know yet, for a moment
    const bool isForGood = isRefusal(error) && !(hasWatched && error.kind == Error::Kind::Forbidden);
    const auto wait = std::max({isToWait ? backoff.next() : 0ms, error.retryAfter.value_or(0ms),
        isForGood ? std::chrono::milliseconds(refusedInterval) : 0ms});
    if (wait > 0ms) {
        retry = clock.sleep(wait);
        retryStep = next;
        retry.then(q, [this, next](const Result<void> &) { go(next); });
    } else {
        go(next);
    }
    // a version that is no longer kept is nothing that a person could mend or must know
    if (error.kind == Error::Kind::Gone && wait == 0ms)
        return;
    lastError = error;
    const QPointer<ResourceWatch> guard = q;
    if (setFreshness(hasListed ? Freshness::State::Stale : Freshness::State::Syncing, error))
        Q_EMIT q->freshnessChanged();
    if (guard)
        Q_EMIT q->attemptFailed();
}

void ResourceWatch::Private::goOn()
{
    const bool isServersWish = lastError && (isRefusal(*lastError) || lastError->retryAfter);
    if (!retry.isAsked() || isServersWish)
        return;
    retry.drop();
    backoff.reset();
    go(retryStep);
}

/// The stream may be the one that speaks right now, so it dies later.
void ResourceWatch::Private::leaveStream()
{
    isOpen = false;
    opening.drop();
    lines = LineSplitter(longestEvent);
    if (ApiStream *left = stream.release()) {
        left->disconnect(q);
        left->deleteLater();
    }
}

bool ResourceWatch::Private::setFreshness(Freshness::State state, const std::optional<Error> &problem)
{
    const QString why = problem ? problem->summary : QString();
    if (state == Freshness::State::Live)
        lastError.reset();
    const bool isNewState = state != freshness.state;
    if (!isNewState && why == freshness.why)
        return false;
    freshness = {state, isNewState ? knownUntil(problem) : freshness.since, why,
        problem ? std::optional(problem->kind) : std::nullopt};
    return true;
}

/// Changes were not seen from when the API server fell silent, which is noticed later: after a night, if need be.
QDateTime ResourceWatch::Private::knownUntil(const std::optional<Error> &problem) const
{
    const bool isSilence = problem && (problem->kind == Error::Kind::Timeout || problem->kind == Error::Kind::Offline);
    const auto silence = isSilence && freshness.state == Freshness::State::Live ? transport.silence() : std::nullopt;
    const QDateTime heard = clock.now().addMSecs(-silence.value_or(0ms).count());
    return std::max(heard, freshness.since);
}

void ResourceWatch::Private::publishSoon()
{
    if (publishing.isAsked())
        return;
    publishing = clock.sleep(std::max(0ms, publishedAt + snapshotInterval - clock.monotonic()));
    publishing.then(q, [this](const Result<void> &) { publish(); });
}

bool ResourceWatch::Private::publish()
{
    publishing.drop();
    publishedAt = clock.monotonic();
    snapshot = cache.objects();
    const QPointer<ResourceWatch> guard = q;
    Q_EMIT q->snapshotChanged();
    return !guard.isNull();
}

ResourceWatch::ResourceWatch(KubernetesTransport &transport, Clock &clock, Query query, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, transport, clock, std::move(query)))
{
}

ResourceWatch::~ResourceWatch() = default;

void ResourceWatch::start()
{
    d->freshness.since = d->clock.now();
    d->list();
}

void ResourceWatch::refresh()
{
    d->list();
}

const QList<QJsonObject> &ResourceWatch::snapshot() const
{
    return d->snapshot;
}

const Freshness &ResourceWatch::freshness() const
{
    return d->freshness;
}

bool ResourceWatch::isOnlyListed() const
{
    return d->watchRefusal.has_value();
}

const std::optional<Error> &ResourceWatch::lastError() const
{
    return d->lastError;
}
