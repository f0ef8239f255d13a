// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/runtimegallery/madeupruntime.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/settings/settingsview.h"

#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

/// What Settings offers of archiving, and what becomes of drafts on a cluster that somebody archives.
class ArchiveCardTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void asksForAReason();
    void unarchivesTheMarkThatIsShown();
    void saysWhatUnarchivingSetsFree();
    void warnsWhoMayNotUnarchive();
    void saysWhyItCannotBeArchived();
    void saysWhatWentWrongUntilThatIsOver();
    void keepsADraftWhileTheClusterIsArchived();
    void keepsTheQuestionWhetherToDisable();

private:
    template <typename Widget> Widget *child(const char *name) const
    {
        return m_view->findChild<Widget *>(QLatin1String(name));
    }
    static SettingsState state(const OverviewState &of)
    {
        SettingsState state{of.status, of.freshness, of.viewAccess, Access::yes(), Access::yes(), Access::yes(),
            MadeUp::storageClasses(), of.usage, QStringLiteral("prod-eu")};
        state.archiveAccess = Access::yes();
        return state;
    }
    static SettingsState archived(SettingsState state)
    {
        state.protection.archived = ArchiveMark{QStringLiteral("bo@desk"), QDateTime({2026, 3, 1}, {9, 0}, Qt::UTC),
            QStringLiteral("audit"), QStringLiteral("uid"), QStringLiteral("7")};
        state.writeAccess = state.enableAccess = state.disableAccess = state.protection.access();
        return state;
    }

    std::unique_ptr<SettingsView> m_view;
};

void ArchiveCardTest::init()
{
    m_view = std::make_unique<SettingsView>();
    m_view->setState(state(MadeUp::ready()));
    m_view->show();
}

void ArchiveCardTest::asksForAReason()
{
    QSignalSpy asked(m_view.get(), &SettingsView::archiveRequested);
    child<QPushButton>("archiveButton")->click();
    QVERIFY(!child<QPushButton>("confirmArchiveButton")->isEnabled());
    QVERIFY(!child<QPushButton>("confirmArchiveButton")->toolTip().isEmpty());
    QTest::keyClicks(child<QLineEdit>("archiveReasonEdit"), QStringLiteral("moved"));
    child<QPushButton>("confirmArchiveButton")->click();
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked[0][0].toString(), QStringLiteral("moved"));
}

void ArchiveCardTest::unarchivesTheMarkThatIsShown()
{
    const SettingsState shown = archived(state(MadeUp::ready()));
    ArchiveMark seen;
    connect(m_view.get(), &SettingsView::unarchiveRequested, this, [&seen](const ArchiveMark &mark) { seen = mark; });
    m_view->setState(shown);
    QVERIFY(child<QPushButton>("archiveButton")->text().contains(QStringLiteral("Unarchive")));
    QVERIFY(child<QPushButton>("archiveButton")->accessibleDescription().contains(QStringLiteral("bo@desk")));
    QVERIFY(!child<InlineMessage>("settingsReadOnlyMessage")->isVisible());
    child<QPushButton>("archiveButton")->click();
    child<QPushButton>("cancelUnarchiveButton")->click();
    QCOMPARE(seen, ArchiveMark());
    child<QPushButton>("archiveButton")->click();
    child<QPushButton>("confirmUnarchiveButton")->click();
    QCOMPARE(seen, *shown.protection.archived);
}

/// What stood still is deleted then.
void ArchiveCardTest::saysWhatUnarchivingSetsFree()
{
    SettingsState shown = archived(state(MadeUp::ready()));
    shown.status.phase = RuntimePhase::Deleting;
    m_view->setState(shown);
    child<QPushButton>("archiveButton")->click();
    const auto labels = child<QDialog>("unarchiveDialog")->findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.cbegin(), labels.cend(), [](const QLabel *label) {
        return label->text().contains(QStringLiteral("audit")) && label->text().contains(QStringLiteral("disabled"));
    }));
    // somebody else was faster
    m_view->setState(state(MadeUp::ready()));
    QVERIFY(!child<QPushButton>("confirmUnarchiveButton")->isEnabled());
}

