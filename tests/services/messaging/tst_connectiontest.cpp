// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/connectiontest.h"

#include "services/kubernetes/transportdecorator.h"
#include "tests/support/fakecluster.h"
#include "tests/support/fakenatsserver.h"
#include "tests/support/fakestream.h"
#include "tests/support/hurriedclock.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

namespace {

using State = RuntimeStep::State;

using namespace std::chrono_literals;

const SecretString password(QStringLiteral("right \"and\" proper"));

/// Takes connections and says what it is told to.
class Stranger final {
public:
    explicit Stranger(const QByteArray &greeting, bool isHangingUp = false)
    {
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this, greeting, isHangingUp] {
            QTcpSocket *socket = m_server.nextPendingConnection();
            socket->write(greeting);
            if (isHangingUp)
                socket->disconnectFromHost();
        });
        m_server.listen(QHostAddress::LocalHost);
    }

    quint16 port() const { return m_server.serverPort(); }

private:
    QTcpServer m_server;
};

/// Tunnels end as a test says, or never open.
class TunnelEnds final : public TransportDecorator {
public:
    TunnelEnds(KubernetesTransport &transport, std::optional<Error> error, bool isOpened)
        : TransportDecorator(transport)
        , m_error(std::move(error))
        , m_isOpened(isOpened)
    {
    }

    std::unique_ptr<PodTunnel> tunnel(const QString &, const QString &, quint16) override
    {
        auto tunnel = std::make_unique<FakeTunnel>();
        QMetaObject::invokeMethod(
            tunnel.get(),
            [to = tunnel.get(), isOpened = m_isOpened, error = m_error] {
                if (isOpened)
                    to->open();
                if (error)
                    to->finish(error);
            },
            Qt::QueuedConnection);
        return tunnel;
    }

private:
    std::optional<Error> m_error;
    bool m_isOpened;
};

ConnectionDetails details()
{
    ConnectionDetails details;
    details.nameSpace = QStringLiteral("pennant-messaging");
    details.username = QStringLiteral("default");
    return details;
}

} // namespace

/// A client's way to a pod, over real sockets to servers that do what a real one can't be made to do.
class ConnectionTestTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void passesAllStages();
    void saysWhatEachFailureMeans_data();
    void saysWhatEachFailureMeans();
    void namesThePermissionThatTheTunnelTakes();
    void saysThatThePortTakesNoConnection();
    void noticesWhoSaysNothing();
    void noticesWhoIsNoNats();
    void noticesWhoHangsUp();
    void namesTheDemandForTls();
    void goesOnWithoutTlsThatIsOnlyOffered();
    void saysWhyThePasswordCantBeRead();
    void noticesThatNobodyAnswersForJetStream();
    void noticesSilenceOfJetStream();
    void canBeStopped();
    void saysThatThereIsNoPod();

private:
    void run(quint16 port, bool isHurried = false);
    void start(KubernetesTransport &cluster, Clock &clock);
    /// Which stage failed, "": none.
    QString failed() const;
    QString said() const { return m_test->problem() ? m_test->problem()->summary : QString(); }

    std::unique_ptr<FakeNatsServer> m_nats;
    FakeCluster m_cluster;
    HurriedClock m_clock{1};
    HurriedClock m_hurried{50}; ///< where nothing comes anyway
    std::unique_ptr<ConnectionTest> m_test;
    Result<SecretString> m_password = password;
};

void ConnectionTestTest::init()
{
    m_password = password;
    m_nats = std::make_unique<FakeNatsServer>();
    m_nats->isWelcome = [](const QString &user, const QString &given) {
        return user == QStringLiteral("default") && SecretString(given) == password;
    };
    m_nats->answers.insert("$JS.API.INFO", R"({"streams":2,"consumers":1,"storage":2048})");
}

void ConnectionTestTest::start(KubernetesTransport &cluster, Clock &clock)
{
    m_test = std::make_unique<ConnectionTest>(cluster, clock);
    m_test->start(details(), QStringLiteral("nats-0"), [this] { return Pending<SecretString>::answered(m_password); });
}

