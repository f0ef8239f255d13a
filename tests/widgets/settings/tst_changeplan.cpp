// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/runtimegallery/madeupruntime.h"
#include "widgets/settings/changeplan.h"

#include <QTest>

#include <algorithm>

class TestChangePlan final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isEmptyWithoutChanges();
    void namesEachChangeAndWhyItIsRefused();
    void callsTheRestartOfOneServerWhatItIs();
    void callsShrinkingImpossible();
    void saysWhatEnableCreates();
    void saysWhatDisableTakes();
    void claimsNoNumbersThatAreNotKnown();
    void leavesOutWhatThereIsNoneOf();
    void warnsWhereOneNodeTakesTheMajorityAlong_data();
    void warnsWhereOneNodeTakesTheMajorityAlong();
    void saysWhatBecomesOfTheNamespace();
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

void TestChangePlan::callsTheRestartOfOneServerWhatItIs()
{
    RuntimeSpec running = MadeUp::spec();
    running.replicas = 1;
    RuntimeSpec wanted = running;
    wanted.webSocketEnabled = !running.webSocketEnabled;
    QCOMPARE(plannedChanges(running, wanted).first().tag, QStringLiteral("Restart, clients are away meanwhile"));
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
    QCOMPARE(cluster[0],
        (FactList::Fact{QStringLiteral("Namespace"), QStringLiteral("messages, where it is not there yet")}));
    QCOMPARE(cluster[1].value, QStringLiteral("3 pods, one cluster"));
    QCOMPARE(cluster[2].value, QStringLiteral("3 of 80 GiB, 240 GiB in all"));
    RuntimeSpec single = MadeUp::spec();
    single.replicas = 1;
    QCOMPARE(creationPlan(single, {})[2].value, QStringLiteral("1 of 80 GiB"));
    QCOMPARE(
        creationPlan(single, {})[3].value, QStringLiteral("for clients and browsers, and for the name of the pod"));
    QCOMPARE(cluster[3].value, QStringLiteral("for clients and browsers, and between servers"));
    QVERIFY(!creationPlan(single, {})[4].value.contains(QStringLiteral("at a time")));
    QVERIFY(cluster[4].value.contains(QStringLiteral("at most one pod down at a time")));
    const auto isNamed = [&cluster](const QString &name) {
        return std::any_of(cluster.begin(), cluster.end(), [&name](const auto &fact) { return fact.label == name; });
    };
    for (const char *made : {"Network policy", "Secrets", "Roles", "Account"})
        QVERIFY2(isNamed(QLatin1String(made)), made);
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

void TestChangePlan::warnsWhereOneNodeTakesTheMajorityAlong_data()
{
    QTest::addColumn<int>("replicas");
    QTest::addColumn<QStringList>("nodes");
    QTest::addColumn<QString>("headline");
    const QStringList all{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("d")};
    QTest::newRow("1 on none") << 1 << QStringList() << QStringLiteral("No node takes pods at the moment");
    QTest::newRow("1 on one") << 1 << all.first(1) << QString();
    QTest::newRow("3 on one") << 3 << all.first(1) << QStringLiteral("All 3 pods will share one node, a");
    QTest::newRow("3 on two") << 3 << all.first(2) << QStringLiteral("3 pods will share 2 nodes");
    QTest::newRow("3 on three") << 3 << all.first(3) << QString();
    QTest::newRow("5 on one") << 5 << all.first(1) << QStringLiteral("All 5 pods will share one node, a");
    QTest::newRow("5 on two") << 5 << all.first(2) << QStringLiteral("5 pods will share 2 nodes");
    QTest::newRow("5 on three") << 5 << all.first(3) << QString(); // 2, 2 and 1: three are left
    QTest::newRow("5 on four") << 5 << all << QString();
}

void TestChangePlan::warnsWhereOneNodeTakesTheMajorityAlong()
{
    QFETCH(int, replicas);
    QFETCH(QStringList, nodes);
    QFETCH(QString, headline);
    const auto said = crowding(replicas, nodes);
    QCOMPARE(said.has_value(), !headline.isEmpty());
    if (said)
        QCOMPARE(said->headline, headline);
}

void TestChangePlan::saysWhatBecomesOfTheNamespace()
{
    using State = NamespaceFate::State;
    const QString name = QStringLiteral("messages");
    QCOMPARE(fateText(name, {State::Stays, QStringLiteral("It was there before Enable.")}),
        QStringLiteral("The namespace messages stays. It was there before Enable."));
    QVERIFY(fateText(name, {}).contains(QStringLiteral("messages is deleted as well")));
    QCOMPARE(fateText(name, {State::Gone, {}}), QString());
}

QTEST_GUILESS_MAIN(TestChangePlan)
#include "tst_changeplan.moc"
