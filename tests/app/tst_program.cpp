// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/httpserver.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

/// The program as it is shipped: the executable, and the module that it loads to talk to a cluster.
class ProgramTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void talksToTheClusterItIsOpenedOn()
    {
        HttpServer server([](QTcpSocket *socket, const HttpServer::Request &) {
            HttpServer::answer(socket, "503 Service Unavailable", "not today");
        });
        const QTemporaryDir folder;
        QFile kubeconfig(folder.filePath(QStringLiteral("config")));
        QVERIFY(kubeconfig.open(QIODevice::WriteOnly));
        kubeconfig.write("apiVersion: v1\nkind: Config\ncurrent-context: here\n"
                         "clusters: [{name: here, cluster: {server: 'http://127.0.0.1:"
            + QByteArray::number(server.port())
            + "'}}]\nusers: [{name: me, user: {}}]\ncontexts: [{name: here, context: {cluster: here, user: me}}]\n");
        kubeconfig.close();

        QProcess program;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        environment.insert(QStringLiteral("HOME"), folder.path());
        // each symbol that the module expects of the program is looked for at once
        environment.insert(QStringLiteral("LD_BIND_NOW"), QStringLiteral("1"));
        program.setProcessEnvironment(environment);
        program.setProcessChannelMode(QProcess::MergedChannels);
        program.start(QStringLiteral(PENNANT_PROGRAM), {QStringLiteral("--kubeconfig"), kubeconfig.fileName()});
        const bool hasAsked = QTest::qWaitFor(
            [&] { return !server.requests.isEmpty() || program.state() == QProcess::NotRunning; }, 20000);
        program.kill();
        program.waitForFinished();
        QVERIFY2(hasAsked && !server.requests.isEmpty(), program.readAll());
        QVERIFY(server.requests.first().line.startsWith("GET /"));
    }
};

QTEST_GUILESS_MAIN(ProgramTest)
#include "tst_program.moc"
