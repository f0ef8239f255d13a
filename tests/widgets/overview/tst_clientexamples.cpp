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
};

void TestClientExamples::offersTheBrowserOnlyWithWebSocket()
{
    ConnectionDetails details = MadeUp::accounts().first().connection;
    QCOMPARE(clientExamples(details).size(), 3);
    QVERIFY(clientExamples(details).last().code.contains(details.webSocketUrl));
    details.webSocketUrl.clear();
    QCOMPARE(clientExamples(details).size(), 2);
}

void TestClientExamples::readsThePasswordFromTheSecret()
{
    const QList<ClientExample> examples = clientExamples(MadeUp::accounts().first().connection);
    QCOMPARE(examples[0].code,
        QStringLiteral("kubectl -n pennant-messaging port-forward svc/nats 4222 &\n"
                       "export NATS_PASSWORD=\"$(kubectl -n pennant-messaging \\\n"
                       "  get secret nats-client-default \\\n"
                       "  -o jsonpath='{.data.password}' | base64 -d)\"\n"
                       "nats --server nats://localhost:4222 --user default \\\n"
                       "  --password \"$NATS_PASSWORD\" \\\n"
                       "  pub orders.new hello"));
    QVERIFY(examples[0].note.contains(QStringLiteral("nats://nats.pennant-messaging.svc.cluster.local:4222")));
    QVERIFY(examples[1].code.contains(QStringLiteral("pass: process.env.NATS_PASSWORD")));
}

void TestClientExamples::saysHowABrowserReachesTheWebSocket()
{
    const QString note = clientExamples(MadeUp::accounts().first().connection).last().note;
    QVERIFY2(
        note.contains(QStringLiteral("kubectl -n pennant-messaging port-forward svc/nats 8080")), qPrintable(note));
    QVERIFY2(note.contains(QStringLiteral("ws://localhost:8080")), qPrintable(note));
    QVERIFY2(note.contains(QStringLiteral("Ingress")), qPrintable(note));
}

void TestClientExamples::quotesWhatAShellOrAScriptWouldRead()
{
    ConnectionDetails details = MadeUp::accounts().first().connection;
    details.username = QStringLiteral("o'neil\"$(id)\\");
    const QList<ClientExample> examples = clientExamples(details);
    QVERIFY2(examples[0].code.contains(QStringLiteral("--user 'o'\\''neil\"$(id)\\'")), qPrintable(examples[0].code));
    QVERIFY2(examples[1].code.contains(QStringLiteral("user: \"o'neil\\\"$(id)\\\\\"")), qPrintable(examples[1].code));
}

QTEST_GUILESS_MAIN(TestClientExamples)
#include "tst_clientexamples.moc"
