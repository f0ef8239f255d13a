// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/accountrecord.h"

#include "services/messaging/runtimenames.h"

#include <QJsonDocument>
#include <QTest>

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

AccountRecord record()
{
    AccountRecord record;
    record.spec = {text("shop"), text("Web shop"), text("sells"), {3, std::nullopt, 2},
        {{text("worker"), {{text("jobs.>")}, {text("jobs.secret")}, {text("_INBOX.>")}, {text("audit.>")}}}}};
    record.clientUsername = text("shop_2");
    record.retiring = RetiringLogin{text("shop"), QDateTime({2026, 3, 4}, {5, 6, 7}, Qt::UTC), true};
    record.operation = {AccountOperation::Kind::Rotate, AccountOperation::State::Failed, text("an id"),
        text("ana@laptop"), QDateTime({2026, 3, 4}, {5, 6, 7}, Qt::UTC),
        Error{Error::Kind::Timeout, text("too late"), text("in detail"), {}, {}}};
    return record;
}

} // namespace

class AccountRecordTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void survivesTheCluster()
    {
        const AccountRecord before = record();
        const QJsonObject configMap = before.toConfigMap(text("ns"));
        QVERIFY(RuntimeNames::isOwnName(configMap));
        const auto after = AccountRecord::fromConfigMap(configMap);
        QVERIFY(after);
        QCOMPARE(after->spec, before.spec);
        QCOMPARE(after->clientUsername, before.clientUsername);
        QCOMPARE(after->retiring, before.retiring);
        QCOMPARE(after->operation, before.operation);
    }

    /// What it names is what it was read as, or it is to be made.
    void namesTheOneThatWasRead()
    {
        AccountRecord seen = record();
        QVERIFY(!seen.toConfigMap(text("ns"))[text("metadata")].toObject().contains(text("uid")));
        seen.uid = text("u");
        seen.resourceVersion = text("7");
        const QJsonObject metadata = seen.toConfigMap(text("ns"))[text("metadata")].toObject();
        QCOMPARE(metadata[text("uid")].toString(), text("u"));
        QCOMPARE(metadata[text("resourceVersion")].toString(), text("7"));
    }

    void keepsWhatANewerVersionWrote()
    {
        QJsonObject configMap = record().toConfigMap(text("ns"));
        QJsonObject data = configMap[text("data")].toObject();
        QJsonObject spec = QJsonDocument::fromJson(data[text("spec.json")].toString().toUtf8()).object();
        spec[text("imports")] = text("of a newer version");
        data[text("spec.json")] = QString::fromUtf8(QJsonDocument(spec).toJson());
        configMap[text("data")] = data;
        auto read = AccountRecord::fromConfigMap(configMap);
        QVERIFY(read);
        read->spec.description = text("other");
        QVERIFY(read->toConfigMap(text("ns"))[text("data")][text("spec.json")].toString().contains(
            text("of a newer version")));
    }

    void refusesWhatItCannotRead_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::newRow("no JSON") << text("spec.json") << text("{");
        QTest::newRow("of another account") << text("spec.json") << text("{\"name\":\"lab\"}");
        QTest::newRow("unknown operation")
            << text("operation.json") << text("{\"kind\":\"merge\",\"state\":\"running\"}");
        QTest::newRow("a list") << text("operation.json") << text("[]");
    }

    void refusesWhatItCannotRead()
    {
        QFETCH(QString, key);
        QFETCH(QString, value);
        QJsonObject configMap = record().toConfigMap(text("ns"));
        QJsonObject data = configMap[text("data")].toObject();
        data[key] = value;
        configMap[text("data")] = data;
        const auto read = AccountRecord::fromConfigMap(configMap);
        QVERIFY(!read);
        QVERIFY2(read.error().summary.contains(text("pennant-account-shop")) && read.error().summary.contains(key),
            qPrintable(read.error().summary));
    }

    void takesTurnsWithUsernames()
    {
        QCOMPARE(nextClientUsername(text("shop"), text("shop")), text("shop_2"));
        QCOMPARE(nextClientUsername(text("shop"), text("shop_2")), text("shop"));
    }
};

QTEST_GUILESS_MAIN(AccountRecordTest)
#include "tst_accountrecord.moc"
