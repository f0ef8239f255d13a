// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/configurationrows.h"

#include <QJsonArray>
#include <QTest>

namespace {

QString valueOf(const QList<ConfigurationRow> &rows, const char *name)
{
    for (const ConfigurationRow &row : rows) {
        if (row.name == QLatin1String(name))
            return row.value;
    }
    return QStringLiteral("absent");
}

} // namespace

class ConfigurationRowsTest final : public QObject {
    Q_OBJECT

private slots:
    void saysWhatNumbersMean();
    void keepsWhatItDoesNotKnow();
    void listsTakeALineEach();
    void survivesDeepNesting();
};

void ConfigurationRowsTest::saysWhatNumbersMean()
{
    const auto rows = configurationRows({
        {QStringLiteral("max_age"), qint64(86'400'000'000'000)},
        {QStringLiteral("duplicate_window"), qint64(120'000'000'000)},
        {QStringLiteral("max_bytes"), qint64(1073741824)},
        {QStringLiteral("max_msgs"), -1},
        {QStringLiteral("num_replicas"), 3},
        {QStringLiteral("deny_delete"), false},
    });
    QCOMPARE(valueOf(rows, "max_age"), QStringLiteral("86400000000000 (1 d)"));
    QCOMPARE(valueOf(rows, "duplicate_window"), QStringLiteral("120000000000 (2 min)"));
    QCOMPARE(valueOf(rows, "max_bytes"), QStringLiteral("1073741824 (1.0 GiB)"));
    QCOMPARE(valueOf(rows, "max_msgs"), QStringLiteral("-1 (unlimited)"));
    QCOMPARE(valueOf(rows, "num_replicas"), QStringLiteral("3"));
    QCOMPARE(valueOf(rows, "deny_delete"), QStringLiteral("false"));
}

void ConfigurationRowsTest::keepsWhatItDoesNotKnow()
{
    const auto rows = configurationRows({
        {QStringLiteral("a_field_of_tomorrow"), QStringLiteral("x")},
        {QStringLiteral("name"), QStringLiteral("ORDERS")},
        {QStringLiteral("placement"), QJsonObject{{QStringLiteral("cluster"), QStringLiteral("east")}}},
        {QStringLiteral("nothing"), QJsonValue::Null},
    });
    QCOMPARE(rows.first(), (ConfigurationRow{QStringLiteral("name"), QStringLiteral("ORDERS")}));
    QCOMPARE(valueOf(rows, "a_field_of_tomorrow"), QStringLiteral("x"));
    QCOMPARE(valueOf(rows, "placement.cluster"), QStringLiteral("east"));
    QCOMPARE(valueOf(rows, "nothing"), QStringLiteral("null"));
}

void ConfigurationRowsTest::listsTakeALineEach()
{
    const auto rows =
        configurationRows({{QStringLiteral("subjects"), QJsonArray{QStringLiteral("a.>"), QStringLiteral("b.*")}},
            {QStringLiteral("sources"), QJsonArray{}}});
    QCOMPARE(rows,
        (QList<ConfigurationRow>{{QStringLiteral("subjects"), QStringLiteral("a.>")}, {{}, QStringLiteral("b.*")},
            {QStringLiteral("sources"), QStringLiteral("[]")}}));
}

void ConfigurationRowsTest::survivesDeepNesting()
{
    QJsonObject nested{{QStringLiteral("end"), 1}};
    for (int depth = 0; depth < 200; ++depth)
        nested = {{QStringLiteral("d"), nested}};
    QCOMPARE(configurationRows(nested).size(), 1);
}

QTEST_GUILESS_MAIN(ConfigurationRowsTest)
#include "tst_configurationrows.moc"
