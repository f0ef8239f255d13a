// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/runtimegallery/madeupruntime.h"
#include "widgets/overview/clientexamples.h"

#include <QTest>

class TestClientExamples final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void offersTheBrowserOnlyWithWebSocket();
    void readsThePasswordFromTheSecret();
    void saysHowABrowserReachesTheWebSocket();
    void quotesWhatAShellOrAScriptWouldRead();
    void namesTheContextForAShell_data();
    void namesTheContextForAShell();
    void namesTheFileThatKubectlWouldNotRead();

private:
    const KubectlTarget prod{QStringLiteral("prod"), {}};
};

void TestClientExamples::offersTheBrowserOnlyWithWebSocket()
{
    ConnectionDetails details = MadeUp::accounts().first().connection;
    QCOMPARE(clientExamples(details, prod).size(), 5);
    QVERIFY(clientExamples(details, prod).last().code.contains(details.webSocketUrl));
    details.webSocketUrl.clear();
    QCOMPARE(clientExamples(details, prod).size(), 3);
}

void TestClientExamples::readsThePasswordFromTheSecret()
{
    const QList<ClientExample> examples = clientExamples(MadeUp::accounts().first().connection, prod);
    QCOMPARE(examples[0].code,
        QStringLiteral("kubectl --context prod -n pennant-messaging \\\n"
                       "  port-forward svc/nats 4222"));
    QVERIFY2(examples[0].note.contains(QStringLiteral("terminal of its own")), qPrintable(examples[0].note));
    QCOMPARE(examples[1].code,
        QStringLiteral("export NATS_PASSWORD=\"$(kubectl --context prod -n pennant-messaging \\\n"
                       "  get secret nats-client-default \\\n"
                       "  -o jsonpath='{.data.password}' | base64 -d)\"\n"
                       "nats --server nats://localhost:4222 --user default \\\n"
                       "  --password \"$NATS_PASSWORD\" \\\n"
                       "  pub orders.new hello"));
    QVERIFY(examples[0].note.contains(QStringLiteral("nats://nats.pennant-messaging.svc.cluster.local:4222")));
    QVERIFY(examples[2].code.contains(QStringLiteral("pass: process.env.NATS_PASSWORD")));
}

void TestClientExamples::saysHowABrowserReachesTheWebSocket()
{
    const ClientExample forwarding = clientExamples(MadeUp::accounts().first().connection, prod)[3];
    const QString note = forwarding.note;
    QCOMPARE(forwarding.code, QStringLiteral("kubectl --context prod -n pennant-messaging port-forward svc/nats 8080"));
    QVERIFY2(note.contains(QStringLiteral("ws://localhost:8080")), qPrintable(note));
    QVERIFY2(note.contains(QStringLiteral("Ingress")), qPrintable(note));
}

void TestClientExamples::quotesWhatAShellOrAScriptWouldRead()
{
    ConnectionDetails details = MadeUp::accounts().first().connection;
    details.username = QStringLiteral("o'neil\"$(id)\\");
    const QList<ClientExample> examples = clientExamples(details, prod);
    QVERIFY2(examples[1].code.contains(QStringLiteral("--user 'o'\\''neil\"$(id)\\'")), qPrintable(examples[1].code));
    QVERIFY2(examples[2].code.contains(QStringLiteral("user: \"o'neil\\\"$(id)\\\\\"")), qPrintable(examples[2].code));
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
    for (const QString &text : {examples[0].code, examples[1].code, examples[3].code})
        QVERIFY2(text.contains(code), qPrintable(text));
}

void TestClientExamples::namesTheFileThatKubectlWouldNotRead()
{
    const KubectlTarget added{QStringLiteral("prod"), QStringLiteral("/home/ana/my clusters/ana's")};
    const QList<ClientExample> examples = clientExamples(MadeUp::accounts().first().connection, added);
    const QString words = QStringLiteral("kubectl --kubeconfig '/home/ana/my clusters/ana'\\''s' --context prod -n ");
    for (const QString &text : {examples[0].code, examples[1].code, examples[3].code})
        QVERIFY2(text.contains(words), qPrintable(text));
}

QTEST_GUILESS_MAIN(TestClientExamples)
#include "tst_clientexamples.moc"
