// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/disabledreason.h"

#include <QAction>
#include <QHelpEvent>
#include <QPushButton>
#include <QTest>
#include <QToolTip>

/// What is disabled says why.
class DisabledReasonTest final : public QObject {
    Q_OBJECT

private slots:
    void widgetSaysWhyAndForgetsItAgain();
    void actionSaysWhy();
    void aDisabledButtonShowsItsToolTip();
};

void DisabledReasonTest::widgetSaysWhyAndForgetsItAgain()
{
    QPushButton button;
    button.setToolTip(QStringLiteral("Removes all messages"));
    setAccess(&button, Access::no(QStringLiteral("You may only read this cluster.")));
    QVERIFY(!button.isEnabled());
    QCOMPARE(button.toolTip(), QStringLiteral("You may only read this cluster."));
    QCOMPARE(button.accessibleDescription(), QStringLiteral("You may only read this cluster."));
    setAccess(&button, Access::no(QStringLiteral("The runtime is not ready.")));
    QCOMPARE(button.toolTip(), QStringLiteral("The runtime is not ready."));
    setAccess(&button, Access::yes());
    QVERIFY(button.isEnabled());
    QCOMPARE(button.toolTip(), QStringLiteral("Removes all messages"));
    QVERIFY(button.accessibleDescription().isEmpty());
}

void DisabledReasonTest::actionSaysWhy()
{
    QAction action;
    setAccess(&action, Access::no(QStringLiteral("No stream yet.")));
    QVERIFY(!action.isEnabled());
    QCOMPARE(action.toolTip(), QStringLiteral("No stream yet."));
}

void DisabledReasonTest::aDisabledButtonShowsItsToolTip()
{
    QPushButton button;
    button.show();
    QVERIFY(QTest::qWaitForWindowExposed(&button));
    setDisabledReason(&button, QStringLiteral("The cluster is archived."));
    QHelpEvent help(QEvent::ToolTip, button.rect().center(), button.mapToGlobal(button.rect().center()));
    QCoreApplication::sendEvent(&button, &help);
    QTRY_COMPARE(QToolTip::text(), QStringLiteral("The cluster is archived."));
}

QTEST_MAIN(DisabledReasonTest)
#include "tst_disabledreason.moc"
