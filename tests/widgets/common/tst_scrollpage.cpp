// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/scrollpage.h"

#include <QFocusEvent>
#include <QTest>

class ScrollPageTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsTheKeyboardThatAKeyBrought_data();
    void showsTheKeyboardThatAKeyBrought();
    void showsItAgainWhenTheWindowComesBack();
};

namespace {

bool isRingShown(const ScrollPage &page)
{
    return page.findChild<QWidget *>(QStringLiteral("pageFocusRing"))->isVisible();
}

} // namespace

void ScrollPageTest::showsTheKeyboardThatAKeyBrought_data()
{
    QTest::addColumn<Qt::FocusReason>("reason");
    QTest::addColumn<bool>("isShown");
    QTest::newRow("Tab") << Qt::TabFocusReason << true;
    QTest::newRow("Shift+Tab") << Qt::BacktabFocusReason << true;
    QTest::newRow("a mnemonic") << Qt::ShortcutFocusReason << true;
    QTest::newRow("a click") << Qt::MouseFocusReason << false;
    QTest::newRow("handed over by the window") << Qt::OtherFocusReason << false;
}

void ScrollPageTest::showsTheKeyboardThatAKeyBrought()
{
    QFETCH(Qt::FocusReason, reason);
    QFETCH(bool, isShown);
    ScrollPage page;
    page.show();
    QVERIFY(QTest::qWaitForWindowActive(&page));
    page.clearFocus();
    page.setFocus(reason);
    QVERIFY(page.hasFocus());
    QCOMPARE(isRingShown(page), isShown);
    page.clearFocus();
    QVERIFY(!isRingShown(page));
}

void ScrollPageTest::showsItAgainWhenTheWindowComesBack()
{
    ScrollPage page;
    page.show();
    QVERIFY(QTest::qWaitForWindowActive(&page));
    for (const bool isByKey : {true, false}) {
        page.clearFocus();
        page.setFocus(isByKey ? Qt::TabFocusReason : Qt::MouseFocusReason);
        QFocusEvent out(QEvent::FocusOut, Qt::ActiveWindowFocusReason);
        QCoreApplication::sendEvent(&page, &out);
        QVERIFY(!isRingShown(page));
        QFocusEvent in(QEvent::FocusIn, Qt::ActiveWindowFocusReason);
        QCoreApplication::sendEvent(&page, &in);
        QCOMPARE(isRingShown(page), isByKey);
    }
}

QTEST_MAIN(ScrollPageTest)
#include "tst_scrollpage.moc"
