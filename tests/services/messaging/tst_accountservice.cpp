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
        const Access reveal = fixture.accounts.revealAccess(account);
        QVERIFY(!reveal);
        QVERIFY2(reveal.reason.contains(QStringLiteral("get secrets/nats-account-default")), qPrintable(reveal.reason));
    }

    /// A Role that grants one account's password says nothing of another's.
    void asksForEachAccountWhetherItsPasswordMayBeRead()
    {
        JetStreamFixture fixture;
        fixture.cluster.putAccount(QStringLiteral("shop"));
        fixture.cluster.cluster.isAllowed = [](const Permission &permission) {
            return permission.resource != QStringLiteral("secrets")
                || permission.name == RuntimeNames::clientSecret(account);
        };
        fixture.start();
        QVERIFY(fixture.passTimeUntil([&fixture] { return fixture.accounts.revealAccess(account).allowed; }));
        QVERIFY(fixture.passTimeUntil(
            [&fixture] { return !fixture.accounts.revealAccess(QStringLiteral("shop")).missing.isEmpty(); }));
        const Access reveal = fixture.accounts.revealAccess(QStringLiteral("shop"));
        QVERIFY(!reveal);
        QCOMPARE(reveal.missing.size(), 1);
        QCOMPARE(reveal.missing.constFirst().name, QStringLiteral("nats-account-shop"));
        const QString grant = fixture.runtime.grantFor(reveal);
        QVERIFY2(grant.contains(QStringLiteral("nats-account-shop"))
                && !grant.contains(QStringLiteral("nats-account-default")),
            qPrintable(grant));
        fixture.cluster.cluster.isAllowed = {};
        fixture.runtime.refresh();
        QVERIFY(fixture.passTimeUntil(
            [&fixture] { return fixture.accounts.revealAccess(QStringLiteral("shop")).allowed; }));
    }

    /// One Role is enough, and it doesn't let anybody tear the runtime down.
    void takesNoMoreThanAccountsNeed()
    {
        JetStreamFixture fixture;
        QList<Permission> granted;
        fixture.cluster.cluster.isAllowed = [&granted](const Permission &permission) {
            const bool isToSee =
                permission.verb == QStringLiteral("list") || permission.verb == QStringLiteral("watch");
            Permission any = permission;
            any.name.clear();
            return (isToSee && permission.resource != QStringLiteral("secrets")) || granted.contains(permission)
                || granted.contains(any);
        };
        fixture.start();
        QVERIFY(fixture.passTimeUntil([&fixture] { return !fixture.accounts.createAccess().missing.isEmpty(); }));
        granted = fixture.accounts.createAccess().missing;
        for (const Permission &permission : std::as_const(granted))
            QVERIFY2(permission.resource != QStringLiteral("statefulsets")
                    && permission.resource != QStringLiteral("persistentvolumeclaims"),
                qPrintable(permission.object()));
        fixture.runtime.refresh();
        QVERIFY(fixture.passTimeUntil([&fixture] { return fixture.accounts.createAccess().allowed; }));
        QVERIFY(!fixture.runtime.disableAccess());
        fixture.cluster.playServers({QStringLiteral("nats-0")});
        AccountSpec spec;
        spec.name = QStringLiteral("shop");
        const auto made = fixture.outcomeOf(fixture.accounts.create(spec, generatePassword()));
        QVERIFY2(made, made ? "" : qPrintable(made.error().text()));
        QVERIFY(fixture.passTimeUntil([&] {
            return fixture.accounts.find(spec.name) && fixture.accounts.changeAccess(*fixture.accounts.find(spec.name));
        }));
    }

    void promisesNothingOfPasswordsToWhoMayNotReadThem()
    {
        JetStreamFixture fixture;
        fixture.cluster.cluster.isAllowed = [](const Permission &permission) {
            return permission.resource != QStringLiteral("secrets");
        };
        fixture.start();
        fixture.passTime(std::chrono::seconds(5));
        QCOMPARE(fixture.accounts.accounts().constFirst().credential, CredentialState::Unknown);
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
