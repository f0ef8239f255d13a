// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/nats/natsclient.h"
#include "services/nats/natsconnection.h"
#include "tests/support/fakenatsserver.h"

#include <QTest>

using namespace std::chrono_literals;

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

} // namespace

/// One connection carries everything of an account: what a server answers slowly must not hold up the rest.
class NatsLinesTest final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<FakeNatsServer> m_server;
    std::unique_ptr<NatsConnection> m_connection;
    std::vector<Pending<QByteArray>> m_slow;
    int m_slowAnswers = 0;

    /// Asked for and not answered.
    void ask(const char *subject, int times)
    {
        for (int i = 0; i < times; ++i) {
            m_slow.push_back(m_connection->request(text(subject), {}, 1h));
            m_slow.back().then(this, [this](const Result<QByteArray> &) { ++m_slowAnswers; });
        }
    }

private Q_SLOTS:
    void init()
    {
        m_slowAnswers = 0;
        m_server = std::make_unique<FakeNatsServer>();
        m_server->answers = {{"$JS.API.STREAM.LIST", "{}"}};
        NatsConnection::Options options;
        options.port = m_server->port();
        m_connection = std::make_unique<NatsConnection>(options);
        m_connection->open();
        QTRY_COMPARE(m_connection->state(), NatsConnection::State::Connected);
    }

    void cleanup()
    {
        m_slow.clear();
        m_connection.reset();
        m_server.reset();
    }

    void cleanupTestCase() { NatsConnection::shutDown(); }

    void answersListsBesideWhatTakesLong_data()
    {
        QTest::addColumn<QByteArray>("slow");
        QTest::newRow("messages") << QByteArray("$JS.API.STREAM.MSG.GET.orders");
        QTest::newRow("backups") << QByteArray("$JS.API.STREAM.SNAPSHOT.orders");
        QTest::newRow("restores") << QByteArray("$JS.API.STREAM.RESTORE.orders");
    }
    void answersListsBesideWhatTakesLong()
    {
        QFETCH(QByteArray, slow);
        ask(slow.constData(), 20);
        QTRY_COMPARE(m_server->heard.count(slow), 4); // no more at once
        std::optional<Result<QByteArray>> list;
        Pending<QByteArray> listing = m_connection->request(text("$JS.API.STREAM.LIST"), {}, 1h);
        listing.then(this, [&list](const Result<QByteArray> &answer) { list = answer; });
        QTRY_VERIFY(list.has_value());
        QVERIFY(*list);
        QCOMPARE(m_slowAnswers, 0);
    }

    void sendsBesideWhatIsNotAnswered()
    {
        ask("$JS.API.STREAM.MSG.GET.orders", 20);
        ask("$JS.API.CONSUMER.LIST.orders", 20);
        QTRY_COMPARE(m_server->heard.size(), 8);
        QList<NatsMessage> acks;
        for (int i = 0; i < 100; ++i)
            acks.append({"ack." + QByteArray::number(i), {}, {}});
        std::vector<Pending<void>> sending;
        for (const NatsMessage &ack : std::as_const(acks))
            sending.push_back(m_connection->publish({ack}));
        QTRY_COMPARE(m_server->heard.size(), 108);
        for (int i = 0; i < 100; ++i)
            QCOMPARE(m_server->heard.at(8 + i), acks[i].subject); // in the order in which they were sent
        QCOMPARE(m_slowAnswers, 0);
    }
};

QTEST_GUILESS_MAIN(NatsLinesTest)
#include "tst_natslines.moc"
