// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/clustercatalog.h"
#include "app/mainwindow.h"
#include "services/domain/account.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/messaging.h"
#include "services/messaging/runtimemanifests.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimerecord.h"
#include "services/messaging/runtimeservice.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakecluster.h"
#include "widgets/common/banner.h"
#include "widgets/common/elidinglabel.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/statusbadge.h"
#include "widgets/logs/logview.h"

#include <QAction>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPointer>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>

#include <functional>

/// The window over a kubeconfig on disk and clusters in memory.
class TestMainWindow final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void saysWhereItLookedForClusters();
    void opensTheCurrentContext();
    void opensTheContextThatWasAskedFor();
    void saysThatAContextIsUnknown();
    void saysThatTheCurrentContextIsMissing();
    void opensNothingElseWhereWhatWasNamedIsMissing();
    void saysWhyAContextCannotBeOpened();
    void keepsSayingInTheListWhatCouldNotBeOpened();
    void opensOnReloadWhatAMissingFileKeptClosed();
    void dropsOneClusterForAnother();
    void readsLogsWhicheverListComesFirst();
    void saysThatTheServerCannotBeReached();
    void triesToReachTheServerWhenAsked();
    void warnsWhileTlsIsNotVerified();
    void reachesTabsByKey();
    void remembersClusterAndTab();
    void filtersClusters();
    void keepsEverythingWhenATokenIsRenewed();
    void keepsEverythingWhenTheNamespaceChanges();
    void looksAgainForWhatReplacesRefusedCredentials();
    void recordsToItsEndWhatWasAskedForInAClosedCluster();
    void opensAnewWhenTheServerChanges();
    void readsTheRuntimeAgain();
    void saysThatRenewedCredentialsCannotBeUsed();
    void saysThatTheContextHasGone();
    void handsTheKeyboardToThePage();
    void leavesTheKeyboardToWhoeverGoesAlongTheTabs();
    void keepsTheKeyboardInThePageWhenItsWidgetGoes();
    void handsTheKeyboardOnWhenAClosedClusterOpens();
    void reachesTabsByMnemonic_data();
    void reachesTabsByMnemonic();
    void givesEachMnemonicOfAPageToOneControl();
    void saysWhatCameOfAnOperation();
    void showsWhatWasLastSeenWhileStale();
    void keepsTheWidthOfTheClusterList();

private:
    void writeKubeconfig(const QByteArray &text);
    void open(const MainWindow::Wish &wish = {});
    void openOn(const QStringList &files, const MainWindow::Wish &wish = {});
    void click(const QString &cluster);
    /// Stands in the cluster as somebody else wrote it.
    void putRuntime(RuntimeOperation::Kind kind, RuntimeOperation::State state);
    void eraseRuntime();
    bool isKeyboardInPage() const;
    QString notice() const;
    template <typename Widget> Widget *find(const char *name) const
    {
        return m_window->findChild<Widget *>(QLatin1String(name));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    FakeClock m_clock;
    std::unique_ptr<ClusterCatalog> m_catalog;
    std::unique_ptr<MainWindow> m_window;
    QStringList m_opened;
    QPointer<FakeCluster> m_cluster; ///< behind the open one
    QPointer<Messaging> m_messaging; ///< over m_cluster
    std::function<void()> m_prepareCluster; ///< before it is asked for anything
    bool m_isOffline = false;
    bool m_isViewer = false;
};

namespace {

const QByteArray twoClusters = "apiVersion: v1\nkind: Config\ncurrent-context: prod\n"
                               "clusters: [{name: c, cluster: {server: 'https://127.0.0.1:1'}}]\n"
                               "users: [{name: ana, user: {token: t}}]\n"
                               "contexts:\n"
                               "- {name: local, context: {cluster: c, user: ana}}\n"
                               "- {name: prod, context: {cluster: c, user: ana}}\n"
                               "- {name: broken, context: {cluster: nowhere, user: ana}}\n";

}

void TestMainWindow::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(u"PennantTest"_qs);
    QCoreApplication::setApplicationName(u"tst_mainwindow"_qs);
}

