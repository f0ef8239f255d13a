// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/clusterfaults.h"
#include "tests/e2e/faulttest.h"
#include "tests/e2e/othertools.h"

#include <QClipboard>
#include <QElapsedTimer>
#include <QFile>
#include <QGuiApplication>
#include <QRegularExpression>
#include <QTest>

using ClusterFaults::localCluster;

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

const QString place = QStringLiteral("pennant-messaging");

} // namespace

/// What the window makes of a kubelet, a NATS server and a clock that fail while a runtime is in sight: lists come by
/// tunnels that the kubelet carries, logs from the kubelet itself. To be run by tests/e2e/with-clock.
class RuntimeTruthTest final : public FaultTest {
    Q_OBJECT

private:
    /// What the list of streams says of itself.
    QString listBanner() const { return m_driver->textIn(text("streamBanner")); }
    bool isListTrue() const { return listBanner().isEmpty() && isLive(); }
    Fault ofList(const QString &name, Condition inflict, int lasts, Condition mend) const
    {
        return {name, std::move(inflict), lasts, std::move(mend), [this] { return !listBanner().isEmpty(); },
            [this] { return isListTrue(); }, [this] { return listBanner(); }};
    }
    static bool signalServer(const char *signal)
    {
        const QString uid = OtherTools::kubectl({text("get"), text("pod"), text("nats-0"), text("-n"), place,
            text("-o"), text("jsonpath={.metadata.uid}")});
        return ClusterFaults::signalContainer(uid, text("nats-server"), text(signal));
    }
    static bool setClock(const QByteArray &offset)
    {
        QFile file(qEnvironmentVariable("PENNANT_CLOCK"));
        return file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(offset + '\n') > 0;
    }
    /// Somebody without a password, from inside the cluster: the server's log names `user`.
    static bool knock(const QString &user) { return localCluster(text("exec python3 " PENNANT_KNOCK " ") + user); }
    QString copiedLog()
    {
        m_driver->click(text("logCopyButton"));
        return QGuiApplication::clipboard()->text();
    }
    /// Of `stem`-1 to `stem`-`count`, in the log, in order; else what is there.
    QString knocks(const QString &stem, int count)
    {
        QStringList expected;
        for (int i = 1; i <= count; ++i)
            expected.append(stem + u'-' + QString::number(i));
        static const QRegularExpression name(text("User \"([^\"]*)\""));
        QStringList found;
        for (auto match = name.globalMatch(copiedLog()); match.hasNext();) {
            const QString user = match.next().captured(1);
            if (user.startsWith(stem))
                found.append(user);
        }
        return found == expected ? QString() : found.join(u' ');
    }

private Q_SLOTS:
    void enablesNats()
    {
        QVERIFY2(!qEnvironmentVariableIsEmpty("PENNANT_CLOCK"), "run it by tests/e2e/with-clock");
        openWindow();
        m_driver->click(text("overviewEnableButton"));
        m_driver->choose(text("storageClassCombo"), text("standard"));
        m_driver->type(text("storageEdit"), text("1"));
        m_driver->press(text("replicasChoice"), text("1"));
        m_driver->click(text("generatePasswordButton"));
        m_driver->click(text("enableNatsButton"));
        QVERIFY2(m_driver->shows(text("Ready"), text("runtimeBadge"), 300), qPrintable(m_driver->failure()));
        m_driver->openTab(text("Streams"));
        m_driver->click(text("newStreamButton"));
        m_driver->type(text("streamNameEdit"), text("ORDERS"));
        m_driver->type(text("streamSubjectsEdit"), text("orders.>"));
        m_driver->click(text("createStreamButton"));
        QVERIFY2(m_driver->shows(text("ORDERS"), text("streamTable")), qPrintable(m_driver->failure()));
        QVERIFY(m_driver->waitFor([this] { return isListTrue(); }));
    }

    void seesANatsServerThatFroze()
    {
        measure(ofList(
            text("NATS server frozen"), [] { return signalServer("STOP"); }, 12, [] { return signalServer("CONT"); }));
    }

    /// The list comes back by a tunnel to the pod that takes its place, as soon as that is ready.
    void seesANatsPodThatIsDeleted()
    {
        const auto isReady = [] {
            return OtherTools::kubectl({text("get"), text("pod"), text("nats-0"), text("-n"), place, text("-o"),
                       text("jsonpath={.metadata.deletionTimestamp}{.status.conditions[?(@.type==\"Ready\")].status}")})
                == text("True");
        };
        Fault fault = ofList(
            text("NATS pod deleted (healed: from when it is ready)"),
            [] {
                bool isOk = false;
                OtherTools::kubectl(
                    {text("delete"), text("pod"), text("nats-0"), text("-n"), place, text("--wait=false")}, &isOk);
                return isOk;
            },
            0, [] { return true; });
        fault.isMended = isReady;
        measure(fault);
    }

