// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/runtimegallery/madeupruntime.h"
#include "widgets/settings/changeplan.h"

#include <QTest>

class TestChangePlan final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isEmptyWithoutChanges();
    void namesEachChangeAndWhyItIsRefused();
    void callsShrinkingImpossible();
    void saysWhatEnableCreates();
    void saysWhatDisableTakes();
    void claimsNoNumbersThatAreNotKnown();
    void leavesOutWhatThereIsNoneOf();
};

void TestChangePlan::isEmptyWithoutChanges()
{
    QVERIFY(plannedChanges(MadeUp::spec(), MadeUp::spec()).isEmpty());
}

void TestChangePlan::namesEachChangeAndWhyItIsRefused()
{
    RuntimeSpec wanted = MadeUp::spec();
    wanted.storageGibibytes = 1200;
    wanted.replicas = 1;
    wanted.webSocketEnabled = false;
    const QList<PlannedChange> changes = plannedChanges(MadeUp::spec(), wanted);
    QCOMPARE(changes.size(), 3);
    QCOMPARE(changes[0].tag, QStringLiteral("Volume growth"));
    QCOMPARE(changes[0].title, QStringLiteral("JetStream storage 80 → 1,200 GiB"));
    QCOMPARE(changes[1].tag, QStringLiteral("Guided migration"));
    QCOMPARE(changes[1].title, QStringLiteral("Replica count 3 → 1"));
    QCOMPARE(changes[2].tag, QStringLiteral("Rolling restart"));
    QCOMPARE(changes[2].title, QStringLiteral("WebSocket on → off"));
    const FieldErrors refused = refusedChanges(MadeUp::spec(), wanted);
    for (int i = 0; i < changes.size(); ++i)
        QCOMPARE(changes[i].refusal, refused[i].message);
}

void TestChangePlan::callsShrinkingImpossible()
{
    RuntimeSpec wanted = MadeUp::spec();
    wanted.storageGibibytes = 1;
    QCOMPARE(plannedChanges(MadeUp::spec(), wanted).first().tag, QStringLiteral("Impossible"));
}

void TestChangePlan::saysWhatEnableCreates()
{
    const QList<FactList::Fact> cluster = creationPlan(MadeUp::spec(), QStringLiteral("messages"));
    QCOMPARE(cluster[0], (FactList::Fact{QStringLiteral("Namespace"), QStringLiteral("messages")}));
    QCOMPARE(cluster[1].value, QStringLiteral("3 pods, one cluster"));
    QCOMPARE(cluster[2].value, QStringLiteral("3 of 80 GiB, 240 GiB in all"));
    RuntimeSpec single = MadeUp::spec();
    single.replicas = 1;
    QCOMPARE(creationPlan(single, {})[2].value, QStringLiteral("1 of 80 GiB"));
    single.storageGibibytes = 0;
    QCOMPARE(creationPlan(single, {})[2].value, QString(QChar(0x2014)));
}

void TestChangePlan::saysWhatDisableTakes()
{
    QCOMPARE(disableLosses(MadeUp::spec(), {{}, 1, 4, 9318, ByteCount::mebibytes(2)}),
        (QStringList{QStringLiteral("1 stream"), QStringLiteral("9,318 messages (2.0 MiB)"),
            QStringLiteral("4 consumers"), QStringLiteral("3 volumes of 80 GiB"),
            QStringLiteral("every account and credential")}));
}

void TestChangePlan::claimsNoNumbersThatAreNotKnown()
{
    const QStringList losses = disableLosses(MadeUp::spec(), {});
    QCOMPARE(losses[0], QStringLiteral("every stream with its messages"));
    QCOMPARE(losses[1], QStringLiteral("every consumer"));
}

void TestChangePlan::leavesOutWhatThereIsNoneOf()
{
    QCOMPARE(disableLosses(MadeUp::spec(), {1, 0, 0, 0, ByteCount{}}),
        (QStringList{QStringLiteral("3 volumes of 80 GiB"), QStringLiteral("every account and credential")}));
}

QTEST_GUILESS_MAIN(TestChangePlan)
#include "tst_changeplan.moc"
