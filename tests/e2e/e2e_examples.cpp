// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/account.h"
#include "services/messaging/accountservice.h"
#include "services/messaging/messaging.h"
#include "services/messaging/runtimeservice.h"
#include "services/messaging/streamservice.h"
#include "tests/e2e/exampleshell.h"
#include "tests/e2e/othertools.h"
#include "tests/e2e/windowtest.h"
#include "tests/support/awaited.h"
#include "tests/support/realcluster.h"
#include "widgets/connection/clientexamples.h"
#include "widgets/connection/connectioncard.h"

#include <QComboBox>
#include <QFileInfo>
#include <QPlainTextEdit>
#include <QStandardPaths>
#include <QTest>

namespace {

const QString password = QStringLiteral("Examples4711RunAsTheyAreShown");
const QString boxImage = QStringLiteral("docker.io/natsio/nats-box:0.18.0");

QString text(const char *value)
{
    return QLatin1String(value);
}

/// The first line that tests/e2e/natsbox.py prints; nothing where it failed.
std::optional<QString> natsBox(const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(text("python3"), QStringList{text(PENNANT_NATSBOX)} + arguments);
    const bool isOver = QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, 600'000);
    if (!isOver || process.exitCode() != 0)
        return std::nullopt;
    return QString::fromUtf8(process.readAllStandardOutput()).section(u'\n', 0, 0);
}

} // namespace

/// Every example of the connection card, taken from the card and run as it stands there.
class ExamplesTest final : public WindowTest {
    Q_OBJECT

private:
    std::unique_ptr<Messaging> m_services;
    QStringList m_tools; ///< folders of the NATS CLI, Go and kubectl

