// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/secretfield.h"

#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

/// A password field hides what is typed until asked.
class SecretFieldTest final : public QObject {
    Q_OBJECT

private slots:
    void hidesWhatIsTyped();
    void revealsOnRequestAndHidesWithThePage();
    void asksForAGeneratedSecret();
};

void SecretFieldTest::hidesWhatIsTyped()
{
    SecretField field;
    QSignalSpy changed(&field, &SecretField::secretChanged);
    QTest::keyClicks(field.lineEdit(), QStringLiteral("typed"));
    QCOMPARE(changed.count(), 5);
    QCOMPARE(field.secret(), SecretString(QStringLiteral("typed")));
    QCOMPARE(field.lineEdit()->echoMode(), QLineEdit::Password);
    QVERIFY(!field.lineEdit()->displayText().contains(QLatin1Char('t')));
}

void SecretFieldTest::revealsOnRequestAndHidesWithThePage()
{
    SecretField field;
    field.setSecret(SecretString(QStringLiteral("known")));
    field.show();
    QTest::mouseClick(field.findChild<QToolButton *>(QStringLiteral("revealButton")), Qt::LeftButton);
    QVERIFY(field.isRevealed());
    field.hide();
    QVERIFY(!field.isRevealed());
}

void SecretFieldTest::asksForAGeneratedSecret()
{
    SecretField field;
    field.show();
    QSignalSpy asked(&field, &SecretField::generateRequested);
    QTest::mouseClick(field.findChild<QToolButton *>(QStringLiteral("generateButton")), Qt::LeftButton);
    QCOMPARE(asked.count(), 1);
    field.setGenerateVisible(false);
    QVERIFY(field.findChild<QToolButton *>(QStringLiteral("generateButton"))->isHidden());
}

QTEST_MAIN(SecretFieldTest)
#include "tst_secretfield.moc"