void TestMainWindow::init()
{
    QSettings().clear();
    m_folder = std::make_unique<QTemporaryDir>();
    m_opened.clear();
    m_prepareCluster = {};
    m_isOffline = false;
    m_isViewer = false;
}

void TestMainWindow::cleanup()
{
    m_window.reset();
    m_catalog.reset();
    m_folder.reset();
}

void TestMainWindow::writeKubeconfig(const QByteArray &text)
{
    QFile file(m_folder->filePath(u"config"_qs));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(text), text.size());
}

void TestMainWindow::open(const MainWindow::Wish &wish)
{
    openOn({m_folder->filePath(u"config"_qs)}, wish);
}

void TestMainWindow::openOn(const QStringList &files, const MainWindow::Wish &wish)
{
    m_window.reset();
    m_catalog = std::make_unique<ClusterCatalog>(files);
    const auto connect = [this](const ClusterAccess &access) -> Result<std::unique_ptr<Messaging>> {
        m_opened.append(access.contextName);
        auto cluster = std::make_unique<FakeCluster>();
        m_cluster = cluster.get();
        if (m_prepareCluster)
            m_prepareCluster();
        if (m_isOffline)
            cluster->goOffline();
        if (m_isViewer)
            cluster->isAllowed = [](const Permission &permission) {
                return QStringList{u"get"_qs, u"list"_qs, u"watch"_qs}.contains(permission.verb);
            };
        auto messaging = std::make_unique<Messaging>(std::move(cluster), m_clock,
            Messaging::Options{u"pennant-messaging"_qs, u"ana@laptop"_qs, access.userName});
        m_messaging = messaging.get();
        return messaging;
    };
    m_window = std::make_unique<MainWindow>(*m_catalog, m_clock, connect, wish);
    m_window->show();
    m_window->start();
}

void TestMainWindow::click(const QString &cluster)
{
    auto *list = find<QListView>("clusterList");
    for (int row = 0; row < list->model()->rowCount(); ++row) {
        const QModelIndex index = list->model()->index(row, 0);
        if (index.data().toString() == cluster)
            QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(index).center());
    }
}

void TestMainWindow::putRuntime(RuntimeOperation::Kind kind, RuntimeOperation::State state)
{
    RuntimeRecord record;
    record.spec.storageClass = u"standard"_qs;
    record.operation.kind = kind;
    record.operation.state = state;
    const RuntimeManifests manifests(u"pennant-messaging"_qs, record.spec);
    const QString account = defaultAccountName();
    QList<QJsonObject> objects = manifests.services();
    objects << manifests.statefulSet() << manifests.disruptionBudget() << manifests.networkPolicy()
            << manifests.secret(QLatin1String(RuntimeNames::configSecret), u"config"_qs, {}, {})
            << manifests.secret(QLatin1String(RuntimeNames::systemSecret), u"system"_qs, {}, {})
            << manifests.secret(RuntimeNames::clientSecret(account), u"client"_qs, account, {})
            << manifests.secret(RuntimeNames::managementSecret(account), u"management"_qs, account, {})
            << record.toConfigMap(u"pennant-messaging"_qs);
    for (const QJsonObject &object : objects)
        m_cluster->put(object);
    m_cluster->put({{u"apiVersion"_qs, u"v1"_qs}, {u"kind"_qs, u"Pod"_qs},
        {u"metadata"_qs,
            QJsonObject{{u"name"_qs, u"nats-0"_qs}, {u"namespace"_qs, u"pennant-messaging"_qs},
                {u"labels"_qs, RuntimeNames::labels()}}},
        {u"spec"_qs, QJsonObject{{u"containers"_qs, QJsonArray{QJsonObject{{u"name"_qs, u"nats"_qs}}}}}},
        {u"status"_qs,
            QJsonObject{
                {u"conditions"_qs, QJsonArray{QJsonObject{{u"type"_qs, u"Ready"_qs}, {u"status"_qs, u"True"_qs}}}}}}});
}

