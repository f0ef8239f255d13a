// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/runtimegallery/madeupruntime.h"

namespace {

using namespace std::chrono_literals;
using State = RuntimeStep::State;

QList<RuntimeStep> steps(int current, const QString &note = {}, State state = State::Current)
{
    static const QStringList titles{QStringLiteral("Check permissions, and the storage class where it can be read"),
        QStringLiteral("Write namespace and secrets"), QStringLiteral("Write services and disruption budget"),
        QStringLiteral("Write StatefulSet, 3 replicas"), QStringLiteral("Bind volumes and start pods"),
        QStringLiteral("Form the cluster, elect a leader"), QStringLiteral("Prepare the default application account"),
        QStringLiteral("Verify the client login")};
    static const QStringList doneTitles{QStringLiteral("Permissions checked, storage class where it can be read"),
        QStringLiteral("Namespace and secrets written"), QStringLiteral("Services and disruption budget written"),
        QStringLiteral("StatefulSet written, 3 replicas"), QStringLiteral("Volumes bound and pods started"),
        QStringLiteral("Cluster formed, leader elected"), QStringLiteral("Default application account ready"),
        QStringLiteral("Client login verified")};
    QList<RuntimeStep> list;
    for (int i = 0; i < titles.size(); ++i) {
        RuntimeStep step{QStringLiteral("step_%1").arg(i), titles[i], State::Waiting, {}, {}, doneTitles[i]};
        if (i < current) {
            step.state = State::Done;
            step.elapsed = 200ms;
        } else if (i == current) {
            step.state = state;
            step.elapsed = 12s;
            step.note = note;
        }
        list.append(step);
    }
    return list;
}

RuntimePod pod(int ordinal, bool ready)
{
    RuntimePod pod;
    pod.name = QStringLiteral("nats-%1").arg(ordinal);
    pod.node = QStringLiteral("node-%1").arg(QChar(u'a' + ordinal));
    pod.state = ready ? QStringLiteral("Running") : QStringLiteral("Pending");
    pod.ready = ready;
    return pod;
}

OverviewState permitted(RuntimePhase phase)
{
    OverviewState state;
    state.freshness = {Freshness::State::Live, QDateTime::currentDateTimeUtc(), {}};
    state.viewAccess = state.enableAccess = state.retryAccess = Access::yes();
    state.status.phase = phase;
    state.status.nameSpace = QStringLiteral("pennant-messaging");
    if (phase == RuntimePhase::Absent)
        return state;
    state.status.spec = MadeUp::spec();
    state.status.serverImage = QStringLiteral("nats:2.14.9-alpine");
    state.status.requestedBy = QStringLiteral("ana@laptop");
    state.status.drivenBy = QStringLiteral("ana@laptop");
    state.status.isDrivenHere = true;
    state.status.since = QDateTime::currentDateTimeUtc().addSecs(-14);
    return state;
}

} // namespace

RuntimeSpec MadeUp::spec()
{
    return {QStringLiteral("fast-ssd"), 80, 3, true};
}

QList<StorageClass> MadeUp::storageClasses()
{
    return {{QStringLiteral("fast-ssd"), QStringLiteral("ebs.csi.aws.com"), true, true, true},
        {QStringLiteral("slow"), QStringLiteral("ebs.csi.aws.com"), false, false, false},
        {QStringLiteral("s").repeated(63), QStringLiteral("example.com/very-long"), false, true, false}};
}

QList<Account> MadeUp::accounts()
{
    QList<Account> accounts;
    for (const char *name : {"default", "orders"}) {
        const QString account = QLatin1String(name);
        accounts.append({account, {},
            {account, QStringLiteral("nats.pennant-messaging.svc.cluster.local"), 4222, account,
                QStringLiteral("ws://nats.pennant-messaging.svc.cluster.local:8080"),
                QStringLiteral("nats-client-") + account, QStringLiteral("pennant-messaging")}});
    }
    return accounts;
}

RuntimeUsage MadeUp::usage()
{
    return {2, 128, 341, 212904118, ByteCount::mebibytes(39322)};
}

OverviewState MadeUp::absent()
{
    return permitted(RuntimePhase::Absent);
}

