// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/runtimegallery/madeupruntime.h"
#include "widgets/common/elidinglabel.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/statusbadge.h"
#include "widgets/common/steplist.h"
#include "widgets/overview/lifecyclecard.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

class TestLifecycleCard final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsHowFarItHasCome();
    void alarmsNobodyInTheFirstSecondsOfAStart();
    void countsTheTimeThatHasPassed_data();
    void countsTheTimeThatHasPassed();
    void showsAFailureInFull();
    void keepsTheDetailsAsTheyAreOnARefresh();
    void offersToRetryOnlyWithAccess();
    void saysWhoCarriesItOut();
    void saysThatNobodyDoes();
    void saysThatItStandsStillWhileArchived();
    void countsDownToTheEndOfASilentLease_data();
    void countsDownToTheEndOfASilentLease();

private:
    template <typename Widget> static Widget *child(const LifecycleCard &card, const char *name)
    {
        return card.findChild<Widget *>(QLatin1String(name));
    }
    static QString texts(const LifecycleCard &card)
    {
        QStringList all;
        for (const QLabel *label : card.findChildren<QLabel *>())
            all.append(label->text());
        return all.join(QLatin1Char('\n'));
    }
};

void TestLifecycleCard::saysThatItStandsStillWhileArchived()
{
    LifecycleCard card;
    card.setStatus(MadeUp::provisioning().status);
    card.setArchived(QStringLiteral("bo@desk archived this cluster."));
    QVERIFY(texts(card).contains(QStringLiteral("the cluster is archived")));
    QVERIFY(texts(card).contains(QStringLiteral("bo@desk archived this cluster. It goes on")));
    card.setArchived({});
    card.setStatus(MadeUp::provisioning().status);
    QVERIFY(child<InlineMessage>(card, "lifecycleStalledMessage")->isHidden());
}

void TestLifecycleCard::showsHowFarItHasCome()
{
    LifecycleCard card;
    card.setStatus(MadeUp::provisioning().status);
    QCOMPARE(child<StatusBadge>(card, "lifecyclePhaseBadge")->text(), QStringLiteral("Provisioning"));
    QCOMPARE(child<QLabel>(card, "lifecyclePercentLabel")->text(), QStringLiteral("50%"));
    QCOMPARE(child<StepList>(card, "lifecycleStepList")->steps(), MadeUp::provisioning().status.steps);
    QVERIFY(texts(card).contains(QStringLiteral("step 5 of 8")));
}

void TestLifecycleCard::alarmsNobodyInTheFirstSecondsOfAStart()
{
    RuntimeStatus status = MadeUp::provisioning().status;
    LifecycleCard card;
    const auto note = [&card] { return child<StepList>(card, "lifecycleStepList")->steps().at(4).note; };
    card.setNow(status.since.addSecs(19));
    card.setStatus(status);
    QCOMPARE(note(), QString());
    card.setNow(status.since.addSecs(20));
    QCOMPARE(note(), status.steps.at(4).note);
    // a pod that fails is told at once
    card.setNow(status.since.addSecs(5));
    status.pods[2].state = QStringLiteral("ImagePullBackOff");
    card.setStatus(status);
    QCOMPARE(note(), status.steps.at(4).note);
}

void TestLifecycleCard::countsTheTimeThatHasPassed_data()
{
    QTest::addColumn<int>("seconds");
    QTest::addColumn<QString>("shown");
    QTest::newRow("seconds") << 14 << "· 0:14";
    QTest::newRow("minutes") << 605 << "· 10:05";
    QTest::newRow("hours") << 3725 << "· 1:02:05";
    QTest::newRow("another clock ahead of ours") << -30 << "· 0:00";
}

void TestLifecycleCard::countsTheTimeThatHasPassed()
{
    QFETCH(int, seconds);
    QFETCH(QString, shown);
    const RuntimeStatus status = MadeUp::provisioning().status;
    LifecycleCard card;
    card.setStatus(status);
    card.setNow(status.since.addSecs(seconds));
    QVERIFY2(texts(card).contains(shown), qPrintable(texts(card)));
}

void TestLifecycleCard::showsAFailureInFull()
{
    const RuntimeStatus status = MadeUp::overlong().status;
    LifecycleCard card;
    card.setStatus(status);
    card.show();
    const auto *message = child<InlineMessage>(card, "lifecycleFailureMessage");
    QVERIFY(message->isVisible());
    QCOMPARE(message->title(), status.error->summary);
    QCOMPARE(message->detail(), status.error->detail);
    QVERIFY(message->isDetailShown());
    QVERIFY(card.minimumSizeHint().width() < 760);
}