void TestMainWindow::eraseRuntime()
{
    const QString nameSpace = u"pennant-messaging"_qs;
    m_cluster->erase({u"apps/v1"_qs, u"StatefulSet"_qs, nameSpace, QLatin1String(RuntimeNames::server)});
    m_cluster->erase({u"v1"_qs, u"Pod"_qs, nameSpace, u"nats-0"_qs});
    m_cluster->erase({u"v1"_qs, u"ConfigMap"_qs, nameSpace, QLatin1String(RuntimeNames::record)});
}

bool TestMainWindow::isKeyboardInPage() const
{
    const QWidget *focus = m_window->focusWidget();
    const auto *tabs = find<QTabBar>("workspaceTabs");
    const auto *page = tabs ? m_window->findChild<QWidget *>(tabName(Tab(tabs->currentIndex())) + u"Page"_qs) : nullptr;
    return focus && page && (focus == page || page->isAncestorOf(focus)) && focus->isVisible() && focus->isEnabled();
}

QString TestMainWindow::notice() const
{
    const auto *state = find<EmptyState>("clusterNotice");
    if (!state->isVisible())
        return {};
    QStringList texts;
    for (const QLabel *label : state->findChildren<QLabel *>())
        texts.append(label->text());
    return texts.join(u'\n');
}

void TestMainWindow::saysWhereItLookedForClusters()
{
    open();
    QVERIFY2(notice().contains(m_folder->filePath(u"config"_qs)), qPrintable(notice()));
    QVERIFY(notice().contains(u"--kubeconfig"_qs));
    QVERIFY2(notice().contains(u"reads it by itself"_qs), qPrintable(notice()));
    QVERIFY(find<EmptyState>("clusterNotice")->actionButton()->isVisible());

    writeKubeconfig(twoClusters);
    QTRY_COMPARE(m_opened, QStringList({u"prod"_qs}));
}

void TestMainWindow::opensTheCurrentContext()
{
    writeKubeconfig(twoClusters);
    open();
    QCOMPARE(m_opened, QStringList({u"prod"_qs}));
    QVERIFY(notice().isEmpty());
    QTRY_COMPARE(find<ElidingLabel>("freshnessLabel")->text(), u"Live"_qs);
    QVERIFY(find<StatusBadge>("runtimeBadge")->isVisible());
    const auto *identity = find<ElidingLabel>("identityLabel");
    QVERIFY2(identity->text().startsWith(u"ana@c"_qs), qPrintable(identity->text()));
    for (const QString &part : {u"ana"_qs, u"https://127.0.0.1:1"_qs, u"prod"_qs, m_folder->filePath(u"config"_qs)})
        QVERIFY2(identity->toolTip().contains(part), qPrintable(identity->toolTip()));
    QCOMPARE(find<QTabBar>("workspaceTabs")->count(), 7);
}

void TestMainWindow::opensTheContextThatWasAskedFor()
{
    writeKubeconfig(twoClusters);
    open({u"local"_qs, Tab::Insights});
    QCOMPARE(m_opened, QStringList({u"local"_qs}));
    QCOMPARE(find<QTabBar>("workspaceTabs")->currentIndex(), int(Tab::Insights));
    QVERIFY(find<QWidget>("insightsPage")->isVisible());
    QVERIFY(!find<QWidget>("logsPage"));
}

void TestMainWindow::saysThatAContextIsUnknown()
{
    writeKubeconfig(twoClusters);
    open({u"staging"_qs, {}});
    QVERIFY2(notice().contains(u"staging"_qs), qPrintable(notice()));
    QVERIFY(m_opened.isEmpty());
    click(u"local"_qs);
    QCOMPARE(m_opened, QStringList({u"local"_qs}));
    QVERIFY(notice().isEmpty());
}

void TestMainWindow::saysThatTheCurrentContextIsMissing()
{
    writeKubeconfig(QByteArray(twoClusters).replace("current-context: prod", "current-context: gone"));
    open();
    QVERIFY2(notice().contains(u"“gone”"_qs), qPrintable(notice()));
    QVERIFY2(notice().contains(m_folder->filePath(u"config"_qs)), qPrintable(notice()));
    QVERIFY(m_opened.isEmpty());
}

