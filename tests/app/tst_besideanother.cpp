// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/windowfixture.h"
#include "widgets/common/banner.h"
#include "widgets/common/elidinglabel.h"

#include <QAction>
#include <QDialog>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>

/// Several clusters open at once: each keeps what it shows and what was typed, and none of them mixes with another.
class BesideAnotherTest final : public WindowFixture {
    Q_OBJECT

private:
    ClusterEntry::State stateOf(const QString &context) const
    {
        return m_catalog->entry(m_catalog->idOfContext(context))->state;
    }
    void trigger(const char *action) { m_window->findChild<QAction *>(QLatin1String(action))->trigger(); }
    QPoint placeInList(const QString &context) const
    {
        const auto *list = find<QListView>("clusterList");
        for (int row = 0; row < list->model()->rowCount(); ++row) {
            const QModelIndex index = list->model()->index(row, 0);
            if (index.data().toString() == context)
                return list->visualRect(index).center();
        }
        return {};
    }

private Q_SLOTS:
    void keepsOneOpenBesideAnother();
    void remembersATabForEach();
    void tellsOfTheOneInSight();
    void goesAlongTheOpenOnes();
    void closesOneAndShowsTheOneBefore();
    void asksBeforeWhatWasEnteredIsLost();
    void closesByMiddleClickAndMenu();
    void doesNotFollowAKubeconfigElsewhereOutOfSight();
    void keepsWhatWasEnteredOutOfSightThoughItLeadsElsewhere();
    void reachesWhatNoLongerStandsInTheKubeconfig();
    void opensNothingByItselfAfterTheLastWasClosed();
};

void BesideAnotherTest::keepsOneOpenBesideAnother()
{
    writeKubeconfig(twoClusters);
    open();
    const QPointer<FakeCluster> first = m_cluster;
    QTRY_COMPARE(stateOf(u"prod"_qs), ClusterEntry::State::Online);
    click(u"local"_qs);
    QVERIFY(first);
    QVERIFY(m_cluster != first);
    QTRY_COMPARE(stateOf(u"local"_qs), ClusterEntry::State::Online);
    QCOMPARE(stateOf(u"prod"_qs), ClusterEntry::State::Online);
    click(u"prod"_qs);
    QCOMPARE(m_opened, QStringList({u"prod"_qs, u"local"_qs})); // nothing was read again
    // what becomes of the one out of sight is seen in the list
    m_cluster->goOffline();
    QTRY_VERIFY((m_clock.advance(std::chrono::seconds(1)), stateOf(u"local"_qs) == ClusterEntry::State::Offline));
    QCOMPARE(stateOf(u"prod"_qs), ClusterEntry::State::Online);
}

void BesideAnotherTest::remembersATabForEach()
{
    writeKubeconfig(twoClusters);
    open();
    shownTabs()->setCurrentIndex(int(Tab::Settings));
    click(u"local"_qs);
    QCOMPARE(shownTabs()->currentIndex(), int(Tab::Overview));
    shownTabs()->setCurrentIndex(int(Tab::Insights));
    click(u"prod"_qs);
    QCOMPARE(shownTabs()->currentIndex(), int(Tab::Settings));
    m_window->close();
    open();
    QCOMPARE(m_opened.last(), u"prod"_qs);
    QCOMPARE(shownTabs()->currentIndex(), int(Tab::Settings));
    click(u"local"_qs);
    QCOMPARE(shownTabs()->currentIndex(), int(Tab::Insights));
}

void BesideAnotherTest::tellsOfTheOneInSight()
{
    writeKubeconfig(twoClusters);
    m_prepareCluster = [this] {
        if (m_opened.last() == u"prod")
            putRuntime(RuntimeOperation::Kind::Enable, RuntimeOperation::State::Done);
    };
    open();
    auto *running = find<ElidingLabel>("runningLabel");
    QTRY_VERIFY2(running->text().contains(u"NATS"_qs), qPrintable(running->text()));
    click(u"local"_qs);
    QCOMPARE(m_window->windowTitle(), u"local"_qs);
    QTRY_VERIFY2(!running->text().contains(u"of 1 pods"_qs), qPrintable(running->text()));
    click(u"prod"_qs);
    QCOMPARE(m_window->windowTitle(), u"prod"_qs);
    QVERIFY2(running->text().contains(u"NATS"_qs), qPrintable(running->text())); // at once
    QVERIFY(isKeyboardInPage());
}

