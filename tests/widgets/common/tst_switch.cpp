// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/switch.h"

#include "widgets/common/look.h"

#include <QAccessible>
#include <QApplication>
#include <QSignalSpy>
#include <QTest>

/// A switch works by keyboard and tells assistive technology how it stands.
class SwitchTest final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { Look::install(*qApp, Look::Scheme::Light); }
    void togglesBySpace();
    void togglesByMouseOnItsText();
    void staysWhereItIsWhenDisabled();
    void tellsItsState();
};

void SwitchTest::togglesBySpace()
{
    Switch control(QStringLiteral("WebSocket listener"));
    control.show();
    QSignalSpy toggled(&control, &Switch::toggled);
    QTest::keyClick(&control, Qt::Key_Space);
    QVERIFY(control.isChecked());
    QTest::keyClick(&control, Qt::Key_Space);
    QVERIFY(!control.isChecked());
    QCOMPARE(toggled.count(), 2);
}

void SwitchTest::togglesByMouseOnItsText()
{
    Switch control(QStringLiteral("WebSocket listener"));
    control.resize(control.sizeHint());
    QTest::mouseClick(&control, Qt::LeftButton, {}, QPoint(control.width() - 10, control.height() / 2));
    QVERIFY(control.isChecked());
}

void SwitchTest::staysWhereItIsWhenDisabled()
{
    Switch control;
    control.setEnabled(false);
    QTest::keyClick(&control, Qt::Key_Space);
    QVERIFY(!control.isChecked());
}

void SwitchTest::tellsItsState()
{
    Switch control(QStringLiteral("WebSocket listener"));
    control.setChecked(true);
    QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(&control);
    QCOMPARE(spoken->role(), QAccessible::CheckBox);
    QCOMPARE(spoken->text(QAccessible::Name), QStringLiteral("WebSocket listener"));
    QVERIFY(spoken->state().checked);
}

QTEST_MAIN(SwitchTest)
#include "tst_switch.moc"