void TestMainWindow::opensNothingElseWhereWhatWasNamedIsMissing()
{
    writeKubeconfig(twoClusters);
    QSettings().setValue(u"clusters/addedFiles"_qs, QStringList{m_folder->filePath(u"config"_qs)});
    const QString missing = m_folder->filePath(u"mistyped"_qs);
    qputenv("KUBECONFIG", missing.toUtf8());
    openOn({});
    qunsetenv("KUBECONFIG");
    QVERIFY2(notice().contains(missing), qPrintable(notice()));
    QVERIFY(m_opened.isEmpty());
    click(u"local"_qs);
    QCOMPARE(m_opened, QStringList({u"local"_qs}));
}

void TestMainWindow::keepsSayingInTheListWhatCouldNotBeOpened()
{
    writeKubeconfig(
        QByteArray(twoClusters).replace("token: t", "tokenFile: " + m_folder->path().toUtf8() + "/no/token"));
    open();
    const auto state = [this](const QString &name) { return m_catalog->entry(m_catalog->idOfContext(name))->state; };
    QCOMPARE(state(u"prod"_qs), ClusterEntry::State::Broken);
    QCOMPARE(state(u"local"_qs), ClusterEntry::State::Closed);
    click(u"local"_qs);
    QCOMPARE(state(u"prod"_qs), ClusterEntry::State::Broken);
    QVERIFY(m_opened.isEmpty());
}

void TestMainWindow::saysWhyAContextCannotBeOpened()
{
    writeKubeconfig(twoClusters);
    open();
    click(u"broken"_qs);
    QVERIFY2(notice().contains(u"nowhere"_qs), qPrintable(notice()));
    QVERIFY(!m_cluster);
}

void TestMainWindow::opensOnReloadWhatAMissingFileKeptClosed()
{
    const QTemporaryDir elsewhere;
    QFile token(elsewhere.filePath(u"token"_qs));
    writeKubeconfig(QByteArray(twoClusters).replace("token: t", "tokenFile: " + token.fileName().toUtf8()));
    open();
    QVERIFY2(notice().contains(token.fileName()), qPrintable(notice()));
    QVERIFY(token.open(QIODevice::WriteOnly));
    token.write("t");
    token.close();
    QTest::mouseClick(find<EmptyState>("clusterNotice")->actionButton(), Qt::LeftButton);
    QTRY_COMPARE(m_opened, QStringList{u"prod"_qs});
    QVERIFY(notice().isEmpty());
}

void TestMainWindow::dropsOneClusterForAnother()
{
    writeKubeconfig(twoClusters);
    open();
    const QPointer<FakeCluster> first = m_cluster;
    click(u"local"_qs);
    QVERIFY(!first);
    QCOMPARE(m_opened, QStringList({u"prod"_qs, u"local"_qs}));
    QCOMPARE(m_window->findChildren<QTabBar *>(u"workspaceTabs"_qs).size(), 1);
    QTRY_COMPARE(m_catalog->entry(m_catalog->idOfContext(u"local"_qs))->state, ClusterEntry::State::Online);
    QCOMPARE(m_catalog->entry(m_catalog->idOfContext(u"prod"_qs))->state, ClusterEntry::State::Closed);
}

void TestMainWindow::readsLogsWhicheverListComesFirst()
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
    find<QTabBar>("workspaceTabs")->setCurrentIndex(int(Tab::Logs));
    for (const QString &next : {u"local"_qs, u"prod"_qs, u"local"_qs, QString()}) {
        QTRY_VERIFY2((m_clock.advance(std::chrono::milliseconds(100)), find<LogView>("logView")->isVisible()),
            qPrintable(m_opened.last()));
        click(next);
    }
    QCOMPARE(m_opened.size(), 4);
}