void BesideAnotherTest::goesAlongTheOpenOnes()
{
    writeKubeconfig(twoClusters);
    open();
    trigger("nextClusterAction");
    QCOMPARE(m_window->windowTitle(), u"prod"_qs); // the only one
    click(u"local"_qs);
    trigger("nextClusterAction");
    QCOMPARE(m_window->windowTitle(), u"prod"_qs);
    trigger("nextClusterAction");
    QCOMPARE(m_window->windowTitle(), u"local"_qs);
    trigger("previousClusterAction");
    QCOMPARE(m_window->windowTitle(), u"prod"_qs);
    click(u"broken"_qs);
    QVERIFY(!notice().isEmpty());
    trigger("nextClusterAction");
    QVERIFY(notice().isEmpty());
    QCOMPARE(m_window->windowTitle(), u"local"_qs);
}

void BesideAnotherTest::closesOneAndShowsTheOneBefore()
{
    writeKubeconfig(twoClusters);
    open();
    const QPointer<FakeCluster> first = m_cluster;
    click(u"local"_qs);
    const QPointer<FakeCluster> second = m_cluster;
    closeShown();
    QTRY_VERIFY((m_clock.advance(std::chrono::seconds(1)), !second));
    QVERIFY(first);
    QCOMPARE(m_window->windowTitle(), u"prod"_qs);
    QCOMPARE(stateOf(u"local"_qs), ClusterEntry::State::Closed);
    closeShown();
    QTRY_VERIFY((m_clock.advance(std::chrono::seconds(1)), !first));
    QVERIFY(!notice().isEmpty());
    QVERIFY(m_window->windowTitle().isEmpty());
    closeShown(); // nothing is there to be closed
    click(u"prod"_qs);
    QCOMPARE(m_opened.size(), 3);
}

void BesideAnotherTest::asksBeforeWhatWasEnteredIsLost()
{
    writeKubeconfig(twoClusters);
    m_prepareCluster = [this] { putRuntime(RuntimeOperation::Kind::Enable, RuntimeOperation::State::Done); };
    open();
    const QPointer<FakeCluster> first = m_cluster;
    shownTabs()->setCurrentIndex(int(Tab::Streams));
    auto *name = find<QLineEdit>("streamNameEdit");
    QVERIFY(name);
    QTest::keyClicks(name, u"orders"_qs);
    click(u"local"_qs);
    click(u"prod"_qs);
    QCOMPARE(name->text(), u"orders"_qs);
    click(u"local"_qs);
    closeShown(); // holds nothing
    QTRY_COMPARE(stateOf(u"local"_qs), ClusterEntry::State::Closed);

    closeShown();
    auto *question = find<QDialog>("discardDialog");
    QVERIFY(question && question->isVisible());
    QVERIFY(question->windowTitle().contains(u"prod"_qs));
    QTest::keyClick(question, Qt::Key_Return); // keeps it
    QVERIFY(first);
    QCOMPARE(name->text(), u"orders"_qs);
    QTRY_VERIFY(!find<QDialog>("discardDialog"));
    closeShown();
    find<QPushButton>("discardButton")->click();
    QTRY_VERIFY((m_clock.advance(std::chrono::seconds(1)), !first));
}

void BesideAnotherTest::closesByMiddleClickAndMenu()
{
    writeKubeconfig(twoClusters);
    open();
    click(u"local"_qs);
    auto *list = find<QListView>("clusterList");
    QTest::mouseClick(list->viewport(), Qt::MiddleButton, {}, placeInList(u"prod"_qs));
    QCOMPARE(stateOf(u"prod"_qs), ClusterEntry::State::Closed);
    QCOMPARE(m_window->windowTitle(), u"local"_qs);
    Q_EMIT list->customContextMenuRequested(placeInList(u"local"_qs));
    auto *menu = find<QMenu>("clusterMenu");
    QVERIFY(menu);
    QCOMPARE(menu->actions()[1]->text(), u"&Close"_qs);
    menu->actions()[1]->trigger();
    QCOMPARE(stateOf(u"local"_qs), ClusterEntry::State::Closed);
    menu->close();
}

