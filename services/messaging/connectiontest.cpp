// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/connectiontest.h"

#include "services/base/clock.h"
#include "services/base/flow.h"
#include "services/base/freedmemory.h"
#include "services/domain/bytecount.h"
#include "services/messaging/podtalk.h"
#include "services/nats/jetstreamapi.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QUuid>

using namespace std::chrono_literals;
using ServerTalk::Line;

namespace {

constexpr std::chrono::milliseconds limit = 10s;
/// The kubelet tells at once that the port takes no connection.
constexpr std::chrono::milliseconds quietMeansOpen = 2s;

enum Stage { Tunnel, Tcp, Protocol, Tls, LogIn, JetStream };

QString stageId(int stage)
{
    static const char *const ids[] = {"tunnel", "tcp", "protocol", "tls", "login", "jetstream"};
    return QLatin1String(ids[stage]);
}

QString usageText(const QJsonObject &account)
{
    const auto number = [&account](const char *key) { return account[QLatin1String(key)].toInteger(); };
    return ConnectionTest::tr("Streams: %1, consumers: %2, stored: %3")
        .arg(number("streams"))
        .arg(number("consumers"))
        .arg(ByteCount{number("storage")}.text());
}

/// What the answer to `$JS.API.INFO` says: a line for people, or why there is no JetStream.
Result<QString> jetStreamNote(const Line &line)
{
    if (line.status == 503)
        return fail(Error::Kind::NotReady,
            ConnectionTest::tr("The login works, but nobody answers for JetStream. It is off on this server, or not up "
                               "yet: look at the pod's log."));
    const QJsonObject answer = QJsonDocument::fromJson(line.payload).object();
    if (const std::optional<Error> error = jetStreamError(answer))
        return fail(*error);
    if (answer.isEmpty())
        return fail(Error::Kind::Protocol,
            ConnectionTest::tr("JetStream gave an answer that makes no sense. Look at the pod's log."),
            QString::fromUtf8(line.payload.left(200)));
    return usageText(answer);
}

} // namespace

class ConnectionTest::Private final {
public:
    Private(ConnectionTest &owner, KubernetesTransport &to, Clock &time)
        : test(owner)
        , transport(to)
        , clock(time)
    {
    }

    void begin(const QString &pod);
    void enter(int stage);
    void leave(const QString &note, const QString &doneTitle = {});
    void finish(const Result<void> &outcome);
    Flow<void> go(ConnectionDetails details, QString pod);
    Flow<void> greet();
    Flow<void> logIn(QString user);
    Flow<void> askJetStream(QString user);

    ConnectionTest &test;
    KubernetesTransport &transport;
    Clock &clock;
    Password password;
    SecretTrace trace;
    QList<RuntimeStep> stages;
    std::optional<Error> problem;
    std::unique_ptr<PodTalk> talk;
    std::chrono::milliseconds enteredAt{};
    int current = -1;
    Flow<void> running;
};

void ConnectionTest::Private::begin(const QString &pod)
{
    const QString titles[] = {pod.isEmpty() ? tr("Tunnel") : tr("Tunnel to pod %1").arg(pod),
        tr("TCP connection to port %1").arg(PodTalk::clientPort), tr("NATS protocol"), tr("TLS"), tr("Login"),
        tr("JetStream")};
    stages.clear();
    for (int stage = Tunnel; stage <= JetStream; ++stage)
        stages.append({stageId(stage), titles[stage], RuntimeStep::State::Waiting, {}, {}, {}});
    problem.reset();
    current = -1;
}

void ConnectionTest::Private::enter(int stage)
{
    current = stage;
    enteredAt = clock.monotonic();
    stages[stage].state = RuntimeStep::State::Current;
    Q_EMIT test.changed();
}

void ConnectionTest::Private::leave(const QString &note, const QString &doneTitle)
{
    RuntimeStep &stage = stages[current];
    stage.state = RuntimeStep::State::Done;
    stage.elapsed = clock.monotonic() - enteredAt;
    stage.note = note;
    stage.doneTitle = doneTitle;
    Q_EMIT test.changed();
}

void ConnectionTest::Private::finish(const Result<void> &outcome)
{
    talk.reset();
    trace.end();
    password = {};
    if (!outcome) {
        problem = outcome.error();
        RuntimeStep &stage = stages[std::max(current, 0)];
        stage.state = RuntimeStep::State::Failed;
        stage.elapsed = current < 0 ? std::nullopt : std::optional(clock.monotonic() - enteredAt);
        stage.note = problem->summary;
    }
    Q_EMIT test.changed();
}

