// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/consumerservice.h"
#include "services/messaging/streamservice.h"
#include "tests/support/jetstreamfixture.h"
#include "widgets/common/elidinglabel.h"
#include "widgets/consumers/consumerspage.h"

#include <QJsonArray>
#include <QTest>

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

QJsonObject info(const char *name, int pending)
{
    QJsonObject info = JetStreamFixture::consumerInfo(text(name));
    info.insert(text("num_pending"), pending);
    return info;
}

} // namespace

class ConsumersPageTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsConsumersAndNoMessageTwice();
};

void ConsumersPageTest::countsConsumersAndNoMessageTwice()
{
    JetStreamFixture fixture;
    StreamService streams(fixture.runtime, *fixture.connections, fixture.clock);
    ConsumerService consumers(fixture.runtime, streams, *fixture.connections, fixture.clock);
    ConsumersPage page(fixture.runtime, fixture.accounts, consumers, fixture.clock);
    page.show();
    fixture.holdStreams({text("orders")}, 3);
    fixture.server().stand(text("$JS.API.CONSUMER.LIST.orders"),
        JetStreamFixture::page("consumers", {info("a", 100), info("b", 100), info("c", 0)}, 0));
    streams.refresh();
    consumers.refresh();
    QVERIFY(fixture.start());
    QVERIFY(fixture.passTimeUntil([&] { return consumers.consumers().size() == 3; }));
    const auto *count = page.findChild<ElidingLabel *>(text("consumerCountLabel"));
    QCOMPARE(count->text(), QStringLiteral("3 consumers · 2 with messages pending"));
}

QTEST_MAIN(ConsumersPageTest)
#include "tst_consumerspage.moc"
