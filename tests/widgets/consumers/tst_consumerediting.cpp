// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/consumerservice.h"
#include "services/messaging/streamservice.h"
#include "tests/support/jetstreamfixture.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/segmentedchoice.h"
#include "widgets/common/tableview.h"
#include "widgets/common/wrappinglabel.h"
#include "widgets/consumers/consumerform.h"
#include "widgets/consumers/consumerspage.h"
#include "widgets/consumers/pausedialog.h"
#include "widgets/consumers/resetdialog.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTest>

namespace {

const ConsumerId worker{{QStringLiteral("default"), QStringLiteral("orders")}, QStringLiteral("worker")};

QString text(const char *value)
{
    return QLatin1String(value);
}

QByteArray bytes(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

/// What a person changes on the Consumers tab, over the real services and a JetStream that is played.
class ConsumerEditingTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void changesAConsumerAndGoesBackToIt();
    void showsWhatSomebodyElseHasChanged();
    void tellsWhatTheServerLeftOut();
    void clonesAConsumer();
    void clonesOneThatPushes();
    void pausesAndResumes();
    void deliversAgainFromASequence();
    void sendsNobodyBackByAMissingNumber();

private:
    template <typename T> T *shown(const char *name) const
    {
        for (T *each : m_page->findChildren<T *>(QLatin1String(name))) {
            if (each->isVisible())
                return each;
        }
        return nullptr;
    }
    void enter(const char *edit, const char *value) const { shown<QLineEdit>(edit)->setText(QLatin1String(value)); }
    bool passTimeUntil(const std::function<bool()> &condition) { return m_fixture->passTimeUntil(condition); }
    void edit() const
    {
        m_page->open(worker);
        shown<QPushButton>("editConsumerButton")->click();
    }
    /// Of the context menu on the only row.
    void choose(const char *action);
    QJsonObject info() const
    {
        QJsonObject info = JetStreamFixture::consumerInfo(worker.name);
        info[text("config")] = m_config;
        info[text("delivered")] = QJsonObject{{text("consumer_seq"), 40}, {text("stream_seq"), 40}};
        info[text("ack_floor")] = QJsonObject{{text("consumer_seq"), 30}, {text("stream_seq"), 30}};
        info[text("paused")] = m_config.contains(text("pause_until"));
        return info;
    }
    const Consumer &known() const { return m_consumers->consumers().constFirst(); }

    QJsonObject m_config; ///< of the consumer, as the server has it
    QJsonObject m_asked; ///< what the last change was asked by
    std::function<QJsonObject(const QJsonObject &)> m_take; ///< what the server makes of an update
    std::unique_ptr<JetStreamFixture> m_fixture;
    std::unique_ptr<StreamService> m_streams;
    std::unique_ptr<ConsumerService> m_consumers;
    std::unique_ptr<ConsumersPage> m_page;
};

void ConsumerEditingTest::init()
{
    m_config = {{text("name"), worker.name}, {text("durable_name"), worker.name},
        {text("ack_policy"), text("explicit")}, {text("deliver_policy"), text("all")},
        {text("replay_policy"), text("instant")}, {text("max_deliver"), 5}, {text("max_waiting"), 512},
        {text("of_tomorrow"), 7}};
    m_take = [](const QJsonObject &asked) { return asked; };
    m_fixture = std::make_unique<JetStreamFixture>();
    m_streams = std::make_unique<StreamService>(m_fixture->runtime, *m_fixture->connections, m_fixture->clock);
    m_consumers =
        std::make_unique<ConsumerService>(m_fixture->runtime, *m_streams, *m_fixture->connections, m_fixture->clock);
    m_fixture->holdStreams({text("orders")}, 1);
    FakeJetStream &server = m_fixture->server();
    server.stand(text("$JS.API.CONSUMER.LIST.orders"),
        [this](const QJsonObject &) { return bytes(JetStreamFixture::page("consumers", {info()}, 0)); });
    server.stand(text("$JS.API.CONSUMER.INFO.orders.worker"), [this](const QJsonObject &) { return bytes(info()); });
    server.stand(text("$JS.API.CONSUMER.CREATE.orders.worker"), [this](const QJsonObject &asked) {
        m_asked = asked;
        m_config = m_take(asked[text("config")].toObject());
        return bytes(info());
    });
    m_page = std::make_unique<ConsumersPage>(m_fixture->runtime, m_fixture->accounts, *m_consumers, m_fixture->clock);
    m_page->resize(1200, 900);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    m_streams->refresh();
    m_consumers->refresh();
    QVERIFY(m_fixture->start());
    QVERIFY(passTimeUntil([this] { return m_consumers->consumers().size() == 1; }));
}

void ConsumerEditingTest::cleanup()
{
    m_page.reset();
    m_consumers.reset();
    m_streams.reset();
    m_fixture.reset();
}

void ConsumerEditingTest::choose(const char *action)
{
    auto *table = m_page->findChild<TableView *>();
    table->selectRow(0);
    const QPoint place = table->visualRect(table->model()->index(0, 0)).center();
    QContextMenuEvent asked(QContextMenuEvent::Keyboard, place, table->viewport()->mapToGlobal(place));
    QCoreApplication::sendEvent(table->viewport(), &asked);
    const QList<QMenu *> menus = table->findChildren<QMenu *>();
    QVERIFY(!menus.isEmpty());
    QMenu *menu = menus.constLast();
    for (QAction *each : menu->actions()) {
        if (each->text() == QString::fromUtf8(action)) {
            QVERIFY2(each->isEnabled(), qPrintable(each->toolTip()));
            each->trigger();
            menu->close();
            return;
        }
    }
    QFAIL(action);
}

void ConsumerEditingTest::changesAConsumerAndGoesBackToIt()
{
    QJsonObject expected = m_config;
    expected[text("max_deliver")] = 9;
    expected[text("filter_subject")] = text("orders.a");
    edit();
    enter("consumerMaxDeliverEdit", "9");
    enter("consumerFilterSubjectsEdit", "orders.a");
    shown<QPushButton>("createEditedConsumerButton")->click();
    QVERIFY(passTimeUntil([this] { return shown<QPushButton>("editConsumerButton") != nullptr; }));
    QCOMPARE(m_config, expected);
    QCOMPARE(m_asked[text("action")].toString(), text("update"));
    QVERIFY(passTimeUntil([&] { return known().config == expected; }));
    QVERIFY(!shown<InlineMessage>("consumerMessage"));
}

void ConsumerEditingTest::showsWhatSomebodyElseHasChanged()
{
    edit();
    enter("consumerMaxDeliverEdit", "9");
    m_config[text("max_deliver")] = 3;
    m_config[text("description")] = text("Bo's");
    QVERIFY(passTimeUntil([this] { return known().config == m_config; }));
    shown<QPushButton>("createEditedConsumerButton")->click();
    QCOMPARE(m_config[text("max_deliver")].toInt(), 3); // says first what theirs is
    QCOMPARE(shown<QLineEdit>("consumerDescriptionEdit")->text(), text("Bo's"));
    shown<QPushButton>("createEditedConsumerButton")->click();
    QVERIFY(passTimeUntil([this] { return m_config[text("max_deliver")].toInt() == 9; }));
    QCOMPARE(m_config[text("description")].toString(), text("Bo's"));
}

void ConsumerEditingTest::tellsWhatTheServerLeftOut()
{
    m_take = [](QJsonObject asked) {
        asked.remove(text("max_batch"));
        return asked;
    };
    edit();
    enter("consumerMaxBatchEdit", "10");
    shown<QPushButton>("createEditedConsumerButton")->click();
    QVERIFY(passTimeUntil([this] { return shown<InlineMessage>("consumerMessage") != nullptr; }));
    const auto *message = shown<InlineMessage>("consumerMessage");
    QVERIFY2(message->text().contains(text("max_batch")), qPrintable(message->text()));
}

void ConsumerEditingTest::clonesAConsumer()
{
    QJsonObject made;
    m_fixture->server().stand(text("$JS.API.CONSUMER.CREATE.orders.copy"), [this, &made](const QJsonObject &asked) {
        made = asked[text("config")].toObject();
        QJsonObject answer = info();
        answer[text("name")] = text("copy");
        answer[text("config")] = made;
        return bytes(answer);
    });
    m_page->clone(worker);
    enter("consumerNameEdit", "copy");
    shown<QPushButton>("createConsumerButton")->click();
    QVERIFY(passTimeUntil([&made] { return !made.isEmpty(); }));
    QJsonObject expected = m_config;
    expected[text("name")] = expected[text("durable_name")] = text("copy");
    QCOMPARE(made, expected);
}

/// Two on one deliver subject would give each worker each message twice.
void ConsumerEditingTest::clonesOneThatPushes()
{
    m_config[text("deliver_subject")] = text("deliver.worker");
    m_config[text("deliver_group")] = text("crew");
    QVERIFY(passTimeUntil([this] { return known().config == m_config; }));
    m_page->clone(worker);
    const ConsumerDraft draft = m_page->findChild<ConsumerForm *>()->draft();
    QCOMPARE(draft.config.value(text("deliver_group")).toString(), text("crew"));
    QCOMPARE(draft.config.value(text("deliver_subject")).toString(), QString());
    QVERIFY(draft.config.contains(text("deliver_subject"))); // still to be entered
}

void ConsumerEditingTest::pausesAndResumes()
{
    m_fixture->server().stand(text("$JS.API.CONSUMER.PAUSE.orders.worker"), [this](const QJsonObject &asked) {
        m_config.remove(text("pause_until"));
        if (asked.contains(text("pause_until")))
            m_config[text("pause_until")] = asked[text("pause_until")];
        return bytes(
            {{text("paused"), asked.contains(text("pause_until"))}, {text("pause_until"), asked[text("pause_until")]}});
    });
    choose("Pause…");
    auto *dialog = m_page->findChild<PauseDialog *>();
    QVERIFY(dialog);
    dialog->findChild<SegmentedChoice *>(text("pauseLengthChoice"))->setCurrentIndex(2);
    dialog->findChild<QPushButton *>(text("confirmPauseButton"))->click();
    QVERIFY(passTimeUntil([this] { return known().isPaused; }));
    const auto length = m_fixture->clock.now().secsTo(*known().pausedUntil());
    QVERIFY2(length > 86'000 && length <= 86'400, qPrintable(QString::number(length)));
    m_page->open(worker);
    shown<QPushButton>("resumeConsumerButton")->click();
    QVERIFY(passTimeUntil([this] { return !known().isPaused; }));
    QVERIFY(!shown<QPushButton>("resumeConsumerButton"));
}

void ConsumerEditingTest::deliversAgainFromASequence()
{
    QJsonObject sent;
    m_fixture->server().stand(text("$JS.API.CONSUMER.RESET.orders.worker"), [this, &sent](const QJsonObject &asked) {
        sent = asked;
        return bytes(info());
    });
    choose("Deliver again…");
    auto *dialog = m_page->findChild<ResetDialog *>();
    QVERIFY(dialog);
    dialog->findChild<SegmentedChoice *>(text("resetChoice"))->setCurrentIndex(1);
    dialog->findChild<QLineEdit *>(text("resetSequenceEdit"))->setText(text("21"));
    dialog->findChild<QPushButton *>(text("confirmResetButton"))->click();
    QVERIFY(passTimeUntil([this] { return shown<InlineMessage>("consumerMessage") != nullptr; }));
    QCOMPARE(sent, (QJsonObject{{text("seq"), 21}}));
}

void ConsumerEditingTest::sendsNobodyBackByAMissingNumber()
{
    choose("Deliver again…");
    auto *dialog = m_page->findChild<ResetDialog *>();
    dialog->findChild<SegmentedChoice *>(text("resetChoice"))->setCurrentIndex(1);
    QVERIFY(!dialog->findChild<QPushButton *>(text("confirmResetButton"))->isEnabled());
    dialog->findChild<QLineEdit *>(text("resetSequenceEdit"))->setText(text("0"));
    QVERIFY(!dialog->findChild<QPushButton *>(text("confirmResetButton"))->isEnabled());
}

QTEST_MAIN(ConsumerEditingTest)
#include "tst_consumerediting.moc"
