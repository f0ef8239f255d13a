// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/consumerservice.h"
#include "services/messaging/streamservice.h"
#include "tests/support/jetstreamfixture.h"
#include "widgets/common/actionquestion.h"
#include "widgets/common/elidinglabel.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/tableview.h"
#include "widgets/consumers/consumerspage.h"

#include <QContextMenuEvent>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMenu>
#include <QPushButton>
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

QJsonObject ledBy(const QString &leader)
{
    QJsonObject led = info("a", 1);
    led.insert(text("cluster"),
        QJsonObject{{text("leader"), leader},
            {text("replicas"), QJsonArray{QJsonObject{{text("name"), text("nats-2")}, {text("current"), true}}}}});
    return led;
}

} // namespace

class ConsumersPageTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsConsumersAndNoMessageTwice();
    void saysWhoLeadsNow();
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

void ConsumersPageTest::saysWhoLeadsNow()
{
    JetStreamFixture fixture;
    StreamService streams(fixture.runtime, *fixture.connections, fixture.clock);
    ConsumerService consumers(fixture.runtime, streams, *fixture.connections, fixture.clock);
    ConsumersPage page(fixture.runtime, fixture.accounts, consumers, fixture.clock);
    page.resize(1100, 700);
    page.show();
    QString leader = text("nats-1");
    fixture.holdStreams({text("orders")}, 1);
    fixture.server().stand(
        text("$JS.API.CONSUMER.LIST.orders"), JetStreamFixture::page("consumers", {ledBy(leader)}, 0));
    fixture.server().stand(text("$JS.API.CONSUMER.INFO.orders.a"),
        [&leader](const QJsonObject &) -> Result<QByteArray> { return QJsonDocument(ledBy(leader)).toJson(); });
    fixture.server().stand(
        text("$JS.API.CONSUMER.LEADER.STEPDOWN.orders.a"), [&leader](const QJsonObject &) -> Result<QByteArray> {
            leader = text("nats-2");
            return QByteArray(R"({"success":true})");
        });
    streams.refresh();
    consumers.refresh();
    QVERIFY(fixture.start());
    QVERIFY(fixture.passTimeUntil([&] { return consumers.consumers().size() == 1; }));
    auto *table = page.findChild<TableView *>();
    QVERIFY(fixture.passTimeUntil([table] { return table->model()->rowCount() == 1; }));
    table->selectRow(0);
    QContextMenuEvent asked(QContextMenuEvent::Keyboard, QPoint(), QPoint());
    QCoreApplication::sendEvent(table, &asked);
    QAction *step = nullptr;
    for (QAction *each : table->findChild<QMenu *>()->actions())
        step = each->text() == QString::fromUtf8("Step leader down…") ? each : step;
    QVERIFY(step && step->isEnabled());
    step->trigger();
    auto *question = page.findChild<ActionQuestion *>();
    QVERIFY(question);
    QVERIFY(question->accessibleDescription().contains(text("nats-1")));
    QCOMPARE(fixture.server().count(text("$JS.API.CONSUMER.LEADER.STEPDOWN.orders.a")), 0);
    question->findChild<QPushButton *>(text("confirmActionButton"))->click();
    const auto *message = page.findChild<InlineMessage *>(text("consumerMessage"));
    QVERIFY(fixture.passTimeUntil([message] { return message->isVisible(); }));
    QCOMPARE(message->tone(), Tone::Good);
    QCOMPARE(message->title(), text("nats-2 leads a now, in place of nats-1."));
}

QTEST_MAIN(ConsumersPageTest)
#include "tst_consumerspage.moc"
