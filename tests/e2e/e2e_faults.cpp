// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/clustercatalog.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/messaging.h"
#include "services/messaging/runtimerequests.h"
#include "services/network/networktransport.h"
#include "tests/e2e/clusterfaults.h"
#include "tests/e2e/kubeconfigworkshop.h"
#include "tests/e2e/mouse.h"
#include "tests/e2e/othertools.h"
#include "tests/e2e/windowtest.h"
#include "tests/support/awaited.h"

#include <QElapsedTimer>
#include <QTabBar>
#include <QTcpServer>
#include <QTest>
#include <QTimer>

namespace {

const QString messagingNamespace = QStringLiteral("pennant-messaging");
/// A Lease of 15 s has run out by then.
constexpr int leaseMs = 17000;

QString text(const char *value)
{
    return QString::fromUtf8(value);
}

QStringList words(const char *value)
{
    return text(value).split(QLatin1Char(' '));
}

EnableRequest enableRequest()
{
    EnableRequest request;
    request.spec = {text("standard"), 1, 1, false};
    request.clientPassword = SecretString(text("faults-are-normal-4711"));
    return request;
}

bool isOperation(const char *state, const char *step)
{
    const QJsonObject operation = ClusterFaults::operation();
    return operation[text("state")] == text(state) && operation[text("currentStep")] == text(step);
}

} // namespace

/// Bad input and faults, for real: the window says what is wrong and what to do, stays live, and goes on by itself or
/// by Retry once the cause is gone.
class FaultsTest final : public WindowTest {
    Q_OBJECT

private:
    KubeconfigWorkshop m_workshop;
    QTemporaryDir m_folder;
    QTcpServer m_silent;
    SystemClock m_time;
    QTimer m_pulse;
    QElapsedTimer m_sinceBeat;
    QElapsedTimer m_sinceMended;
    qint64 m_standstillMs = 0;

    void beat() { m_standstillMs = std::max(m_standstillMs, m_sinceBeat.restart()); }

    /// One line of the table that a run leaves: what the window said, and how soon it was well again.
    void note(const QString &said)
    {
        const QString tag = text(QTest::currentDataTag());
        QStringList lines = said.split(u'\n', Qt::SkipEmptyParts);
        lines.removeDuplicates();
        qInfo("FAULT %s %s | %s | recovered in %.1f s", QTest::currentTestFunction(), qPrintable(tag),
            qPrintable(lines.join(u' ')), double(m_sinceMended.elapsed()) / 1000);
    }

    QString addressOfTheSilent()
    {
        if (!m_silent.isListening())
            m_silent.listen(QHostAddress::LocalHost);
        return text("https://127.0.0.1:%1").arg(m_silent.serverPort());
    }

    QString badKubeconfig(const QString &kind)
    {
        const QString file = kind + text(".yaml");
        const QString server = text("set clusters.local.server ");
        const QString set = text("set users.%1.").arg(m_workshop.user());
        const QString unset = text("un") + set;
        if (kind == text("missing"))
            return m_workshop.path(file);
        if (kind == text("empty"))
            return m_workshop.write(file, {});
        if (kind == text("broken"))
            return m_workshop.write(file, "clusters:\n- name: local\n  cluster: [\n");
        if (kind == text("no-context"))
            return m_workshop.write(file, "apiVersion: v1\nkind: Config\n");
        if (kind == text("no-key"))
            return m_workshop.changed(
                file, {unset + text("client-key-data"), set + text("client-key /nowhere/admin.key")});
        if (kind == text("bad-key"))
            return m_workshop.changed(file, {set + text("client-key-data bm90IGEga2V5")});
        if (kind == text("expired"))
            return m_workshop.expired(file);
        if (kind == text("absent"))
            return m_workshop.changed(file, {server + text("https://127.0.0.1:1")});
        if (kind == text("silent"))
            return m_workshop.changed(file, {server + addressOfTheSilent()});
        if (kind == text("refused"))
            return m_workshop.changed(file,
                {unset + text("client-certificate-data"), unset + text("client-key-data"), set + text("token wrong")});
        return m_workshop.write(file, m_workshop.good());
    }

