// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/runtimegallery/madeupruntime.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/look.h"
#include "widgets/common/secretrow.h"
#include "widgets/common/segmentedchoice.h"
#include "widgets/common/statusbadge.h"
#include "widgets/common/steprail.h"
#include "widgets/common/words.h"
#include "widgets/connection/connectioncard.h"
#include "widgets/overview/lifecyclecard.h"
#include "widgets/overview/overviewview.h"
#include "widgets/overview/podscard.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <algorithm>

class TestOverviewView final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Look::install(*qApp, Look::Scheme::Light); }
    void leadsToEnable();
    void saysWhyEnableIsNotAllowed();
    void saysThatTheClusterIsRead();
    void countsForHowLongTheClusterHasNotAnswered();
    void saysWhatIsNotPermitted();
    void waitsForThePermissionsQuietly();
    void tellsOnceThatTheClusterIsOutOfReach();
    void promisesNothingOfPodsWhileItIsStale();
    void countsPodsAgainstThoseWanted();
    void showsTheLifecycleUntilReady();
    void saysWhichPodsAreDown();
    void saysOnceWhatTakesAllPodsDown();
    void callsAPodStartingInTheFirstSeconds();
    void saysWhatWasChangedByHand();
    void keepsTheKeyboardWhereItIsOverSnapshots();
    void announcesWhatIsWrongOnce();
    void saysHowMuchStreamsMayFill_data();
    void saysHowMuchStreamsMayFill();
    void saysThatUsageIsNotReadAnyMore();
    void leadsToAnotherClassWhileNoVolumeIsBound();
    void saysThatAnEnableHasNotBegun();
    void leadsNobodyToWhatHeMayNotCreate();
    void leadsToTheFirstStreamAndConsumer();
    void nothingIsCutAtTheSmallestWindow_data();
    void nothingIsCutAtTheSmallestWindow();
    void showsAddressesWhole_data();
    void showsAddressesWhole();

private:
    template <typename Widget> static Widget *child(const OverviewView &view, const char *name)
    {
        return view.findChild<Widget *>(QLatin1String(name));
    }
};

void TestOverviewView::leadsToEnable()
{
    OverviewView view;
    QSignalSpy enable(&view, &OverviewView::enableRequested);
    view.setState(MadeUp::absent());
    view.show();
    QVERIFY(child<QWidget>(view, "overviewAbsentState")->isVisible());
    QVERIFY(child<StepRail>(view, "onboardingStepRail")->isVisible());
    child<QPushButton>(view, "overviewEnableButton")->click();
    QCOMPARE(enable.count(), 1);
}

void TestOverviewView::saysWhyEnableIsNotAllowed()
{
    OverviewState state = MadeUp::absent();
    state.enableAccess = Access::no(QStringLiteral("You may not create StatefulSets."));
    OverviewView view;
    view.setState(state);
    const auto *button = child<QPushButton>(view, "overviewEnableButton");
    QVERIFY(!button->isEnabled());
    QCOMPARE(button->toolTip(), state.enableAccess.reason);
}

void TestOverviewView::saysThatTheClusterIsRead()
{
    OverviewState state = MadeUp::absent();
    state.freshness = {Freshness::State::Syncing, {}, QStringLiteral("connection refused")};
    OverviewView view;
    view.setState(state);
    view.show();
    QVERIFY(child<QWidget>(view, "overviewUnknownState")->isVisible());
    const QString said = child<QWidget>(view, "overviewUnknownState")->accessibleDescription();
    QVERIFY2(said.contains(QStringLiteral("above every tab")), qPrintable(said));
    QVERIFY2(!said.contains(state.freshness.why), qPrintable(said));
    QVERIFY(!child<QWidget>(view, "overviewAbsentState")->isVisible());
}

