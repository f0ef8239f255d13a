// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimeservice.h"
#include "tests/app/windowfixture.h"
#include "widgets/common/banner.h"
#include "widgets/common/elidinglabel.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/statusbadge.h"
#include "widgets/logs/logview.h"

#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>

/// What the window shows and remembers of a cluster that is open.
class MainWindowTest final : public WindowFixture {
    Q_OBJECT

private:
    void passTime() { m_clock.advance(std::chrono::milliseconds(200)); }
    void putStorageClass()
    {
        m_cluster->put({{u"apiVersion"_qs, u"storage.k8s.io/v1"_qs}, {u"kind"_qs, u"StorageClass"_qs},
            {u"metadata"_qs, QJsonObject{{u"name"_qs, u"standard"_qs}}}, {u"provisioner"_qs, u"test/volumes"_qs}});
    }
    void openWithRuntime(RuntimeOperation::State enable)
    {
        writeKubeconfig(twoClusters);
        m_prepareCluster = [this, enable] {
            putStorageClass();
            putRuntime(RuntimeOperation::Kind::Enable, enable);
            // what is under way stays so
            m_cluster->hangNext(1, "GET", u"/storageclasses/"_qs);
        };
        open();
    }

private Q_SLOTS:
    void readsLogsWhicheverListComesFirst();
    void remembersClusterAndTab();
    void filtersClusters();
    void recordsToItsEndWhatWasAskedForInAClosedCluster();
    void endsAtOnceWhereNothingIsUnderWay();
    void endsOnceWhatWasAskedForIsRecorded();
    void endsOnceTheLeaseIsGivenUp();
    void doesNotWaitForEverWhenItIsClosed();
    void saysWhatCameOfAnOperation();
    void saysOnEveryTabWhatWasNotDisabled();
    void countsForHowLongTheClusterHasNotAnswered();
    void tellsKubectlTheKubeconfigThatWasNamed();
    void showsWhatWasLastSeenWhileStale();
    void keepsTheWidthOfTheClusterList();
};

void MainWindowTest::readsLogsWhicheverListComesFirst()
{
    writeKubeconfig(twoClusters);
    m_prepareCluster = [this] {
        putRuntime(RuntimeOperation::Kind::Enable, RuntimeOperation::State::Done);
        const QString late = m_opened.size() % 2 == 0 ? u"/configmaps"_qs : u"/pods"_qs;
        m_cluster->delay = [this, late](const ApiRequest &request) {
            return request.path.endsWith(late) ? m_clock.sleep(std::chrono::seconds(1)) : Pending<void>::answered({});
        };
    };
    open({u"prod"_qs, {}});
    for (const QString &next : {u"local"_qs, u"prod"_qs, u"local"_qs, QString()}) {
        find<QTabBar>("workspaceTabs")->setCurrentIndex(int(Tab::Logs));
        QTRY_VERIFY2((m_clock.advance(std::chrono::milliseconds(100)), find<LogView>("logView")->isVisible()),
            qPrintable(m_opened.last()));
        closeShown();
        click(next);
    }
    QCOMPARE(m_opened.size(), 4);
}

void MainWindowTest::remembersClusterAndTab()
{
    writeKubeconfig(twoClusters);
    open({u"local"_qs, {}});
    find<QTabBar>("workspaceTabs")->setCurrentIndex(int(Tab::Logs));
    m_window->close();
    open();
    QCOMPARE(m_opened.last(), u"local"_qs);
    QCOMPARE(find<QTabBar>("workspaceTabs")->currentIndex(), int(Tab::Logs));
}

void MainWindowTest::filtersClusters()
{
    writeKubeconfig(twoClusters);
    open();
    auto *list = find<QListView>("clusterList");
    QCOMPARE(list->model()->rowCount(), 4);
    find<QLineEdit>("clusterFilterEdit")->setText(u"loc"_qs);
    QCOMPARE(list->model()->rowCount(), 2);
    find<QLineEdit>("clusterFilterEdit")->clear();
    QCOMPARE(list->currentIndex().data().toString(), u"prod"_qs);
}