    void fillEnableForm()
    {
        m_driver->click(text("overviewEnableButton"));
        m_driver->choose(text("storageClassCombo"), text("standard"));
        m_driver->type(text("storageEdit"), text("1"));
        m_driver->press(text("replicasChoice"), text("1"));
        m_driver->type(text("clientPasswordEdit"), text("faults-are-normal-4711"));
    }

    /// Asked while a fault lasts, which only ends afterwards: a window that waits for its end never gets there.
    bool answersTheMouse(const char *titles = "Streams Overview")
    {
        auto *tabs = m_driver->find<QTabBar>(text("workspaceTabs"));
        const QStringList wanted = words(titles);
        return tabs && std::all_of(wanted.begin(), wanted.end(), [&](const QString &title) {
            int index = tabs->count() - 1;
            while (index >= 0 && !tabs->tabText(index).remove(u'&').startsWith(title))
                --index;
            const bool isThere = Mouse::click(*tabs, tabs->tabRect(index).center())
                && m_driver->waitFor([&] { return tabs->currentIndex() == index; });
            if (!isThere)
                qWarning("A click of the mouse does not lead to %s.", qPrintable(title));
            return isThere;
        });
    }

    bool answersTheMouseOnEveryTab()
    {
        return answersTheMouse("Accounts Streams Consumers Settings Insights Logs Overview");
    }

private Q_SLOTS:
    void beginsToCountStandstills()
    {
        connect(&m_pulse, &QTimer::timeout, this, &FaultsTest::beat);
        m_sinceBeat.start();
        m_pulse.start(50);
        QVERIFY(!m_workshop.good().isEmpty());
    }

    void saysWhatIsWrongWithAKubeconfig_data()
    {
        QTest::addColumn<QString>("context");
        QTest::addColumn<QStringList>("said");
        const auto add = [](const char *kind, const QStringList &said, const char *context = "") {
            QTest::newRow(kind) << text(context) << said;
        };
        const QString user = m_workshop.user();
        add("missing", {text("There is no kubeconfig at"), text("name another by --kubeconfig")});
        add("empty", {text("it is empty"), text("Correct the file")});
        add("broken", {text("broken.yaml, line "), text("Correct the file")});
        add("no-context", {text("These files name no context"), text("Choose a kubeconfig here")});
        add("unknown-context", {text("There is no context “production”"), text("Choose one on the left")},
            "production");
        add("no-key",
            {text("The client key of “%1” cannot be read from /nowhere/admin.key").arg(user), text("reload")});
        add("bad-key", {text("an unencrypted EC or RSA key in PEM is needed")});
        add("expired", {text("The client certificate of user “%1” expired on").arg(user), text("Renew it")});
        add("absent", {text("nothing listens there"), text("Check the network and that the cluster runs")});
        add("silent", {text("did not answer in time"), text("Check the network")});
        add("refused", {text("refused the credentials of user “%1”").arg(user), text("Renew them")});
    }

    void saysWhatIsWrongWithAKubeconfig()
    {
        QFETCH(QString, context);
        QFETCH(QStringList, said);
        const QString file = badKubeconfig(text(QTest::currentDataTag()));
        openWindow(file, context);
        for (const QString &sentence : said)
            QVERIFY2(m_driver->shows(sentence), qPrintable(m_driver->failure()));
        const bool isNotice = !m_driver->textIn(text("clusterNotice")).isEmpty();
        const QString all = m_driver->textIn(isNotice ? text("clusterNotice") : text("connectionBanner"));
        m_driver->screenshot(text("fault-") + text(QTest::currentDataTag()));
        QVERIFY(isNotice || answersTheMouse()); // a notice has no tabs

        // mended in the file alone: the window sees it
        m_sinceMended.start();
        QByteArray good = m_workshop.good();
        if (!context.isEmpty())
            good.replace("local-admin", context.toUtf8());
        m_workshop.write(QFileInfo(file).fileName(), good);
        QVERIFY2(m_driver->shows(text("Live"), text("freshnessLabel")), qPrintable(m_driver->failure()));
        note(all);
    }