void TestOverviewView::countsForHowLongTheClusterHasNotAnswered()
{
    const QDateTime start(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC);
    OverviewState state = MadeUp::absent();
    state.freshness = {Freshness::State::Syncing, start, {}};
    OverviewView view;
    view.setState(state);
    const auto *unknown = child<QWidget>(view, "overviewUnknownState");
    view.setNow(start.addSecs(4));
    QCOMPARE(unknown->accessibleDescription(), QString());
    for (const int seconds : {5, 6}) {
        view.setNow(start.addSecs(seconds));
        QCOMPARE(unknown->accessibleDescription(), QStringLiteral("No answer for %1 s").arg(seconds));
    }
    state.freshness.why = QStringLiteral("connection refused");
    view.setState(state);
    view.setNow(start.addSecs(30));
    QVERIFY(unknown->accessibleDescription().contains(QStringLiteral("above every tab")));
}

void TestOverviewView::saysWhatIsNotPermitted()
{
    OverviewView view;
    view.setState(MadeUp::notPermitted());
    view.show();
    QCOMPARE(child<QWidget>(view, "overviewUnknownState")->accessibleDescription(),
        MadeUp::notPermitted().viewAccess.reason);
    QVERIFY(!child<QWidget>(view, "onboardingStepRail")->isVisible());
}

void TestOverviewView::waitsForThePermissionsQuietly()
{
    OverviewState state = MadeUp::notPermitted();
    state.isAccessKnown = false;
    OverviewView view;
    view.setState(state);
    const auto *unknown = child<QWidget>(view, "overviewUnknownState");
    QCOMPARE(unknown->accessibleName(), QStringLiteral("Checking permissions\u2026"));
    QVERIFY(unknown->accessibleDescription().isEmpty());
    state.isAccessKnown = true;
    view.setState(state);
    QVERIFY(unknown->accessibleName() != QStringLiteral("Checking permissions\u2026"));
}

void TestOverviewView::tellsOnceThatTheClusterIsOutOfReach()
{
    OverviewState state = MadeUp::ready();
    state.accountsProblem = Error{Error::Kind::Offline, QStringLiteral("It cannot be reached."), {}, {}, {}};
    OverviewView view;
    view.show();
    view.setState(state);
    const auto *problem = child<QWidget>(view, "accountsProblemMessage");
    QVERIFY(problem->isVisible());
    state.freshness = {Freshness::State::Stale, {}, QStringLiteral("It cannot be reached.")};
    view.setState(state);
    QVERIFY(!problem->isVisible());
}

void TestOverviewView::promisesNothingOfPodsWhileItIsStale()
{
    OverviewState state = MadeUp::ready();
    OverviewView view;
    const auto isGreen = [&view] {
        const auto badges = view.findChild<PodsCard *>()->findChildren<StatusBadge *>();
        return std::any_of(
            badges.cbegin(), badges.cend(), [](const StatusBadge *badge) { return badge->tone() == Tone::Good; });
    };
    view.setState(state);
    QVERIFY(isGreen());
    state.freshness = {Freshness::State::Stale, {}, QStringLiteral("It cannot be reached.")};
    view.setState(state);
    QVERIFY(!isGreen());
}

void TestOverviewView::countsPodsAgainstThoseWanted()
{
    OverviewState state = MadeUp::ready();
    state.status.phase = RuntimePhase::Failed;
    state.status.pods.resize(1);
    OverviewView view;
    view.setState(state);
    const auto labels = view.findChildren<QLabel *>();
    const QString said = QStringLiteral("1 of %1 ready").arg(state.status.wantedPods());
    QVERIFY(state.status.wantedPods() > 1);
    QVERIFY(
        std::any_of(labels.cbegin(), labels.cend(), [&said](const QLabel *label) { return label->text() == said; }));
}

void TestOverviewView::showsTheLifecycleUntilReady()
{
    OverviewView view;
    view.show();
    view.setState(MadeUp::provisioning());
    QVERIFY(view.lifecycle()->isVisible());
    QVERIFY(!view.connection()->isVisible());
    view.setState(MadeUp::ready());
    QVERIFY(!view.lifecycle()->isVisible());
    QVERIFY(view.connection()->isVisible());
    QVERIFY(!child<StepRail>(view, "onboardingStepRail")->isVisible());
}

