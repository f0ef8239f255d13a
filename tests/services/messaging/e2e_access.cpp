// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/base/clock.h"
#include "services/kubernetes/clusteraccess.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/kubernetes/portforward.h"
#include "services/messaging/accountservice.h"
#include "services/messaging/consumerservice.h"
#include "services/messaging/logservice.h"
#include "services/messaging/messaging.h"
#include "services/messaging/runtimecredentials.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimeroles.h"
#include "services/messaging/runtimeservice.h"
#include "services/messaging/streamservice.h"
#include "services/nats/natsconnection.h"
#include "services/nats/serverconfig.h"
#include "tests/services/messaging/backdoors.h"
#include "tests/support/awaited.h"
#include "tests/support/rawnats.h"
#include "tests/support/realcluster.h"

#include <QFileInfo>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryFile>

namespace {

constexpr int longWait = 180'000;
const QString nameSpace = QStringLiteral("pennant-messaging");

QString text(const char *value)
{
    return QLatin1String(value);
}

/// As administrator.
bool shell(const QString &command)
{
    QProcess process;
    process.start(text("sh"), {text("-c"), command});
    const bool isDone = QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, longWait);
    if (!isDone || process.exitCode() != 0)
        qWarning("%s: %s", qPrintable(command), process.readAllStandardError().constData());
    return isDone && process.exitCode() == 0;
}

bool applies(const QString &manifests)
{
    QTemporaryFile file;
    return file.open() && file.write(manifests.toUtf8()) > 0 && file.flush()
        && shell(text("$PENNANT_KUBECTL apply --filename ") + file.fileName());
}

ClusterAccess accessAs(const QString &user)
{
    ClusterAccess access = accessOf("PENNANT_KUBECONFIG_ADMIN");
    access.impersonation.user = user;
    return access;
}

} // namespace

/// Who may do what, against a real cluster: the administrator, Kubernetes' own roles `admin` (the editor), `edit` and
/// `view`, and two people who have nothing but the Roles that Enable installs. What they may not do is
/// tried by the back door, and the servers refuse it.
class AccessTest : public QObject {
    Q_OBJECT

private:
    SystemClock m_clock;
    std::unique_ptr<Messaging> m_admin;
    std::unique_ptr<Messaging> m_editor;
    std::unique_ptr<Messaging> m_edwin; ///< Kubernetes' role `edit`: no Roles
    std::unique_ptr<Messaging> m_viewer;
    std::unique_ptr<Messaging> m_vera; ///< pennant-viewer alone
    std::unique_ptr<Messaging> m_ed; ///< pennant-editor alone
    BackDoors m_doors;

    std::unique_ptr<Messaging> open(const ClusterAccess &access, const char *workstation)
    {
        auto transport = connectAs(access);
        if (!transport)
            return nullptr;
        Messaging::Options options;
        options.workstation = text(workstation);
        auto messaging = std::make_unique<Messaging>(std::move(transport), m_clock, options);
        messaging->start();
        return messaging;
    }

    static bool eventually(const std::function<bool()> &condition) { return QTest::qWaitFor(condition, longWait); }

    static bool isReady(Messaging &messaging)
    {
        return eventually([&messaging] { return messaging.runtime().status().phase == RuntimePhase::Ready; });
    }

    static bool holds(Messaging &messaging, const char *stream)
    {
        const auto isSeen = [&] {
            const QList<Stream> &streams = messaging.streams().streams();
            return messaging.streams().freshness().state == Freshness::State::Live
                && std::any_of(streams.cbegin(), streams.cend(),
                    [stream](const Stream &each) { return each.id.name == text(stream); });
        };
        return eventually(isSeen);
    }

    template <typename T> bool refusesService(const QString &what, Pending<T> asked)
    {
        const auto outcome = awaited(std::move(asked));
        return m_doors.isClosed("service", what, !outcome && outcome.error().kind == Error::Kind::Forbidden,
            outcome ? text("done") : outcome.error().summary);
    }

    static EnableRequest request()
    {
        EnableRequest request;
        request.spec.storageClass = text("standard");
        request.spec.storageGibibytes = 1;
        request.spec.replicas = 1;
        request.clientPassword = SecretString(QByteArray("correct horse battery"));
        return request;
    }

