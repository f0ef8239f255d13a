// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/clusterprotection.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimeservice.h"
#include "services/messaging/storedmark.h"
#include "tests/app/windowfixture.h"

#include <QAction>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QTest>

/// What the window shows of clusters that are archived, or read-only on this workstation.
class ArchivedClustersTest final : public WindowFixture {
    Q_OBJECT

private Q_SLOTS:
    void tellsOfAnArchivedClusterAndRemembersIt();
    void archivesWithAReasonAndBack();
    void keepsAnOpenQuestionThatCannotBeSent();
    void isReadOnlyByKeyUntilTheButtonIsPressed();
    void saysWhatBecomesOfAnOperationThatIsCarriedOutHere();
    void remembersWhatIsReadOnly();
    void offersReadOnlyInTheMenuOfACluster();
    void isReadOnlyForGoodWhereItWasStartedSo();

private:
    void archive()
    {
        m_cluster->put(
            toConfigMap({u"bo@desk"_qs, m_clock.now(), u"kept for audit"_qs, {}, {}}, u"pennant-messaging"_qs));
    }
    bool passTimeUntil(const std::function<bool()> &condition)
    {
        for (int i = 0; i < 300 && !condition(); ++i) {
            m_clock.advance(std::chrono::milliseconds(100));
            QTest::qWait(5);
        }
        return condition();
    }
    bool isShown(const char *name) const
    {
        const auto *widget = find<QWidget>(name);
        return widget && widget->isVisible();
    }
    bool isEnabled(const char *name) const { return isShown(name) && find<QWidget>(name)->isEnabled(); }
    QStringList listed() const
    {
        QStringList names;
        const QAbstractItemModel *model = find<QListView>("clusterList")->model();
        for (int row = 0; row < model->rowCount(); ++row)
            names.append(model->index(row, 0).data().toString());
        return names;
    }
    MainWindow::Wish onSettings() const { return {u"prod"_qs, Tab::Settings, {}, false}; }
};

void ArchivedClustersTest::tellsOfAnArchivedClusterAndRemembersIt()
{
    writeKubeconfig(twoClusters);
    m_prepareCluster = [this] { archive(); };
    open({u"prod"_qs, Tab::Overview, {}, false});
    QVERIFY(passTimeUntil([this] { return isShown("archivedBadge"); }));
    QVERIFY(find<QWidget>("archivedBadge")->accessibleDescription().contains(u"kept for audit"_qs));
    QVERIFY(isShown("archivedBanner"));
    QVERIFY(find<QWidget>("archivedBanner")->accessibleName().contains(u"bo@desk"_qs));
    QVERIFY(!isEnabled("overviewEnableButton"));
    find<QWidget>("archivedBanner")->findChild<QPushButton *>(u"bannerActionButton"_qs)->click();
    QCOMPARE(shownTabs()->currentIndex(), int(Tab::Settings));
    QTRY_VERIFY(find<QPushButton>("archiveButton")->hasFocus());
    QCOMPARE(listed().mid(listed().size() - 2), QStringList({u"Archived (1)"_qs, u"prod"_qs}));
    m_prepareCluster = {};
    open({u"local"_qs, Tab::Overview, {}, false});
    QCOMPARE(listed().constLast(), u"Archived (1)"_qs);
    click(u"Archived (1)"_qs);
    QCOMPARE(listed().constLast(), u"prod"_qs);
    click(u"prod"_qs); // which was unarchived meanwhile
    QVERIFY(passTimeUntil([this] { return !listed().contains(u"Archived (1)"_qs); }));
    QVERIFY(!isShown("archivedBadge"));
}

void ArchivedClustersTest::archivesWithAReasonAndBack()
{
    writeKubeconfig(twoClusters);
    open(onSettings());
    QVERIFY(passTimeUntil([this] { return isEnabled("archiveButton"); }));
    find<QPushButton>("archiveButton")->click();
    QVERIFY(isShown("archiveDialog"));
    QVERIFY(!isEnabled("confirmArchiveButton"));
    QTest::keyClicks(find<QLineEdit>("archiveReasonEdit"), u"moved away"_qs);
    QVERIFY(isEnabled("confirmArchiveButton"));
    QTest::keyClick(find<QLineEdit>("archiveReasonEdit"), Qt::Key_Return);
    QVERIFY(passTimeUntil([this] { return isShown("archivedBadge"); }));
    const ObjectRef mark{u"v1"_qs, u"ConfigMap"_qs, u"pennant-messaging"_qs, QLatin1String(RuntimeNames::archive)};
    QCOMPARE(archiveMarkOf(m_cluster->object(mark).value_or(QJsonObject())).reason, u"moved away"_qs);
    QCOMPARE(archiveMarkOf(*m_cluster->object(mark)).by, u"ana@laptop"_qs);
    QVERIFY(passTimeUntil([this] { return isEnabled("archiveButton"); }));
    find<QPushButton>("archiveButton")->click();
    QVERIFY(isShown("unarchiveDialog"));
    QTest::keyClick(find<QPushButton>("confirmUnarchiveButton"), Qt::Key_Return);
    QVERIFY(passTimeUntil([this] { return !isShown("archivedBadge"); }));
    QVERIFY(!m_cluster->object(mark));
}

