// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/accountservice.h"

#include "services/messaging/runtimenames.h"
#include "tests/support/jetstreamfixture.h"

#include <QTest>

namespace {

const QString account = QStringLiteral("default");

QJsonObject clientSecret(const JetStreamFixture &fixture)
{
    return fixture.cluster.secret(RuntimeNames::clientSecret(account)).value_or(QJsonObject());
}

} // namespace

class AccountServiceTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Whoever may list Secrets may read them, so viewers may not.
    void knowsTheAccountsWithoutSecrets()
    {
        JetStreamFixture fixture;
        fixture.cluster.cluster.isAllowed = [](const Permission &permission) {
            return permission.resource != QStringLiteral("secrets");
        };
        QVERIFY(!fixture.start());
        QCOMPARE(fixture.accounts.accounts().size(), 1);
        QCOMPARE(fixture.accounts.accounts().constFirst().name, account);
        QVERIFY(!fixture.accounts.problem());
        QCOMPARE(fixture.accounts.freshness().state, Freshness::State::Live);
        const Access reveal = fixture.accounts.revealAccess();
        QVERIFY(!reveal);
        QVERIFY2(reveal.reason.contains(QStringLiteral("get secrets/nats-account-default")), qPrintable(reveal.reason));
    }

    void readsThePassword()
    {
        JetStreamFixture fixture;
        const auto password = fixture.outcomeOf(fixture.accounts.clientPassword(account));
        QVERIFY(password);
        QCOMPARE(*password, MessagingFixture::request().clientPassword);
    }

    void saysThatASecretHoldsNoPassword_data()
    {
        QTest::addColumn<QJsonValue>("password");
        QTest::newRow("no such key") << QJsonValue(QJsonValue::Undefined);
        QTest::newRow("an empty value") << QJsonValue(QString());
    }

    void saysThatASecretHoldsNoPassword()
    {
        QFETCH(QJsonValue, password);
        JetStreamFixture fixture;
        QJsonObject secret = clientSecret(fixture);
        QJsonObject data = secret[QStringLiteral("data")].toObject();
        QVERIFY(data.contains(QStringLiteral("password")));
        data[QStringLiteral("password")] = password;
        secret[QStringLiteral("data")] = data;
        fixture.cluster.cluster.put(secret);

        const auto answer = fixture.outcomeOf(fixture.accounts.clientPassword(account));
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, Error::Kind::NotFound);
        const QString &said = answer.error().summary;
        QVERIFY2(said.contains(RuntimeNames::clientSecret(account)), qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("key \"password\"")), qPrintable(said));
    }
};

QTEST_MAIN(AccountServiceTest)
#include "tst_accountservice.moc"
