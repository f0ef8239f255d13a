// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/typinglimit.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>

/// However much is pasted, a field takes what it can show and judge, and says so.
class TypingLimitTest final : public QObject {
    Q_OBJECT

private slots:
    void cleanup() { QToolTip::hideText(); }
    void takesNoMoreThanItsLimit();
    void saysNothingOfWhatFits();
};

void TypingLimitTest::takesNoMoreThanItsLimit()
{
    QLineEdit edit;
    limitTyping(&edit, 40);
    edit.show();
    QVERIFY(QTest::qWaitForWindowExposed(&edit));
    QGuiApplication::clipboard()->setText(QString(20'000'000, QLatin1Char('x')));
    const QSignalSpy changed(&edit, &QLineEdit::textChanged);
    edit.paste();
    QCOMPARE(edit.text(), QString(40, QLatin1Char('x')));
    QCOMPARE(changed.count(), 1);
    QVERIFY(isFull(edit));
    QVERIFY2(QToolTip::text().contains(QStringLiteral("40")), qPrintable(QToolTip::text()));
}

void TypingLimitTest::saysNothingOfWhatFits()
{
    QLineEdit edit;
    limitTyping(&edit, 40);
    edit.show();
    QVERIFY(QTest::qWaitForWindowExposed(&edit));
    QTest::keyClicks(&edit, QStringLiteral("orders.>"));
    QVERIFY(!isFull(edit));
    QVERIFY(!QToolTip::isVisible());
}

QTEST_MAIN(TypingLimitTest)
#include "tst_typinglimit.moc"