void TestOverviewView::saysWhichPodsAreDown()
{
    OverviewState state = MadeUp::ready();
    OverviewView view;
    view.show();
    view.setState(state);
    const auto *message = child<InlineMessage>(view, "podsDownMessage");
    QVERIFY(!message->isVisible());
    RuntimePod &pod = state.status.pods.last();
    pod.ready = false;
    pod.state = QStringLiteral("Pending");
    pod.reason = QStringLiteral("No node has room.");
    view.setState(state);
    QVERIFY(message->isVisible());
    const auto pods = state.status.pods.size();
    QCOMPARE(message->title(), QStringLiteral("%1 of %2 pods are ready").arg(pods - 1).arg(pods));
    QCOMPARE(message->text(), pod.name + QStringLiteral(": Pending. No node has room."));
    QCOMPARE(message->tone(), Tone::Warning);
    view.setState(MadeUp::absent());
    QVERIFY(!message->isVisible());
}

void TestOverviewView::callsAPodStartingInTheFirstSeconds()
{
    OverviewState state = MadeUp::provisioning();
    state.status.pods[2].reason = QStringLiteral("0/1 nodes are available. not found");
    OverviewView view;
    view.setState(state);
    view.show();
    const auto says = [&view](const QString &text) {
        const auto labels = view.findChildren<QLabel *>();
        return std::any_of(labels.cbegin(), labels.cend(),
            [&text](const QLabel *label) { return label->isVisible() && label->text() == text; });
    };
    const auto isBadged = [&view](const QString &text, Tone tone) {
        const auto badges = view.findChildren<StatusBadge *>();
        return std::any_of(badges.cbegin(), badges.cend(),
            [&](const StatusBadge *badge) { return badge->text() == text && badge->tone() == tone; });
    };
    view.setNow(state.status.since.addSecs(19));
    QVERIFY(isBadged(QStringLiteral("Starting"), Tone::Neutral));
    QVERIFY(!says(breakable(state.status.pods[2].reason)));
    view.setNow(state.status.since.addSecs(20));
    QVERIFY(isBadged(QStringLiteral("Pending"), Tone::Warning));
    QVERIFY(says(breakable(state.status.pods[2].reason)));
}

void TestOverviewView::saysOnceWhatTakesAllPodsDown()
{
    OverviewState state = MadeUp::readyWithoutStreams();
    QStringList names;
    for (RuntimePod &pod : state.status.pods) {
        pod.ready = false;
        pod.state = QStringLiteral("NodeNotReady");
        pod.reason = QStringLiteral("Node worker-1 is not ready.");
        names.append(pod.name);
    }
    OverviewView view;
    view.show();
    view.setState(state);
    const auto *message = child<InlineMessage>(view, "podsDownMessage");
    QCOMPARE(message->title(), QStringLiteral("No pod is ready: clients can't connect"));
    QCOMPARE(message->text(),
        names.join(QStringLiteral(", ")) + QStringLiteral(": NodeNotReady. Node worker-1 is not ready."));
    QCOMPARE(message->tone(), Tone::Bad);
    QVERIFY(!child<StepRail>(view, "onboardingStepRail")->isVisible());
    QVERIFY(!child<QLabel>(view, "nextLabel")->isVisible()); // "The runtime is ready."
}

void TestOverviewView::saysWhatWasChangedByHand()
{
    OverviewState state = MadeUp::ready();
    state.status.deviation =
        RuntimeDeviation{{Error::Kind::NotReady, QStringLiteral("Service nats was deleted."), {}, {}, {}}, {}, true};
    state.retryAccess = Access::yes();
    OverviewView view;
    view.show();
    view.setState(state);
    const auto *message = child<InlineMessage>(view, "podsDownMessage");
    QVERIFY(message->isVisible());
    QCOMPARE(message->text(), state.status.deviation->error.summary);
    QSignalSpy retried(&view, &OverviewView::retryRequested);
    message->actionButton()->click();
    QCOMPARE(retried.size(), 1);

    state.retryAccess = Access::no(QStringLiteral("Streams would be lost."));
    view.setState(state);
    message->actionButton()->click();
    QCOMPARE(retried.size(), 1);
    state.status.deviation.reset();
    view.setState(state);
    QVERIFY(!message->isVisible());
}