void TestMainWindow::saysThatTheServerCannotBeReached()
{
    writeKubeconfig(twoClusters);
    m_isOffline = true;
    open();
    auto *banner = find<Banner>("connectionBanner");
    QTRY_VERIFY(banner->isVisible());
    QVERIFY2(banner->text().contains(u"keeps trying"_qs), qPrintable(banner->text()));
    const QString why = m_catalog->entry(m_catalog->idOfContext(u"prod"_qs))->problem;
    QVERIFY2(banner->text().contains(why), qPrintable(why));
    for (int tab = 0; tab < tabCount; ++tab) {
        find<QTabBar>("workspaceTabs")->setCurrentIndex(tab);
        const auto labels = m_window->findChild<QWidget *>(tabName(Tab(tab)) + u"Page"_qs)->findChildren<QLabel *>();
        for (const QLabel *label : labels)
            QVERIFY2(!label->isVisible() || !label->text().contains(why), qPrintable(tabName(Tab(tab))));
    }
    find<QTabBar>("workspaceTabs")->setCurrentIndex(int(Tab::Overview));
    m_cluster->goOnline();
    m_clock.advance(std::chrono::minutes(1));
    QTRY_VERIFY(!banner->isVisible());
    QCOMPARE(find<ElidingLabel>("freshnessLabel")->text(), u"Live"_qs);
}

void TestMainWindow::triesToReachTheServerWhenAsked()
{
    writeKubeconfig(twoClusters);
    m_isOffline = true;
    open();
    auto *banner = find<Banner>("connectionBanner");
    QTRY_VERIFY(banner->isVisible());
    QPushButton *button = banner->actionButton();
    QCOMPARE(button->text(), u"Try rig&ht now"_qs);
    QVERIFY(button->focusPolicy() & Qt::TabFocus);
    QTest::qWait(50);
    m_cluster->requests.clear();
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Space);
    QCOMPARE(button->text(), u"Trying…"_qs);
    for (const char *list : {"/configmaps", "/pods", "/storageclasses", "/secrets"})
        QVERIFY2(std::any_of(m_cluster->requests.cbegin(), m_cluster->requests.cend(),
                     [list](const ApiRequest &request) { return request.path.endsWith(QLatin1String(list)); }),
            list);
    QTRY_COMPARE(button->text(), u"Try rig&ht now"_qs); // the pods can't be read
    QVERIFY(button->hasFocus());

    m_cluster->goOnline();
    QTest::keyClick(button, Qt::Key_Space);
    QTRY_VERIFY(!banner->isVisible()); // no time has passed
    QVERIFY(isKeyboardInPage());
}

void TestMainWindow::warnsWhileTlsIsNotVerified()
{
    writeKubeconfig(twoClusters);
    open();
    QVERIFY(!find<StatusBadge>("tlsBadge")->isVisible());
    QByteArray trusting = twoClusters;
    writeKubeconfig(trusting.replace("127.0.0.1:1'", "127.0.0.1:1', insecure-skip-tls-verify: true"));
    QTRY_VERIFY(find<StatusBadge>("tlsBadge")->isVisible());
    QCOMPARE(find<StatusBadge>("tlsBadge")->tone(), Tone::Warning);
    QVERIFY(find<StatusBadge>("tlsBadge")->toolTip().contains(u"certificate-authority"_qs));
    writeKubeconfig(twoClusters);
    QTRY_VERIFY(!find<StatusBadge>("tlsBadge")->isVisible());
}

void TestMainWindow::reachesTabsByKey()
{
    writeKubeconfig(twoClusters);
    open();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    for (int index = tabCount - 1; index >= 0; --index) {
        QTest::keyClick(m_window.get(), Qt::Key(Qt::Key_1 + index), Qt::ControlModifier);
        QCOMPARE(find<QTabBar>("workspaceTabs")->currentIndex(), index);
        QVERIFY(m_window->findChild<QWidget *>(tabName(Tab(index)) + u"Page"_qs)->isVisible());
        const QString key = QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + index)).toString(QKeySequence::NativeText);
        QVERIFY(find<QTabBar>("workspaceTabs")->tabToolTip(index).contains(key));
    }
    QTest::keyClick(m_window.get(), Qt::Key_PageDown, Qt::ControlModifier);
    QCOMPARE(find<QTabBar>("workspaceTabs")->currentIndex(), 1);
    QTest::keyClick(m_window.get(), Qt::Key_PageUp, Qt::ControlModifier);
    QTest::keyClick(m_window.get(), Qt::Key_PageUp, Qt::ControlModifier);
    QCOMPARE(find<QTabBar>("workspaceTabs")->currentIndex(), tabCount - 1);
}

