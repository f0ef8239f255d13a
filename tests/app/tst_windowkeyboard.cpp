// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/windowfixture.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/statusbadge.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTabBar>
#include <QTest>

/// The way through tabs and pages without a mouse.
class WindowKeyboardTest final : public WindowFixture {
    Q_OBJECT

private Q_SLOTS:
    void reachesTabsByKey();
    void handsTheKeyboardToThePage();
    void leavesTheKeyboardToWhoeverGoesAlongTheTabs();
    void keepsTheKeyboardInThePageWhenItsWidgetGoes();
    void handsTheKeyboardOnWhenAClosedClusterOpens();
    void reachesTabsByMnemonic_data();
    void reachesTabsByMnemonic();
    void givesEachMnemonicOfAPageToOneControl();
    void comesFromTheLastControlToTheFirst();
    void goesToNothingThatDestroysAfterEnable();
    void goesToNothingThatDestroysWhenTheFormIsLocked();
    void changesNothingInSettingsByTheKeyThatLeadsThere();

private:
    void waitForAbsent();
    /// What the page of `tab` can be told by Alt and a letter.
    QList<QKeySequence> mnemonicsOf(Tab tab) const;
};

void WindowKeyboardTest::waitForAbsent()
{
    QTRY_VERIFY((m_clock.advance(std::chrono::milliseconds(200)),
        find<QPushButton>("overviewEnableButton") && find<QPushButton>("overviewEnableButton")->isEnabled()));
}

QList<QKeySequence> WindowKeyboardTest::mnemonicsOf(Tab tab) const
{
    QList<QKeySequence> keys;
    const auto *page = m_window->findChild<QWidget *>(tabName(tab) + u"Page"_qs);
    for (const QLabel *label : page->findChildren<QLabel *>())
        keys << (label->buddy() ? QKeySequence::mnemonic(label->text()) : QKeySequence());
    for (const QAbstractButton *button : page->findChildren<QAbstractButton *>())
        keys << QKeySequence::mnemonic(button->text());
    keys.removeAll(QKeySequence());
    return keys;
}

void WindowKeyboardTest::reachesTabsByKey()
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

void WindowKeyboardTest::handsTheKeyboardToThePage()
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

void WindowKeyboardTest::leavesTheKeyboardToWhoeverGoesAlongTheTabs()
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

void WindowKeyboardTest::keepsTheKeyboardInThePageWhenItsWidgetGoes()
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

void WindowKeyboardTest::handsTheKeyboardOnWhenAClosedClusterOpens()
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

void WindowKeyboardTest::reachesTabsByMnemonic_data()
{
    QTest::addColumn<bool>("isEnabled");
    QTest::newRow("without a runtime") << false;
    QTest::newRow("with one") << true;
}

void WindowKeyboardTest::reachesTabsByMnemonic()
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

void WindowKeyboardTest::givesEachMnemonicOfAPageToOneControl()
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

void WindowKeyboardTest::comesFromTheLastControlToTheFirst()
{
    m_isViewer = true;
    writeKubeconfig(twoClusters);
    open();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    auto *filter = find<QLineEdit>("clusterFilterEdit");
    auto *list = find<QWidget>("clusterList");
    filter->setFocus();
    QTest::keyClick(filter, Qt::Key_Backtab, Qt::ShiftModifier);
    QWidget *last = m_window->focusWidget();
    QVERIFY(last != filter && last != list);
    QTest::keyClick(last, Qt::Key_Tab);
    QVERIFY2(filter->hasFocus(), qPrintable(m_window->focusWidget()->objectName()));
    QTest::keyClick(filter, Qt::Key_Tab);
    QVERIFY(list->hasFocus());
}

void WindowKeyboardTest::goesToNothingThatDestroysAfterEnable()
{
    writeKubeconfig(twoClusters);
    m_prepareCluster = [this] {
        m_cluster->put({{u"apiVersion"_qs, u"storage.k8s.io/v1"_qs}, {u"kind"_qs, u"StorageClass"_qs},
            {u"metadata"_qs, QJsonObject{{u"name"_qs, u"standard"_qs}}}, {u"provisioner"_qs, u"test/volumes"_qs}});
    };
    open({{}, Tab::Settings});
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    const auto passes = [this] { m_clock.advance(std::chrono::milliseconds(200)); };
    auto *enable = find<QPushButton>("enableNatsButton");
    auto *disable = find<QPushButton>("disableNatsButton");
    QTRY_VERIFY((passes(), enable->isEnabled()));
    enable->setFocus();
    QTest::keyClick(enable, Qt::Key_Space);
    QTRY_VERIFY((passes(), disable->isVisible() && disable->isEnabled()));
    QVERIFY(!disable->hasFocus());
    QVERIFY2(isKeyboardInPage(), qPrintable(m_window->focusWidget()->objectName()));
}

void WindowKeyboardTest::goesToNothingThatDestroysWhenTheFormIsLocked()
{
    writeKubeconfig(twoClusters);
    m_prepareCluster = [this] { putRuntime(RuntimeOperation::Kind::Enable, RuntimeOperation::State::Done); };
    open({{}, Tab::Settings});
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    const auto passes = [this] { m_clock.advance(std::chrono::milliseconds(200)); };
    auto *replicas = find<QWidget>("replicasChoice");
    auto *disable = find<QPushButton>("disableNatsButton");
    QTRY_VERIFY((passes(), replicas->isEnabled() && disable->isEnabled()));
    replicas->setFocus();
    putRuntime(RuntimeOperation::Kind::Enable, RuntimeOperation::State::Running);
    QTRY_VERIFY((passes(), !replicas->isEnabled()));
    QVERIFY(disable->isEnabled());
    QVERIFY(!disable->hasFocus());
    QVERIFY2(isKeyboardInPage(), qPrintable(m_window->focusWidget()->objectName()));
}

void WindowKeyboardTest::changesNothingInSettingsByTheKeyThatLeadsThere()
{
    writeKubeconfig(twoClusters);
    open();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    waitForAbsent();
    auto *tabs = find<QTabBar>("workspaceTabs");
    QTest::keyClick(m_window.get(), Qt::Key(Qt::Key_1 + int(Tab::Settings)), Qt::ControlModifier);
    const QList<QKeySequence> inSettings = mnemonicsOf(Tab::Settings);
    QVERIFY(inSettings.contains(QKeySequence::mnemonic(find<QPushButton>("enableNatsButton")->text())));
    QVERIFY(!inSettings.contains(QKeySequence::mnemonic(tabTitle(Tab::Settings))));
    int leading = 0;
    for (int from = 0; from < tabCount; ++from) {
        if (from == int(Tab::Settings))
            continue;
        tabs->setCurrentIndex(from);
        const auto *page = m_window->findChild<QWidget *>(tabName(Tab(from)) + u"Page"_qs);
        for (QAbstractButton *button : page->findChildren<QAbstractButton *>()) {
            const QKeySequence key = QKeySequence::mnemonic(button->text());
            if (key.isEmpty() || !button->isVisible())
                continue;
            // as the key does, but for the moment in which the button looks pressed
            button->click();
            leading += tabs->currentIndex() == int(Tab::Settings);
            QVERIFY2(
                tabs->currentIndex() != int(Tab::Settings) || !inSettings.contains(key), qPrintable(button->text()));
            tabs->setCurrentIndex(from);
        }
    }
    QVERIFY(leading > 0);
}

QTEST_MAIN(WindowKeyboardTest)
#include "tst_windowkeyboard.moc"
