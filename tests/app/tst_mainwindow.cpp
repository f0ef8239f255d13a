// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/clustercatalog.h"
#include "app/mainwindow.h"
#include "services/messaging/messaging.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakecluster.h"
#include "widgets/common/banner.h"
#include "widgets/common/elidinglabel.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/statusbadge.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPointer>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>

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
    void saysWhyAContextCannotBeOpened();
    void opensOnReloadWhatAMissingFileKeptClosed();
    void dropsOneClusterForAnother();
    void saysThatTheServerCannotBeReached();
    void warnsWhileTlsIsNotVerified();
    void reachesTabsByKey();
    void remembersClusterAndTab();
    void filtersClusters();
    void keepsEverythingWhenATokenIsRenewed();
    void opensAnewWhenTheServerChanges();
    void readsTheRuntimeAgain();

private:
    void writeKubeconfig(const QByteArray &text);
    void open(const MainWindow::Wish &wish = {});
    void click(const QString &cluster);
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
    bool m_isOffline = false;
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
    m_isOffline = false;
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
    m_window.reset();
    m_catalog = std::make_unique<ClusterCatalog>(QStringList{m_folder->filePath(u"config"_qs)});
    const auto connect = [this](const ClusterAccess &access) -> Result<std::unique_ptr<Messaging>> {
        m_opened.append(access.contextName);
        auto cluster = std::make_unique<FakeCluster>();
        m_cluster = cluster.get();
        if (m_isOffline)
            cluster->goOffline();
        return std::make_unique<Messaging>(std::move(cluster), m_clock,
            Messaging::Options{u"pennant-messaging"_qs, u"ana@laptop"_qs, access.userName});
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
    QVERIFY(find<ElidingLabel>("identityLabel")->text().startsWith(u"ana@prod"_qs));
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

void TestMainWindow::saysThatTheServerCannotBeReached()
{
    writeKubeconfig(twoClusters);
    m_isOffline = true;
    open();
    auto *banner = find<Banner>("connectionBanner");
    QTRY_VERIFY(banner->isVisible());
    QVERIFY2(banner->text().contains(u"keeps trying"_qs), qPrintable(banner->text()));
    m_cluster->goOnline();
    m_clock.advance(std::chrono::minutes(1));
    QTRY_VERIFY(!banner->isVisible());
    QCOMPARE(find<ElidingLabel>("freshnessLabel")->text(), u"Live"_qs);
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
    }
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

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
