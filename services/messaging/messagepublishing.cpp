// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/messagepublishing.h"

#include "services/base/freedmemory.h"
#include "services/base/mapped.h"
#include "services/kubernetes/kubernetestransport.h"
#include "services/messaging/accountservice.h"
#include "services/messaging/clientsecrets.h"
#include "services/messaging/jetstreamsource.h"
#include "services/messaging/natslink.h"
#include "services/messaging/runtimeservice.h"
#include "services/nats/streammessages.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds loginLimit = 10s;

using Found = std::optional<StreamMessage>;

JetStreamLinks natsLinks(KubernetesTransport &transport, const QString &nameSpace)
{
    return [&transport, nameSpace](
               const QString &pod, const Login &login, const QString &inboxPrefix) -> std::shared_ptr<JetStreamLink> {
        return std::make_shared<NatsLink>(transport, nameSpace, pod, login, inboxPrefix);
    };
}

/// Of a message that was not confirmed: done where the newest one on its subject has its id.
Result<PublishAck> judgePublication(
    const StreamId &stream, const OutgoingMessage &message, const Result<Found> &found, Error unanswered)
{
    const QString id = message.header(messageIdHeader());
    const QList<MessageHeader> headers = found && *found ? (*found)->headers() : QList<MessageHeader>();
    if (!id.isEmpty() && headers.contains(MessageHeader{messageIdHeader(), id}))
        return PublishAck{stream.name, (*found)->sequence, false};
    unanswered.kind = Error::Kind::Timeout;
    unanswered.summary = id.isEmpty()
        ? MessagePublishing::tr(
            "The server did not answer in time. Whether the message was stored is not known: look at "
            "the newest messages before you publish it again.")
        : MessagePublishing::tr(
            "The server did not answer in time. Whether the message was stored is not known. Publish "
            "it again as it is: by its Nats-Msg-Id the stream stores it once, within its duplicate "
            "window.");
    return fail(std::move(unanswered));
}

Error notSent(Error error)
{
    error.kind = error.kind == Error::Kind::Timeout ? Error::Kind::Offline : error.kind;
    error.summary = MessagePublishing::tr("Nothing was published: %1").arg(error.summary);
    return error;
}

} // namespace

MessagePublishing::MessagePublishing(KubernetesTransport &transport, Clock &clock, RuntimeService &runtime,
    AccountService &accounts, ClientSecrets &secrets, JetStreamSource &source, JetStreamLinks links, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_runtime(runtime)
    , m_accounts(accounts)
    , m_secrets(secrets)
    , m_source(source)
    , m_links(links ? std::move(links) : natsLinks(transport, runtime.status().nameSpace))
    , m_changes(clock, [&runtime] { return runtime.confirmChange(); })
{
    connect(&runtime, &RuntimeService::accessChanged, this, &MessagePublishing::accessChanged);
    connect(&runtime, &RuntimeService::statusChanged, this, &MessagePublishing::accessChanged);
    connect(&accounts, &AccountService::accessChanged, this, &MessagePublishing::accessChanged);
}

Access MessagePublishing::access(const Stream &stream)
{
    if (const Access access = m_runtime.changeAccess(); !access)
        return access;
    if (m_runtime.status().phase != RuntimePhase::Ready)
        return Access::no(tr("To publish, the NATS runtime has to be ready."));
    if (const QString problem = publishProblem(stream); !problem.isEmpty())
        return Access::no(problem);
    const Access reveal = m_accounts.revealAccess(stream.id.account);
    if (!reveal)
        return Access::no(tr("Messages are published as a client of account %1, by the password in its Secret. %2")
                              .arg(stream.id.account, reveal.reason),
            reveal.missing);
    return Access::yes();
}

Pending<PublishAck> MessagePublishing::publish(const Stream &stream, const OutgoingMessage &message)
{
    Error invalid{Error::Kind::Invalid, tr("Correct the fields marked below."), {}, {}, {}};
    invalid.fields = validate(message, stream);
    if (!invalid.fields.isEmpty())
        return Pending<PublishAck>::answered(fail(invalid));
    if (const Access allowed = access(stream); !allowed)
        return Pending<PublishAck>::answered(fail(Error::Kind::Forbidden, allowed.reason));
    return m_mutations.run(send(stream.id, message));
}

Flow<PublishAck> MessagePublishing::send(StreamId stream, OutgoingMessage message)
{
    SecretTrace trace;
    trace.begin();
    Flow<std::shared_ptr<JetStreamLink>> linking = linkAsClient(stream.account);
    auto linked = co_await linking;
    if (!linked)
        co_return fail(notSent(linked.error()));
    const std::shared_ptr<JetStreamLink> link = *linked;
    const auto api = std::make_shared<JetStreamApi>(link->transport(), stream.account);
    const QString object = tr("the messages on %1").arg(message.subject);
    const JetStreamChange<PublishAck, Found> publication{object, ChangeKeys::subject(message.subject),
        [=] { return StreamMessages::publish(link->transport(), message); },
        [=, this] { return asPending(lastOn(stream, message.subject)); },
        [=](const Result<Found> &found, const Error &unanswered) {
            return judgePublication(stream, message, found, unanswered);
        }};
    auto published = co_await m_changes.carryOut(stream.account, api, publication);
    co_return published;
}

Flow<std::shared_ptr<JetStreamLink>> MessagePublishing::linkAsClient(QString account)
{
    const QList<RuntimePod> &pods = m_runtime.status().pods;
    const auto ready = std::find_if(pods.cbegin(), pods.cend(), [](const RuntimePod &pod) { return pod.ready; });
    if (ready == pods.cend())
        co_return fail(Error::Kind::NotReady, tr("No pod of the runtime is ready."));
    const QString pod = ready->name;
    auto credential = co_await m_secrets.read(account);
    if (!credential)
        co_return fail(credential.error());
    const Login login{credential->username, credential->password};
    const QString ownInbox;
    auto link = m_links(pod, login, ownInbox);
    auto opened = co_await link->open(m_clock, loginLimit);
    if (!opened)
        co_return fail(opened.error());
    co_return link;
}

Flow<Found> MessagePublishing::lastOn(StreamId stream, QString subject)
{
    auto reached = co_await m_source.reachToRead(stream.account);
    if (!reached)
        co_return fail(reached.error());
    const auto api = *reached;
    StreamMessages messages(api->transport(), stream.name);
    auto found = co_await messages.last(subject);
    co_return found;
}