void TestMainWindow::remembersClusterAndTab()
{
    writeKubeconfig(twoClusters);
    open({u"local"_qs, {}});
    find<QTabBar>("workspaceTabs")->setCurrentIndex(int(Tab::Logs));
    m_window->close();
    open();
    QCOMPARE(m_opened.last(), u"local"_qs);
    QCOMPARE(find<QTabBar>("workspaceTabs")->currentIndex(), int(Tab::Logs));
}

void TestMainWindow::filtersClusters()
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

void TestMainWindow::keepsEverythingWhenATokenIsRenewed()
{
    writeKubeconfig(twoClusters);
    open();
    const QPointer<FakeCluster> cluster = m_cluster;
    const QPointer<QTabBar> tabs = find<QTabBar>("workspaceTabs");
    writeKubeconfig(QByteArray(twoClusters).replace("token: t", "token: renewed"));
    QTRY_COMPARE(cluster->renewedTokens, QList<SecretString>({SecretString(u"renewed"_qs)}));
    QVERIFY(tabs);
    QCOMPARE(m_opened.size(), 1);
}

void TestMainWindow::keepsEverythingWhenTheNamespaceChanges()
{
    writeKubeconfig(twoClusters);
    open();
    const QPointer<QTabBar> tabs = find<QTabBar>("workspaceTabs");
    QSignalSpy reloaded(m_catalog.get(), &ClusterCatalog::reloaded);
    writeKubeconfig(
        QByteArray(twoClusters).replace("user: ana}}\n- {name: broken", "user: ana, namespace: x}}\n- {name: broken"));
    QTRY_COMPARE(reloaded.size(), 1);
    QVERIFY(tabs);
    QCOMPARE(m_opened.size(), 1);
}

void TestMainWindow::looksAgainForWhatReplacesRefusedCredentials()
{
    const QTemporaryDir elsewhere;
    const QString path = elsewhere.filePath(u"token"_qs);
    const auto writeToken = [&path](const QByteArray &text) {
        QFile token(path);
        return token.open(QIODevice::WriteOnly) && token.write(text) == text.size();
    };
    QVERIFY(writeToken("old"));
    writeKubeconfig(QByteArray(twoClusters).replace("token: t", "tokenFile: " + path.toUtf8()));
    open();
    QTRY_COMPARE(find<ElidingLabel>("freshnessLabel")->text(), u"Live"_qs);
    QTest::qWait(500); // what opening made it read again
    QVERIFY(writeToken("renewed"));
    m_cluster->cutStreams(Error{Error::Kind::Unauthorized, u"The token has expired."_qs, {}, {}, {}});
    QTRY_COMPARE((m_clock.advance(std::chrono::milliseconds(100)), m_cluster->renewedTokens),
        QList<SecretString>({SecretString(u"renewed"_qs)}));
    QCOMPARE(m_opened.size(), 1);
}

void TestMainWindow::recordsToItsEndWhatWasAskedForInAClosedCluster()
{
    writeKubeconfig(twoClusters);
    m_prepareCluster = [this] {
        m_cluster->put({{u"apiVersion"_qs, u"storage.k8s.io/v1"_qs}, {u"kind"_qs, u"StorageClass"_qs},
            {u"metadata"_qs, QJsonObject{{u"name"_qs, u"standard"_qs}}}, {u"provisioner"_qs, u"test/volumes"_qs}});
    };
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
    click(u"local"_qs);
    QCOMPARE(m_opened.size(), 2);
    QTRY_VERIFY((passes(), !first));
    QCOMPARE(states, QList({RuntimeOperation::State::Requested, RuntimeOperation::State::Running}));
}

void TestMainWindow::opensAnewWhenTheServerChanges()
{
    writeKubeconfig(twoClusters);
    open();
    writeKubeconfig(QByteArray(twoClusters).replace("127.0.0.1:1'", "127.0.0.1:2'"));
    QTRY_COMPARE(m_opened.size(), 2);
    QVERIFY(m_cluster->renewedTokens.isEmpty());
}