OverviewState MadeUp::waitingForPrerequisites()
{
    OverviewState state = permitted(RuntimePhase::WaitingForPrerequisites);
    state.status.steps = steps(0,
        QStringLiteral("The storage class \"fast-ssd\" does not exist. Create it, or disable NATS "
                       "and enable it with another class."));
    return state;
}

OverviewState MadeUp::provisioning()
{
    OverviewState state = permitted(RuntimePhase::Provisioning);
    state.status.steps = steps(4,
        QStringLiteral(
            "nats-2 waits: 0/3 nodes are available: 1 node had volume node affinity conflict. Kubernetes tries "
            "again by itself."));
    state.status.pods = {pod(0, true), pod(1, true), pod(2, false)};
    state.status.pods[2].node.clear();
    return state;
}

OverviewState MadeUp::failed()
{
    OverviewState state = provisioning();
    state.status.phase = RuntimePhase::Failed;
    state.status.steps = steps(4, {}, State::Failed);
    state.status.error = Error{Error::Kind::Timeout,
        QStringLiteral(
            "nats-2 could not start: its image can't be pulled. Make the image reachable from the nodes, then "
            "retry."),
        QStringLiteral(
            "Failed to pull image \"nats:2.14.9-alpine\": rpc error: code = NotFound desc = failed to pull and "
            "unpack image: not found"),
        {}, {}};
    state.status.pods[2].state = QStringLiteral("ImagePullBackOff");
    state.status.pods[2].reason =
        QStringLiteral("Back-off pulling image \"nats:2.14.9-alpine\": ErrImagePull: not found");
    return state;
}

OverviewState MadeUp::ready()
{
    OverviewState state = permitted(RuntimePhase::Ready);
    state.status.pods = {pod(0, true), pod(1, true), pod(2, true)};
    state.status.pods[1].restarts = 2;
    state.accounts = accounts();
    state.usage = usage();
    return state;
}

OverviewState MadeUp::readyWithoutStreams()
{
    OverviewState state = ready();
    state.usage = {1, 0, 0, 0, ByteCount{}};
    return state;
}

OverviewState MadeUp::deleting()
{
    OverviewState state = provisioning();
    state.status.phase = RuntimePhase::Deleting;
    state.status.steps = {
        {QStringLiteral("delete_servers"), QStringLiteral("Servers stopped"), State::Done, 9s, {}},
        {QStringLiteral("delete_volumes"), QStringLiteral("Volumes deleted"), State::Current, 3s,
            QStringLiteral("data-nats-1 is still in use by nats-1.")},
        {QStringLiteral("delete_rest"), QStringLiteral("Secrets, services and namespace deleted"), State::Waiting, {},
            {}},
    };
    return state;
}

OverviewState MadeUp::drivenElsewhere()
{
    OverviewState state = provisioning();
    state.status.drivenBy = QStringLiteral("bo@desk");
    state.status.isDrivenHere = false;
    return state;
}

OverviewState MadeUp::stalled()
{
    OverviewState state = provisioning();
    state.status.drivenBy.clear();
    state.status.isDrivenHere = false;
    state.status.since = QDateTime::currentDateTimeUtc().addSecs(-4000);
    return state;
}

OverviewState MadeUp::notPermitted()
{
    OverviewState state = absent();
    state.viewAccess =
        Access::no(QStringLiteral("You may not list ConfigMaps in the namespace pennant-messaging. Ask for "
                                  "read access to the cluster."));
    return state;
}

OverviewState MadeUp::overlong()
{
    OverviewState state = failed();
    const QString longName = QStringLiteral("n").repeated(253);
    state.status.error->detail = QStringLiteral("a long line of an error that goes on\n").repeated(140);
    state.status.error->summary = QStringLiteral("StatefulSet.apps \"%1\" is invalid.").arg(longName);
    state.status.pods[0].node = longName;
    state.status.pods[2].name = longName;
    state.status.pods[2].reason = longName;
    state.status.pods[2].restarts = 4711;
    state.status.requestedBy = longName;
    state.status.steps[4].note = longName;
    state.status.spec->storageClass = QStringLiteral("s").repeated(63);
    return state;
}
