// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/messagingwindowtest.h"
#include "tests/support/rawnats.h"

#include <QApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTableView>
#include <QTest>

namespace {

QString text(const char *value)
{
    return QString::fromUtf8(value);
}

QByteArray order(int number)
{
    return QJsonDocument(
        QJsonObject{{text("order"), 4700 + number}, {text("customer"), text("c-%1").arg(7 * number)},
            {text("items"), QJsonArray{QJsonObject{{text("sku"), text("TEA-3")}, {text("quantity"), 2}}}}})
        .toJson(QJsonDocument::Compact);
}

} // namespace

/// What a person does on the Streams and Consumers tabs, and what an independent client finds afterwards.
class StreamsTabTest final : public MessagingWindowTest {
    Q_OBJECT

private Q_SLOTS:
    void enablesNats()
    {
        const QString problem = enableNats(1);
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    void makesAStream()
    {
        m_driver->openTab(text("Streams"));
        m_driver->click(text("newStreamButton"));
        m_driver->type(text("streamNameEdit"), text("ORDERS"));
        m_driver->type(text("streamSubjectsEdit"), text("orders.>, returns"));
        m_driver->type(text("streamMaxAgeEdit"), text("36"));
        m_driver->type(text("streamMaxBytesEdit"), text("64"));
        m_driver->screenshot(text("streams-form"));
        m_driver->click(text("createStreamButton"));
        QVERIFY2(m_driver->shows(text("ORDERS"), text("streamDetail")), qPrintable(m_driver->failure()));
        const QJsonObject made = stream(text("ORDERS"))[text("config")].toObject();
        QCOMPARE(made[text("max_age")].toInteger(), qint64(36) * 3600 * 1'000'000'000);
        QCOMPARE(made[text("max_bytes")].toInteger(), qint64(64) << 20);
        QCOMPARE(made[text("subjects")].toArray(), (QJsonArray{text("orders.>"), text("returns")}));
    }

    void editsAStream()
    {
        for (int i = 0; i < 20; ++i)
            QVERIFY(!nats().publish(i % 2 == 0 ? "orders.a" : "orders.b", {}, order(i)).contains("-ERR"));
        QVERIFY(comesToBe(text("streamTable"), text("ORDERS"), text("Messages"), text("20")));
        QTest::keyClick(m_driver->find<QTableView>(text("streamTable")), Qt::Key_F2);
        m_driver->type(text("streamMaxMessagesEdit"), text("12"));
        QVERIFY2(
            m_driver->shows(text("The oldest 8 of 20 messages are dropped at once.")), qPrintable(m_driver->failure()));
        m_driver->screenshot(text("streams-edit"));
        m_driver->click(text("createEditedStreamButton"));
        QVERIFY(comesToBe(text("streamTable"), text("ORDERS"), text("Messages"), text("12")));
        const QJsonObject config = stream(text("ORDERS"))[text("config")].toObject();
        QCOMPARE(config[text("max_msgs")].toInt(), 12);
        QCOMPARE(config[text("max_bytes")].toInteger(), qint64(64) << 20);
    }

    void purgesASubject()
    {
        QVERIFY(chooseFromMenu(text("streamTable"), text("ORDERS"), text("Purge…")));
        m_driver->type(text("purgeSubjectEdit"), text("orders.a"));
        QVERIFY2(m_driver->shows(text("6 of 12 messages go"), text("purgeDialog")), qPrintable(m_driver->failure()));
        m_driver->screenshot(text("streams-purge"));
        m_driver->click(text("confirmPurgeButton"));
        QVERIFY2(m_driver->shows(text("6 messages have gone from ORDERS.")), qPrintable(m_driver->failure()));
        QCOMPARE(stream(text("ORDERS"))[text("state")].toObject()[text("messages")].toInt(), 6);
    }

    void clonesAStream()
    {
        QVERIFY(chooseFromMenu(text("streamTable"), text("ORDERS"), text("Clone…")));
        m_driver->type(text("streamNameEdit"), text("COPIES"));
        m_driver->type(text("streamSubjectsEdit"), text("copies.>"));
        m_driver->click(text("createStreamButton"));
        QVERIFY2(m_driver->shows(text("COPIES"), text("streamDetail")), qPrintable(m_driver->failure()));
        QCOMPARE(stream(text("COPIES"))[text("config")].toObject()[text("max_msgs")].toInt(), 12);
    }

    void makesAConsumer()
    {
        m_driver->openTab(text("Consumers"));
        m_driver->click(text("newConsumerButton"));
        m_driver->choose(text("consumerStreamCombo"), text("ORDERS · default"));
        m_driver->type(text("consumerNameEdit"), text("billing"));
        m_driver->type(text("consumerFilterSubjectsEdit"), text("orders.b"));
        m_driver->type(text("consumerAckWaitEdit"), text("1m"));
        m_driver->press(text("consumerReplayPolicyChoice"), text("original"));
        m_driver->screenshot(text("consumers-form"));
        m_driver->click(text("createConsumerButton"));
        QVERIFY(comesToBe(text("consumerTable"), text("billing"), text("Pending"), text("6")));
        const QJsonObject made = consumer(text("ORDERS.billing"))[text("config")].toObject();
        QCOMPARE(made[text("ack_wait")].toInteger(), qint64(60) * 1'000'000'000);
        QCOMPARE(made[text("replay_policy")].toString(), text("original"));
        QCOMPARE(made[text("filter_subject")].toString(), text("orders.b"));
    }

    void editsAConsumer()
    {
        QTest::keyClick(m_driver->find<QTableView>(text("consumerTable")), Qt::Key_F2);
        m_driver->type(text("consumerMaxDeliverEdit"), text("7"));
        m_driver->screenshot(text("consumers-edit"));
        m_driver->click(text("createEditedConsumerButton"));
        QVERIFY(m_driver->waitFor([this] {
            return consumer(text("ORDERS.billing"))[text("config")].toObject()[text("max_deliver")].toInt() == 7;
        }));
        const QJsonObject config = consumer(text("ORDERS.billing"))[text("config")].toObject();
        QCOMPARE(config[text("ack_wait")].toInteger(), qint64(60) * 1'000'000'000);
        // the window has it, too: until then another change waits
        QVERIFY2(m_driver->shows(text("Deliver policy"), text("consumerDetail")), qPrintable(m_driver->failure()));
    }

    void pausesAndResumesAConsumer()
    {
        QVERIFY(chooseFromMenu(text("consumerTable"), text("billing"), text("Pause…")));
        m_driver->screenshot(text("consumers-pause"));
        m_driver->click(text("confirmPauseButton"));
        QVERIFY2(m_driver->shows(text("billing is paused until")), qPrintable(m_driver->failure()));
        QVERIFY(consumer(text("ORDERS.billing"))[text("paused")].toBool());
        m_driver->find<QTableView>(text("consumerTable"))->setFocus();
        QTest::keyClick(m_driver->find<QTableView>(text("consumerTable")), Qt::Key_Return);
        QVERIFY2(m_driver->shows(text("Paused until"), text("consumerDetail")), qPrintable(m_driver->failure()));
        m_driver->screenshot(text("consumers-paused"));
        m_driver->click(text("resumeConsumerButton"));
        QVERIFY2(m_driver->shows(text("billing delivers again.")), qPrintable(m_driver->failure()));
        QVERIFY(!consumer(text("ORDERS.billing"))[text("paused")].toBool());
    }

    void deliversAgain()
    {
        ask(text("CONSUMER.MSG.NEXT.ORDERS.billing"), {{text("batch"), 1}});
        QVERIFY(comesToBe(text("consumerTable"), text("billing"), text("Pending"), text("5")));
        QVERIFY(chooseFromMenu(text("consumerTable"), text("billing"), text("Deliver again…")));
        m_driver->press(text("resetChoice"), text("From a sequence"));
        m_driver->type(text("resetSequenceEdit"), text("1"));
        m_driver->screenshot(text("consumers-again"));
        m_driver->click(text("confirmResetButton"));
        QVERIFY(comesToBe(text("consumerTable"), text("billing"), text("Pending"), text("6")));
        QCOMPARE(consumer(text("ORDERS.billing"))[text("num_pending")].toInt(), 6);
    }

    void looksAtMessages()
    {
        m_driver->openTab(text("Streams"));
        QVERIFY(chooseFromMenu(text("streamTable"), text("ORDERS"), text("Messages…")));
        auto *table = m_driver->find<QTableView>(text("messageTable"));
        QVERIFY2(table && m_driver->waitFor([table] { return table->model()->rowCount() == 6; }),
            qPrintable(m_driver->failure()));
        table->selectRow(2);
        QTest::qWait(500); // the payload is taken apart in the background
        keepPicture(table->window(), text("messages"));
        m_driver->type(text("messageSubjectEdit"), text("never.*"));
        QVERIFY(m_driver->waitFor([table] { return table->model()->rowCount() == 0; }));
        m_driver->type(text("messageSubjectEdit"), text("*.b"));
        QVERIFY(m_driver->waitFor([table] { return table->model()->rowCount() == 6; }));
        QCOMPARE(consumer(text("ORDERS.billing"))[text("num_pending")].toInt(), 6);
    }

    void publishesAndDeletesAMessage()
    {
        m_driver->type(text("messageSubjectEdit"), text("orders.>"));
        m_driver->click(text("publishMessageButton"));
        m_driver->type(text("publishSubjectEdit"), text("orders.made"));
        m_driver->find<QPlainTextEdit>(text("publishPayloadEdit"))->setPlainText(text("{\"made\": \"here\"}"));
        m_driver->click(text("confirmPublishButton"));
        QVERIFY2(m_driver->shows(text("Stored in ORDERS"), text("publishOutcome")), qPrintable(m_driver->failure()));
        const qint64 last = stream(text("ORDERS"))[text("state")].toObject()[text("last_seq")].toInteger();
        const QJsonObject bySequence{{text("seq"), last}};
        const QJsonObject stored = ask(text("STREAM.MSG.GET.ORDERS"), bySequence)[text("message")].toObject();
        QCOMPARE(stored[text("subject")].toString(), text("orders.made"));
        QCOMPARE(QByteArray::fromBase64(stored[text("data")].toString().toLatin1()), "{\"made\": \"here\"}");
        m_driver->click(text("closePublishButton"));
        QVERIFY2(m_driver->shows(text("\"made\": \"here\""), text("messageView")), qPrintable(m_driver->failure()));
        m_driver->click(text("deleteMessageButton"));
        m_driver->click(text("confirmDeleteMessageButton"));
        QVERIFY2(m_driver->shows(text("was deleted"), text("messageBrowserMessage")), qPrintable(m_driver->failure()));
        QVERIFY(ask(text("STREAM.MSG.GET.ORDERS"), bySequence).contains(text("error")));
    }

    void fetchesWithoutAcknowledging()
    {
        m_driver->openTab(text("Consumers"));
        QVERIFY(chooseFromMenu(text("consumerTable"), text("billing"), text("Fetch messages…")));
        auto *window = m_driver->find<QWidget>(text("consumersPage"))->findChild<QWidget *>(text("fetchWindow"));
        QVERIFY(window);
        window->findChild<QLineEdit *>(text("fetchNumberEdit"))->setText(text("2"));
        QTest::keyClick(window->findChild<QLineEdit *>(text("fetchNumberEdit")), Qt::Key_Return);
        auto *rows = window->findChild<QTableView *>(text("fetchedTable"));
        QVERIFY(m_driver->waitFor([rows] { return rows->model()->rowCount() == 2; }));
        keepPicture(window, text("consumers-fetch"));
        QCOMPARE(consumer(text("ORDERS.billing"))[text("num_ack_pending")].toInt(), 2);
        window->close();
    }

    void cleanupTestCase() { endClient(); }
};

int main(int argc, char **argv)
{
    const std::unique_ptr<QApplication> application = createTestApplication(argc, argv);
    StreamsTabTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "e2e_streamstab.moc"