void ArchivedClustersTest::keepsAnOpenQuestionThatCannotBeSent()
{
    writeKubeconfig(twoClusters);
    open(onSettings());
    QVERIFY(passTimeUntil([this] { return isEnabled("archiveButton"); }));
    find<QPushButton>("archiveButton")->click();
    QTest::keyClicks(find<QLineEdit>("archiveReasonEdit"), u"mine"_qs);
    archive();
    QVERIFY(passTimeUntil([this] { return !isEnabled("confirmArchiveButton"); }));
    QCOMPARE(find<QLineEdit>("archiveReasonEdit")->text(), u"mine"_qs);
    QVERIFY(find<QWidget>("confirmArchiveButton")->accessibleDescription().contains(u"kept for audit"_qs));
}

void ArchivedClustersTest::isReadOnlyByKeyUntilTheButtonIsPressed()
{
    writeKubeconfig(twoClusters);
    open({u"prod"_qs, Tab::Overview, {}, false});
    QVERIFY(passTimeUntil([this] { return isEnabled("overviewEnableButton"); }));
    QVERIFY(!isShown("readOnlyButton"));
    find<QAction>("readOnlyAction")->trigger();
    QVERIFY(isShown("readOnlyButton"));
    QVERIFY(!isEnabled("overviewEnableButton"));
    QTest::mouseClick(find<QPushButton>("readOnlyButton"), Qt::LeftButton);
    QVERIFY(!isShown("readOnlyButton"));
    QVERIFY(isEnabled("overviewEnableButton"));
}

void ArchivedClustersTest::saysWhatBecomesOfAnOperationThatIsCarriedOutHere()
{
    writeKubeconfig(twoClusters);
    m_prepareCluster = [this] {
        putRuntime(RuntimeOperation::Kind::Enable, RuntimeOperation::State::Running);
        m_cluster->hangNext(1, "GET", u"/storageclasses/"_qs);
    };
    open({u"prod"_qs, Tab::Overview, {}, false});
    QVERIFY(passTimeUntil([this] { return m_messaging->runtime().status().isDrivenHere; }));
    QVERIFY(!isShown("handedOverBanner"));
    find<QAction>("readOnlyAction")->trigger();
    QVERIFY(find<QWidget>("handedOverBanner")->accessibleName().contains(u"read-only"_qs));
    QVERIFY(passTimeUntil([this] { return !m_messaging->runtime().status().isDrivenHere; }));
    const ObjectRef lease{
        u"coordination.k8s.io/v1"_qs, u"Lease"_qs, u"pennant-messaging"_qs, QLatin1String(RuntimeNames::lease)};
    const auto isFree = [&] {
        return (*m_cluster->object(lease))[u"spec"_qs][u"holderIdentity"_qs].toString().isEmpty();
    };
    QVERIFY(passTimeUntil(isFree));
    QVERIFY(isShown("handedOverBanner"));
    find<QAction>("readOnlyAction")->trigger();
    QVERIFY(!isShown("handedOverBanner"));
}

void ArchivedClustersTest::remembersWhatIsReadOnly()
{
    writeKubeconfig(twoClusters);
    open({u"prod"_qs, Tab::Overview, {}, false});
    find<QAction>("readOnlyAction")->trigger();
    open({u"prod"_qs, Tab::Overview, {}, false});
    QVERIFY(isShown("readOnlyButton"));
    open({u"local"_qs, Tab::Overview, {}, false});
    QVERIFY(!isShown("readOnlyButton"));
}

void ArchivedClustersTest::offersReadOnlyInTheMenuOfACluster()
{
    writeKubeconfig(twoClusters);
    open({u"prod"_qs, Tab::Overview, {}, false});
    auto *list = find<QListView>("clusterList");
    Q_EMIT list->customContextMenuRequested(list->visualRect(list->currentIndex()).center());
    auto *readOnly = find<QAction>("clusterReadOnlyAction");
    QVERIFY(readOnly && !readOnly->isChecked());
    readOnly->trigger();
    QVERIFY(isShown("readOnlyButton"));
}

void ArchivedClustersTest::isReadOnlyForGoodWhereItWasStartedSo()
{
    writeKubeconfig(twoClusters);
    open({u"prod"_qs, Tab::Overview, {}, true});
    QVERIFY(passTimeUntil([this] { return m_messaging->runtime().isAccessKnown(); }));
    QVERIFY(isShown("readOnlyButton"));
    QVERIFY(!isEnabled("readOnlyButton"));
    QVERIFY(find<QWidget>("readOnlyButton")->toolTip().contains(u"--read-only"_qs));
    QVERIFY(!isShown("warningBanner"));
    find<QAction>("readOnlyAction")->trigger();
    QVERIFY(find<QWidget>("warningBanner")->accessibleName().contains(u"--read-only"_qs));
    QVERIFY(!m_messaging->runtime().protection().access());
    QCOMPARE(m_messaging->runtime().protection().state().readOnly, Protection::ReadOnly::Program);
}

QTEST_MAIN(ArchivedClustersTest)
#include "tst_archivedclusters.moc"