    void saysThatThereIsNoStorageClass()
    {
        const QString file = m_folder.filePath(text("class.yaml"));
        const QString saved = OtherTools::kubectl(words("get storageclass standard -o yaml"));
        QFile out(file);
        QVERIFY(!saved.isEmpty() && out.open(QIODevice::WriteOnly));
        out.write(saved.toUtf8());
        out.close();
        openWindow();
        m_driver->openTab(text("Settings"));
        m_driver->find<QWidget>(text("enableNatsButton"));
        OtherTools::kubectl(words("delete storageclass standard"));
        const bool isSaid = m_driver->shows(text("This cluster offers no storage class"), text("settingsPage"))
            && m_driver->refuses(text("enableNatsButton"), text("There is no storage class to put volumes on."));
        m_driver->screenshot(text("fault-no-storage-class"));
        const bool isLive = answersTheMouse("Overview Settings");
        OtherTools::kubectl({text("create"), text("-f"), file});
        m_sinceMended.start();
        QVERIFY2(isSaid && isLive, qPrintable(m_driver->failure()));
        QVERIFY2(m_driver->find<QWidget>(text("enableNatsButton")), qPrintable(m_driver->failure()));
        note(text("This cluster offers no storage class, and JetStream keeps its state on volumes."));
    }

    void refusesAViewerByEveryDoor()
    {
        const QString file = qEnvironmentVariable("PENNANT_KUBECONFIG_VIEWER");
        openWindow(file);
        QVERIFY2(m_driver->shows(text("Live"), text("freshnessLabel")), qPrintable(m_driver->failure()));
        m_driver->screenshot(text("fault-viewer-absent"));
        m_driver->openTab(text("Settings"));
        QVERIFY2(m_driver->refuses(text("enableNatsButton"), text("you may not ")), qPrintable(m_driver->failure()));
        m_driver->screenshot(text("fault-viewer-enable"));

        // the services, as a button that was not disabled would ask them
        const ClusterCatalog catalog({file});
        const Result<ClusterAccess> viewer = catalog.resolve(catalog.currentId());
        QVERIFY2(viewer, whyNot(viewer).constData());
        const auto services = connectTo(*viewer, Messaging::defaultNameSpace());
        QVERIFY2(services, whyNot(services).constData());
        RuntimeService &runtime = (*services)->runtime();
        (*services)->start();
        QVERIFY(m_driver->waitFor([&] { return runtime.viewAccess().allowed; }));
        const auto enabled = awaited(runtime.enable(enableRequest()));
        QVERIFY(!enabled && enabled.error().kind == Error::Kind::Forbidden);
        QVERIFY2(enabled.error().summary.contains(text("you may not ")), whyNot(enabled).constData());

        // and the API server, as a program without such services would ask it
        const auto transport = NetworkTransport::create(*viewer);
        QVERIFY2(transport, whyNot(transport).constData());
        KubernetesClient client(**transport);
        const auto written =
            awaited(RuntimeRequests::enable(client, m_time, messagingNamespace, text("viewer@back"), enableRequest()));
        QVERIFY(!written && written.error().kind == Error::Kind::Forbidden);
        QVERIFY(OtherTools::kubectl(words("get namespace pennant-messaging --ignore-not-found")).isEmpty());
    }

    void saysWhyAPodIsNotScheduled()
    {
        OtherTools::kubectl(words("cordon node-1"));
        openWindow();
        fillEnableForm();
        m_driver->click(text("enableNatsButton"));
        m_driver->openTab(text("Overview"));
        QVERIFY2(m_driver->shows(text("1 node(s) were unschedulable"), text("lifecycleStepList")),
            qPrintable(m_driver->failure()));
        QVERIFY(isOperation("running", "wait_for_pods"));
        m_driver->screenshot(text("fault-unschedulable"));
        QVERIFY(answersTheMouse());
    }

    void enableOutlivesTheProgram()
    {
        const QString first = ClusterFaults::driver();
        closeWindow();
        {
            const ClusterFaults::Program program;
            QVERIFY(ClusterFaults::eventually([&] { return ClusterFaults::driver() != first; }));
            QVERIFY(ClusterFaults::eventually([] { return isOperation("running", "wait_for_pods"); }));
            QVERIFY(program.isRunning());
        }
        m_sinceMended.start();
        openWindow();
        QVERIFY2(m_driver->shows(text("carried out by this workstation"), text("lifecycleDriverLabel")),
            qPrintable(m_driver->failure()));
        const auto isWaiting = [this] {
            return m_driver->textIn(text("lifecycleStepList")).contains(text("unschedulable"));
        };
        QVERIFY(m_driver->waitFor([&] { return !isWaiting(); })); // it begins with the first step
        QVERIFY(m_driver->waitFor(isWaiting));
        note(m_driver->textIn(text("lifecycleDriverLabel")));
    }