void TestMainWindow::readsTheRuntimeAgain()
{
    writeKubeconfig(twoClusters);
    open();
    QTRY_COMPARE(find<ElidingLabel>("freshnessLabel")->text(), u"Live"_qs);
    QTest::qWait(50);
    m_cluster->requests.clear();
    m_window->findChild<QAction *>(u"refreshAction"_qs)->trigger();
    QTRY_VERIFY(std::any_of(m_cluster->requests.cbegin(), m_cluster->requests.cend(),
        [](const ApiRequest &request) { return request.path.endsWith(u"/configmaps"_qs); }));
}

void TestMainWindow::saysThatRenewedCredentialsCannotBeUsed()
{
    writeKubeconfig(twoClusters);
    open();
    auto *banner = find<Banner>("credentialsBanner");
    QVERIFY(!banner->isVisible());
    m_cluster->renewProblem = Error{Error::Kind::Local, u"The client key can't be read."_qs, {}, {}, {}};
    writeKubeconfig(QByteArray(twoClusters).replace("token: t", "token: renewed"));
    QTRY_VERIFY(banner->isVisible());
    QVERIFY2(banner->text().contains(u"The client key can't be read."_qs), qPrintable(banner->text()));
    QVERIFY2(banner->text().contains(u"Mend the kubeconfig"_qs), qPrintable(banner->text()));
    m_cluster->renewProblem.reset();
    banner->actionButton()->click();
    QTRY_VERIFY(!banner->isVisible());
    QCOMPARE(m_cluster->renewedTokens, QList<SecretString>({SecretString(u"renewed"_qs)}));
}

void TestMainWindow::saysThatTheContextHasGone()
{
    writeKubeconfig(twoClusters);
    open();
    writeKubeconfig(QByteArray(twoClusters).replace("{name: prod,", "{name: renamed,"));
    auto *banner = find<Banner>("credentialsBanner");
    QTRY_VERIFY(banner->isVisible());
    writeKubeconfig(twoClusters);
    QTRY_VERIFY(!banner->isVisible());
    QCOMPARE(m_opened.size(), 1);
}

void TestMainWindow::handsTheKeyboardToThePage()
{
    writeKubeconfig(twoClusters);
    open();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QVERIFY(isKeyboardInPage());
    auto *tabs = find<QTabBar>("workspaceTabs");
    for (int index = tabCount - 1; index >= 0; --index) {
        QTest::keyClick(m_window.get(), Qt::Key(Qt::Key_1 + index), Qt::ControlModifier);
        QVERIFY2(isKeyboardInPage(), qPrintable(tabName(Tab(index))));
    }
    for (int index = tabCount - 1; index >= 0; --index) {
        find<QLineEdit>("clusterFilterEdit")->setFocus();
        QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(index).center());
        QTRY_VERIFY2(isKeyboardInPage(), qPrintable(tabName(Tab(index))));
    }
    click(u"local"_qs);
    QVERIFY(isKeyboardInPage());
}

void TestMainWindow::leavesTheKeyboardToWhoeverGoesAlongTheTabs()
{
    writeKubeconfig(twoClusters);
    open();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    auto *tabs = find<QTabBar>("workspaceTabs");
    tabs->setFocus();
    QTest::keyClick(tabs, Qt::Key_Right);
    QCOMPARE(tabs->currentIndex(), int(Tab::Accounts));
    QVERIFY(tabs->hasFocus());
}

void TestMainWindow::keepsTheKeyboardInThePageWhenItsWidgetGoes()
{
    m_isViewer = true;
    writeKubeconfig(twoClusters);
    open({{}, Tab::Logs});
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    auto *settings = find<EmptyState>("logsEmptyState")->actionButton();
    QTRY_VERIFY(settings->isVisible());
    settings->setFocus();
    putRuntime(RuntimeOperation::Kind::Enable, RuntimeOperation::State::Done);
    QTRY_VERIFY((m_clock.advance(std::chrono::milliseconds(200)), !settings->isVisible()));
    QVERIFY(isKeyboardInPage());
    // disabled instead of hidden
    auto *previous = find<QPushButton>("followToggle");
    previous->setFocus();
    previous->setEnabled(false);
    QVERIFY(isKeyboardInPage());
}