void ConnectionTestTest::run(quint16 port, bool isHurried)
{
    m_cluster.carryTunnels(4222, port);
    start(m_cluster, isHurried ? m_hurried : m_clock);
    QTRY_VERIFY_WITH_TIMEOUT(!m_test->isRunning(), 60'000);
}

QString ConnectionTestTest::failed() const
{
    QString id;
    for (const RuntimeStep &stage : m_test->stages()) {
        if (stage.state == State::Failed)
            id = stage.id;
    }
    return id;
}

void ConnectionTestTest::passesAllStages()
{
    run(m_nats->port());
    QVERIFY2(!m_test->problem(), qPrintable(said()));
    QCOMPARE(m_test->stages().size(), 6);
    for (const RuntimeStep &stage : m_test->stages()) {
        QCOMPARE(stage.state, State::Done);
        QVERIFY(stage.elapsed.has_value());
    }
    QVERIFY(m_test->stages()[2].note.startsWith(QStringLiteral("NATS 2.14.9, messages of up to 1.0 MiB")));
    QCOMPARE(m_test->stages()[3].text(), QStringLiteral("TLS: skipped"));
    QCOMPARE(m_test->stages()[5].note, QStringLiteral("Streams: 2, consumers: 1, stored: 2.0 KiB"));
    QCOMPARE(m_nats->logins, QStringList{QStringLiteral("default")});
}

void ConnectionTestTest::saysWhatEachFailureMeans_data()
{
    QTest::addColumn<QByteArray>("refusal");
    QTest::addColumn<QString>("words");
    QTest::newRow("password") << QByteArray("'Authorization Violation'") << QStringLiteral("user or password");
    QTest::newRow("slow") << QByteArray("'Authentication Timeout'") << QStringLiteral("took too long");
    QTest::newRow("full") << QByteArray("'maximum connections exceeded'") << QStringLiteral("no more connections");
    QTest::newRow("account full") << QByteArray("'maximum account active connections exceeded'")
                                  << QStringLiteral("as many connections as it may");
    QTest::newRow("expired") << QByteArray("'User Authentication Expired'") << QStringLiteral("has expired");
    QTest::newRow("unknown") << QByteArray("'Something Else'") << QStringLiteral("Something Else");
}

void ConnectionTestTest::saysWhatEachFailureMeans()
{
    QFETCH(QByteArray, refusal);
    QFETCH(QString, words);
    const Stranger server("INFO {\"version\":\"2.14.9\"}\r\n-ERR " + refusal + "\r\n");
    run(server.port());
    QCOMPARE(failed(), QStringLiteral("login"));
    QVERIFY2(said().contains(words), qPrintable(said()));
    QVERIFY(!said().contains(password.reveal()));
}

void ConnectionTestTest::namesThePermissionThatTheTunnelTakes()
{
    const Error forbidden{Error::Kind::Forbidden,
        QStringLiteral("It takes the permissions get and create on pods/portforward."), {}, {}, {}};
    TunnelEnds cluster(m_cluster, forbidden, false);
    start(cluster, m_clock);
    QTRY_VERIFY(!m_test->isRunning());
    QCOMPARE(failed(), QStringLiteral("tunnel"));
    QCOMPARE(said(), forbidden.summary);
    QCOMPARE(m_test->stages()[0].note, forbidden.summary);
    QCOMPARE(m_test->stages()[1].state, State::Waiting);
}

void ConnectionTestTest::saysThatThePortTakesNoConnection()
{
    const Error refused{Error::Kind::NotReady, QStringLiteral("Port 4222 cannot be reached."), {}, {}, {}};
    TunnelEnds cluster(m_cluster, refused, true);
    start(cluster, m_clock);
    QTRY_VERIFY(!m_test->isRunning());
    QCOMPARE(failed(), QStringLiteral("tcp"));
    QCOMPARE(said(), refused.summary);
}

void ConnectionTestTest::noticesWhoSaysNothing()
{
    const Stranger server({});
    run(server.port(), true);
    QCOMPARE(failed(), QStringLiteral("protocol"));
    QVERIFY2(said().contains(QStringLiteral("did not answer within 10 s")), qPrintable(said()));
    TunnelEnds cluster(m_cluster, {}, false);
    start(cluster, m_hurried);
    QTRY_VERIFY(!m_test->isRunning());
    QCOMPARE(failed(), QStringLiteral("tunnel"));
    QVERIFY2(said().contains(QStringLiteral("within 10 s")), qPrintable(said()));
}

void ConnectionTestTest::noticesWhoIsNoNats()
{
    for (const QByteArray &greeting : {QByteArray("SSH-2.0-OpenSSH_9.2\r\n"), QByteArray("INFO nonsense\r\n"),
             QByteArray(100'000, 'x'), QByteArray("HMSG a b 9 5\r\n")}) {
        const Stranger server(greeting);
        run(server.port());
        QCOMPARE(failed(), QStringLiteral("protocol"));
        QVERIFY2(said().contains(QStringLiteral("does not speak NATS")), qPrintable(said()));
    }
}

void ConnectionTestTest::noticesWhoHangsUp()
{
    const Stranger silent({}, true);
    run(silent.port());
    QCOMPARE(failed(), QStringLiteral("tcp"));
    QVERIFY2(said().contains(QStringLiteral("closed the connection")), qPrintable(said()));
    const Stranger early("INFO {\"version\":\"2.14.9\"}\r\n", true);
    run(early.port());
    QCOMPARE(failed(), QStringLiteral("login"));
    QVERIFY2(said().contains(QStringLiteral("closed the connection")), qPrintable(said()));
}

void ConnectionTestTest::namesTheDemandForTls()
{
    const Stranger server("INFO {\"version\":\"2.14.9\",\"tls_required\":true}\r\n");
    run(server.port());
    QCOMPARE(failed(), QStringLiteral("tls"));
    QVERIFY2(said().contains(QStringLiteral("demands TLS")), qPrintable(said()));
}

void ConnectionTestTest::goesOnWithoutTlsThatIsOnlyOffered()
{
    const Stranger server("INFO {\"version\":\"2.14.9\",\"tls_available\":true}\r\n-ERR 'x'\r\n");
    run(server.port());
    QCOMPARE(failed(), QStringLiteral("login"));
    QVERIFY(m_test->stages()[3].note.startsWith(QStringLiteral("Offered, but not demanded")));
}

void ConnectionTestTest::saysWhyThePasswordCantBeRead()
{
    m_password = fail(Error::Kind::Forbidden, QStringLiteral("You may not get secrets/nats-account-default."));
    run(m_nats->port());
    QCOMPARE(failed(), QStringLiteral("login"));
    QCOMPARE(said(), QStringLiteral("You may not get secrets/nats-account-default."));
    m_password = SecretString(QStringLiteral("wrong"));
    run(m_nats->port());
    QCOMPARE(failed(), QStringLiteral("login"));
    QVERIFY2(said().contains(QStringLiteral("refused the login of default")), qPrintable(said()));
}

void ConnectionTestTest::noticesThatNobodyAnswersForJetStream()
{
    const QByteArray none = "NATS/1.0 503\r\n\r\n";
    const Stranger server("INFO {\"version\":\"2.14.9\"}\r\nPONG\r\nHMSG _INBOX.x 1 16 16\r\n" + none + "\r\n");
    run(server.port());
    QCOMPARE(failed(), QStringLiteral("jetstream"));
    QVERIFY2(said().contains(QStringLiteral("nobody answers for JetStream")), qPrintable(said()));
    m_nats->answers.insert(
        "$JS.API.INFO", R"({"error":{"code":503,"err_code":10039,"description":"JetStream not enabled for account"}})");
    run(m_nats->port());
    QCOMPARE(failed(), QStringLiteral("jetstream"));
    QCOMPARE(said(), QStringLiteral("JetStream is off for this account."));
}

void ConnectionTestTest::noticesSilenceOfJetStream()
{
    m_nats->answers.clear();
    run(m_nats->port(), true);
    QCOMPARE(failed(), QStringLiteral("jetstream"));
    QVERIFY2(said().contains(QStringLiteral("has no leader")), qPrintable(said()));
}

void ConnectionTestTest::canBeStopped()
{
    const Stranger server({});
    m_cluster.carryTunnels(4222, server.port());
    start(m_cluster, m_clock);
    QTRY_COMPARE(m_test->stages()[1].state, State::Current);
    m_test->cancel();
    QVERIFY(!m_test->isRunning());
    QCOMPARE(m_test->problem()->kind, Error::Kind::Cancelled);
    QCOMPARE(failed(), QStringLiteral("tcp"));
    run(m_nats->port());
    QVERIFY(!m_test->problem());
}

void ConnectionTestTest::saysThatThereIsNoPod()
{
    m_test = std::make_unique<ConnectionTest>(m_cluster, m_clock);
    QSignalSpy changed(m_test.get(), &ConnectionTest::changed);
    m_test->start(details(), {}, [this] { return Pending<SecretString>::answered(m_password); });
    QTRY_VERIFY(!m_test->isRunning() && changed.count() > 0);
    QCOMPARE(failed(), QStringLiteral("tunnel"));
    QVERIFY2(said().contains(QStringLiteral("no pod")), qPrintable(said()));
}

QTEST_GUILESS_MAIN(ConnectionTestTest)
#include "tst_connectiontest.moc"
