// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/look.h"

#include <QApplication>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

/// Return presses the button that has the keyboard, and nothing else.
class ReturnPressesTest final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { Look::install(*qApp, Look::Scheme::Light); }
    void pressesTheButton_data();
    void pressesTheButton();
    void leavesChecksAlone();
};

void ReturnPressesTest::pressesTheButton_data()
{
    QTest::addColumn<bool>("isTool");
    QTest::addColumn<Qt::Key>("key");
    QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
    QTest::addColumn<int>("clicks");
    using Modifiers = Qt::KeyboardModifiers;
    QTest::newRow("Return") << false << Qt::Key_Return << Modifiers(Qt::NoModifier) << 1;
    QTest::newRow("Enter") << false << Qt::Key_Enter << Modifiers(Qt::KeypadModifier) << 1;
    QTest::newRow("a tool button") << true << Qt::Key_Return << Modifiers(Qt::NoModifier) << 1;
    QTest::newRow("Ctrl+Return") << false << Qt::Key_Return << Modifiers(Qt::ControlModifier) << 0;
}

void ReturnPressesTest::pressesTheButton()
{
    QFETCH(bool, isTool);
    QFETCH(Qt::Key, key);
    QFETCH(Qt::KeyboardModifiers, modifiers);
    QWidget window;
    QAbstractButton *button = isTool ? static_cast<QAbstractButton *>(new QToolButton(&window))
                                     : new QPushButton(QStringLiteral("Apply"), &window);
    QSignalSpy clicked(button, &QAbstractButton::clicked);
    window.show();
    QTest::keyClick(button, key, modifiers);
    QTEST(int(clicked.count()), "clicks");
    button->setEnabled(false);
    QTest::keyClick(button, Qt::Key_Return);
    QTEST(int(clicked.count()), "clicks");
}

void ReturnPressesTest::leavesChecksAlone()
{
    QCheckBox check(QStringLiteral("WebSocket"));
    check.show();
    QTest::keyClick(&check, Qt::Key_Return);
    QVERIFY(!check.isChecked());
}

QTEST_MAIN(ReturnPressesTest)
#include "tst_returnpresses.moc"