void BesideAnotherTest::doesNotFollowAKubeconfigElsewhereOutOfSight()
{
    QByteArray two = twoClusters;
    two.replace("- {name: local, context: {cluster: c,", "- {name: local, context: {cluster: d,");
    two.replace("clusters: [", "clusters: [{name: d, cluster: {server: 'https://127.0.0.1:2'}}, ");
    writeKubeconfig(two);
    open({u"local"_qs, {}});
    click(u"prod"_qs);
    writeKubeconfig(QByteArray(two).replace("127.0.0.1:2", "127.0.0.1:3"));
    QTRY_COMPARE(stateOf(u"local"_qs), ClusterEntry::State::Closed);
    QCOMPARE(m_opened, QStringList({u"local"_qs, u"prod"_qs}));
    QCOMPARE(m_window->windowTitle(), u"prod"_qs);
    auto *banner = find<Banner>("closedBanner");
    QVERIFY(banner->isVisible());
    QVERIFY2(banner->text().contains(u"local"_qs), qPrintable(banner->text()));
    banner->actionButton()->click();
    QVERIFY(!banner->isVisible());
}

void BesideAnotherTest::keepsWhatWasEnteredOutOfSightThoughItLeadsElsewhere()
{
    m_prepareCluster = [this] { putRuntime(RuntimeOperation::Kind::Enable, RuntimeOperation::State::Done); };
    writeKubeconfig(twoClusters);
    open();
    shownTabs()->setCurrentIndex(int(Tab::Streams));
    const QPointer<QLineEdit> name = find<QLineEdit>("streamNameEdit");
    QTest::keyClicks(name, u"orders"_qs);
    const QPointer<Banner> banner = find<Banner>("ledElsewhereBanner");
    click(u"local"_qs);
    const QByteArray moved = QByteArray(twoClusters).replace("127.0.0.1:1'", "127.0.0.1:2'");
    QSignalSpy reloaded(m_catalog.get(), &ClusterCatalog::reloaded);
    writeKubeconfig(moved);
    QTRY_COMPARE(reloaded.size(), 1);
    QCOMPARE(m_opened, QStringList({u"prod"_qs, u"local"_qs, u"local"_qs})); // in sight, and without a draft
    QVERIFY(name && banner);
    click(u"prod"_qs);
    QCOMPARE(name->text(), u"orders"_qs);
    QVERIFY(banner->isVisible());
}

void BesideAnotherTest::reachesWhatNoLongerStandsInTheKubeconfig()
{
    writeKubeconfig(twoClusters);
    open();
    const QString id = m_catalog->idOfContext(u"prod"_qs);
    QTRY_COMPARE(stateOf(u"prod"_qs), ClusterEntry::State::Online);
    click(u"local"_qs);
    writeKubeconfig(QByteArray(twoClusters).replace("name: prod,", "name: renamed,"));
    QTRY_VERIFY(!m_catalog->idOfContext(u"renamed"_qs).isEmpty());
    QCOMPARE(m_catalog->entry(id)->state, ClusterEntry::State::Online);
    trigger("nextClusterAction");
    QCOMPARE(m_window->windowTitle(), u"prod"_qs);
    click(u"local"_qs);
    QTest::mouseClick(find<QListView>("clusterList")->viewport(), Qt::MiddleButton, {}, placeInList(u"prod"_qs));
    QVERIFY(!m_catalog->entry(id));
    QCOMPARE(placeInList(u"prod"_qs), QPoint());
    QCOMPARE(m_window->windowTitle(), u"local"_qs);
}

void BesideAnotherTest::opensNothingByItselfAfterTheLastWasClosed()
{
    writeKubeconfig(twoClusters);
    open();
    closeShown();
    QVERIFY(notice().contains(u"Choose a cluster"_qs));
    QSignalSpy reloaded(m_catalog.get(), &ClusterCatalog::reloaded);
    trigger("refreshAction");
    QTRY_COMPARE(reloaded.size(), 1);
    QCOMPARE(m_opened.size(), 1);
    writeKubeconfig("contexts: [");
    QTRY_VERIFY(notice().contains(u"No cluster to open"_qs));
    writeKubeconfig(QByteArray(twoClusters).replace("token: t", "token: other"));
    QTRY_VERIFY(notice().contains(u"Choose a cluster"_qs));
    QCOMPARE(m_opened.size(), 1);
    QVERIFY(m_window->windowTitle().isEmpty());
    click(u"local"_qs);
    QCOMPARE(m_opened.size(), 2);
}

QTEST_MAIN(BesideAnotherTest)
#include "tst_besideanother.moc"
