// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/podrules.h"

#include "tests/support/messagingfixture.h"

#include <QJsonArray>
#include <QTest>

namespace {

QJsonObject podWith(const QJsonObject &status)
{
    QJsonObject pod = MessagingFixture::pod(u"nats-0"_qs, false);
    pod[u"status"_qs] = status;
    return pod;
}

QJsonObject unschedulable()
{
    const QJsonObject scheduled{
        {u"type"_qs, u"PodScheduled"_qs}, {u"status"_qs, u"False"_qs}, {u"reason"_qs, u"Unschedulable"_qs}};
    return podWith({{u"phase"_qs, u"Pending"_qs}, {u"conditions"_qs, QJsonArray{scheduled}}});
}

/// Its only container is in `state` ("waiting", "running", "terminated") for `reason`.
QJsonObject podIn(const QString &state, const QString &reason, const QJsonObject &lastState = {})
{
    const QJsonObject container{{u"name"_qs, u"nats"_qs}, {u"restartCount"_qs, 0}, {u"lastState"_qs, lastState},
        {u"state"_qs, QJsonObject{{state, QJsonObject{{u"reason"_qs, reason}}}}}};
    const QString phase = state == u"running"_qs ? u"Running"_qs : u"Pending"_qs;
    return podWith({{u"phase"_qs, phase}, {u"containerStatuses"_qs, QJsonArray{container}}});
}

} // namespace

class TestPodRules final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsWhatHasNeverRun_data();
    void knowsWhatHasNeverRun();
    void namesTheNodeThatIsNotReady_data();
    void namesTheNodeThatIsNotReady();
    void keepsTheSchedulersWordsBehindWhatTheyMean();
    void isNotReadyOnceItIsBeingDeleted();
};

void TestPodRules::isNotReadyOnceItIsBeingDeleted()
{
    QJsonObject pod = MessagingFixture::pod(u"nats-0"_qs, true);
    QVERIFY(runtimePod(pod).ready);
    QJsonObject metadata = pod[u"metadata"_qs].toObject();
    metadata[u"deletionTimestamp"_qs] = u"2026-01-02T03:04:05Z"_qs;
    pod[u"metadata"_qs] = metadata;
    QVERIFY(!runtimePod(pod).ready);
    QVERIFY(runtimePod(pod).isEnding);
    QCOMPARE(runtimePod(pod).state, u"Terminating"_qs);
}

void TestPodRules::knowsWhatHasNeverRun_data()
{
    const QJsonObject ended{{u"terminated"_qs, QJsonObject{{u"exitCode"_qs, 1}}}};
    QTest::addColumn<QJsonObject>("pod");
    QTest::addColumn<QString>("state");
    QTest::addColumn<bool>("hasRun");
    QTest::newRow("on no node yet") << unschedulable() << u"Unschedulable"_qs << false;
    QTest::newRow("not taken up yet") << podWith({{u"phase"_qs, u"Pending"_qs}}) << u"Pending"_qs << false;
    QTest::newRow("being created") << podIn(u"waiting"_qs, u"ContainerCreating"_qs) << u"ContainerCreating"_qs << false;
    QTest::newRow("without its image") << podIn(u"waiting"_qs, u"ErrImagePull"_qs) << u"ErrImagePull"_qs << false;
    QTest::newRow("runs") << podIn(u"running"_qs, {}) << u"Running"_qs << true;
    QTest::newRow("has ended") << podIn(u"terminated"_qs, u"Error"_qs) << u"Error"_qs << true;
    QTest::newRow("comes back") << podIn(u"waiting"_qs, u"CrashLoopBackOff"_qs, ended) << u"CrashLoopBackOff"_qs
                                << true;
}

void TestPodRules::knowsWhatHasNeverRun()
{
    QFETCH(QJsonObject, pod);
    QFETCH(QString, state);
    QFETCH(bool, hasRun);
    QCOMPARE(runtimePod(pod).state, state);
    QCOMPARE(runtimePod(pod).unstartedContainers, hasRun ? QStringList() : QStringList{u"nats"_qs});
}

void TestPodRules::namesTheNodeThatIsNotReady_data()
{
    QTest::addColumn<QJsonObject>("status");
    QTest::addColumn<bool>("isNode");
    const auto conditions = [](const QString &ready, const QString &containers) {
        return QJsonArray{QJsonObject{{u"type"_qs, u"Ready"_qs}, {u"status"_qs, ready}},
            QJsonObject{{u"type"_qs, u"ContainersReady"_qs}, {u"status"_qs, containers}}};
    };
    const auto running = [](const QJsonArray &is) {
        return QJsonObject{{u"phase"_qs, u"Running"_qs}, {u"conditions"_qs, is}};
    };
    QTest::newRow("well") << running(conditions(u"True"_qs, u"True"_qs)) << false;
    QTest::newRow("its own fault") << running(conditions(u"False"_qs, u"False"_qs)) << false;
    QTest::newRow("its node's") << running(conditions(u"False"_qs, u"True"_qs)) << true;
    QTest::newRow("lost") << QJsonObject{{u"phase"_qs, u"Running"_qs}, {u"reason"_qs, u"NodeLost"_qs}} << true;
}

void TestPodRules::namesTheNodeThatIsNotReady()
{
    QFETCH(QJsonObject, status);
    QFETCH(bool, isNode);
    const QJsonObject document = podWith(status);
    const RuntimePod pod = runtimePod(document);
    QCOMPARE(pod.state, isNode ? u"NodeNotReady"_qs : u"Running"_qs);
    QCOMPARE(pod.reason.startsWith(u"Node node-1 is not ready"_qs), isNode);
    QCOMPARE(waitReason({document}, {}, {}).sentence.contains(u"node-1"_qs), isNode);
}

void TestPodRules::keepsTheSchedulersWordsBehindWhatTheyMean()
{
    const QString words = u"0/1 nodes are available: 1 Insufficient cpu."_qs;
    const QJsonObject scheduled{{u"type"_qs, u"PodScheduled"_qs}, {u"status"_qs, u"False"_qs},
        {u"reason"_qs, u"Unschedulable"_qs}, {u"message"_qs, words}};
    const RuntimePod pod =
        runtimePod(podWith({{u"phase"_qs, u"Pending"_qs}, {u"conditions"_qs, QJsonArray{scheduled}}}));
    QVERIFY(pod.reason.startsWith(u"Too little CPU is free."_qs));
    QVERIFY(pod.reason.endsWith(words));
}

QTEST_GUILESS_MAIN(TestPodRules)
#include "tst_podrules.moc"
