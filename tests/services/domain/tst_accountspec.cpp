// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/accountspec.h"

#include <QTest>

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

AccountSpec named(const char *name)
{
    AccountSpec spec;
    spec.name = text(name);
    return spec;
}

QStringList fieldsOf(const FieldErrors &errors)
{
    QStringList fields;
    for (const FieldError &error : errors)
        fields.append(error.field);
    return fields;
}

} // namespace

class AccountSpecTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesNamesThatSecretsCanHave_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isTaken");
        QTest::newRow("word") << text("shop") << true;
        QTest::newRow("hyphen and digit") << text("shop-2") << true;
        QTest::newRow("40") << QString(40, u'a') << true;
        QTest::newRow("empty") << QString() << false;
        QTest::newRow("41") << QString(41, u'a') << false;
        QTest::newRow("capital") << text("Shop") << false;
        QTest::newRow("dot, by which users are told apart") << text("shop.eu") << false;
        QTest::newRow("underscore, by which rotated logins are") << text("shop_2") << false;
        QTest::newRow("hyphen at the end") << text("shop-") << false;
        QTest::newRow("two lines") << text("shop\n") << false;
        QTest::newRow("hidden user of shop") << text("shop-management") << false;
        QTest::newRow("the other one") << text("shop-viewing") << false;
        QTest::newRow("Pennant's own") << text("pennant-system") << false;
    }

    void takesNamesThatSecretsCanHave()
    {
        QFETCH(QString, name);
        QFETCH(bool, isTaken);
        QCOMPARE(accountNameProblem(name).isEmpty(), isTaken);
    }

    void refusesATakenName()
    {
        AccountSurroundings around;
        around.others = {named("shop")};
        QCOMPARE(fieldsOf(validateNew(named("shop"), around)), QStringList{text("name")});
        QVERIFY(validateNew(named("lab"), around).isEmpty());
        QVERIFY(validateChange(named("shop"), around).isEmpty());
    }

    void checksLimits()
    {
        AccountSpec spec = named("shop");
        spec.limits = {0, -1, 0};
        QCOMPARE(fieldsOf(validateNew(spec, {})),
            QStringList({text("maxStreams"), text("maxConsumers"), text("maxStorageGibibytes")}));
        spec.limits = {1, 1, 1};
        QVERIFY(validateNew(spec, {}).isEmpty());
    }

    /// A server of its own does not start with more than it has.
    void addsUpWhatAServerOfItsOwnSetsAside()
    {
        AccountSurroundings around;
        around.others = {named("lab")};
        around.others[0].limits.maxStorageGibibytes = 5;
        around.replicas = 1;
        around.storageGibibytes = 10; // of which streams may fill 8.5
        AccountSpec spec = named("shop");
        spec.limits.maxStorageGibibytes = 4;
        QCOMPARE(fieldsOf(validateNew(spec, around)), QStringList{text("maxStorageGibibytes")});
        QVERIFY2(validateNew(spec, around).constFirst().message.contains(text("3.5")),
            qPrintable(validateNew(spec, around).constFirst().message));
        spec.limits.maxStorageGibibytes = 3;
        QVERIFY(validateNew(spec, around).isEmpty());
        spec.limits.maxStorageGibibytes = 4;
        around.replicas = 3;
        QVERIFY(validateNew(spec, around).isEmpty());
    }

    void checksUsers()
    {
        AccountSpec spec = named("shop");
        spec.users = {{text("worker"), {{text("jobs.>")}, {}, {}, {}}}, {text("worker"), {}}};
        const FieldErrors twice = validateNew(spec, {});
        QCOMPARE(fieldsOf(twice), QStringList{text("users")});
        QVERIFY(twice.constFirst().message.contains(text("worker")));
        spec.users = {{text("worker"), {{text("jobs..x")}, {}, {}, {}}}};
        QCOMPARE(fieldsOf(validateNew(spec, {})), QStringList{text("users")});
        QCOMPARE(fieldsOf(validate(spec.users.constFirst())), QStringList{text("publishAllowed")});
        QCOMPARE(serverUserName(text("shop"), text("worker")), text("shop.worker"));
    }
};

QTEST_GUILESS_MAIN(AccountSpecTest)
#include "tst_accountspec.moc"
