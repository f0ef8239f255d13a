// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/runtimegallery/madeupruntime.h"
#include "widgets/connection/clientexamples.h"

#include <QTest>

namespace {

ConnectionDetails details()
{
    return MadeUp::accounts().first().connection;
}

QList<ClientExample> of(const QString &topic, const QList<ClientExample> &examples)
{
    QList<ClientExample> found;
    for (const ClientExample &example : examples) {
        if (example.topic == topic)
            found.append(example);
    }
    return found;
}

} // namespace

/// What can be said of the examples without running them; that they run is shown by e2e_examples.
class TestClientExamples final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void offersTheBrowserOnlyWithWebSocket();
    void beginsWithThePort();
    void readsThePasswordFromTheSecret();
    void putsNoPasswordOnACommandLine();
    void saysHowABrowserReachesTheWebSocket();
    void mountsTheSecret();
    void quotesWhatAShellOrAScriptWouldRead();
    void namesTheContextForAShell_data();
    void namesTheContextForAShell();
    void namesTheFileThatKubectlWouldNotRead();

private:
    const KubectlTarget prod{QStringLiteral("prod"), {}};
};

void TestClientExamples::offersTheBrowserOnlyWithWebSocket()
{
    const auto topics = [this](const ConnectionDetails &of) {
        QStringList found;
        for (const ClientExample &example : clientExamples(of, prod))
            found.append(example.topic);
        found.removeDuplicates();
        return found.join(QLatin1Char(' '));
    };
    QCOMPARE(topics(details()), QStringLiteral("NATS CLI Node.js Go Python C Browser Deployment"));
    ConnectionDetails plain = details();
    plain.webSocketUrl.clear();
    QCOMPARE(topics(plain), QStringLiteral("NATS CLI Node.js Go Python C Deployment"));
}

void TestClientExamples::beginsWithThePort()
{
    for (const char *topic : {"NATS CLI", "Node.js", "Go", "Python", "C"}) {
        const ClientExample first = of(QLatin1String(topic), clientExamples(details(), prod)).first();
        QCOMPARE(first.code,
            QStringLiteral("kubectl --context prod -n pennant-messaging \\\n"
                           "  port-forward svc/nats 4222"));
        QVERIFY2(first.note.contains(QStringLiteral("terminal of its own")), qPrintable(first.note));
        QVERIFY(first.note.contains(QStringLiteral("nats://nats.pennant-messaging.svc.cluster.local:4222")));
    }
}

void TestClientExamples::readsThePasswordFromTheSecret()
{
    const QString reading = QStringLiteral("export NATS_PASSWORD=\"$(kubectl --context prod -n pennant-messaging \\\n"
                                           "  get secret nats-client-default \\\n"
                                           "  -o jsonpath='{.data.password}' | base64 -d)\"\n");
    QCOMPARE(of(QStringLiteral("NATS CLI"), clientExamples(details(), prod)).last().code,
        reading
            + QStringLiteral("nats --server nats://localhost:4222 --user default \\\n"
                             "  pub orders.new hello"));
    for (const char *topic : {"Node.js", "Go", "Python", "C"}) {
        const QList<ClientExample> examples = of(QLatin1String(topic), clientExamples(details(), prod));
        QCOMPARE(examples.size(), 3);
        QVERIFY2(examples[1].code.contains(QStringLiteral("NATS_PASSWORD")), topic);
        QVERIFY2(!examples[1].fileName.isEmpty() && examples[2].code.contains(examples[1].fileName), topic);
        QVERIFY2(examples[2].code.startsWith(reading), topic);
    }
}

void TestClientExamples::putsNoPasswordOnACommandLine()
{
    for (const ClientExample &example : clientExamples(details(), prod)) {
        QVERIFY2(!example.code.contains(QStringLiteral("--password")), qPrintable(example.code));
        QVERIFY2(!example.code.contains(QStringLiteral("default:")), qPrintable(example.code));
    }
}

