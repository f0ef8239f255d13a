// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/fields.h"
#include "widgets/common/confirmbytyping.h"

#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

/// What can't be undone happens only after its name has been typed.
class ConfirmByTypingTest final : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup() { delete m_dialog; }

    void needsTheExactName_data();
    void needsTheExactName();
    void enterWithoutTheNameDoesNothing();
    void enterWithTheNameConfirms();
    void escapeDoesNotConfirm();
    void doesNotBlock();
    void limitsWhatIsTyped();

private:
    QPointer<ConfirmByTyping> m_dialog;
};

void ConfirmByTypingTest::init()
{
    m_dialog = new ConfirmByTyping({QStringLiteral("Delete the stream ORDERS"), QStringLiteral("It can't be undone."),
        {QStringLiteral("9,318 messages")}, QStringLiteral("ORDERS"), QStringLiteral("Delete ORDERS")});
    m_dialog->open();
    QVERIFY(QTest::qWaitForWindowExposed(m_dialog));
}

void ConfirmByTypingTest::needsTheExactName_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<bool>("isEnough");
    QTest::newRow("nothing") << QString() << false;
    QTest::newRow("part") << QStringLiteral("ORDER") << false;
    QTest::newRow("more") << QStringLiteral("ORDERS2") << false;
    QTest::newRow("other case") << QStringLiteral("orders") << false;
    QTest::newRow("the name") << QStringLiteral("ORDERS") << true;
}

void ConfirmByTypingTest::needsTheExactName()
{
    QFETCH(QString, typed);
    QFETCH(bool, isEnough);
    QTest::keyClicks(m_dialog->nameEdit(), typed);
    QCOMPARE(m_dialog->dangerButton()->isEnabled(), isEnough);
    QTest::keyClick(m_dialog->nameEdit(), Qt::Key_X);
    QVERIFY(!m_dialog->dangerButton()->isEnabled());
}

void ConfirmByTypingTest::enterWithoutTheNameDoesNothing()
{
    QSignalSpy confirmed(m_dialog, &ConfirmByTyping::confirmed);
    QTest::keyClicks(m_dialog->nameEdit(), QStringLiteral("ORD"));
    QTest::keyClick(m_dialog->nameEdit(), Qt::Key_Return);
    QCOMPARE(confirmed.count(), 0);
    QVERIFY(m_dialog->isVisible());
}

void ConfirmByTypingTest::enterWithTheNameConfirms()
{
    QSignalSpy confirmed(m_dialog, &ConfirmByTyping::confirmed);
    QTest::keyClicks(m_dialog->nameEdit(), QStringLiteral("ORDERS"));
    QTest::keyClick(m_dialog->nameEdit(), Qt::Key_Return);
    QCOMPARE(confirmed.count(), 1);
    QTRY_VERIFY(!m_dialog);
}

void ConfirmByTypingTest::escapeDoesNotConfirm()
{
    QSignalSpy confirmed(m_dialog, &ConfirmByTyping::confirmed);
    QTest::keyClicks(m_dialog->nameEdit(), QStringLiteral("ORDERS"));
    QTest::keyClick(m_dialog->nameEdit(), Qt::Key_Escape);
    QCOMPARE(confirmed.count(), 0);
    QTRY_VERIFY(!m_dialog);
}

void ConfirmByTypingTest::doesNotBlock()
{
    QCOMPARE(m_dialog->windowModality(), Qt::WindowModal);
    QVERIFY(m_dialog->nameEdit()->accessibleName().contains(QStringLiteral("ORDERS")));
}

void ConfirmByTypingTest::limitsWhatIsTyped()
{
    QCOMPARE(fieldWithoutLimit(*m_dialog), QString());
}

QTEST_MAIN(ConfirmByTypingTest)
#include "tst_confirmbytyping.moc"