void MainWindowTest::recordsToItsEndWhatWasAskedForInAClosedCluster()
{
    writeKubeconfig(twoClusters);
    m_prepareCluster = [this] { putStorageClass(); };
    open();
    const auto passes = [this] { m_clock.advance(std::chrono::milliseconds(200)); };
    QTRY_VERIFY((passes(), m_messaging->runtime().enableAccess().allowed));
    const QPointer<FakeCluster> first = m_cluster;
    QList<RuntimeOperation::State> states;
    first->afterWrite = [&states](const QJsonObject &object) {
        if (const auto record = RuntimeRecord::fromConfigMap(object))
            states.append(record->operation.state);
    };
    first->delay = [this](const ApiRequest &) { return m_clock.sleep(std::chrono::milliseconds(500)); };
    EnableRequest request;
    request.spec.storageClass = u"standard"_qs;
    request.clientPassword = SecretString(u"Abcdefghijklmnopqrstuv1"_qs);
    const Pending<void> enabling = m_messaging->runtime().enable(request);
    closeShown();
    QCOMPARE(m_catalog->entry(m_catalog->idOfContext(u"prod"_qs))->state, ClusterEntry::State::Closed);
    QTRY_VERIFY((passes(), !first));
    QCOMPARE(states, QList({RuntimeOperation::State::Requested, RuntimeOperation::State::Running}));
}

void MainWindowTest::endsAtOnceWhereNothingIsUnderWay()
{
    writeKubeconfig(twoClusters);
    open();
    QTRY_VERIFY((passTime(), m_messaging->runtime().isAccessKnown()));
    QVERIFY(m_window->close());
    QVERIFY(!m_cluster);
}

void MainWindowTest::endsOnceWhatWasAskedForIsRecorded()
{
    openWithRuntime(RuntimeOperation::State::Done);
    QSignalSpy ended(m_window.get(), &MainWindow::ended);
    QTRY_VERIFY((passTime(), m_messaging->runtime().disableAccess().allowed));
    bool isRecorded = false;
    m_cluster->afterWrite = [&isRecorded](const QJsonObject &object) {
        const auto record = RuntimeRecord::fromConfigMap(object);
        isRecorded = isRecorded || (record && record->operation.kind == RuntimeOperation::Kind::Disable);
    };
    m_cluster->delay = [this](const ApiRequest &) { return m_clock.sleep(std::chrono::seconds(1)); };
    const Pending<void> disabling = m_messaging->runtime().disable(m_messaging->runtime().status().identity());
    QVERIFY(!m_window->close());
    QVERIFY(!m_window->isVisible());
    QVERIFY(!m_window->close()); // who logs out asks again
    m_catalog->reload();
    QVERIFY(!isRecorded && m_cluster && ended.isEmpty());
    QTRY_VERIFY((passTime(), !ended.isEmpty()));
    QVERIFY(isRecorded && !m_cluster);
    QCOMPARE(m_opened.size(), 1);
    m_clock.advance(std::chrono::minutes(1));
    QCOMPARE(ended.size(), 1);
}

void MainWindowTest::endsOnceTheLeaseIsGivenUp()
{
    openWithRuntime(RuntimeOperation::State::Running);
    QSignalSpy ended(m_window.get(), &MainWindow::ended);
    QTRY_VERIFY((passTime(), m_messaging->runtime().status().isDrivenHere));
    QString holder = u"not written"_qs;
    m_cluster->afterWrite = [&holder](const QJsonObject &object) {
        if (object[u"kind"_qs] == u"Lease"_qs)
            holder = object[u"spec"_qs][u"holderIdentity"_qs].toString();
    };
    QVERIFY(!m_window->close());
    QTRY_VERIFY((passTime(), !ended.isEmpty()));
    QCOMPARE(holder, QString());
}

