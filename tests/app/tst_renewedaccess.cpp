// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/windowfixture.h"
#include "widgets/common/banner.h"
#include "widgets/common/elidinglabel.h"

#include <QAction>
#include <QDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>

/// What becomes of an open cluster when its entry of the kubeconfig changes.
class RenewedAccessTest final : public WindowFixture {
    Q_OBJECT

private Q_SLOTS:
    void keepsEverythingWhenATokenIsRenewed();
    void keepsEverythingWhenTheWayChanges_data();
    void keepsEverythingWhenTheWayChanges();
    void keepsEverythingWhenTheNamespaceChanges();
    void looksAgainForWhatReplacesRefusedCredentials();
    void opensAnewWhenTheServerChanges();
    void keepsWhatWasEnteredWhenTheServerChanges();
    void readsTheRuntimeAgain();
    void saysThatRenewedCredentialsCannotBeUsed();
    void saysThatTokensCouldNotBeKept();
    void saysThatTheContextHasGone();
};

void RenewedAccessTest::keepsEverythingWhenATokenIsRenewed()
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

void RenewedAccessTest::keepsEverythingWhenTheWayChanges_data()
{
    QTest::addColumn<QByteArray>("more");
    QTest::newRow("authority") << QByteArray("certificate-authority-data: Y2E=");
    QTest::newRow("proxy") << QByteArray("proxy-url: 'http://127.0.0.1:9'");
    QTest::newRow("name of the server") << QByteArray("tls-server-name: api.example");
    QTest::newRow("no verification") << QByteArray("insecure-skip-tls-verify: true");
}

void RenewedAccessTest::keepsEverythingWhenTheWayChanges()
{
    QFETCH(const QByteArray, more);
    writeKubeconfig(twoClusters);
    open();
    const QPointer<FakeCluster> cluster = m_cluster;
    const QPointer<QTabBar> tabs = find<QTabBar>("workspaceTabs");
    QTRY_COMPARE(find<ElidingLabel>("freshnessLabel")->text(), u"Live"_qs);
    cluster->requests.clear();
    writeKubeconfig(QByteArray(twoClusters).replace("127.0.0.1:1'", "127.0.0.1:1', " + more));
    QTRY_VERIFY(!tabs || cluster->renewedTokens.size() == 1);
    QVERIFY(tabs);
    QCOMPARE(m_opened.size(), 1);
    // behind it may stand another cluster: no watch goes on from where it was
    QTRY_VERIFY(std::any_of(cluster->requests.cbegin(), cluster->requests.cend(), [](const ApiRequest &request) {
        return request.path.endsWith(u"/statefulsets"_qs) && !request.query.hasQueryItem(u"watch"_qs);
    }));
    QCOMPARE(find<QWidget>("tlsBadge")->isVisible(), more.startsWith("insecure"));
}

void RenewedAccessTest::keepsEverythingWhenTheNamespaceChanges()
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

void RenewedAccessTest::looksAgainForWhatReplacesRefusedCredentials()
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

void RenewedAccessTest::opensAnewWhenTheServerChanges()
{
    writeKubeconfig(twoClusters);
    open();
    writeKubeconfig(QByteArray(twoClusters).replace("127.0.0.1:1'", "127.0.0.1:2'"));
    QTRY_COMPARE(m_opened.size(), 2);
    QVERIFY(m_cluster->renewedTokens.isEmpty());
}

void RenewedAccessTest::keepsWhatWasEnteredWhenTheServerChanges()
{
    writeKubeconfig(twoClusters);
    m_prepareCluster = [this] { putRuntime(RuntimeOperation::Kind::Enable, RuntimeOperation::State::Done); };
    open();
    shownTabs()->setCurrentIndex(int(Tab::Streams));
    const QPointer<QLineEdit> name = find<QLineEdit>("streamNameEdit");
    QTest::keyClicks(name, u"orders"_qs);
    const QPointer<Banner> banner = find<Banner>("ledElsewhereBanner");
    const QByteArray moved = QByteArray(twoClusters).replace("127.0.0.1:1'", "127.0.0.1:2'");
    writeKubeconfig(moved);
    QTRY_VERIFY(!banner || banner->isVisible());
    QVERIFY(banner && name);
    QVERIFY2(banner->text().contains(u"ana at https://127.0.0.1:1"_qs), qPrintable(banner->text()));
    writeKubeconfig(twoClusters);
    QTRY_VERIFY(!banner->isVisible());
    writeKubeconfig(moved);
    QTRY_VERIFY(banner->isVisible());
    banner->actionButton()->click();
    QTRY_VERIFY(find<QDialog>("discardDialog"));
    QCOMPARE(name->text(), u"orders"_qs);
    QCOMPARE(m_opened.size(), 1);
    find<QPushButton>("discardButton")->click();
    QCOMPARE(m_opened.size(), 2);
    QVERIFY(!name);
    QVERIFY(!find<Banner>("ledElsewhereBanner")->isVisible());
}

void RenewedAccessTest::readsTheRuntimeAgain()
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

void RenewedAccessTest::saysThatRenewedCredentialsCannotBeUsed()
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

void RenewedAccessTest::saysThatTokensCouldNotBeKept()
{
    writeKubeconfig(twoClusters);
    open();
    auto *banner = find<Banner>("loginWarningBanner");
    QVERIFY(!banner->isVisible());
    m_cluster->warn(u"The new tokens could not be written."_qs);
    QVERIFY(banner->isVisible());
    QCOMPARE(banner->text(), u"The new tokens could not be written."_qs);
    m_cluster->warn({});
    QVERIFY(!banner->isVisible());
}

void RenewedAccessTest::saysThatTheContextHasGone()
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

QTEST_MAIN(RenewedAccessTest)
#include "tst_renewedaccess.moc"
