// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/segmentedchoice.h"

#include "widgets/common/look.h"

#include <QAccessible>
#include <QApplication>
#include <QSignalSpy>
#include <QTest>

/// One of a few, by mouse, by keyboard and for assistive technology.
class SegmentedChoiceTest final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { Look::install(*qApp, Look::Scheme::Light); }
    void init();

    void choosesByKeyboard();
    void keyboardSkipsWhatCanNotBeTaken();
    void rightToLeftTurnsTheArrowsRound();
    void choosesByMouse();
    void theProgramChoosesWithoutActivating();
    void isAGroupOfRadioButtonsToAReader();

private:
    std::unique_ptr<SegmentedChoice> m_choice;
};

void SegmentedChoiceTest::init()
{
    m_choice = std::make_unique<SegmentedChoice>();
    m_choice->setAccessibleName(QStringLiteral("Replica count"));
    for (const int count : {1, 3, 5})
        m_choice->addChoice(QString::number(count), count);
    m_choice->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_choice.get()));
}

void SegmentedChoiceTest::choosesByKeyboard()
{
    QSignalSpy changed(m_choice.get(), &SegmentedChoice::currentChanged);
    QCOMPARE(m_choice->currentData().toInt(), 1);
    QTest::keyClick(m_choice.get(), Qt::Key_Right);
    QCOMPARE(m_choice->currentData().toInt(), 3);
    QTest::keyClick(m_choice.get(), Qt::Key_End);
    QCOMPARE(m_choice->currentData().toInt(), 5);
    QTest::keyClick(m_choice.get(), Qt::Key_Right);
    QCOMPARE(m_choice->currentData().toInt(), 5);
    QTest::keyClick(m_choice.get(), Qt::Key_Home);
    QCOMPARE(m_choice->currentData().toInt(), 1);
    QCOMPARE(changed.count(), 3);
}

void SegmentedChoiceTest::keyboardSkipsWhatCanNotBeTaken()
{
    m_choice->setChoiceEnabled(1, false, QStringLiteral("Not here"));
    QTest::keyClick(m_choice.get(), Qt::Key_Right);
    QCOMPARE(m_choice->currentData().toInt(), 5);
    m_choice->setChoiceEnabled(0, false);
    QTest::keyClick(m_choice.get(), Qt::Key_Home);
    QCOMPARE(m_choice->currentData().toInt(), 5);
}

void SegmentedChoiceTest::rightToLeftTurnsTheArrowsRound()
{
    m_choice->setLayoutDirection(Qt::RightToLeft);
    QVERIFY(m_choice->choiceRect(0).left() > m_choice->choiceRect(2).left());
    QTest::keyClick(m_choice.get(), Qt::Key_Left);
    QCOMPARE(m_choice->currentData().toInt(), 3);
}

void SegmentedChoiceTest::choosesByMouse()
{
    QSignalSpy activated(m_choice.get(), &SegmentedChoice::activated);
    QTest::mouseClick(m_choice.get(), Qt::LeftButton, {}, m_choice->choiceRect(2).center());
    QCOMPARE(m_choice->currentIndex(), 2);
    QCOMPARE(activated.count(), 1);
    m_choice->setChoiceEnabled(0, false);
    QTest::mouseClick(m_choice.get(), Qt::LeftButton, {}, m_choice->choiceRect(0).center());
    QCOMPARE(m_choice->currentIndex(), 2);
}

void SegmentedChoiceTest::theProgramChoosesWithoutActivating()
{
    QSignalSpy activated(m_choice.get(), &SegmentedChoice::activated);
    m_choice->setCurrentData(5);
    QCOMPARE(m_choice->currentIndex(), 2);
    m_choice->setCurrentData(7);
    QCOMPARE(m_choice->currentIndex(), 2);
    QCOMPARE(activated.count(), 0);
}

void SegmentedChoiceTest::isAGroupOfRadioButtonsToAReader()
{
    QAccessibleInterface *group = QAccessible::queryAccessibleInterface(m_choice.get());
    QVERIFY(group);
    QCOMPARE(group->text(QAccessible::Name), QStringLiteral("Replica count"));
    QCOMPARE(group->childCount(), 3);
    m_choice->setCurrentIndex(1);
    QCOMPARE(group->child(1)->role(), QAccessible::RadioButton);
    QCOMPARE(group->child(1)->text(QAccessible::Name), QStringLiteral("3"));
    QVERIFY(group->child(1)->state().checked);
    QVERIFY(!group->child(0)->state().checked);
    group->child(2)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(m_choice->currentIndex(), 2);
}

QTEST_MAIN(SegmentedChoiceTest)
#include "tst_segmentedchoice.moc"
