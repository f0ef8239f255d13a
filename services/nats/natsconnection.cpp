// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/nats/natsconnection.h"

#include "services/base/backoff.h"
#include "services/base/mapped.h"
#include "services/nats/natsclient.h"
#include "services/nats/natsinbox.h"

#include <QCoreApplication>
#include <QHash>
#include <QThreadPool>
#include <QUuid>

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <unordered_map>

namespace {

using Id = quint64;

constexpr int mostRequestsOut = 4;
constexpr int mostEnding = 16;
constexpr std::chrono::milliseconds firstRetry{250};
constexpr std::chrono::milliseconds slowestRetry{5000};

QString text(const char *source)
{
    return QCoreApplication::translate("NatsConnection", source);
}

/// Who waits for whom: only what is in the same line.
enum class Line { Requests, LongRequests, Sending, Count };

Line lineOf(const QString &subject)
{
    for (const QLatin1String part :
        {QLatin1String(".STREAM.MSG.GET."), QLatin1String(".STREAM.SNAPSHOT."), QLatin1String(".STREAM.RESTORE.")}) {
        if (subject.contains(part))
            return Line::LongRequests;
    }
    return Line::Requests;
}

// What the worker threads use: requests block, so they wait in line for a few threads. Ends on a thread of its own.
struct Link {
    NatsClient client;
    std::array<QThreadPool, std::size_t(Line::Count)> lines;
    std::mutex mutex;
    std::condition_variable wake;
    bool isEnding = false;

    Link(const NatsConnection::Options &options, NatsClient::Listener listener)
        : client(options, std::move(listener))
    {
        threads(Line::Requests).setMaxThreadCount(mostRequestsOut);
        threads(Line::LongRequests).setMaxThreadCount(mostRequestsOut);
        threads(Line::Sending).setMaxThreadCount(1);
    }

    QThreadPool &threads(Line line) { return lines.at(std::size_t(line)); }

    // True once it ends.
    bool waitForEnd(std::chrono::milliseconds most)
    {
        std::unique_lock lock(mutex);
        return wake.wait_for(lock, most, [this] { return isEnding; });
    }

    void beginToEnd()
    {
        const std::lock_guard lock(mutex);
        isEnding = true;
        wake.notify_all();
    }

    void end()
    {
        for (QThreadPool &each : lines)
            each.clear();
        client.close();
        for (QThreadPool &each : lines)
            each.waitForDone();
    }
};

// Connections that end, until they have.
QThreadPool &endingThreads()
{
    static QThreadPool threads;
    threads.setMaxThreadCount(mostEnding);
    return threads;
}

// What outlives a connection until the library has ended it. Lives in the GUI thread.
std::unordered_map<Id, std::unique_ptr<QObject>> &keptUntilEnded()
{
    static std::unordered_map<Id, std::unique_ptr<QObject>> kept;
    return kept;
}

} // namespace

/// What a connection knows, in the GUI thread. Worker threads know it by its number only: it may end before them.
class NatsConnection::Private final {
public:
    Private(NatsConnection *connection, Options given);
    ~Private();

    void open();
    void settle(State newState, std::optional<Error> error);
    void heard(NatsClient::Event event, const Error &error);
    /// Why nothing can be sent right now, or nothing.
    std::optional<Error> obstacle(const QString &subject) const;
    template <typename T> Pending<T> queue(Line line, std::function<Result<T>(const NatsClient &)> work);
    void abandonRequests();
    Pending<std::shared_ptr<NatsSubscription>> subscribe(qint64 mostBytes);
    void breakInboxes(const Error &why);

    static QHash<Id, Private *> &known();
    /// From any thread: does `what` in the GUI thread, if the connection is still there by then.
    static void post(Id id, std::function<void(Private &)> what);
    static void connectUntilItWorks(Link &link, Id id);

    NatsConnection *q;
    Id id = 0;
    State state = State::Disconnected;
    std::optional<Error> lastError;
    std::shared_ptr<Link> link;
    std::unique_ptr<QObject> kept;
    Id lastRequest = 0;
    QHash<Id, std::function<void(const Error &)>> refusals; // one for each request under way
    QString inboxPrefix;
    QList<std::weak_ptr<NatsInbox>> inboxes;
};

NatsConnection::Private::Private(NatsConnection *connection, Options given)
    : q(connection)
{
    static Id last = 0;
    id = ++last;
    inboxPrefix = given.inboxPrefix.isEmpty() ? QStringLiteral("_INBOX") : given.inboxPrefix;
    known().insert(id, this);
    link = std::make_shared<Link>(given, [number = id](NatsClient::Event event, const Error &error) {
        post(number, [event, error](Private &self) { self.heard(event, error); });
    });
}