void TestClientExamples::saysHowABrowserReachesTheWebSocket()
{
    const QList<ClientExample> browser = of(QStringLiteral("Browser"), clientExamples(details(), prod));
    const QString note = browser[0].note;
    QCOMPARE(browser[0].code, QStringLiteral("kubectl --context prod -n pennant-messaging port-forward svc/nats 8080"));
    QVERIFY2(note.contains(QStringLiteral("ws://localhost:8080")), qPrintable(note));
    QVERIFY2(note.contains(QStringLiteral("Ingress")), qPrintable(note));
    QVERIFY(browser[1].code.contains(QStringLiteral("servers: \"ws://localhost:8080\"")));
    QVERIFY(browser[1].code.contains(QStringLiteral("type=\"password\"")));
}

void TestClientExamples::mountsTheSecret()
{
    const QList<ClientExample> deployment = of(QStringLiteral("Deployment"), clientExamples(details(), prod));
    QVERIFY(deployment[0].code.contains(QStringLiteral("secretName: \"nats-client-default\"")));
    QVERIFY(deployment[0].code.contains(QStringLiteral("SERVICE_BINDING_ROOT")));
    QVERIFY(deployment[1].code.contains(deployment[0].fileName));
}

void TestClientExamples::quotesWhatAShellOrAScriptWouldRead()
{
    ConnectionDetails hostile = details();
    hostile.username = QStringLiteral("o'neil\"$(id)\\</script>");
    const QList<ClientExample> examples = clientExamples(hostile, prod);
    const QString cli = of(QStringLiteral("NATS CLI"), examples).last().code;
    QVERIFY2(cli.contains(QStringLiteral("--user 'o'\\''neil\"$(id)\\</script>'")), qPrintable(cli));
    for (const char *topic : {"Node.js", "Go", "Python", "C"}) {
        const QString code = of(QLatin1String(topic), examples)[1].code;
        QVERIFY2(code.contains(QStringLiteral("\"o'neil\\\"$(id)\\\\</script>\"")), qPrintable(code));
    }
    QCOMPARE(of(QStringLiteral("Browser"), examples)[1].code.count(QStringLiteral("</script>")), 1);
}

void TestClientExamples::namesTheContextForAShell_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("code");
    QTest::newRow("EKS") << QStringLiteral("arn:aws:eks:eu-west-1:1234:cluster/prod")
                         << QStringLiteral("kubectl --context arn:aws:eks:eu-west-1:1234:cluster/prod -n ");
    QTest::newRow("admin") << QStringLiteral("kubernetes-admin@kubernetes")
                           << QStringLiteral("kubectl --context kubernetes-admin@kubernetes -n ");
    QTest::newRow("hostile") << QStringLiteral("a'b; $(id)")
                             << QStringLiteral("kubectl --context 'a'\\''b; $(id)' -n ");
    QTest::newRow("home") << QStringLiteral("~") << QStringLiteral("kubectl --context '~' -n ");
    QTest::newRow("none") << QString() << QStringLiteral("kubectl -n ");
}

void TestClientExamples::namesTheContextForAShell()
{
    QFETCH(QString, name);
    QFETCH(QString, code);
    const QList<ClientExample> examples = clientExamples(MadeUp::accounts().first().connection, {name, {}});
    for (const ClientExample &example : examples) {
        const bool isCommand = example.code.contains(QStringLiteral("kubectl"));
        QVERIFY2(!isCommand || example.code.contains(code), qPrintable(example.code));
    }
}

void TestClientExamples::namesTheFileThatKubectlWouldNotRead()
{
    const KubectlTarget added{QStringLiteral("prod"), QStringLiteral("/home/ana/my clusters/ana's")};
    const QList<ClientExample> examples = clientExamples(MadeUp::accounts().first().connection, added);
    const QString words = QStringLiteral("kubectl --kubeconfig '/home/ana/my clusters/ana'\\''s' --context prod -n ");
    for (const ClientExample &example : examples) {
        const bool isCommand = example.code.contains(QStringLiteral("kubectl"));
        QVERIFY2(!isCommand || example.code.contains(words), qPrintable(example.code));
    }
}

QTEST_GUILESS_MAIN(TestClientExamples)
#include "tst_clientexamples.moc"