    void seesAKubeletThatFroze()
    {
        measure(ofList(
            text("kubelet frozen (Streams)"), [] { return localCluster(text("freeze kubelet-1")); }, 12,
            [] { return localCluster(text("mend kubelet-1")); }));
    }

    void seesAKubeletThatDied()
    {
        measure(ofList(
            text("kubelet killed (Streams)"), [] { return localCluster(text("kill kubelet-1")); }, 12,
            [] { return localCluster(text("mend kubelet-1")); }));
    }

    void followsALogThrough_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<QString>("program");
        QTest::newRow("kubelet frozen") << text("freeze") << text("kubelet-1");
        QTest::newRow("kubelet killed") << text("kill") << text("kubelet-1");
        QTest::newRow("API server frozen") << text("freeze") << text("kube-apiserver");
        QTest::newRow("API server killed") << text("kill") << text("kube-apiserver");
    }

    /// What the server says meanwhile is in the log afterwards, each line once.
    void followsALogThrough()
    {
        QFETCH(QString, fault);
        QFETCH(QString, program);
        const QString stem = fault + u'-' + program;
        m_driver->openTab(text("Logs"));
        m_driver->choose(text("containerCombo"), text("nats"));
        QVERIFY(knock(stem + text("-1")));
        QVERIFY2(m_driver->waitFor([&] { return knocks(stem, 1).isEmpty(); }), qPrintable(copiedLog()));
        QVERIFY(localCluster(fault + u' ' + program));
        QVERIFY(knock(stem + text("-2")));
        QTest::qWait(40000);
        QVERIFY(knock(stem + text("-3")));
        const QString said = m_driver->textIn(text("logStatusLabel")) + u' ' + m_driver->textIn(text("logMessage"));
        QVERIFY(localCluster(text("mend ") + program));
        QElapsedTimer timer;
        timer.start();
        QVERIFY2(m_driver->waitFor([&] { return knocks(stem, 3).isEmpty(); }), qPrintable(knocks(stem, 3)));
        const double healed = double(timer.elapsed()) / 1000;
        QVERIFY(knock(stem + text("-4")));
        QVERIFY2(m_driver->waitFor([&] { return knocks(stem, 4).isEmpty(); }), qPrintable(knocks(stem, 4)));
        QVERIFY(m_driver->waitFor([this] { return isLive(); }));
        note(text("log followed, ") + text(QTest::currentDataTag()) + text(" 40 s"), said, {}, healed);
    }

    /// An API server that was away for long takes nodes for lost a moment after it is back, and their pods for not
    /// ready, until their kubelets have reported: that is no fault of the next one.
    void waitsForTheNode()
    {
        QTest::qWait(20'000);
        const auto isReady = [](const QStringList &what) {
            bool isOk = false;
            const QStringList wait{text("wait"), text("--for=condition=Ready"), text("--all"), text("--timeout=5s")};
            OtherTools::kubectl(wait + what, &isOk);
            return isOk;
        };
        QVERIFY(QTest::qWaitFor(
            [&isReady] {
                return isReady({text("node")}) && isReady({text("pod"), text("-n"), place});
            },
            400'000));
        QVERIFY(m_driver->waitFor([this] { return isListTrue(); }));
    }

    void isLiveAfterTheClockWasSet_data()
    {
        QTest::addColumn<QByteArray>("offset");
        // not back before now: the cluster's certificates were made then
        QTest::newRow("wall clock set on by two hours") << QByteArray("+7200");
        QTest::newRow("wall clock set back by an hour") << QByteArray("+3600");
    }

    /// Nothing is said to be stale for it, and what fails afterwards is seen as soon as ever.
    void isLiveAfterTheClockWasSet()
    {
        QFETCH(QByteArray, offset);
        m_driver->openTab(text("Streams"));
        QVERIFY(m_driver->waitFor([this] { return isListTrue(); }));
        QVERIFY(setClock(offset));
        QElapsedTimer timer;
        timer.start();
        double lastUntrue = 0;
        while (timer.elapsed() < 8000) {
            QTest::qWait(50);
            if (!isListTrue())
                lastUntrue = double(timer.elapsed()) / 1000;
        }
        QVERIFY2(isListTrue(), qPrintable(m_driver->textIn()));
        note(text(QTest::currentDataTag()), text("(nothing is to be said)"), {}, lastUntrue);
        measure(ofList(
            text("NATS server frozen after that"), [] { return signalServer("STOP"); }, 5,
            [] { return signalServer("CONT"); }));
        measureProgram(text("API server frozen after that"), text("freeze"), text("kube-apiserver"), 5);
    }

    void leavesNothingBehind()
    {
        QVERIFY(setClock("+0"));
        closeWindow();
        bool isOk = false;
        OtherTools::kubectl({text("delete"), text("namespace"), place, text("--wait=false")}, &isOk);
        QVERIFY(isOk);
    }
};

int main(int argc, char **argv)
{
    qunsetenv("LD_PRELOAD"); // what it starts goes by the machine's clock
    const auto application = createTestApplication(argc, argv);
    RuntimeTruthTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "e2e_truth_runtime.moc"