void MainWindowTest::doesNotWaitForEverWhenItIsClosed()
{
    openWithRuntime(RuntimeOperation::State::Done);
    QSignalSpy ended(m_window.get(), &MainWindow::ended);
    QTRY_VERIFY((passTime(), m_messaging->runtime().disableAccess().allowed));
    m_cluster->hangNext(1000);
    const Pending<void> disabling = m_messaging->runtime().disable(m_messaging->runtime().status().identity());
    const auto closedAt = m_clock.monotonic();
    QVERIFY(!m_window->close());
    QTRY_VERIFY((passTime(), !ended.isEmpty()));
    QVERIFY(m_clock.monotonic() - closedAt >= std::chrono::seconds(10));
    QVERIFY(m_clock.monotonic() - closedAt < std::chrono::seconds(11));
}

void MainWindowTest::saysWhatCameOfAnOperation()
{
    m_isViewer = true;
    writeKubeconfig(twoClusters);
    open();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    auto *banner = find<Banner>("outcomeBanner");
    auto *badge = find<StatusBadge>("runtimeBadge");
    const auto passes = [this] { m_clock.advance(std::chrono::milliseconds(200)); };
    QTRY_COMPARE((passes(), find<ElidingLabel>("identityLabel")->text()), u"ana@c · read access"_qs);
    QVERIFY(find<ElidingLabel>("identityLabel")->toolTip().contains(u"you may not create"_qs));
    putRuntime(RuntimeOperation::Kind::Disable, RuntimeOperation::State::Running);
    QTRY_COMPARE((passes(), badge->text()), u"Deleting"_qs);
    QVERIFY(!banner->isVisible());
    eraseRuntime();
    QTRY_VERIFY((passes(), banner->isVisible()));
    QVERIFY2(banner->text().startsWith(u"Disabled NATS on prod: removed 1 pod"_qs), qPrintable(banner->text()));
    QTRY_VERIFY((passes(), banner->text().endsWith(u"Its namespace pennant-messaging is deleted as well."_qs)));
    banner->actionButton()->setFocus();
    banner->actionButton()->click();
    QVERIFY(!banner->isVisible());
    QVERIFY(isKeyboardInPage());

    putRuntime(RuntimeOperation::Kind::Enable, RuntimeOperation::State::Running);
    QTRY_COMPARE((passes(), badge->text()), u"Pending"_qs);
    putRuntime(RuntimeOperation::Kind::Enable, RuntimeOperation::State::Done);
    QTRY_VERIFY((passes(), banner->isVisible()));
    QVERIFY2(banner->text().startsWith(u"Enabled NATS on prod"_qs), qPrintable(banner->text()));
    m_clock.advance(std::chrono::minutes(2));
    QTRY_VERIFY(!banner->isVisible());
}

void MainWindowTest::saysOnEveryTabWhatWasNotDisabled()
{
    writeKubeconfig(twoClusters);
    m_prepareCluster = [this] { putRuntime(RuntimeOperation::Kind::Enable, RuntimeOperation::State::Done); };
    open({{}, Tab::Settings});
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    const auto passes = [this] { m_clock.advance(std::chrono::milliseconds(200)); };
    QTRY_VERIFY((passes(), find<QPushButton>("disableNatsButton")->isEnabled()));
    m_cluster->failNext(1000, Error{Error::Kind::Timeout, u"It did not answer in time."_qs, {}, {}, {}}, {},
        u"/configmaps/pennant-runtime"_qs);
    find<QPushButton>("disableNatsButton")->click();
    find<QLineEdit>("confirmNameEdit")->setText(u"prod"_qs);
    find<QPushButton>("confirmDangerButton")->click();
    auto *banner = find<Banner>("warningBanner");
    QTRY_VERIFY((passes(), banner->isVisible()));
    QVERIFY2(
        banner->text().startsWith(u"NATS was not disabled: It did not answer in time."_qs), qPrintable(banner->text()));
    QVERIFY(!find<InlineMessage>("disableErrorMessage")->isVisible());
    find<QTabBar>("workspaceTabs")->setCurrentIndex(int(Tab::Overview));
    QVERIFY(banner->isVisible());
    m_window->activateWindow(); // offscreen nobody does
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    // the request has arrived after all
    banner->actionButton()->setFocus();
    putRuntime(RuntimeOperation::Kind::Disable, RuntimeOperation::State::Running);
    QTRY_VERIFY((passes(), !banner->isVisible()));
    QVERIFY(isKeyboardInPage());
}

