// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/switch.h"

#include "widgets/common/colortable.h"
#include "widgets/common/look.h"

#include <QAccessible>
#include <QApplication>
#include <QScopeGuard>
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
    void looksOnWhileLocked_data();
    void looksOnWhileLocked();
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

void SwitchTest::looksOnWhileLocked_data()
{
    QTest::addColumn<Look::Scheme>("scheme");
    QTest::newRow("light") << Look::Scheme::Light;
    QTest::newRow("dark") << Look::Scheme::Dark;
}

/// WCAG asks 3:1 of what a control is told by.
void SwitchTest::looksOnWhileLocked()
{
    QFETCH(Look::Scheme, scheme);
    Look::apply(*qApp, scheme);
    const auto restore = qScopeGuard([] { Look::apply(*qApp, Look::Scheme::Light); });
    Switch control;
    control.resize(control.sizeHint());
    control.setAutoFillBackground(true);
    control.setBackgroundRole(QPalette::Base);
    const auto track = [&control](bool isOn, bool isEnabled) {
        control.setChecked(isOn);
        control.setEnabled(isEnabled);
        return control.grab().toImage().pixelColor(control.width() / 2, 4);
    };
    const QColor surface = Look::color(Look::Surface);
    const QColor lockedOn = track(true, false);
    QVERIFY(contrast(lockedOn, surface) >= 3);
    QVERIFY(contrast(Look::color(Look::OnAccent), lockedOn) >= 3);
    QVERIFY(contrast(lockedOn, track(false, false)) >= 2);
    QVERIFY(lockedOn != track(true, true));
    QVERIFY(lockedOn != track(false, true));
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
