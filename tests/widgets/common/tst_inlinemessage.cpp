// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/inlinemessage.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

/// A message holds the other side's own words without growing out of its page.
class InlineMessageTest final : public QObject {
    Q_OBJECT

private slots:
    void showsAnError();
    void longDetailsScroll();
    void detailsCanBeCopied();
    void actsAndCloses();
    void leavesWhatStandsThereAsItIs();
};

void InlineMessageTest::showsAnError()
{
    InlineMessage message;
    message.setError(
        {Error::Kind::Forbidden, QStringLiteral("You may not create streams."), QStringLiteral("403"), {}, {}});
    QCOMPARE(message.tone(), Tone::Bad);
    QCOMPARE(message.title(), QStringLiteral("You may not create streams."));
    QVERIFY(!message.isDetailShown());
    QTest::mouseClick(message.findChild<QPushButton *>(QStringLiteral("messageDetailButton")), Qt::LeftButton);
    QVERIFY(message.isDetailShown());
}

void InlineMessageTest::longDetailsScroll()
{
    InlineMessage message;
    message.setMessage(Tone::Bad, QStringLiteral("Failed"), {}, QStringLiteral("line\n").repeated(5000));
    message.setDetailShown(true);
    message.resize(500, 300);
    message.show();
    QVERIFY(QTest::qWaitForWindowExposed(&message));
    QVERIFY(message.sizeHint().height() < 320);
    const auto *detail = message.findChild<QPlainTextEdit *>();
    QVERIFY(detail->verticalScrollBarPolicy() != Qt::ScrollBarAlwaysOff);
}

void InlineMessageTest::detailsCanBeCopied()
{
    InlineMessage message;
    message.setMessage(Tone::Bad, QStringLiteral("Failed"), {}, QStringLiteral("the server's words"));
    message.setDetailShown(true);
    QTest::mouseClick(message.findChild<QPushButton *>(QStringLiteral("messageDetailCopyButton")), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("the server's words"));
}

void InlineMessageTest::actsAndCloses()
{
    InlineMessage message(Tone::Warning, QStringLiteral("Stale"));
    message.setAction(QStringLiteral("Try now"));
    message.setClosable(true);
    message.show();
    QSignalSpy acted(&message, &InlineMessage::actionTriggered);
    QSignalSpy closed(&message, &InlineMessage::closed);
    QTest::mouseClick(message.actionButton(), Qt::LeftButton);
    QCOMPARE(acted.count(), 1);
    QTest::mouseClick(message.findChild<QToolButton *>(QStringLiteral("messageCloseButton")), Qt::LeftButton);
    QCOMPARE(closed.count(), 1);
    QVERIFY(message.isHidden());
}

void InlineMessageTest::leavesWhatStandsThereAsItIs()
{
    InlineMessage message;
    message.hide();
    const QString title = QStringLiteral("Accounts can't be read");
    const auto tell = [&](const QString &detail) { message.showStanding(Tone::Bad, title, {}, detail); };
    tell(QStringLiteral("500"));
    QVERIFY(!message.isHidden());
    QCOMPARE(message.title(), title);
    // What announces a message folds it as well.
    message.setDetailShown(true);
    tell(QStringLiteral("500"));
    QVERIFY(message.isDetailShown());
    tell(QStringLiteral("503"));
    QVERIFY(!message.isDetailShown());
    QCOMPARE(message.detail(), QStringLiteral("503"));
    message.setDetailShown(true);
    message.hide();
    tell(QStringLiteral("503"));
    QVERIFY(!message.isHidden());
    QVERIFY(!message.isDetailShown());
}

QTEST_MAIN(InlineMessageTest)
#include "tst_inlinemessage.moc"