void MainWindowTest::countsForHowLongTheClusterHasNotAnswered()
{
    writeKubeconfig(twoClusters);
    m_prepareCluster = [this] { m_cluster->hangNext(1000); };
    open();
    auto *label = find<ElidingLabel>("freshnessLabel");
    QCOMPARE(label->text(), u"Connecting…"_qs);
    m_clock.advance(std::chrono::seconds(5));
    QTRY_COMPARE(label->text(), u"No answer for 5 s"_qs);
    m_clock.advance(std::chrono::seconds(1));
    QTRY_COMPARE(label->text(), u"No answer for 6 s"_qs);
}

void MainWindowTest::tellsKubectlTheKubeconfigThatWasNamed()
{
    writeKubeconfig(twoClusters);
    m_prepareCluster = [this] { putRuntime(RuntimeOperation::Kind::Enable, RuntimeOperation::State::Done); };
    open({{}, Tab::Overview});
    const QString words = u"kubectl --kubeconfig %1 --context prod "_qs.arg(m_folder->filePath(u"config"_qs));
    const auto isTold = [&] {
        const auto examples = m_window->findChildren<QPlainTextEdit *>(u"exampleEdit"_qs);
        return std::any_of(examples.cbegin(), examples.cend(),
            [&words](const QPlainTextEdit *example) { return example->toPlainText().contains(words); });
    };
    QTRY_VERIFY((m_clock.advance(std::chrono::milliseconds(200)), isTold()));
}

void MainWindowTest::showsWhatWasLastSeenWhileStale()
{
    m_isViewer = true;
    writeKubeconfig(twoClusters);
    open();
    auto *badge = find<StatusBadge>("runtimeBadge");
    const auto passes = [this] { m_clock.advance(std::chrono::milliseconds(200)); };
    putRuntime(RuntimeOperation::Kind::Enable, RuntimeOperation::State::Running);
    QTRY_COMPARE((passes(), badge->text()), u"Pending"_qs);
    putRuntime(RuntimeOperation::Kind::Enable, RuntimeOperation::State::Done);
    auto *outcome = find<Banner>("outcomeBanner");
    QTRY_VERIFY((passes(), outcome->isVisible()));
    const QString seen = badge->text();
    m_cluster->goOffline();
    QTRY_COMPARE((passes(), badge->text()), seen + u" when last seen"_qs);
    QCOMPARE(badge->tone(), Tone::Neutral);
    QCOMPARE(find<ElidingLabel>("identityLabel")->text(), u"ana@c · read access when last seen"_qs);
    QVERIFY(!outcome->isVisible());
}

void MainWindowTest::keepsTheWidthOfTheClusterList()
{
    m_isViewer = true;
    writeKubeconfig(twoClusters);
    open();
    m_window->resize(1024, 700);
    putRuntime(RuntimeOperation::Kind::Enable, RuntimeOperation::State::Done);
    QTRY_VERIFY((m_clock.advance(std::chrono::milliseconds(200)), find<StatusBadge>("runtimeBadge")->isVisible()));
    const auto *side = find<QListView>("clusterList")->parentWidget();
    const int width = side->width();
    for (int index = 0; index < tabCount; ++index) {
        find<QTabBar>("workspaceTabs")->setCurrentIndex(index);
        QTest::qWait(0);
        QVERIFY2(side->width() == width, qPrintable(tabName(Tab(index))));
        QCOMPARE(m_window->size(), QSize(1024, 700));
    }
}

QTEST_MAIN(MainWindowTest)
#include "tst_mainwindow.moc"