void TestLifecycleCard::keepsTheDetailsAsTheyAreOnARefresh()
{
    RuntimeStatus status = MadeUp::failed().status;
    LifecycleCard card;
    card.setStatus(status);
    auto *message = child<InlineMessage>(card, "lifecycleFailureMessage");
    message->setDetailShown(false);
    status.pods.clear();
    card.setStatus(status);
    QVERIFY(!message->isDetailShown());
}

void TestLifecycleCard::offersToRetryOnlyWithAccess()
{
    LifecycleCard card;
    QSignalSpy retried(&card, &LifecycleCard::retryRequested);
    card.setStatus(MadeUp::failed().status);
    auto *button = child<QPushButton>(card, "retryReconcileButton");
    card.setRetryAccess(Access::no(QStringLiteral("You may not write here.")));
    button->click();
    QCOMPARE(retried.count(), 0);
    QCOMPARE(button->toolTip(), QStringLiteral("You may not write here."));
    card.setRetryAccess(Access::yes());
    button->click();
    QCOMPARE(retried.count(), 1);
    card.setRetryError(Error{Error::Kind::Offline, QStringLiteral("The API server does not answer."), {}, {}, {}});
    card.show();
    QVERIFY(child<InlineMessage>(card, "retryErrorMessage")->isVisible());
}

void TestLifecycleCard::saysWhoCarriesItOut()
{
    LifecycleCard card;
    card.setStatus(MadeUp::drivenElsewhere().status);
    QCOMPARE(child<ElidingLabel>(card, "lifecycleDriverLabel")->text(),
        QStringLiteral("Requested by ana@laptop · carried out by bo@desk"));
}

void TestLifecycleCard::saysThatNobodyDoes()
{
    const RuntimeStatus status = MadeUp::stalled().status;
    LifecycleCard card;
    card.setStatus(status);
    card.show();
    const auto *message = child<InlineMessage>(card, "lifecycleStalledMessage");
    card.setNow(status.since.addSecs(1));
    QVERIFY(!message->isVisible());
    card.setNow(status.since.addSecs(60));
    QVERIFY(message->isVisible());
}

void TestLifecycleCard::countsDownToTheEndOfASilentLease_data()
{
    QTest::addColumn<bool>("isEarlierRun");
    QTest::addColumn<bool>("goesOnHere");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("next");
    QTest::newRow("an earlier run") << true << true
                                    << "Waiting for an earlier run of Pennant on this workstation (bo@desk)"
                                    << "then this workstation goes on";
    QTest::newRow("another workstation") << false << true << "Waiting for bo@desk"
                                         << "then this workstation goes on";
    QTest::newRow("seen by a viewer") << false << false << "Waiting for bo@desk"
                                      << "then another workstation goes on, if one";
}

void TestLifecycleCard::countsDownToTheEndOfASilentLease()
{
    QFETCH(bool, isEarlierRun);
    QFETCH(bool, goesOnHere);
    QFETCH(QString, title);
    QFETCH(QString, next);
    RuntimeStatus status = MadeUp::drivenElsewhere().status;
    status.goesOnHere = goesOnHere;
    status.silence = DriverSilence{status.since.addSecs(60), isEarlierRun};
    LifecycleCard card;
    card.setNow(status.since.addSecs(48));
    card.setStatus(status);
    card.show();
    const auto *message = child<InlineMessage>(card, "lifecycleStalledMessage");
    QVERIFY(message->isVisible());
    QCOMPARE(message->title(), title);
    QVERIFY2(message->text().contains(QStringLiteral("ends in 12 s")), qPrintable(message->text()));
    QVERIFY2(message->text().contains(next), qPrintable(message->text()));
    QVERIFY(!child<ElidingLabel>(card, "lifecycleDriverLabel")->text().contains(QStringLiteral("carried out")));
    card.setNow(status.since.addSecs(49));
    QVERIFY(message->text().contains(QStringLiteral("ends in 11 s")));
    status.silence.reset();
    card.setStatus(status);
    QVERIFY(!message->isVisible());
}

QTEST_MAIN(TestLifecycleCard)
#include "tst_lifecyclecard.moc"
