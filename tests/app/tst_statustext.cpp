// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/statustext.h"

#include "services/kubernetes/clusteraccess.h"

#include <QDir>
#include <QFontMetrics>
#include <QTest>

class TestStatusText final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysHowFresh();
    void tellsRefusalsFromSilence();
    void elidesPathsByFolders();
    void namesTheKubeconfigThatKubectlWouldNotRead();
    void saysWhatIsUnderWay();
    void saysWhatRuns();
    void saysHowManyPodsAreDown();
};

void TestStatusText::saysHowFresh()
{
    const QDateTime now(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC);
    using State = Freshness::State;
    QCOMPARE(freshnessText({State::Live, now, {}}, now), u"Live"_qs);
    QCOMPARE(freshnessText({State::Syncing, now, {}}, now), u"Connecting…"_qs);
    QCOMPARE(freshnessText({State::Syncing, now, {}}, now.addSecs(4)), u"Connecting…"_qs);
    QCOMPARE(freshnessText({State::Syncing, now, {}}, now.addSecs(5)), u"No answer for 5 s"_qs);
    QCOMPARE(freshnessText({State::Syncing, {}, {}}, now), u"Connecting…"_qs);
    QCOMPARE(freshnessText({State::Syncing, now, u"refused"_qs}, now.addSecs(5)), u"Not connected"_qs);
    QCOMPARE(freshnessText({State::Syncing, now, u"no"_qs, Error::Kind::Forbidden}, now), u"Refused"_qs);
    QCOMPARE(freshnessText({State::Stale, now, u"refused"_qs}, now.addSecs(12)), u"Stale for 12 s"_qs);
    QCOMPARE(freshnessText({State::Stale, now, {}}, now.addSecs(125)), u"Stale for 2 min"_qs);
    QCOMPARE(freshnessText({State::Stale, now, {}}, now.addSecs(3700)), u"Stale for 1 h 1 min"_qs);
    QCOMPARE(freshnessText({State::Stale, now, {}}, now.addSecs(-5)), u"Stale for 0 s"_qs);
    QCOMPARE(lastSeenText(u"Ready"_qs, {State::Live, now, {}}), u"Ready"_qs);
    QCOMPARE(lastSeenText(u"Ready"_qs, {State::Stale, now, {}}), u"Ready when last seen"_qs);
    QVERIFY(lastSeenText({}, {State::Stale, now, {}}).isEmpty());
}

void TestStatusText::tellsRefusalsFromSilence()
{
    using State = Freshness::State;
    const auto wordOf = [](State state, std::optional<Error::Kind> kind) {
        return stateWord(connectionState({state, {}, u"why"_qs, kind}));
    };
    for (const State state : {State::Syncing, State::Stale}) {
        QCOMPARE(wordOf(state, Error::Kind::Offline), u"offline"_qs);
        QCOMPARE(wordOf(state, Error::Kind::Timeout), u"offline"_qs);
        QCOMPARE(wordOf(state, Error::Kind::Unauthorized), u"refused"_qs);
        QCOMPARE(wordOf(state, Error::Kind::Forbidden), u"refused"_qs);
        QCOMPARE(wordOf(state, Error::Kind::Tls), u"not trusted"_qs);
        QCOMPARE(wordOf(state, Error::Kind::NotFound), u"failing"_qs);
        QCOMPARE(wordOf(state, Error::Kind::Server), u"failing"_qs);
    }
    QCOMPARE(stateWord(connectionState({State::Syncing, {}, {}})), u"connecting"_qs);
    QCOMPARE(stateWord(connectionState({State::Live, {}, {}})), QString());
}

void TestStatusText::elidesPathsByFolders()
{
    const QFontMetrics metrics{QFont()};
    const auto elided = [&metrics](
                            const QString &fitting, const QString &path = u"/home/ana/state/admin.kubeconfig"_qs) {
        return elidedPath(path, metrics, metrics.horizontalAdvance(fitting));
    };
    QCOMPARE(elided(u"/home/ana/state/admin.kubeconfig"_qs), u"/home/ana/state/admin.kubeconfig"_qs);
    QCOMPARE(elided(u"…/ana/state/admin.kubeconfig"_qs), u"…/ana/state/admin.kubeconfig"_qs);
    QCOMPARE(elided(u"…na/state/admin.kubeconfig"_qs), u"…/state/admin.kubeconfig"_qs);
    QCOMPARE(elided(u"…/admin.kubeconfig"_qs), u"…/admin.kubeconfig"_qs);
    const QString name = elided(u"admin.kube"_qs);
    QVERIFY2(name.startsWith(u"ad"_qs) && name.contains(u'…') && name.endsWith(u"ig"_qs), qPrintable(name));
    QCOMPARE(elided(u"~/.kube/config"_qs, u"~/.kube/config"_qs), u"~/.kube/config"_qs);
    QCOMPARE(elided(u"…/config"_qs, u"~/.kube/config"_qs), u"…/config"_qs);
}