void TestMainWindow::handsTheKeyboardOnWhenAClosedClusterOpens()
{
    const QTemporaryDir elsewhere;
    QFile token(elsewhere.filePath(u"token"_qs));
    writeKubeconfig(QByteArray(twoClusters).replace("token: t", "tokenFile: " + token.fileName().toUtf8()));
    open();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QVERIFY(find<EmptyState>("clusterNotice")->actionButton()->hasFocus());
    QVERIFY(token.open(QIODevice::WriteOnly));
    token.write("t");
    token.close();
    QTest::keyClick(m_window->focusWidget(), Qt::Key_Space);
    QTRY_VERIFY(isKeyboardInPage());
}

void TestMainWindow::reachesTabsByMnemonic_data()
{
    QTest::addColumn<bool>("isEnabled");
    QTest::newRow("without a runtime") << false;
    QTest::newRow("with one") << true;
}

void TestMainWindow::reachesTabsByMnemonic()
{
    QFETCH(bool, isEnabled);
    writeKubeconfig(twoClusters);
    open();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    if (isEnabled)
        putRuntime(RuntimeOperation::Kind::Enable, RuntimeOperation::State::Done);
    QTRY_COMPARE((m_clock.advance(std::chrono::milliseconds(200)),
                     find<QWidget>("lifecyclePhaseBadge") != nullptr
                         && find<StatusBadge>("runtimeBadge")->text().startsWith(isEnabled ? u"Ready"_qs : u"Not"_qs)),
        true);
    auto *tabs = find<QTabBar>("workspaceTabs");
    for (int from = 0; from < tabCount; ++from) {
        for (int to = 0; to < tabCount; ++to) {
            QTest::keyClick(m_window.get(), Qt::Key(Qt::Key_1 + from), Qt::ControlModifier);
            QCOMPARE(tabs->currentIndex(), from);
            const QString title = tabTitle(Tab(to));
            const QChar letter = title.at(title.indexOf(u'&') + 1).toUpper();
            QTest::keyClick(m_window.get(), Qt::Key(letter.unicode()), Qt::AltModifier);
            const QByteArray way = (tabName(Tab(from)) + u" to "_qs + tabName(Tab(to))).toLatin1();
            QVERIFY2(tabs->currentIndex() == to, way.constData());
            QVERIFY2(isKeyboardInPage(), way.constData());
        }
    }
}

void TestMainWindow::givesEachMnemonicOfAPageToOneControl()
{
    writeKubeconfig(twoClusters);
    open();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QStringList outside;
    for (int tab = 0; tab < tabCount; ++tab)
        outside << tabTitle(Tab(tab));
    outside << find<QPushButton>("addKubeconfigButton")->text();
    for (int tab = 0; tab < tabCount; ++tab) {
        QTest::keyClick(m_window.get(), Qt::Key(Qt::Key_1 + tab), Qt::ControlModifier);
        QStringList texts = outside;
        const auto *page = m_window->findChild<QWidget *>(tabName(Tab(tab)) + u"Page"_qs);
        const auto labels = page->findChildren<QLabel *>();
        for (const QLabel *label : labels)
            texts << (label->buddy() ? label->text() : QString());
        const auto buttons = page->findChildren<QAbstractButton *>();
        for (const QAbstractButton *button : buttons)
            texts << button->text();
        QHash<QString, QString> owners;
        for (const QString &text : std::as_const(texts)) {
            const QString key = QKeySequence::mnemonic(text).toString();
            if (key.isEmpty())
                continue;
            const QString other = owners.value(key);
            QVERIFY2(other.isEmpty(), qPrintable(u"%1: %2 and %3"_qs.arg(tabName(Tab(tab)), other, text)));
            owners.insert(key, text);
        }
    }
}

void TestMainWindow::saysWhatCameOfAnOperation()
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

void TestMainWindow::showsWhatWasLastSeenWhileStale()
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

void TestMainWindow::keepsTheWidthOfTheClusterList()
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

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