    /// For longer than the Lease lasts: the program may not go on as if it still had it.
    void enableOutlivesTheApiServer()
    {
        QVERIFY(ClusterFaults::localCluster(text("kill kube-apiserver")));
        const bool isStale = m_driver->shows(text("Stale since"), text("connectionBanner"));
        QTest::qWait(leaseMs);
        const bool isLive = answersTheMouseOnEveryTab();
        m_driver->screenshot(text("fault-enable-cut"));
        const QString said = m_driver->textIn(text("connectionBanner"));
        QVERIFY(ClusterFaults::localCluster(text("mend kube-apiserver")));
        m_sinceMended.start();
        QVERIFY2(isStale && isLive, qPrintable(m_driver->failure()));
        QVERIFY2(m_driver->shows(text("Live"), text("freshnessLabel")), qPrintable(m_driver->failure()));
        QVERIFY2(m_driver->shows(text("carried out by this workstation"), text("lifecycleDriverLabel")),
            qPrintable(m_driver->failure()));
        QVERIFY2(m_driver->shows(text("1 node(s) were unschedulable"), text("lifecycleStepList")),
            qPrintable(m_driver->failure()));
        QVERIFY(isOperation("running", "wait_for_pods"));
        note(said);
    }

    void failsForAnImageThatCannotBePulled()
    {
        const auto setImage = [](const QString &image) {
            OtherTools::kubectl(
                words("set image statefulset/nats -n pennant-messaging") + QStringList{text("nats=") + image});
        };
        // Again and again: Enable, which goes on once it has its Lease back, sets it back for a last time. The pod with
        // the image of before would start as soon as there is a node for it.
        QVERIFY(ClusterFaults::eventually([setImage] {
            setImage(text("pennant.invalid/nats:none"));
            return OtherTools::kubectl(words("get pod nats-0 -n pennant-messaging --ignore-not-found "
                                             "-o jsonpath={.spec.containers[*].image}"))
                .contains(text("pennant.invalid/nats:none"));
        }));
        OtherTools::kubectl(words("uncordon node-1"));
        QVERIFY2(m_driver->shows(text("pennant.invalid/nats:none"), text("lifecycleStepList")),
            qPrintable(m_driver->failure()));
        m_driver->screenshot(text("fault-image-waiting"));
        QVERIFY(answersTheMouse());
        QVERIFY2(m_driver->shows(text("0 of 1 pods are ready. Mend what the cluster says below, then retry"),
                     text("lifecycleFailureMessage"), 180),
            qPrintable(m_driver->failure()));
        QVERIFY(m_driver->shows(text("pennant.invalid/nats:none"), text("lifecycleFailureMessage")));
        QVERIFY(m_driver->shows(text("Failed"), text("runtimeBadge")));
        m_driver->screenshot(text("fault-image-failed"));
        const QString said = m_driver->textIn(text("lifecycleFailureMessage"));

        // it sets the image back
        m_sinceMended.start();
        m_driver->click(text("retryReconcileButton"));
        QVERIFY(m_driver->shows(text("carried out by this workstation"), text("lifecycleDriverLabel")));
        // and this program goes as well: another one ends what was begun
        closeWindow();
        const ClusterFaults::Program program;
        QVERIFY(ClusterFaults::eventually([] { return isOperation("done", ""); }, 120));
        note(said);
    }

