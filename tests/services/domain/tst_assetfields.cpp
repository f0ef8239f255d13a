// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/assetfields.h"

#include <QJsonArray>
#include <QTest>

namespace {

QStringList fieldsOf(const QList<FieldChange> &changes)
{
    QStringList fields;
    for (const FieldChange &change : changes)
        fields.append(change.field);
    return fields;
}

QJsonObject with(const char *field, const QJsonValue &value)
{
    return {{QLatin1String(field), value}};
}

} // namespace

class AssetFieldsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsVersions()
    {
        QCOMPARE(ServerVersion::fromText(QStringLiteral("2.14.9")), (ServerVersion{2, 14, 9}));
        QCOMPARE(ServerVersion::fromText(QStringLiteral("v2.11.0-preview.1")), (ServerVersion{2, 11, 0}));
        QCOMPARE(ServerVersion::fromText(QStringLiteral("2.10")), (ServerVersion{2, 10, 0}));
        for (const char *nonsense : {"", "two", "2", "-2.1.1", "99999999999.1.1"})
            QVERIFY2(!ServerVersion::fromText(QLatin1String(nonsense)), nonsense);
        QVERIFY((ServerVersion{2, 9, 25} < ServerVersion{2, 10, 0}));
        QCOMPARE((ServerVersion{2, 12, 0}).text(), QStringLiteral("2.12"));
    }

    void namesEachFieldOnce()
    {
        for (const auto &fields : {streamFields(), consumerFields()}) {
            QStringList names;
            for (const AssetField &field : fields)
                names.append(QLatin1String(field.name));
            QStringList once = names;
            once.removeDuplicates();
            QCOMPARE(names, once);
        }
        QVERIFY(fieldNamed(streamFields(), QStringLiteral("max_age")));
        QVERIFY(!fieldNamed(streamFields(), QStringLiteral("max_waiting")));
    }

    void tellsWhatDiffers_data()
    {
        QTest::addColumn<QJsonObject>("before");
        QTest::addColumn<QJsonObject>("after");
        QTest::addColumn<QStringList>("fields");
        const auto row = [](const char *tag, const QJsonObject &before, const QJsonObject &after,
                             const QStringList &fields) { QTest::newRow(tag) << before << after << fields; };
        row("nothing", with("max_msgs", 5), with("max_msgs", 5), {});
        row("a number", with("max_msgs", 5), with("max_msgs", 6), {QStringLiteral("max_msgs")});
        row("more than a double holds", with("max_bytes", Q_INT64_C(9007199254740993)),
            with("max_bytes", Q_INT64_C(9007199254740992)), {QStringLiteral("max_bytes")});
        row("left out", with("deny_purge", false), {}, {});
        row("an empty list", with("sources", QJsonArray()), {}, {});
        row("switched on", {}, with("deny_purge", true), {QStringLiteral("deny_purge")});
        row("what nobody knows", {}, with("brand_new", 1), {QStringLiteral("brand_new")});
        row("unlimited is not left out", with("max_msgs", -1), {}, {QStringLiteral("max_msgs")});
        row("the server's metadata", with("metadata", QJsonObject{{QStringLiteral("_nats.ver"), QStringLiteral("1")}}),
            {}, {});
        row("a person's metadata",
            with("metadata",
                QJsonObject{{QStringLiteral("_nats.ver"), QStringLiteral("1")}, {QStringLiteral("team"), QString()}}),
            with("metadata", QJsonObject{{QStringLiteral("team"), QStringLiteral("a")}}),
            {QStringLiteral("metadata.team")});
        row("a list's order", with("subjects", QJsonArray{QStringLiteral("a"), QStringLiteral("b")}),
            with("subjects", QJsonArray{QStringLiteral("b"), QStringLiteral("a")}), {QStringLiteral("subjects")});
    }

    void tellsWhatDiffers()
    {
        QFETCH(QJsonObject, before);
        QFETCH(QJsonObject, after);
        QFETCH(QStringList, fields);
        QCOMPARE(fieldsOf(changesBetween(before, after)), fields);
        QCOMPARE(fieldsOf(changesBetween(after, before)), fields);
    }

    void tellsWhatAServerLeftOut()
    {
        QJsonObject asked = with("allow_msg_ttl", true);
        asked[QStringLiteral("max_msgs")] = 5;
        QJsonObject answered = with("max_msgs", 5);
        answered[QStringLiteral("duplicate_window")] = Q_INT64_C(120000000000);
        QCOMPARE(fieldsOf(notTaken(asked, answered)), QStringList{QStringLiteral("allow_msg_ttl")});
        answered[QStringLiteral("allow_msg_ttl")] = true;
        QVERIFY(notTaken(asked, answered).isEmpty());
    }

    void takesTheServersOwnAway()
    {
        QJsonObject config = with("metadata",
            QJsonObject{
                {QStringLiteral("_nats.ver"), QStringLiteral("2.14")}, {QStringLiteral("team"), QStringLiteral("a")}});
        QCOMPARE(portableConfig(config), with("metadata", QJsonObject{{QStringLiteral("team"), QStringLiteral("a")}}));
        QCOMPARE(portableConfig(with("metadata", QJsonObject{{QStringLiteral("_nats.level"), QStringLiteral("1")}})),
            QJsonObject());
    }
};

QTEST_APPLESS_MAIN(AssetFieldsTest)
#include "tst_assetfields.moc"