void TestOverviewView::keepsTheKeyboardWhereItIsOverSnapshots()
{
    OverviewState state = MadeUp::ready();
    state.status.deviation =
        RuntimeDeviation{{Error::Kind::NotReady, QStringLiteral("Service nats was deleted."), {}, {}, {}}, {}, true};
    state.retryAccess = Access::yes();
    OverviewView view;
    view.setState(state);
    view.show();
    view.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&view));
    auto *retry = child<InlineMessage>(view, "podsDownMessage")->actionButton();
    retry->setFocus();
    QVERIFY(retry->hasFocus());
    view.setState(state);
    QVERIFY(retry->hasFocus());
    state.status.deviation->error.summary = QStringLiteral("Service nats-headless was deleted.");
    view.setState(state);
    QVERIFY(retry->hasFocus());
}

void TestOverviewView::announcesWhatIsWrongOnce()
{
    OverviewState state = MadeUp::ready();
    state.status.pods.last().ready = false;
    OverviewView view;
    view.show();
    view.setState(state);
    auto *message = child<InlineMessage>(view, "podsDownMessage");
    const QString title = message->accessibleName();
    QCOMPARE(title, message->title());
    // What announces a message names it as well.
    message->setAccessibleName(QStringLiteral("heard"));
    view.setState(state);
    QCOMPARE(message->accessibleName(), QStringLiteral("heard"));
    state.status.pods.last().ready = true;
    view.setState(state);
    QCOMPARE(message->accessibleName(), QStringLiteral("heard"));
    state.status.pods.last().ready = false;
    view.setState(state);
    QCOMPARE(message->accessibleName(), title);
}

void TestOverviewView::saysHowMuchStreamsMayFill_data()
{
    QTest::addColumn<int>("replicas");
    QTest::addColumn<QString>("said");
    QTest::newRow("a cluster") << 3 << "Room for streams: 68.0 GiB a replica, 85 % of 80 GiB";
    QTest::newRow("a single server") << 1 << "Room for streams: 68.0 GiB, 85 % of 80 GiB";
}

void TestOverviewView::saysHowMuchStreamsMayFill()
{
    QFETCH(int, replicas);
    QFETCH(QString, said);
    OverviewState state = MadeUp::ready();
    state.status.spec->replicas = replicas;
    OverviewView view;
    view.setState(state);
    QStringList facts;
    for (const QWidget *fact : child<QWidget>(view, "usageFactList")->findChildren<QWidget *>())
        facts.append(fact->accessibleName());
    QVERIFY2(facts.contains(said), qPrintable(facts.join(QLatin1Char('\n'))));
}

void TestOverviewView::saysThatUsageIsNotReadAnyMore()
{
    OverviewState state = MadeUp::readyWithoutStreams();
    OverviewView view;
    view.show();
    view.setState(state);
    const auto says = [&view](const QString &part) {
        const auto labels = view.findChildren<QLabel *>();
        return std::any_of(labels.cbegin(), labels.cend(),
            [&part](const QLabel *label) { return label->isVisible() && label->text().contains(part); });
    };
    QVERIFY(!says(QStringLiteral("can't be read since")));
    QVERIFY(child<QPushButton>(view, "nextActionButton")->isVisible());
    state.usageSince = QDateTime::currentDateTimeUtc();
    state.status.pods[0].ready = false;
    view.setState(state);
    QVERIFY(says(QStringLiteral("can't be read since")));
    QVERIFY(!child<QPushButton>(view, "nextActionButton")->isVisible());
    QVERIFY(!child<StepRail>(view, "onboardingStepRail")->isVisible());
}

void TestOverviewView::leadsToAnotherClassWhileNoVolumeIsBound()
{
    OverviewState state = MadeUp::failed();
    OverviewView view;
    view.show();
    QSignalSpy settings(&view, &OverviewView::settingsRequested);
    view.setState(state);
    auto *action = child<QPushButton>(view, "nextActionButton");
    QVERIFY(!action->isVisible());
    state.status.isNoVolumeBound = true;
    view.setState(state);
    QVERIFY(child<QLabel>(view, "nextLabel")->text().contains(QStringLiteral("with another one")));
    action->click();
    QCOMPARE(settings.count(), 1);
}

