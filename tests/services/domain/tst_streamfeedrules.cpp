// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/streamfeedrules.h"

#include <QTest>

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

Stream stream(const char *name, const QJsonObject &config, const char *account = "default")
{
    Stream result;
    result.id = {text(account), text(name)};
    result.config = config;
    return result;
}

QJsonObject origin(const char *name)
{
    return {{text("name"), text(name)}};
}

} // namespace

class StreamFeedRulesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsWhomAStreamFeeds()
    {
        QJsonObject elsewhere = origin("ORDERS");
        elsewhere[text("external")] = QJsonObject{{text("api"), text("$JS.hub.API")}};
        const QJsonArray both{origin("OTHER"), origin("ORDERS")};
        const QList<Stream> all{stream("ORDERS", {}), stream("COPY", {{text("mirror"), origin("ORDERS")}}),
            stream("ALL", {{text("sources"), both}}),
            stream("OTHERS", {{text("sources"), QJsonArray{origin("OTHER")}}}),
            stream("HUB", {{text("mirror"), elsewhere}}), stream("NEXT", {{text("mirror"), origin("ORDERS")}}, "acme")};
        const StreamId orders{text("default"), text("ORDERS")};
        QCOMPARE(StreamFeedRules::namesOfFed(orders, all), (QStringList{text("COPY"), text("ALL")}));
        QCOMPARE(StreamFeedRules::namesOfFed({text("default"), text("COPY")}, all), QStringList());
    }
};

QTEST_APPLESS_MAIN(StreamFeedRulesTest)

#include "tst_streamfeedrules.moc"
