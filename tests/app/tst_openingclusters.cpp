// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/windowfixture.h"
#include "widgets/common/banner.h"
#include "widgets/common/elidinglabel.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/statusbadge.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QTabBar>
#include <QTest>

/// Which cluster is opened, and what is said where that can't be.
class OpeningClustersTest final : public WindowFixture {
    Q_OBJECT

private Q_SLOTS:
    void saysWhereItLookedForClusters();
    void opensTheCurrentContext();
    void opensTheContextThatWasAskedFor();
    void saysThatAContextIsUnknown();
    void saysThatTheCurrentContextIsMissing();
    void opensNothingElseWhereWhatWasNamedIsMissing();
    void keepsSayingInTheListWhatCouldNotBeOpened();
    void saysWhyAContextCannotBeOpened();
    void opensOnReloadWhatAMissingFileKeptClosed();
    void saysThatTheServerCannotBeReached();
    void triesToReachTheServerWhenAsked();
    void warnsWhileTlsIsNotVerified();
    void saysWhatALoginSays();
};

void OpeningClustersTest::saysWhereItLookedForClusters()
{
    open();
    QVERIFY2(notice().contains(m_folder->filePath(u"config"_qs)), qPrintable(notice()));
    QVERIFY(notice().contains(u"--kubeconfig"_qs));
    QVERIFY2(notice().contains(u"reads it by itself"_qs), qPrintable(notice()));
    QVERIFY(find<EmptyState>("clusterNotice")->actionButton()->isVisible());

    writeKubeconfig(twoClusters);
    QTRY_COMPARE(m_opened, QStringList({u"prod"_qs}));
}

void OpeningClustersTest::opensTheCurrentContext()
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

void OpeningClustersTest::opensTheContextThatWasAskedFor()
{
    writeKubeconfig(twoClusters);
    open({u"local"_qs, Tab::Insights});
    QCOMPARE(m_opened, QStringList({u"local"_qs}));
    QCOMPARE(find<QTabBar>("workspaceTabs")->currentIndex(), int(Tab::Insights));
    QVERIFY(find<QWidget>("insightsPage")->isVisible());
    QVERIFY(!find<QWidget>("logsPage"));
}

void OpeningClustersTest::saysThatAContextIsUnknown()
{
    writeKubeconfig(twoClusters);
    open({u"staging"_qs, {}});
    QVERIFY2(notice().contains(u"staging"_qs), qPrintable(notice()));
    QVERIFY(m_opened.isEmpty());
    click(u"local"_qs);
    QCOMPARE(m_opened, QStringList({u"local"_qs}));
    QVERIFY(notice().isEmpty());
}

void OpeningClustersTest::saysThatTheCurrentContextIsMissing()
{
    writeKubeconfig(QByteArray(twoClusters).replace("current-context: prod", "current-context: gone"));
    open();
    QVERIFY2(notice().contains(u"“gone”"_qs), qPrintable(notice()));
    QVERIFY2(notice().contains(m_folder->filePath(u"config"_qs)), qPrintable(notice()));
    QVERIFY(m_opened.isEmpty());
}

void OpeningClustersTest::opensNothingElseWhereWhatWasNamedIsMissing()
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

void OpeningClustersTest::keepsSayingInTheListWhatCouldNotBeOpened()
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

void OpeningClustersTest::saysWhyAContextCannotBeOpened()
{
    writeKubeconfig(twoClusters);
    open();
    click(u"broken"_qs);
    QVERIFY2(notice().contains(u"nowhere"_qs), qPrintable(notice()));
    QCOMPARE(m_opened, QStringList({u"prod"_qs}));
}

void OpeningClustersTest::opensOnReloadWhatAMissingFileKeptClosed()
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

void OpeningClustersTest::saysThatTheServerCannotBeReached()
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

void OpeningClustersTest::triesToReachTheServerWhenAsked()
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

void OpeningClustersTest::warnsWhileTlsIsNotVerified()
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

void OpeningClustersTest::saysWhatALoginSays()
{
    writeKubeconfig(twoClusters);
    open();
    auto *banner = find<Banner>("loginBanner");
    QVERIFY(!banner->isVisible());
    const QString words = u"Open https://login.example and enter the code ABCD-1234"_qs;
    m_cluster->waitFor(words);
    QVERIFY(banner->isVisible());
    QCOMPARE(banner->accessibleName(), words);
    banner->actionButton()->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), words);
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    banner->actionButton()->setFocus();
    m_cluster->waitFor({});
    QVERIFY(!banner->isVisible());
    QVERIFY(isKeyboardInPage());
}

QTEST_MAIN(OpeningClustersTest)
#include "tst_openingclusters.moc"