Flow<void> ConnectionTest::Private::go(ConnectionDetails details, QString pod)
{
    if (pod.isEmpty())
        co_return fail(
            Error::Kind::NotReady, tr("The runtime has no pod to connect to. Overview says what its pods wait for."));
    enter(Tunnel);
    talk = std::make_unique<PodTalk>(transport, clock, details.nameSpace, pod);
    if (const auto open = co_await talk->untilOpen(limit); !open)
        co_return fail(open.error());
    leave(tr("Through the API server and the kubelet of the pod's node."));
    enter(Tcp);
    if (const auto connected = co_await talk->untilConnected(quietMeansOpen); !connected)
        co_return fail(connected.error());
    leave({});
    if (const auto greeted = co_await greet(); !greeted)
        co_return fail(greeted.error());
    if (const auto loggedIn = co_await logIn(details.username); !loggedIn)
        co_return fail(loggedIn.error());
    co_return co_await askJetStream(details.username);
}

Flow<void> ConnectionTest::Private::greet()
{
    enter(Protocol);
    const auto line = co_await talk->nextLine(limit);
    if (!line)
        co_return fail(line.error());
    const Result<ServerTalk::Greeting> greeting = ServerTalk::greetingOf(*line);
    if (!greeting)
        co_return fail(greeting.error());
    leave(tr("NATS %1, messages of up to %2, %3")
              .arg(greeting->version, ByteCount{greeting->maxPayload}.text(),
                  greeting->isLoginRequired ? tr("login required") : tr("no login required")));
    enter(Tls);
    if (greeting->isTlsRequired)
        co_return fail(Error::Kind::Tls,
            tr("The server demands TLS, which this test does not speak. Clients have to connect with tls://."));
    leave(greeting->isTlsOffered
            ? tr("Offered, but not demanded: this test goes on without.")
            : tr("Not offered by the server. The tunnel is encrypted as far as the pod's node; a client inside the "
                 "cluster is not."),
        tr("TLS: skipped"));
    co_return Result<void>();
}

Flow<void> ConnectionTest::Private::logIn(QString user)
{
    enter(LogIn);
    trace.begin();
    {
        const auto secret = co_await password();
        if (!secret)
            co_return fail(secret.error());
        talk->say(ServerTalk::login(user, *secret));
    }
    while (true) {
        const auto line = co_await talk->nextLine(limit);
        if (!line)
            co_return fail(line.error());
        if (line->kind == Line::Kind::Refusal)
            co_return fail(ServerTalk::refusal(line->text, user));
        if (line->kind == Line::Kind::Pong)
            break;
    }
    leave(tr("As %1").arg(user));
    co_return Result<void>();
}

Flow<void> ConnectionTest::Private::askJetStream(QString user)
{
    enter(JetStream);
    talk->say(ServerTalk::request("$JS.API.INFO", "_INBOX." + QUuid::createUuid().toByteArray(QUuid::Id128)));
    while (true) {
        const auto line = co_await talk->nextLine(limit);
        if (!line && line.error().kind == Error::Kind::Timeout)
            co_return fail(Error::Kind::NotReady,
                tr("The login works, but JetStream did not answer. It has no leader while most of the pods are away: "
                   "see on Overview that they are ready."));
        if (!line)
            co_return fail(line.error());
        if (line->kind == Line::Kind::Refusal)
            co_return fail(ServerTalk::refusal(line->text, user));
        if (line->kind != Line::Kind::Message)
            continue;
        const Result<QString> note = jetStreamNote(*line);
        if (!note)
            co_return fail(note.error());
        leave(*note);
        co_return Result<void>();
    }
}

ConnectionTest::ConnectionTest(KubernetesTransport &transport, Clock &clock, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, transport, clock))
{
}

ConnectionTest::~ConnectionTest() = default;

void ConnectionTest::start(const ConnectionDetails &details, const QString &pod, Password password)
{
    d->running = {};
    d->talk.reset();
    d->password = std::move(password);
    d->begin(pod);
    d->running = d->go(details, pod);
    d->running.whenFinished([this](const Result<void> &outcome) { d->finish(outcome); });
    Q_EMIT changed();
}

void ConnectionTest::cancel()
{
    if (!isRunning())
        return;
    d->running = {};
    d->finish(fail(Error::Kind::Cancelled, tr("The test was stopped.")));
}

bool ConnectionTest::isRunning() const
{
    return d->running.isRunning();
}

const QList<RuntimeStep> &ConnectionTest::stages() const
{
    return d->stages;
}

const std::optional<Error> &ConnectionTest::problem() const
{
    return d->problem;
}
