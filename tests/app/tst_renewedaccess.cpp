// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/windowfixture.h"
#include "widgets/common/banner.h"
#include "widgets/common/elidinglabel.h"

#include <QAction>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>

/// What becomes of an open cluster when its entry of the kubeconfig changes.
class RenewedAccessTest final : public WindowFixture {
    Q_OBJECT

private Q_SLOTS:
    void keepsEverythingWhenATokenIsRenewed();
    void keepsEverythingWhenTheNamespaceChanges();
    void looksAgainForWhatReplacesRefusedCredentials();
    void opensAnewWhenTheServerChanges();
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
