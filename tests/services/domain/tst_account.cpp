// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/account.h"

#include <QTest>
#include <QUrl>

class AccountTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void encodesUserAndPassword();
    void masksThePassword();
    void knowsWhatStandsEncodedInAUrl();
};

void AccountTest::encodesUserAndPassword()
{
    ConnectionDetails details;
    details.host = QStringLiteral("nats.example.svc");
    details.port = 4333;
    details.username = QStringLiteral("app@1");
    const QString url = clientUrl(details, SecretString(QStringLiteral("p:w/d@ ?#%é"))).reveal();
    QVERIFY2(url.startsWith(QLatin1String("nats://app%401:p%3Aw%2Fd%40%20%3F%23%25%C3%A9@nats.example.svc:4333")),
        qPrintable(url));
    const QUrl parsed(url, QUrl::StrictMode);
    QVERIFY(parsed.isValid());
    QCOMPARE(parsed.host(), details.host);
    QCOMPARE(parsed.port(), details.port);
    QCOMPARE(parsed.userName(QUrl::FullyDecoded), details.username);
    QCOMPARE(parsed.password(QUrl::FullyDecoded), QStringLiteral("p:w/d@ ?#%é"));
}

void AccountTest::masksThePassword()
{
    ConnectionDetails details;
    details.host = QStringLiteral("nats");
    details.username = QStringLiteral("app");
    QCOMPARE(maskedClientUrl(details), QStringLiteral("nats://app:••••••••@nats:4222"));
}

void AccountTest::knowsWhatStandsEncodedInAUrl()
{
    QVERIFY(!isEncodedInUrl(SecretString(QStringLiteral("Plain-1.2_3~"))));
    for (const QChar special : QStringLiteral("@:/?#[]!$&'()*+,;=%{}|^é "))
        QVERIFY2(isEncodedInUrl(SecretString(QStringLiteral("pass") + special)), qPrintable(QString(special)));
}

QTEST_GUILESS_MAIN(AccountTest)
#include "tst_account.moc"