void TestOverviewView::saysThatAnEnableHasNotBegun()
{
    OverviewState state = MadeUp::absent();
    state.status.unbegun = UnbegunEnable{QStringLiteral("bo@desk"), QDateTime::currentDateTimeUtc()};
    OverviewView view;
    view.show();
    view.setState(state);
    const auto *absent = child<EmptyState>(view, "overviewAbsentState");
    const QString said = absent->accessibleDescription();
    QVERIFY2(said.contains(QStringLiteral("bo@desk began to enable NATS")), qPrintable(said));
}

void TestOverviewView::leadsNobodyToWhatHeMayNotCreate()
{
    OverviewView view;
    OverviewState state = MadeUp::readyWithoutStreams();
    state.createAccess = Access::no(QStringLiteral("This cluster is archived."));
    view.setState(state);
    auto *action = child<QPushButton>(view, "nextActionButton");
    QVERIFY(!action->isEnabled());
    QVERIFY(action->accessibleDescription().contains(QStringLiteral("archived")));
    state.createAccess = Access::yes();
    view.setState(state);
    QVERIFY(action->isEnabled());
}

void TestOverviewView::leadsToTheFirstStreamAndConsumer()
{
    OverviewView view;
    QSignalSpy streams(&view, &OverviewView::streamsRequested);
    QSignalSpy consumers(&view, &OverviewView::consumersRequested);
    OverviewState state = MadeUp::readyWithoutStreams();
    view.setState(state);
    child<QPushButton>(view, "nextActionButton")->click();
    QCOMPARE(streams.count(), 1);
    state.usage.streams = 1;
    view.setState(state);
    child<QPushButton>(view, "nextActionButton")->click();
    QCOMPARE(consumers.count(), 1);
}

void TestOverviewView::nothingIsCutAtTheSmallestWindow_data()
{
    QTest::addColumn<OverviewState>("state");
    QTest::newRow("absent") << MadeUp::absent();
    QTest::newRow("provisioning") << MadeUp::provisioning();
    QTest::newRow("ready") << MadeUp::ready();
    QTest::newRow("overlong") << MadeUp::overlong();
}

void TestOverviewView::nothingIsCutAtTheSmallestWindow()
{
    QFETCH(OverviewState, state);
    OverviewView view;
    view.setState(state);
    view.resize(796, 580);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    const auto *area = view.findChild<QScrollArea *>();
    QTRY_COMPARE(area->widget()->width(), area->viewport()->width());
}

void TestOverviewView::showsAddressesWhole_data()
{
    QTest::addColumn<int>("width");
    for (const int width : {784, 880, 980, 1040, 1212})
        QTest::addRow("%d px beside the cluster list", width) << width;
}

void TestOverviewView::showsAddressesWhole()
{
    QFETCH(int, width);
    OverviewView view;
    view.setState(MadeUp::ready());
    view.resize(width, 760);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    // a command may be as long as a path: it scrolls, and is copied
    const auto *command = child<QWidget>(view, "webSocketForwardingRow");
    for (const auto *value : view.findChildren<QLineEdit *>(QStringLiteral("valueEdit"))) {
        const int needed = value->fontMetrics().horizontalAdvance(value->text());
        if (value->isVisible() && !command->isAncestorOf(value))
            QVERIFY2(
                value->width() >= needed, qPrintable(QStringLiteral("%1 needs %2").arg(value->text()).arg(needed)));
    }
    child<SegmentedChoice>(view, "connectionViewChoice")->setCurrentIndex(1);
    auto *row = child<SecretRow>(view, "clientUrlRow");
    row->findChild<QToolButton *>(QStringLiteral("revealButton"))->click();
    view.findChild<ConnectionCard *>()->setPassword(
        QStringLiteral("default"), SecretString(QString(72, QLatin1Char('w'))));
    QVERIFY(row->isRevealed());
    const auto *url = row->findChild<QLabel *>(QStringLiteral("valueLabel"));
    const auto room = [url] { return url->height() / url->fontMetrics().height() * url->width(); };
    QTRY_VERIFY(url->fontMetrics().horizontalAdvance(url->text()) <= room());
    QVERIFY(row->rect().contains(url->geometry()));
}

QTEST_MAIN(TestOverviewView)
#include "tst_overviewview.moc"
