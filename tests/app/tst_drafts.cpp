// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/base/runningoperations.h"
#include "tests/app/windowfixture.h"

#include <QAction>
#include <QComboBox>
#include <QDialog>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSpinBox>
#include <QTabBar>
#include <QTest>

/// What a person has entered and not sent is lost to nobody who was not asked, nor is what was begun and still runs.
class DraftsTest final : public WindowFixture {
    Q_OBJECT

private:
    void openWithRuntime()
    {
        writeKubeconfig(twoClusters);
        m_prepareCluster = [this] { putRuntime(RuntimeOperation::Kind::Enable, RuntimeOperation::State::Done); };
        open();
    }
    /// In a form of the cluster in sight.
    QLineEdit *enterAStream()
    {
        shownTabs()->setCurrentIndex(int(Tab::Streams));
        auto *name = shownTabs()->parentWidget()->findChild<QLineEdit *>(u"streamNameEdit"_qs);
        QTest::keyClicks(name, u"orders"_qs);
        return name;
    }
    /// Of a cluster without NATS, once it can be enabled.
    QSpinBox *openSettings()
    {
        writeKubeconfig(twoClusters);
        open();
        shownTabs()->setCurrentIndex(int(Tab::Settings));
        auto *storage = find<QSpinBox>("storageEdit");
        const auto mayEnter = [this, storage] {
            m_clock.advance(std::chrono::milliseconds(200));
            return storage->isVisible() && storage->isEnabled()
                && !find<QLineEdit>("clientPasswordEdit")->text().isEmpty();
        };
        return QTest::qWaitFor(mayEnter) ? storage : nullptr;
    }
    QDialog *question() const { return find<QDialog>("discardDialog"); }
    /// Runs in the cluster in sight until it is stopped, which is counted.
    RunningOperations::Entry run(const QString &title)
    {
        return {&m_messaging->operations(),
            {title, [this, title] { m_shown.append(title); }, [this, title] { m_stopped.append(title); }}};
    }

    QStringList m_shown;
    QStringList m_stopped;

private Q_SLOTS:
    void asksBeforeItQuits();
    void asksOfEachClusterBeforeItQuits();
    void quitsWhereNothingWasEntered();
    void asksBeforeWhatWasEnteredInSettingsIsLost_data();
    void asksBeforeWhatWasEnteredInSettingsIsLost();
    void asksForNothingThatSettingsFilledIn();
    void asksForNoChangeThatWasDiscarded();
    void asksBeforeWhatRunsIsStopped_data();
    void asksBeforeWhatRunsIsStopped();
    void asksNothingOfWhatHasEnded();
    void asksOnceForBoth();
    void leadsBackToWhatWasPutAway();
};

void DraftsTest::asksBeforeItQuits()
{
    openWithRuntime();
    const QPointer<QLineEdit> name = enterAStream();
    find<QAction>("quitAction")->trigger();
    QVERIFY(m_window->isVisible());
    QVERIFY(question() && question()->isVisible());
    m_window->close(); // a second time
    QCOMPARE(m_window->findChildren<QDialog *>(u"discardDialog"_qs).size(), 1);
    QTest::keyClick(question(), Qt::Key_Return); // keeps it
    QTRY_VERIFY(!question());
    QVERIFY(m_window->isVisible());
    QCOMPARE(name->text(), u"orders"_qs);
    QVERIFY(!m_window->close());
    find<QPushButton>("discardButton")->click();
    QVERIFY(!m_window->isVisible());
    QVERIFY(!name);
}

void DraftsTest::asksOfEachClusterBeforeItQuits()
{
    openWithRuntime();
    enterAStream();
    click(u"local"_qs);
    enterAStream();
    writeKubeconfig(twoClusters + "- {name: third, context: {cluster: c, user: ana}}\n");
    QTRY_VERIFY(!m_catalog->idOfContext(u"third"_qs).isEmpty());
    click(u"third"_qs);
    QCOMPARE(m_window->windowTitle(), u"third"_qs);
    QVERIFY(!m_window->close());
    QCOMPARE(m_window->windowTitle(), u"local"_qs); // of those, in sight last
    const QString text = question()->accessibleDescription();
    QVERIFY2(text.contains(u"local, prod"_qs), qPrintable(text));
}

void DraftsTest::quitsWhereNothingWasEntered()
{
    openWithRuntime();
    shownTabs()->setCurrentIndex(int(Tab::Streams));
    m_window->close();
    QVERIFY(!m_window->isVisible());
    QVERIFY(!question());
}

void DraftsTest::asksBeforeWhatWasEnteredInSettingsIsLost_data()
{
    QTest::addColumn<bool>("isPassword");
    QTest::newRow("storage") << false;
    QTest::newRow("password") << true;
}

void DraftsTest::asksBeforeWhatWasEnteredInSettingsIsLost()
{
    QFETCH(const bool, isPassword);
    QSpinBox *storage = openSettings();
    QVERIFY(storage);
    if (isPassword)
        QTest::keyClicks(find<QLineEdit>("clientPasswordEdit"), u"more"_qs);
    else
        storage->setValue(storage->value() + 1);
    closeShown();
    QVERIFY(question() && question()->isVisible());
    QCOMPARE(m_window->windowTitle(), u"prod"_qs);
    find<QPushButton>("discardButton")->click();
    QVERIFY(m_window->windowTitle().isEmpty());
}

