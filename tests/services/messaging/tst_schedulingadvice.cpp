// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/schedulingadvice.h"

#include <QTest>

/// What schedulers of Kubernetes 1.28 to 1.35 write, and what is said of it.
class TestSchedulingAdvice final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhatItMeans_data();
    void saysWhatItMeans();
    void saysEveryCauseOnce();
    void leavesOutWhyNothingMakesWay();
    void leavesUnknownWordsAlone();
};

void TestSchedulingAdvice::saysWhatItMeans_data()
{
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("meaning");
    const auto add = [](const char *words, const char *meaning) {
        QTest::newRow(words) << QStringLiteral("0/3 nodes are available: %1.").arg(QLatin1String(words))
                             << QString::fromLatin1(meaning);
    };
    add("3 Insufficient cpu", "Too little CPU is free.");
    add("3 Insufficient memory", "Too little memory is free.");
    add("3 Too many pods", "A node is full of pods.");
    add("pod has unbound immediate PersistentVolumeClaims", "Its volume was not provided yet.");
    add("3 node(s) had volume node affinity conflict", "Its volume can be used only on certain nodes");
    add("3 node(s) didn't find available persistent volumes to bind", "There is no volume for it to have.");
    add("3 node(s) didn't match Pod's node affinity/selector", "Nodes lack the labels");
    add("3 node(s) didn't match pod anti-affinity rules", "Pods that are there already keep this one off");
    add("3 node(s) were unschedulable", "A node is closed to new pods.");
    add("3 node(s) had untolerated taint {dedicated: gpu}", "A node is reserved by the taint dedicated,");
    add("3 node(s) had untolerated taint(s) {dedicated: gpu}", "A node is reserved by the taint dedicated,");
    add("3 node(s) had untolerated taint {node.kubernetes.io/disk-pressure: }", "A node is not well (disk-pressure).");
    QTest::newRow("no node") << QStringLiteral("no nodes available to schedule pods")
                             << QStringLiteral("The cluster has no node that takes pods.");
}

void TestSchedulingAdvice::saysWhatItMeans()
{
    QFETCH(QString, message);
    QFETCH(QString, meaning);
    const QString explained = explainedScheduling(message);
    QVERIFY2(explained.startsWith(meaning), qPrintable(explained));
    QVERIFY2(explained.endsWith(QStringLiteral(" The scheduler: ") + message), qPrintable(explained));
}

void TestSchedulingAdvice::saysEveryCauseOnce()
{
    const QString explained = explainedScheduling(
        QStringLiteral("0/4 nodes are available: 1 Insufficient cpu, 1 Insufficient memory, 1 node(s) had untolerated "
                       "taint {a: }, 1 node(s) had untolerated taint {b: }."));
    for (const char *meaning : {"Too little CPU", "Too little memory", "by the taint a, b,"})
        QCOMPARE(explained.count(QLatin1String(meaning)), 1);
}

void TestSchedulingAdvice::leavesOutWhyNothingMakesWay()
{
    const QString explained =
        explainedScheduling(QStringLiteral("0/1 nodes are available: 1 Insufficient memory. preemption: 0/1 nodes are "
                                           "available: 1 Insufficient cpu."));
    QVERIFY(!explained.contains(QStringLiteral("Too little CPU")));
}

void TestSchedulingAdvice::leavesUnknownWordsAlone()
{
    const QString words = QStringLiteral("0/1 nodes are available: 1 something of a later version.");
    QCOMPARE(explainedScheduling(words), words);
    QCOMPARE(explainedScheduling({}), QString());
}

QTEST_GUILESS_MAIN(TestSchedulingAdvice)
#include "tst_schedulingadvice.moc"