    void saysThatItIsStale_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::newRow("frozen") << text("freeze");
        QTest::newRow("killed") << text("kill");
    }

    void saysThatItIsStale()
    {
        QFETCH(QString, fault);
        openWindow();
        QVERIFY(m_driver->shows(text("Live"), text("freshnessLabel")));
        QElapsedTimer timer;
        timer.start();
        const bool isOrdered = ClusterFaults::localCluster(fault + text(" kube-apiserver"));
        const qint64 orderedMs = timer.restart();
        const bool isStale = m_driver->shows(text("Stale since"), text("connectionBanner"));
        qInfo("%s: in force after %.1f s, stale after %.1f s more", qPrintable(fault), double(orderedMs) / 1000,
            double(timer.elapsed()) / 1000);
        const bool isLive = answersTheMouseOnEveryTab();
        m_driver->screenshot(text("fault-") + text(QTest::currentDataTag()));
        const QString said = m_driver->textIn(text("connectionBanner"));
        const bool isMended = ClusterFaults::localCluster(text("mend kube-apiserver"));
        m_sinceMended.start();
        QVERIFY2(isOrdered && isMended && isStale && isLive, qPrintable(m_driver->failure()));
        QVERIFY2(m_driver->shows(text("Live"), text("freshnessLabel")), qPrintable(m_driver->failure()));
        note(said);
    }

    void showsAViewerWhatItMayNotDo()
    {
        openWindow(qEnvironmentVariable("PENNANT_KUBECONFIG_VIEWER"));
        QVERIFY2(m_driver->shows(text("Ready"), text("runtimeBadge")), qPrintable(m_driver->failure()));
        m_driver->screenshot(text("fault-viewer-overview"));
        m_driver->openTab(text("Streams"));
        m_driver->screenshot(text("fault-viewer-streams"));
        QVERIFY2(m_driver->refuses(text("newStreamButton"), text("you may not ")), qPrintable(m_driver->failure()));
        m_driver->openTab(text("Consumers"));
        QVERIFY2(m_driver->refuses(text("newConsumerButton"), text("you may not ")), qPrintable(m_driver->failure()));
        m_driver->openTab(text("Settings"));
        m_driver->screenshot(text("fault-viewer-settings"));
        QVERIFY2(m_driver->refuses(text("disableNatsButton"), text("you may not delete statefulsets")),
            qPrintable(m_driver->failure()));
    }

    void disableOutlivesTheProgram()
    {
        openWindow();
        // what holds a volume holds the operation
        const QString claim =
            OtherTools::kubectl(words("get persistentvolumeclaim -n pennant-messaging -o name")).trimmed();
        const auto hold = [&](const QString &finalizers) {
            OtherTools::kubectl({text("patch"), claim, text("-n"), messagingNamespace, text("--type=merge"), text("-p"),
                text("{\"metadata\":{\"finalizers\":%1}}").arg(finalizers)});
        };
        hold(text("[\"pennant.test/held\"]"));
        m_driver->openTab(text("Settings"));
        m_driver->click(text("disableNatsButton"));
        m_driver->type(text("confirmNameEdit"), text("local-admin"));
        m_driver->click(text("confirmDangerButton"));
        const auto isHeld = [] { return isOperation("running", "delete_volumes"); };
        QVERIFY2(ClusterFaults::eventually(isHeld), qPrintable(m_driver->failure()));
        const QString first = ClusterFaults::driver();
        closeWindow();
        {
            const ClusterFaults::Program program;
            QVERIFY(ClusterFaults::eventually([&] { return ClusterFaults::driver() != first; }));
            QVERIFY(ClusterFaults::eventually(isHeld));
            QVERIFY(program.isRunning());
        }
        hold(text("[]"));
        m_sinceMended.start();
        openWindow();
        QVERIFY2(m_driver->shows(text("Removing the runtime"), text("overviewPage")), qPrintable(m_driver->failure()));
        const QString said = m_driver->textIn(text("lifecycleStepList"));
        QVERIFY2(m_driver->shows(text("NATS is not enabled on this cluster"), text("overviewPage")),
            qPrintable(m_driver->failure()));
        note(said);
        QVERIFY(ClusterFaults::eventually(
            [] { return OtherTools::kubectl(words("get namespace pennant-messaging --ignore-not-found")).isEmpty(); }));
    }

    /// Whatever failed: the cluster is left as it was.
    void cleanupTestCase()
    {
        qInfo("the longest standstill of the window: %lld ms", m_standstillMs);
        closeWindow();
        ClusterFaults::localCluster(text("mend kube-apiserver"));
        OtherTools::kubectl(words("uncordon node-1"));
        OtherTools::kubectl(words("delete namespace pennant-messaging --ignore-not-found --timeout=60s"));
    }
};

int main(int argc, char **argv)
{
    const auto application = createTestApplication(argc, argv);
    FaultsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "e2e_faults.moc"
