// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/nats/bcrypt.h"

#include <QTest>

class BcryptTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void matchesKnownVectors_data();
    void matchesKnownVectors();
    void givesTheSameHashAgain();
    void refusesWhatItCannotHash();
    void choosesTheCostByLook_data();
    void choosesTheCostByLook();
};

void BcryptTest::matchesKnownVectors_data()
{
    QTest::addColumn<QString>("password");
    QTest::addColumn<QByteArray>("salt");
    QTest::addColumn<QByteArray>("hash");
    // from Openwall's crypt_blowfish (wrapper.c)
    const QByteArray c = QByteArray::fromHex("10410410410410410410410410410410");
    const QByteArray x = QByteArray::fromHex("65965965965965965965965965965965");
    QTest::addRow("U*U") << QStringLiteral("U*U") << c
                         << QByteArray("$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW");
    QTest::addRow("U*U*") << QStringLiteral("U*U*") << c
                          << QByteArray("$2b$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK");
    QTest::addRow("U*U*U") << QStringLiteral("U*U*U") << x
                           << QByteArray("$2b$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a");
}

void BcryptTest::matchesKnownVectors()
{
    QFETCH(QString, password);
    QFETCH(QByteArray, salt);
    QFETCH(QByteArray, hash);
    const Result<QByteArray> result = bcryptHash(SecretString(password), 5, salt);
    QVERIFY(result);
    QCOMPARE(*result, hash);
}

void BcryptTest::givesTheSameHashAgain()
{
    const SecretString password(QStringLiteral("grün und blau"));
    const QByteArray salt(16, '\xff');
    QCOMPARE(*bcryptHash(password, 4, salt), *bcryptHash(password, 4, salt));
    QVERIFY(*bcryptHash(password, 4, salt) != *bcryptHash(password, 4, QByteArray(16, '\xfe')));
    QVERIFY(bcryptHash(password, 4, salt)->startsWith("$2b$04$"));
    QCOMPARE(bcryptHash(password, 4, salt)->size(), 60);
}

void BcryptTest::refusesWhatItCannotHash()
{
    const QByteArray salt(16, 's');
    const SecretString password(QStringLiteral("password"));
    QCOMPARE(bcryptHash(password, 3, salt).error().kind, Error::Kind::Local);
    QCOMPARE(bcryptHash(password, 32, salt).error().kind, Error::Kind::Local);
    QCOMPARE(bcryptHash(password, 5, QByteArray(15, 's')).error().kind, Error::Kind::Local);
    QCOMPARE(bcryptHash(SecretString(), 5, salt).error().kind, Error::Kind::Invalid);
    QCOMPARE(bcryptHash(SecretString(QByteArray("a\0b", 3)), 5, salt).error().kind, Error::Kind::Invalid);
    // bcrypt would cut it short without a word
    QCOMPARE(bcryptHash(SecretString(QByteArray(73, 'a')), 5, salt).error().kind, Error::Kind::Invalid);
    QVERIFY(bcryptHash(SecretString(QByteArray(72, 'a')), 4, salt));
}

void BcryptTest::choosesTheCostByLook_data()
{
    QTest::addColumn<QString>("password");
    QTest::addColumn<int>("cost");
    QTest::addRow("generated") << QStringLiteral("q7Lw2ZkR9tXb4NcV1mHs6PyD") << 5;
    QTest::addRow("shortest") << QStringLiteral("q7Lw2ZkR9tXb4NcV1mHs6P") << 5;
    QTest::addRow("too short") << QStringLiteral("q7Lw2ZkR9tXb4NcV1mHs6") << 8;
    QTest::addRow("a sentence") << QStringLiteral("Correct horse battery staple 1") << 8;
    QTest::addRow("punctuated") << QStringLiteral("q7Lw2ZkR9tXb4NcV1mHs6P!") << 8;
    QTest::addRow("one letter") << QString(40, QLatin1Char('a')) << 8;
    QTest::addRow("no digit") << QStringLiteral("CorrectHorseBatteryStaple") << 8;
    QTest::addRow("no capital") << QStringLiteral("correcthorsebatterystaple1") << 8;
    QTest::addRow("no small letter") << QStringLiteral("CORRECTHORSEBATTERYSTAPLE1") << 8;
    QTest::addRow("other letters") << QStringLiteral("q7Lw2ZkR9tXb4NcV1mHs6Pü") << 8;
}

void BcryptTest::choosesTheCostByLook()
{
    QFETCH(QString, password);
    QTEST(bcryptCostFor(SecretString(password)), "cost");
}

QTEST_GUILESS_MAIN(BcryptTest)
#include "tst_bcrypt.moc"