NatsConnection::Private::~Private()
{
    known().remove(id);
    abandonRequests();
    breakInboxes({Error::Kind::Cancelled, text("The connection to NATS was closed."), {}, {}, {}});
    link->beginToEnd();
    if (kept)
        keptUntilEnded().emplace(id, std::move(kept));
    endingThreads().start([ending = std::move(link), number = id]() mutable {
        ending->end();
        ending.reset();
        if (QCoreApplication *application = QCoreApplication::instance())
            QMetaObject::invokeMethod(
                application, [number] { keptUntilEnded().erase(number); }, Qt::QueuedConnection);
    });
}

QHash<Id, NatsConnection::Private *> &NatsConnection::Private::known()
{
    static QHash<Id, Private *> connections;
    return connections;
}

void NatsConnection::Private::post(Id id, std::function<void(Private &)> what)
{
    QCoreApplication *application = QCoreApplication::instance();
    if (!application)
        return;
    QMetaObject::invokeMethod(
        application,
        [id, what = std::move(what)] {
            if (Private *self = known().value(id))
                what(*self);
        },
        Qt::QueuedConnection);
}

void NatsConnection::Private::open()
{
    if (state != State::Disconnected || lastError)
        return;
    settle(State::Connecting, std::nullopt);
    link->threads(Line::Requests).start([threads = link, number = id] { connectUntilItWorks(*threads, number); });
}

void NatsConnection::Private::connectUntilItWorks(Link &link, Id id)
{
    Backoff backoff(firstRetry, slowestRetry);
    for (;;) {
        const Result<void> connected = link.client.connect();
        if (connected) {
            post(id, [](Private &self) { self.settle(State::Connected, std::nullopt); });
            return;
        }
        const bool mayPass = connected.error().kind == Error::Kind::Offline;
        post(id, [mayPass, error = connected.error()](Private &self) {
            self.settle(mayPass ? State::Disconnected : State::Closed, error);
        });
        if (!mayPass || link.waitForEnd(backoff.next()))
            return;
    }
}

void NatsConnection::Private::heard(NatsClient::Event event, const Error &error)
{
    link->client.setConnected(event == NatsClient::Event::Reconnected);
    switch (event) {
    case NatsClient::Event::Disconnected:
        settle(State::Disconnected, error);
        break;
    case NatsClient::Event::Reconnected:
        settle(State::Connected, std::nullopt);
        break;
    case NatsClient::Event::Closed:
        settle(State::Closed, error);
        break;
    }
}

void NatsConnection::Private::settle(State newState, std::optional<Error> error)
{
    if (state == State::Closed || (state == newState && lastError == error))
        return;
    state = newState;
    lastError = std::move(error);
    // the library subscribes anew once it is connected again, but what came in between is lost
    if (state != State::Connected)
        breakInboxes(lastError.value_or(notConnectedError({})));
    Q_EMIT q->stateChanged();
}

std::optional<Error> NatsConnection::Private::obstacle(const QString &subject) const
{
    if (state == State::Closed && lastError)
        return lastError;
    if (state != State::Connected)
        return notConnectedError(lastError ? lastError->detail : QString());
    // these would end the protocol line early, and the server would end the connection
    static const QString breaking = QStringLiteral(" \t\n\v\f\r") + QChar(QChar::Null);
    const bool isBroken = subject.isEmpty()
        || std::any_of(subject.cbegin(), subject.cend(), [](QChar each) { return breaking.contains(each); });
    if (isBroken)
        return brokenSubjectError(subject);
    return std::nullopt;
}

template <typename T>
Pending<T> NatsConnection::Private::queue(Line line, std::function<Result<T>(const NatsClient &)> work)
{
    const quint64 request = ++lastRequest;
    const auto isUnwanted = std::make_shared<std::atomic_bool>(false);
    return Pending<T>::ask([&](typename Pending<T>::Answer answer) -> std::function<void()> {
        refusals.insert(request, [answer](const Error &error) { answer(fail(error)); });
        link->threads(line).start([threads = link, number = id, request, isUnwanted, answer, work = std::move(work)] {
            if (*isUnwanted)
                return;
            post(number, [request, answer, result = work(threads->client)](Private &self) {
                self.refusals.remove(request);
                answer(result);
            });
        });
        return [number = id, request, isUnwanted] {
            *isUnwanted = true;
            if (Private *self = known().value(number))
                self->refusals.remove(request);
        };
    });
}

