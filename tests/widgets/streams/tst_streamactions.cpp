// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/streamservice.h"
#include "tests/support/jetstreamfixture.h"
#include "widgets/common/actionquestion.h"
#include "widgets/common/confirmbytyping.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/streams/purgedialog.h"
#include "widgets/streams/streamactions.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTest>

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

QByteArray bytes(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

/// What can be done to a stream at a click, over the real service and a JetStream that is played.
class StreamActionsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void sealsOnlyByItsName();
    void saysWhoLeadsNow();
    void saysWhyAnActionCannotBeTaken();
    void warnsBeforeABucketIsPurged();

private:
    QAction *action(const char *beginning) const
    {
        const QList<QAction *> all = m_menu->actions();
        for (QAction *each : all) {
            if (each->text().startsWith(text(beginning)))
                return each;
        }
        return nullptr;
    }
    void showMenu(const Stream &stream)
    {
        m_menu = std::make_unique<QMenu>();
        m_actions->addTo(m_menu.get(), stream);
    }

    Stream m_stream;
    QJsonObject m_info;
    std::unique_ptr<JetStreamFixture> m_fixture;
    std::unique_ptr<StreamService> m_service;
    std::unique_ptr<QWidget> m_page;
    std::unique_ptr<QMenu> m_menu;
    InlineMessage *m_message = nullptr;
    StreamActions *m_actions = nullptr;
};

void StreamActionsTest::init()
{
    m_stream = {};
    m_stream.id = {text("default"), text("orders")};
    m_stream.config = {{text("name"), text("orders")}, {text("num_replicas"), 3}};
    m_stream.messages = 1234;
    m_stream.leader = text("nats-0");
    m_stream.peers = {{text("nats-1"), true, false, {}, 0}, {text("nats-2"), true, false, {}, 0}};
    m_info = JetStreamFixture::streamInfo(text("orders"));
    m_info[text("config")] = m_stream.config;
    m_info[text("cluster")] = QJsonObject{{text("leader"), m_stream.leader}};
    m_fixture = std::make_unique<JetStreamFixture>(3);
    m_service = std::make_unique<StreamService>(m_fixture->runtime, *m_fixture->connections, m_fixture->clock);
    FakeJetStream &server = m_fixture->server();
    server.stand(text("$JS.API.STREAM.INFO.orders"), [this](const QJsonObject &) { return bytes(m_info); });
    server.stand(text("$JS.API.STREAM.UPDATE.orders"), [this](const QJsonObject &asked) {
        m_info[text("config")] = asked;
        return bytes(m_info);
    });
    server.stand(text("$JS.API.STREAM.LEADER.STEPDOWN.orders"), [this](const QJsonObject &) {
        m_info[text("cluster")] = QJsonObject{{text("leader"), text("nats-2")}};
        return QByteArray(R"({"success":true})");
    });
    m_page = std::make_unique<QWidget>();
    m_message = new InlineMessage(m_page.get());
    m_message->hide();
    m_actions = new StreamActions(*m_service, m_message, m_page.get());
    m_page->show();
    m_service->refresh();
    QVERIFY(m_fixture->start());
    QVERIFY(m_fixture->passTimeUntil([this] { return m_service->createAccess().allowed; }));
}

void StreamActionsTest::cleanup()
{
    m_menu.reset();
    m_page.reset();
    m_service.reset();
    m_fixture.reset();
}

void StreamActionsTest::sealsOnlyByItsName()
{
    showMenu(m_stream);
    action("Seal")->trigger();
    auto *question = m_page->findChild<ConfirmByTyping *>();
    QVERIFY(question);
    QVERIFY(!question->dangerButton()->isEnabled());
    question->nameEdit()->setText(text("orders"));
    QVERIFY(question->dangerButton()->isEnabled());
    question->dangerButton()->click();
    QVERIFY(m_fixture->passTimeUntil([this] { return !m_message->isHidden(); }));
    QCOMPARE(m_message->tone(), Tone::Good);
    QVERIFY(m_info[text("config")].toObject()[text("sealed")].toBool());
}

void StreamActionsTest::saysWhoLeadsNow()
{
    showMenu(m_stream);
    action("Step leader")->trigger();
    auto *question = m_page->findChild<ActionQuestion *>();
    QVERIFY(question);
    QVERIFY(question->accessibleDescription().contains(text("nats-0")));
    question->findChild<QPushButton *>(text("confirmActionButton"))->click();
    QVERIFY(m_fixture->passTimeUntil([this] { return !m_message->isHidden(); }));
    QVERIFY2(m_message->title().contains(text("nats-2")), qPrintable(m_message->title()));
}

void StreamActionsTest::saysWhyAnActionCannotBeTaken()
{
    Stream sealed = m_stream;
    sealed.config[text("sealed")] = true;
    sealed.config[text("num_replicas")] = 1;
    sealed.peers.clear();
    showMenu(sealed);
    for (const char *each : {"Seal", "Step leader"}) {
        QVERIFY2(!action(each)->isEnabled(), each);
        QVERIFY2(!action(each)->toolTip().isEmpty(), each);
    }
}

void StreamActionsTest::warnsBeforeABucketIsPurged()
{
    Stream bucket = m_stream;
    bucket.id.name = text("KV_state");
    bucket.config[text("subjects")] = QJsonArray{text("$KV.state.>")};
    const auto count = [](const StreamPurge &) { return Pending<quint64>::answered(0); };
    const PurgeDialog dialog(bucket, count, m_page.get());
    const auto *warning = dialog.findChild<InlineMessage *>(text("purgeBucketMessage"));
    QVERIFY(warning && warning->text().contains(text("state")));
    const PurgeDialog other(m_stream, count, m_page.get());
    QVERIFY(!other.findChild<InlineMessage *>(text("purgeBucketMessage")));
}

QTEST_MAIN(StreamActionsTest)
#include "tst_streamactions.moc"