    StreamDraft draft(const char *name) const
    {
        StreamDraft draft = StreamDraft::of(text("default"), text(name), {text(name) + text(".>")});
        return draft;
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!qEnvironmentVariableIsSet("PENNANT_KUBECONFIG_ADMIN"))
            QSKIP("PENNANT_KUBECONFIG_ADMIN names no kubeconfig");
        // commands for people name kubectl as it is called on their machines
        const QString kubectl = QFileInfo(qEnvironmentVariable("PENNANT_KUBECTL")).absolutePath();
        qputenv("PATH", (kubectl + u':' + qEnvironmentVariable("PATH")).toUtf8());
        QVERIFY(shell(text("$PENNANT_KUBECTL create namespace pennant-messaging")));
        QVERIFY(shell(text("$PENNANT_KUBECTL --namespace pennant-messaging create rolebinding edwin --user=edwin "
                           "--clusterrole=edit")));
        // whoever else may enable NATS would carry it out as well
        m_edwin = open(accessAs(text("edwin")), "edwin@desk");
        m_viewer = open(accessOf("PENNANT_KUBECONFIG_VIEWER"), "cleo@desk");
        QVERIFY(m_edwin && m_viewer);
        QVERIFY(eventually([this] { return m_edwin->runtime().enableAccess().allowed; }));
    }

    void cleanupTestCase()
    {
        for (auto *messaging : {&m_vera, &m_ed, &m_edwin, &m_viewer, &m_editor, &m_admin})
            messaging->reset();
        NatsConnection::shutDown();
        qInfo("%-46s | outcome | by | in which words\n%s", "tried", qPrintable(m_doors.table()));
    }

    void tellsWhoEverybodyIs()
    {
        QVERIFY(eventually([this] { return m_viewer->runtime().isAccessKnown(); }));
        QCOMPARE(m_viewer->runtime().access().user, text("viewer"));
        QCOMPARE(m_edwin->runtime().access().user, text("edwin"));
    }

    /// Kubernetes' role `edit` may not create Roles: NATS is enabled all the same.
    void letsTheEditorEnableWithoutRoles()
    {
        const auto asked = awaited(m_edwin->runtime().enable(request()));
        QVERIFY2(asked, whyNot(asked));
        QVERIFY(isReady(*m_edwin));
        QVERIFY(eventually([this] { return m_viewer->runtime().status().rolesProblem.contains(text("roles")); }));
        qInfo("%s", qPrintable(m_viewer->runtime().status().rolesProblem));
        QVERIFY(!m_edwin->runtime().status().isDegraded());
        m_edwin.reset();
    }

    void letsWhoMayCreateRolesAddThem()
    {
        m_admin = open(accessOf("PENNANT_KUBECONFIG_ADMIN"), "ana@laptop");
        m_editor = open(accessOf("PENNANT_KUBECONFIG_EDITOR"), "bo@desk");
        QVERIFY(m_admin && m_editor);
        QVERIFY(eventually(
            [this] { return m_admin->runtime().status().deviation && m_admin->runtime().retryAccess().allowed; }));
        const QString words = m_admin->runtime().status().deviation->error.summary;
        QVERIFY2(words.contains(text("Role pennant-viewer")), qPrintable(words));
        const auto asked = awaited(m_admin->runtime().retry());
        QVERIFY2(asked, whyNot(asked));
        QVERIFY(eventually([this] { return m_admin->runtime().status().isInProgress(); }));
        QVERIFY(isReady(*m_admin));
        QVERIFY(isReady(*m_editor));
        QVERIFY(m_editor->runtime().writeAccess().allowed && m_editor->runtime().access().remove.allowed);
        QVERIFY(eventually([this] { return !m_admin->runtime().status().isDegraded(); }));
        QVERIFY(m_admin->runtime().status().rolesProblem.isEmpty());
        const auto created = awaited(m_admin->streams().create(draft("orders")));
        QVERIFY2(created, whyNot(created));
    }

    /// The role `view` reads no Secret and opens no tunnel: what is missing is named, and a Role that grants it helps.
    void showsTheViewerStreamsOnceTheCopiedRoleIsApplied()
    {
        QVERIFY(isReady(*m_viewer));
        const Access before = m_viewer->runtime().access().inspect;
        QVERIFY(!before.allowed);
        QVERIFY2(before.reason.contains(text("pods/portforward")), qPrintable(before.reason));
        QVERIFY2(before.reason.contains(text("secrets/nats-viewing-default")), qPrintable(before.reason));
        QCOMPARE(m_viewer->accounts().accounts().size(), 1);
        QVERIFY(applies(m_viewer->runtime().grantFor(before)));
        m_viewer->runtime().refresh();
        QVERIFY(eventually([this] { return m_viewer->runtime().access().inspect.allowed; }));
        QVERIFY(!m_viewer->runtime().writeAccess().allowed);
        QVERIFY(holds(*m_viewer, "orders"));
        QVERIFY(!m_viewer->runtime().access().reveal.allowed);
    }

    void letsPennantsViewerSeeEverything()
    {
        QVERIFY(shell(RuntimeRoles::bindCommand(text(RuntimeNames::viewerRole), nameSpace, text("vera"))));
        m_vera = open(accessAs(text("vera")), "vera@laptop");
        // the API server takes a moment to know a new binding
        QVERIFY(eventually([this] { return m_vera->runtime().access().inspect.allowed; }));
        QCOMPARE(m_vera->runtime().access().user, text("vera"));
        QVERIFY2(m_vera->runtime().viewAccess(), qPrintable(m_vera->runtime().viewAccess().reason));
        QVERIFY2(m_vera->runtime().access().inspect, qPrintable(m_vera->runtime().access().inspect.reason));
        const auto consumer = ConsumerDraft::of({text("default"), text("orders")}, text("billing"));
        QVERIFY(holds(*m_admin, "orders"));
        const auto created = awaited(m_admin->consumers().create(consumer));
        QVERIFY2(created, whyNot(created));
        QVERIFY(holds(*m_vera, "orders"));
        QVERIFY(eventually([this] { return m_vera->consumers().consumers().size() == 1; }));
        QVERIFY(!m_vera->runtime().status().isDegraded());
        LogRequest log;
        log.pod = text("nats-0");
        log.container = text("nats");
        log.isFollowing = false;
        QByteArrayList lines;
        const auto tail = m_vera->logs().open(log);
        connect(tail.get(), &LogTail::linesArrived, this, [&lines](const QByteArrayList &more) { lines += more; });
        QVERIFY(eventually([&lines] { return !lines.isEmpty(); }));
    }

    void refusesTheViewerInTheServices()
    {
        RuntimeService &runtime = m_vera->runtime();
        bool isAllRefused = true;
        isAllRefused &= refusesService(text("StreamService::create"), m_vera->streams().create(draft("mine")));
        const Stream orders = m_vera->streams().streams().constFirst();
        isAllRefused &= refusesService(text("StreamService::remove"), m_vera->streams().remove(orders));
        const auto consumer = ConsumerDraft::of(orders.id, text("mine"));
        isAllRefused &= refusesService(text("ConsumerService::create"), m_vera->consumers().create(consumer));
        isAllRefused &= refusesService(
            text("ConsumerService::remove"), m_vera->consumers().remove(m_vera->consumers().consumers().constFirst()));
        isAllRefused &= refusesService(text("RuntimeService::enable"), runtime.enable(request()));
        isAllRefused &= refusesService(text("RuntimeService::disable"), runtime.disable(runtime.status().identity()));
        isAllRefused &=
            refusesService(text("AccountService::clientPassword"), m_vera->accounts().clientPassword(text("default")));
        const auto retried = awaited(runtime.retry());
        isAllRefused &= m_doors.isClosed(
            "service", text("RuntimeService::retry"), !retried, retried ? text("done") : retried.error().summary);
        QVERIFY(isAllRefused);
    }

    /// Every object of the runtime, with the viewer's credentials and without Pennant's rules in between.
    void refusesTheViewerAtTheApiServer()
    {
        const auto transport = connectAs(accessAs(text("vera")));
        KubernetesClient client(*transport);
        QVERIFY(m_doors.areClosedAtTheApiServer(client, nameSpace));
    }

    /// Every request that changes something, with the login that may only read; and what it may do, done so that the
    /// answer would be stored.
    void refusesTheViewerAtNats()
    {
        const auto transport = connectAs(accessAs(text("vera")));
        KubernetesClient client(*transport);
        const auto secret =
            awaited(client.read({text("v1"), text("Secret"), nameSpace, RuntimeNames::viewingSecret(text("default"))}));
        QVERIFY2(secret, whyNot(secret));
        const auto forward = transport->forward(nameSpace, text("nats-0"), 4222);
        QVERIFY(forward->listen());
        const Login login = loginFromSecret(*secret);
        RawNats nats(forward->localPort(), login.username, login.password);
        QVERIFY(nats.isOpen());
        const QByteArray inbox = viewingInboxPrefix().toLatin1() + ".back-door";
        QVERIFY(!nats.subscribe(inbox).contains("-ERR"));
        QVERIFY(nats.ask("$JS.API.STREAM.INFO.orders", inbox).contains("\"name\":\"orders\""));
        QVERIFY(nats.ask("$JS.API.STREAM.INFO.orders", inbox, R"({"subjects_filter":">"})").contains("orders"));
        QVERIFY(nats.ask("$JS.API.CONSUMER.LIST.orders", inbox).contains("billing"));
        QVERIFY(m_doors.areClosedAtNats(nats, inbox));

        // what it may ask, with the answer sent where it would be stored, or asked for as a change
        nats.publish("$JS.API.STREAM.INFO.orders", "orders.injected");
        nats.publish("$JS.API.STREAM.MSG.GET.orders", "orders.injected", R"({"last_by_subj":"orders.1"})");
        nats.publish("$JS.API.STREAM.INFO.orders", "$JS.API.STREAM.PURGE.orders");
        QTest::qWait(3000);
        const QByteArray info = nats.ask("$JS.API.STREAM.INFO.orders", inbox);
        const bool isEmpty = info.contains("\"messages\":0,");
        QVERIFY2(
            m_doors.isClosed("NATS", text("answers sent to a stream's subject"), isEmpty, text("nothing was stored")),
            info.constData());
    }

    /// One Secret more lets him change streams and consumers, and nothing of the runtime.
    void letsTheViewerChangeStreamsOnceTheCopiedRoleIsApplied()
    {
        const Access before = m_viewer->streams().createAccess();
        QVERIFY2(before.reason.contains(text("secrets/nats-management-default")), qPrintable(before.reason));
        QVERIFY(applies(m_viewer->runtime().grantFor(before)));
        m_viewer->runtime().refresh();
        QVERIFY(eventually([this] { return m_viewer->streams().createAccess().allowed; }));
        QVERIFY(!m_viewer->runtime().writeAccess().allowed);
        const auto created = awaited(m_viewer->streams().create(draft("mine")));
        QVERIFY2(created, whyNot(created));
        const auto removed = awaited(m_viewer->streams().remove(*created));
        QVERIFY2(removed, whyNot(removed));
        QVERIFY(!awaited(m_viewer->runtime().disable(m_viewer->runtime().status().identity())));
    }

    void letsPennantsEditorDoEverything()
    {
        QVERIFY(shell(RuntimeRoles::bindCommand(text(RuntimeNames::editorRole), nameSpace, text("ed"))));
        m_ed = open(accessAs(text("ed")), "ed@laptop");
        RuntimeService &runtime = m_ed->runtime();
        QVERIFY(eventually([&runtime] { return runtime.access().remove.allowed; }));
        for (const Access &access : {runtime.viewAccess(), runtime.access().inspect, runtime.writeAccess(),
                 runtime.access().remove, runtime.access().reveal})
            QVERIFY2(access, qPrintable(access.reason));
        QVERIFY(holds(*m_ed, "orders"));
        const auto created = awaited(m_ed->streams().create(draft("audit")));
        QVERIFY2(created, whyNot(created));
        const auto removed = awaited(m_ed->streams().remove(*created));
        QVERIFY2(removed, whyNot(removed));
        QVERIFY(awaited(m_ed->accounts().clientPassword(text("default"))));
    }

    void letsPennantsEditorDisableAndEnable()
    {
        // who may delete Roles would carry it out as well, and take his away
        m_admin.reset();
        m_editor.reset();
        const auto asked = awaited(m_ed->runtime().disable(m_ed->runtime().status().identity()));
        QVERIFY2(asked, whyNot(asked));
        QVERIFY(eventually([this] { return m_ed->runtime().status().phase == RuntimePhase::Absent; }));
        QVERIFY(eventually([this] { return m_ed->runtime().enableAccess().allowed; }));
        const auto enabled = awaited(m_ed->runtime().enable(request()));
        QVERIFY2(enabled, whyNot(enabled));
        QVERIFY(isReady(*m_ed));
        // the Roles were left where they are, or he could not have gone on
        QCOMPARE(m_ed->runtime().status().rolesProblem, QString());
    }

    void letsTheAdministratorRemoveAll()
    {
        m_ed.reset();
        m_admin = open(accessOf("PENNANT_KUBECONFIG_ADMIN"), "ana@laptop");
        QVERIFY(isReady(*m_admin));
        QVERIFY(eventually([this] { return m_admin->runtime().disableAccess().allowed; }));
        const auto asked = awaited(m_admin->runtime().disable(m_admin->runtime().status().identity()));
        QVERIFY2(asked, whyNot(asked));
        QVERIFY(eventually([this] { return m_admin->runtime().status().phase == RuntimePhase::Absent; }));
        QVERIFY(shell(text("test -z \"$($PENNANT_KUBECTL --namespace pennant-messaging get roles --output=name "
                           "--selector=app.kubernetes.io/managed-by=pennant)\"")));
    }
};

QTEST_GUILESS_MAIN(AccessTest)
#include "e2e_access.moc"