void DraftsTest::asksForNothingThatSettingsFilledIn()
{
    QVERIFY(openSettings());
    m_cluster->put({{u"apiVersion"_qs, u"storage.k8s.io/v1"_qs}, {u"kind"_qs, u"StorageClass"_qs},
        {u"metadata"_qs, QJsonObject{{u"name"_qs, u"fast"_qs}}}, {u"provisioner"_qs, u"example.org/disk"_qs}});
    const auto *storageClass = find<QComboBox>("storageClassCombo");
    QTRY_COMPARE((m_clock.advance(std::chrono::milliseconds(200)), storageClass->currentText()), u"fast"_qs);
    closeShown();
    QVERIFY(!question());
    QVERIFY(m_window->windowTitle().isEmpty());
}

void DraftsTest::asksForNoChangeThatWasDiscarded()
{
    openWithRuntime();
    shownTabs()->setCurrentIndex(int(Tab::Settings));
    auto *storage = find<QSpinBox>("storageEdit");
    QTRY_VERIFY((m_clock.advance(std::chrono::milliseconds(200)), storage->isEnabled()));
    storage->setValue(storage->value() + 1);
    closeShown();
    QVERIFY(question());
    question()->reject();
    QTRY_VERIFY(!question());
    find<QPushButton>("discardChangesButton")->click();
    closeShown();
    QVERIFY(!question());
    QVERIFY(m_window->windowTitle().isEmpty());
}

void DraftsTest::asksBeforeWhatRunsIsStopped_data()
{
    QTest::addColumn<bool>("isQuitting");
    QTest::newRow("closing the cluster") << false;
    QTest::newRow("quitting") << true;
}

void DraftsTest::asksBeforeWhatRunsIsStopped()
{
    QFETCH(const bool, isQuitting);
    m_stopped.clear();
    openWithRuntime();
    const RunningOperations::Entry backup = run(u"Backup of orders"_qs);
    const auto leave = [this, isQuitting] { isQuitting ? void(m_window->close()) : closeShown(); };
    leave();
    QVERIFY(m_window->isVisible());
    QVERIFY(question() && question()->isVisible());
    QVERIFY(question()->accessibleDescription().contains(u"Backup of orders"_qs));
    QVERIFY(!question()->accessibleDescription().contains(u"entered"_qs));
    QTest::keyClick(question(), Qt::Key_Return); // keeps it
    QTRY_VERIFY(!question());
    QCOMPARE(m_stopped, QStringList());
    leave();
    QVERIFY(find<QPushButton>("discardButton")->text().startsWith(u"&Stop"_qs));
    find<QPushButton>("discardButton")->click();
    QCOMPARE(m_stopped, QStringList{u"Backup of orders"_qs});
    QCOMPARE(m_window->isVisible(), !isQuitting);
}

void DraftsTest::asksNothingOfWhatHasEnded()
{
    openWithRuntime();
    RunningOperations::Entry backup = run(u"Backup of orders"_qs);
    backup = {};
    m_window->close();
    QVERIFY(!question());
    QVERIFY(!m_window->isVisible());
}

void DraftsTest::asksOnceForBoth()
{
    m_stopped.clear();
    openWithRuntime();
    enterAStream();
    const RunningOperations::Entry backup = run(u"Backup of orders"_qs);
    const RunningOperations::Entry restore = run(u"Restore of returns"_qs);
    m_window->close();
    const QString text = question()->accessibleDescription();
    for (const QString &part : {u"entered"_qs, u"Backup of orders (prod), Restore of returns (prod)"_qs})
        QVERIFY2(text.contains(part), qPrintable(text));
    QCOMPARE(m_window->findChildren<QDialog *>(u"discardDialog"_qs).size(), 1);
    find<QPushButton>("discardButton")->click();
    QCOMPARE(m_stopped.size(), 2);
    QVERIFY(!m_window->isVisible());
}

void DraftsTest::leadsBackToWhatWasPutAway()
{
    m_shown.clear();
    openWithRuntime();
    auto *button = find<QPushButton>("operationsButton");
    QVERIFY(!button->isVisible());
    RunningOperations::Entry backup = run(u"Backup of orders"_qs);
    QVERIFY(button->isVisible());
    QCOMPARE(button->text(), u"Backup of orders"_qs);
    backup.setPercent(42);
    QVERIFY(button->text().contains(u"42"_qs));
    click(u"local"_qs); // what runs elsewhere is told of as well
    QVERIFY(button->isVisible());
    button->click();
    QCOMPARE(m_shown, QStringList{u"Backup of orders"_qs});
    RunningOperations::Entry restore = run(u"Restore of returns"_qs);
    find<QAction>("operationsAction")->trigger();
    auto *menu = find<QMenu>("operationsMenu");
    QVERIFY(menu);
    QCOMPARE(menu->actions().size(), 2);
    for (QAction *each : menu->actions()) {
        if (each->text().startsWith(u"Restore"_qs))
            each->trigger();
    }
    QCOMPARE(m_shown, (QStringList{u"Backup of orders"_qs, u"Restore of returns"_qs}));
    backup = {};
    restore = {};
    QVERIFY(!button->isVisible());
}

QTEST_MAIN(DraftsTest)
#include "tst_drafts.moc"
