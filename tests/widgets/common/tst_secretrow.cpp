// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/secretrow.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace std::chrono_literals;

/// A secret is on the screen only while asked for, and on the clipboard only for a while.
class SecretRowTest final : public QObject {
    Q_OBJECT

private slots:
    void init();

    void isMaskedUntilRevealed();
    void hidesByItself();
    void hidesWithItsPage();
    void anotherSecretIsMaskedAgain();
    void copiesWithoutRevealing();
    void clipboardIsClearedWhenStillOurs();
    void clipboardOfOthersIsLeftAlone();
    void theMaskSaysNothingOfTheLength();

private:
    QString shown() const { return m_row->findChild<QLabel *>(QStringLiteral("valueLabel"))->text(); }
    void press(const char *name) const;

    std::unique_ptr<SecretRow> m_row;
    const SecretString m_secret{QStringLiteral("a secret for this test")};
};

void SecretRowTest::init()
{
    QGuiApplication::clipboard()->clear();
    m_row = std::make_unique<SecretRow>(QStringLiteral("Password"));
    m_row->setSecret(m_secret);
    m_row->show();
    QVERIFY(QTest::qWaitForWindowActive(m_row.get()));
}

void SecretRowTest::press(const char *name) const
{
    QTest::mouseClick(m_row->findChild<QToolButton *>(QLatin1String(name)), Qt::LeftButton);
}

void SecretRowTest::isMaskedUntilRevealed()
{
    QVERIFY(!shown().contains(QStringLiteral("secret")));
    press("revealButton");
    QCOMPARE(shown(), m_secret.reveal());
    press("revealButton");
    QVERIFY(!shown().contains(QStringLiteral("secret")));
}

void SecretRowTest::hidesByItself()
{
    m_row->setHideAfter(20ms);
    press("revealButton");
    QVERIFY(m_row->isRevealed());
    QTRY_VERIFY(!m_row->isRevealed());
    QVERIFY(!shown().contains(QStringLiteral("secret")));
}

void SecretRowTest::hidesWithItsPage()
{
    press("revealButton");
    m_row->hide();
    QVERIFY(!m_row->isRevealed());
}

void SecretRowTest::anotherSecretIsMaskedAgain()
{
    press("revealButton");
    m_row->setSecret(SecretString(QStringLiteral("rotated")));
    QVERIFY(!m_row->isRevealed());
    QVERIFY(!shown().contains(QStringLiteral("rotated")));
}

void SecretRowTest::copiesWithoutRevealing()
{
    QSignalSpy copied(m_row.get(), &SecretRow::copied);
    press("copyButton");
    QCOMPARE(copied.count(), 1);
    QVERIFY(!m_row->isRevealed());
    const QMimeData *data = QGuiApplication::clipboard()->mimeData();
    QCOMPARE(data->text(), m_secret.reveal());
    QCOMPARE(data->data(QStringLiteral("x-kde-passwordManagerHint")), QByteArray("secret"));
    const auto *button = m_row->findChild<QToolButton *>(QStringLiteral("copyButton"));
    QCOMPARE(button->accessibleDescription(), QStringLiteral("Copied; the clipboard forgets it in 30 s"));
    QTRY_VERIFY(button->accessibleDescription().isEmpty());
}

void SecretRowTest::clipboardIsClearedWhenStillOurs()
{
    m_row->setHideAfter(20ms);
    press("copyButton");
    QTRY_VERIFY(QGuiApplication::clipboard()->text().isEmpty());
}

void SecretRowTest::clipboardOfOthersIsLeftAlone()
{
    m_row->setHideAfter(20ms);
    press("copyButton");
    QGuiApplication::clipboard()->setText(QStringLiteral("somebody else's"));
    QTest::qWait(100);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("somebody else's"));
}

void SecretRowTest::theMaskSaysNothingOfTheLength()
{
    const QString mask = shown();
    m_row->setSecret(SecretString(QStringLiteral("x")));
    QCOMPARE(shown(), mask);
}

QTEST_MAIN(SecretRowTest)
#include "tst_secretrow.moc"