void TestStatusText::namesTheKubeconfigThatKubectlWouldNotRead()
{
    const QByteArray before = qgetenv("KUBECONFIG");
    qputenv("KUBECONFIG", "/etc/a:/etc/b");
    const auto toTell = [](const QString &file, bool isMerged) {
        ClusterAccess access;
        access.file = file;
        access.isOfMergedFiles = isMerged;
        return kubeconfigToTell(access);
    };
    QVERIFY(toTell(u"/etc/b"_qs, true).isEmpty());
    // among the others its names may lead elsewhere
    QCOMPARE(toTell(u"/etc/b"_qs, false), u"/etc/b"_qs);
    QCOMPARE(toTell(u"/etc/c"_qs, false), u"/etc/c"_qs);
    QCOMPARE(toTell(u"c"_qs, false), QDir::current().absoluteFilePath(u"c"_qs));
    qputenv("KUBECONFIG", "/etc/b");
    QVERIFY(toTell(u"/etc/b"_qs, false).isEmpty());
    qunsetenv("KUBECONFIG");
    QVERIFY(toTell(QDir::homePath() + u"/.kube/config"_qs, false).isEmpty());
    if (!before.isNull())
        qputenv("KUBECONFIG", before);
}

void TestStatusText::saysWhatIsUnderWay()
{
    RuntimeStatus status;
    QVERIFY(operationText(status).isEmpty());
    status.phase = RuntimePhase::Provisioning;
    QCOMPARE(operationText(status), u"Enable NATS"_qs);
    RuntimeStep done;
    done.state = RuntimeStep::State::Done;
    RuntimeStep current;
    current.state = RuntimeStep::State::Current;
    status.steps = {done, current, RuntimeStep()};
    QCOMPARE(operationText(status), u"Enable NATS · step 2 of 3"_qs);
    status.phase = RuntimePhase::Deleting;
    QCOMPARE(operationText(status), u"Disable NATS · step 2 of 3"_qs);
    status.phase = RuntimePhase::Ready;
    QVERIFY(operationText(status).isEmpty());
}

void TestStatusText::saysWhatRuns()
{
    RuntimeStatus status;
    QVERIFY(runtimeText(status).isEmpty());
    status.phase = RuntimePhase::Ready;
    status.spec = RuntimeSpec{};
    RuntimePod pod;
    pod.ready = true;
    status.pods = {pod, RuntimePod()};
    status.serverImage = u"registry.example:5000/nats:2.14.9-alpine"_qs;
    QCOMPARE(runtimeText(status), u"NATS 2.14.9 · 1 of 3 pods"_qs);
    status.serverImage = u"nats:latest"_qs;
    QCOMPARE(runtimeText(status), u"NATS nats:latest · 1 of 3 pods"_qs);
}

void TestStatusText::saysHowManyPodsAreDown()
{
    RuntimeStatus status;
    status.phase = RuntimePhase::Ready;
    status.spec = RuntimeSpec{};
    RuntimePod well;
    well.ready = true;
    status.pods = {well, RuntimePod(), RuntimePod()};
    QCOMPARE(phaseText(status), u"Ready · 1 of 3 pods"_qs);
    QCOMPARE(phaseTone(status), Tone::Warning);
    QCOMPARE(runtimeWord(status), u"degraded"_qs);
    status.pods = {RuntimePod(), RuntimePod(), RuntimePod()};
    QCOMPARE(phaseText(status), u"Down · 0 of 3 pods"_qs);
    QCOMPARE(phaseTone(status), Tone::Bad);
    QCOMPARE(runtimeWord(status), u"down"_qs);
    status.pods = {well, well, well};
    QCOMPARE(phaseText(status), u"Ready"_qs);
    QCOMPARE(phaseTone(status), Tone::Good);
    QVERIFY(runtimeWord(status).isEmpty());
    status.deviation = RuntimeDeviation();
    QCOMPARE(phaseText(status), u"Ready · changed by hand"_qs);
    QCOMPARE(phaseTone(status), Tone::Warning);
    status.deviation.reset();
    status.phase = RuntimePhase::Updating;
    status.pods = {well};
    QCOMPARE(phaseText(status), u"Updating"_qs);
    QCOMPARE(runtimeWord(status), u"changing"_qs);
    status.phase = RuntimePhase::Failed;
    QCOMPARE(runtimeWord(status), u"failed"_qs);
    QVERIFY(runtimeWord(RuntimeStatus()).isEmpty());
}

QTEST_MAIN(TestStatusText)
#include "tst_statustext.moc"