void NatsConnection::Private::abandonRequests()
{
    const Error error{
        Error::Kind::Cancelled, text("The connection to NATS was closed before the answer came."), {}, {}, {}};
    for (const auto &refuse : std::exchange(refusals, {}))
        refuse(error);
}

Pending<std::shared_ptr<NatsSubscription>> NatsConnection::Private::subscribe(qint64 mostBytes)
{
    using Subscription = std::shared_ptr<NatsSubscription>;
    const QString subject = inboxPrefix + QLatin1Char('.') + QUuid::createUuid().toString(QUuid::Id128);
    const auto inbox = std::make_shared<NatsInbox>(subject, mostBytes);
    inboxes.removeIf([](const auto &each) { return each.expired(); });
    inboxes.append(inbox);
    const std::function<Result<std::shared_ptr<void>>(const NatsClient &)> work =
        [name = subject.toUtf8(), receive = inbox->receiver()](
            const NatsClient &client) { return client.subscribe(name, receive); };
    const std::function<Result<Subscription>(std::shared_ptr<void>)> keep =
        [inbox, threads = std::weak_ptr<Link>(link)](const std::shared_ptr<void> &handle) -> Result<Subscription> {
        // to unsubscribe may wait for the socket
        inbox->setEnd([threads, handle = handle]() mutable {
            if (const auto there = threads.lock())
                there->threads(Line::Sending).start([ended = std::move(handle)]() mutable { ended.reset(); });
        });
        return inbox;
    };
    return mapped(queue(Line::Sending, work), keep);
}

void NatsConnection::Private::breakInboxes(const Error &why)
{
    for (const auto &each : std::as_const(inboxes)) {
        if (const auto inbox = each.lock())
            inbox->breakWith(why);
    }
}

NatsConnection::NatsConnection(Options options, QObject *parent)
    : JetStreamTransport(parent)
    , d(std::make_shared<Private>(this, std::move(options)))
{
}

NatsConnection::~NatsConnection() = default;

void NatsConnection::open()
{
    d->open();
}

NatsConnection::State NatsConnection::state() const
{
    return d->state;
}

const std::optional<Error> &NatsConnection::lastError() const
{
    return d->lastError;
}

Pending<QByteArray> NatsConnection::request(
    const QString &subject, const QByteArray &payload, std::chrono::milliseconds timeout)
{
    if (std::optional<Error> error = d->obstacle(subject))
        return Pending<QByteArray>::answered(fail(std::move(*error)));
    return d->queue<QByteArray>(lineOf(subject), [name = subject.toUtf8(), payload, timeout](const NatsClient &client) {
        return client.request(name, payload, timeout);
    });
}

Pending<std::shared_ptr<NatsSubscription>> NatsConnection::subscribe(qint64 mostBytes)
{
    if (std::optional<Error> error = d->obstacle(QStringLiteral("_INBOX")))
        return Pending<std::shared_ptr<NatsSubscription>>::answered(fail(std::move(*error)));
    return d->subscribe(mostBytes);
}

Pending<void> NatsConnection::publish(const QList<NatsMessage> &messages)
{
    for (const NatsMessage &message : messages) {
        if (std::optional<Error> error = d->obstacle(QString::fromUtf8(message.subject)))
            return Pending<void>::answered(fail(std::move(*error)));
    }
    const std::function<Result<void>(const NatsClient &)> send = [messages](const NatsClient &client) {
        return client.publish(messages);
    };
    auto sending = std::make_shared<Pending<void>>(d->queue(Line::Sending, send));
    return Pending<void>::ask([&sending](Pending<void>::Answer answer) -> std::function<void()> {
        sending->then(qApp, [sending, answer](const Result<void> &sent) { answer(sent); });
        return {};
    });
}

Pending<QByteArray> NatsConnection::requestWithHeaders(
    const QString &subject, const NatsHeaders &headers, const QByteArray &payload, std::chrono::milliseconds timeout)
{
    if (std::optional<Error> error = d->obstacle(subject))
        return Pending<QByteArray>::answered(fail(std::move(*error)));
    return d->queue<QByteArray>(
        lineOf(subject), [name = subject.toUtf8(), headers, payload, timeout](const NatsClient &client) {
            return client.requestWithHeaders(name, headers, payload, timeout);
        });
}

void NatsConnection::keepUntilEnded(std::unique_ptr<QObject> what)
{
    d->kept = std::move(what);
}

void NatsConnection::shutDown()
{
    endingThreads().waitForDone();
    keptUntilEnded().clear();
    NatsClient::endLibrary();
}