    Result<EnableRequest> request()
    {
        RuntimeService &runtime = m_services->runtime();
        if (!QTest::qWaitFor([&runtime] { return runtime.enableAccess().allowed && runtime.storageClasses(); }, 60'000))
            return fail(Error::Kind::Timeout, text("the cluster can't be enabled"));
        EnableRequest request;
        request.spec.storageClass = runtime.storageClasses()->constFirst().name;
        request.spec.storageGibibytes = 1;
        request.spec.replicas = 1;
        request.spec.webSocketEnabled = true;
        request.clientPassword = SecretString(password);
        return request;
    }

    /// How many messages the stream on `orders.>` holds now.
    int messages()
    {
        const OtherTools::Forward forward(text("pennant-messaging"), text("svc/nats"), 4222);
        const QJsonValue info =
            OtherTools::witness({forward.localPort(), text("default"), password}, {text("info"), text("ORDERS")});
        return info[text("messages")].toInt(-1);
    }

    /// What the card shows of a topic, with the names of its files.
    QList<ClientExample> shownExamples(const QString &topic)
    {
        m_driver->choose(text("exampleTopicCombo"), topic);
        auto *card = m_driver->find<QWidget>(text("exampleTopicCombo"))->window()->findChild<ConnectionCard *>();
        QStringList shown;
        for (const QPlainTextEdit *edit : card->findChildren<QPlainTextEdit *>(text("exampleEdit")))
            shown.append(edit->toPlainText());
        QList<ClientExample> found;
        for (const ClientExample &example : clientExamples(card->details(), {text("local-admin"), {}})) {
            if (example.topic == topic && shown.contains(example.code))
                found.append(example);
        }
        return found.size() == shown.size() ? found : QList<ClientExample>();
    }

    ExampleShell shell() const { return {m_tools, password}; }

private Q_SLOTS:
    void runtimeIsReady()
    {
        QVERIFY2(OtherTools::witnessProblem().isEmpty(), qPrintable(OtherTools::witnessProblem()));
        for (const char *tool : {"npm", "node", "python3", "cc", "chromium"})
            QVERIFY2(!QStandardPaths::findExecutable(text(tool)).isEmpty(), tool);
        for (const char *tool : {"cli", "go"}) {
            const std::optional<QString> folder = natsBox({text(tool)});
            QVERIFY(folder);
            m_tools.append(*folder);
        }
        m_tools.append(QFileInfo(qEnvironmentVariable("PENNANT_KUBECTL")).path());
        m_services = *connectTo(accessOf("PENNANT_KUBECONFIG_ADMIN"), text("pennant-messaging"));
        m_services->start();
        RuntimeService &runtime = m_services->runtime();
        const auto wanted = request();
        QVERIFY2(wanted, whyNot(wanted));
        QVERIFY(awaited(runtime.enable(*wanted)));
        QTRY_VERIFY_WITH_TIMEOUT(runtime.status().phase == RuntimePhase::Ready, 180'000);
        StreamDraft draft = StreamDraft::of(defaultAccountName(), text("ORDERS"), {text("orders.>")});
        QTRY_VERIFY_WITH_TIMEOUT(m_services->streams().createAccess().allowed, 60'000);
        QVERIFY(awaited(m_services->streams().create(draft)));
        QCOMPARE(messages(), 0);
        openWindow();
        m_driver->press(text("connectionViewChoice"), text("Examples"));
    }

    void programsPublish_data()
    {
        QTest::addColumn<QString>("topic");
        for (const char *topic : {"NATS CLI", "Node.js", "Go", "Python", "C"})
            QTest::newRow(topic) << text(topic);
    }

    void programsPublish()
    {
        QFETCH(QString, topic);
        const QList<ClientExample> examples = shownExamples(topic);
        QVERIFY(examples.size() >= 2);
        const int before = messages();
        ExampleShell shell = this->shell();
        QVERIFY2(shell.begin(examples.first().code, text("Forwarding from")), qPrintable(shell.said()));
        for (const ClientExample &example : examples.mid(1)) {
            if (example.fileName.isEmpty())
                QVERIFY2(shell.run(example.code), qPrintable(shell.said()));
            else
                QVERIFY(shell.save(example.fileName, example.code));
        }
        QCOMPARE(shell.leak(), QString());
        QCOMPARE(messages(), before + 1);
        m_driver->screenshot(text("examples-") + topic.section(u' ', 0, 0).remove(u'.').toLower());
    }

    void browserPublishes()
    {
        const QList<ClientExample> examples = shownExamples(text("Browser"));
        QCOMPARE(examples.size(), 3);
        const int before = messages();
        ExampleShell shell = this->shell();
        QVERIFY2(shell.begin(examples[0].code, text("Forwarding from")), qPrintable(shell.said()));
        QVERIFY(shell.save(examples[1].fileName, examples[1].code));
        // an unbuffered Python says at once that it serves
        shell.set(text("PYTHONUNBUFFERED"), text("1"));
        QVERIFY2(shell.begin(examples[2].code, text("Serving HTTP")), qPrintable(shell.said()));
        shell.set(text("NATS_PASSWORD"), password);
        QVERIFY2(shell.run(QStringLiteral("python3 %1 http://localhost:8000/").arg(text(PENNANT_BROWSE))),
            qPrintable(shell.said()));
        QCOMPARE(shell.said().trimmed(), text("sent"));
        QCOMPARE(shell.leak(), QString());
        QCOMPARE(messages(), before + 1);
    }

    void deploymentPublishes()
    {
        const QList<ClientExample> examples = shownExamples(text("Deployment"));
        QCOMPARE(examples.size(), 2);
        QVERIFY(examples[0].code.contains(boxImage));
        QVERIFY(natsBox({text("image"), boxImage}));
        const int before = messages();
        ExampleShell shell = this->shell();
        QVERIFY(shell.save(examples[0].fileName, examples[0].code));
        QVERIFY2(shell.run(examples[1].code), qPrintable(shell.said()));
        QTRY_COMPARE_WITH_TIMEOUT(messages(), before + 1, 60'000);
        QCOMPARE(shell.leak(), QString());
        QVERIFY(shell.run(text("kubectl -n pennant-messaging delete deployment orders-publisher --now")));
    }

    void cleanupTestCase()
    {
        closeWindow();
        m_services.reset();
    }
};

int main(int argc, char **argv)
{
    const auto application = createTestApplication(argc, argv);
    ExamplesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "e2e_examples.moc"