void ArchiveCardTest::warnsWhoMayNotUnarchive()
{
    SettingsState shown = state(MadeUp::ready());
    m_view->setState(shown);
    child<QPushButton>("archiveButton")->click();
    QVERIFY(!child<InlineMessage>("undoArchiveMessage")->isVisible());
    shown.undoArchiveAccess = Access::no(QStringLiteral("You need to delete configmaps."));
    m_view->setState(shown);
    QVERIFY(child<InlineMessage>("undoArchiveMessage")->isVisible());
}

void ArchiveCardTest::saysWhyItCannotBeArchived()
{
    SettingsState shown = state(MadeUp::ready());
    shown.archiveAccess = Access::no(QStringLiteral("An operation is under way."));
    m_view->setState(shown);
    QVERIFY(!child<QPushButton>("archiveButton")->isEnabled());
    QCOMPARE(child<QPushButton>("archiveButton")->toolTip(), shown.archiveAccess.reason);
}

void ArchiveCardTest::saysWhatWentWrongUntilThatIsOver()
{
    m_view->setArchiveOutcome(fail(Error::Kind::Conflict, QStringLiteral("Somebody was faster.")));
    QVERIFY(child<InlineMessage>("archiveErrorMessage")->isVisible());
    m_view->setState(archived(state(MadeUp::ready())));
    QVERIFY(!child<InlineMessage>("archiveErrorMessage")->isVisible());
}

void ArchiveCardTest::keepsADraftWhileTheClusterIsArchived()
{
    m_view->setState(state(MadeUp::absent()));
    QTest::keyClick(child<QLineEdit>("clientPasswordEdit"), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(child<QLineEdit>("clientPasswordEdit"), QStringLiteral("My-own-Password1"));
    m_view->setState(archived(state(MadeUp::absent())));
    QVERIFY(!child<QPushButton>("enableNatsButton")->isEnabled());
    QVERIFY(child<QPushButton>("enableNatsButton")->toolTip().contains(QStringLiteral("bo@desk")));
    m_view->setState(state(MadeUp::absent()));
    QVERIFY(child<QPushButton>("enableNatsButton")->isEnabled());
    QCOMPARE(child<QLineEdit>("clientPasswordEdit")->text(), QStringLiteral("My-own-Password1"));

    m_view->setState(state(MadeUp::ready()));
    auto *storage = child<QSpinBox>("storageEdit");
    const int changed = storage->value() + 5;
    storage->setValue(changed);
    m_view->setState(archived(state(MadeUp::ready())));
    m_view->setState(state(MadeUp::ready()));
    QCOMPARE(storage->value(), changed);
}

void ArchiveCardTest::keepsTheQuestionWhetherToDisable()
{
    QSignalSpy asked(m_view.get(), &SettingsView::disableRequested);
    child<QPushButton>("disableNatsButton")->click();
    QTest::keyClicks(child<QLineEdit>("confirmNameEdit"), QStringLiteral("prod-eu"));
    QVERIFY(child<QPushButton>("confirmDangerButton")->isEnabled());
    m_view->setState(archived(state(MadeUp::ready())));
    QVERIFY(!child<QPushButton>("confirmDangerButton")->isEnabled());
    QVERIFY(child<QPushButton>("confirmDangerButton")->toolTip().contains(QStringLiteral("audit")));
    QTest::keyClick(child<QLineEdit>("confirmNameEdit"), Qt::Key_Return);
    QCOMPARE(asked.size(), 0);
    m_view->setState(state(MadeUp::ready()));
    QVERIFY(child<QPushButton>("confirmDangerButton")->isEnabled());
}

QTEST_MAIN(ArchiveCardTest)
#include "tst_archivecard.moc"
