// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/base/freedmemory.h"
#include "services/messaging/messaging.h"
#include "services/messaging/runtimeservice.h"
#include "tests/e2e/othertools.h"
#include "tests/e2e/windowtest.h"
#include "tests/support/awaited.h"
#include "tests/support/memoryscan.h"
#include "tests/support/realcluster.h"
#include "widgets/common/steplist.h"

#include <QClipboard>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QLabel>
#include <QMimeData>
#include <QProcess>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

namespace {

const QString nameSpace = QStringLiteral("pennant-messaging");

QString text(const char *value)
{
    return QLatin1String(value);
}

QByteArray logged;

void keepLog(QtMsgType, const QMessageLogContext &, const QString &message)
{
    logged += message.toUtf8() + '\n';
    std::fprintf(stderr, "%s\n", qPrintable(message));
}

} // namespace

/// Where the password of an account is, and is not, while a person works with the real window on the real runtime.
/// Another process makes the runtime, and this one never holds its password but by what the window does.
class SecretsTest final : public WindowTest {
    Q_OBJECT

private:
    QByteArray m_veiled;

    /// As kubectl reads it, veiled before it comes here.
    static QByteArray veiledPassword()
    {
        QProcess process;
        process.start(text("sh"),
            {text("-c"),
                text("\"$PENNANT_KUBECTL\" -n pennant-messaging get secret nats-account-default "
                     "-o jsonpath='{.data.password}' | python3 -c 'import base64, sys; "
                     "print(bytes(b ^ 0x5a for b in base64.b64decode(sys.stdin.read())).hex())'")});
        process.waitForFinished();
        return QByteArray::fromHex(process.readAllStandardOutput().trimmed());
    }

    QWidget *button(const char *row, const char *name)
    {
        QWidget *found = m_driver->find<QWidget>(text(row));
        return found ? found->findChild<QWidget *>(text(name)) : nullptr;
    }

    /// The password, from the screen; nothing while it is hidden.
    bool isShown(const char *row)
    {
        const FreedMemoryWiping wiping;
        const auto *label = m_driver->find<QWidget>(text(row))->findChild<QLabel *>(text("valueLabel"));
        return label->text().contains(QString::fromUtf8(MemoryScan::veil(m_veiled)));
    }

    void forgetTrace()
    {
        QVERIFY(m_driver->waitFor([] { return !FreedMemoryWiping::isOn(); }, 60));
    }

    void expectNowhere(const char *when)
    {
        const MemoryScan::Found found = MemoryScan::find(m_veiled);
        qInfo("%s: as UTF-8 %d, as UTF-16 %d, in base64 %d", when, found.utf8, found.utf16, found.base64);
        QVERIFY2(found.all() == 0, qPrintable(found.where));
    }

    bool stands(const QByteArray &haystack) const { return MemoryScan::veil(haystack).contains(m_veiled); }

private Q_SLOTS:
    void somebodyElseMakesTheRuntime()
    {
        if (!MemoryScan::isPossible() || !FreedMemoryWiping::isPossible())
            QSKIP("takes root, glibc and no sanitizer");
        QProcess other;
        other.setProcessChannelMode(QProcess::ForwardedChannels);
        other.start(QCoreApplication::applicationFilePath(), {text("enable")});
        QVERIFY(QTest::qWaitFor([&other] { return other.state() == QProcess::NotRunning; }, 300'000));
        QCOMPARE(other.exitCode(), 0);
        m_veiled = veiledPassword();
        QVERIFY(m_veiled.size() >= 22);
        qInstallMessageHandler(keepLog);
        openWindow();
        QVERIFY2(m_driver->shows(text("Ready"), text("runtimeBadge"), 120), qPrintable(m_driver->failure()));
        QVERIFY(m_driver->shows(text("nats.pennant-messaging.svc.cluster.local"), text("hostRow")));
        forgetTrace(); // it is looked whether servers take what the Secret holds
        expectNowhere("before anybody asked");
    }

    void revealedAndHidden()
    {
        QTest::mouseClick(button("passwordRow", "revealButton"), Qt::LeftButton);
        QVERIFY(m_driver->waitFor([this] { return isShown("passwordRow"); }));
        QTest::qWait(300);
        QVERIFY(MemoryScan::find(m_veiled).all() > 0);
        QTest::mouseClick(button("passwordRow", "revealButton"), Qt::LeftButton);
        QVERIFY(!isShown("passwordRow"));
        forgetTrace();
        expectNowhere("revealed and hidden");
    }

    void hidesWithTheTab()
    {
        QTest::mouseClick(button("passwordRow", "revealButton"), Qt::LeftButton);
        QVERIFY(m_driver->waitFor([this] { return isShown("passwordRow"); }));
        m_driver->openTab(text("Streams"));
        m_driver->openTab(text("Overview"));
        QVERIFY(!isShown("passwordRow"));
        forgetTrace();
        expectNowhere("tab left");
    }

    void copiedAndCleared()
    {
        QTest::mouseClick(button("passwordRow", "copyButton"), Qt::LeftButton);
        const auto isCopied = [this] {
            const FreedMemoryWiping wiping;
            return stands(QGuiApplication::clipboard()->text().toUtf8());
        };
        QVERIFY(m_driver->waitFor(isCopied));
        QVERIFY(!isShown("passwordRow"));
        QCOMPARE(QGuiApplication::clipboard()->mimeData()->data(text("x-kde-passwordManagerHint")), "secret");
        QVERIFY(m_driver->waitFor([] { return QGuiApplication::clipboard()->text().isEmpty(); }, 60));
        forgetTrace();
        expectNowhere("copied and cleared");
    }

    void clientUrlToo()
    {
        m_driver->press(text("connectionViewChoice"), text("Client URL"));
        QTest::mouseClick(button("clientUrlRow", "revealButton"), Qt::LeftButton);
        QVERIFY(m_driver->waitFor([this] { return isShown("clientUrlRow"); }));
        QTest::mouseClick(button("clientUrlRow", "revealButton"), Qt::LeftButton);
        QVERIFY(!isShown("clientUrlRow"));
        m_driver->press(text("connectionViewChoice"), text("Parameters"));
        forgetTrace();
        expectNowhere("URL revealed and hidden");
    }

    void connectionTestPasses()
    {
        m_driver->click(text("testConnectionButton"));
        QVERIFY(m_driver->shows(text("Clients can connect"), text("connectionTestMessage")));
        const auto *list = m_driver->find<StepList>(text("connectionStageList"));
        QVERIFY(list);
        for (const RuntimeStep &stage : list->steps())
            qInfo("%s: %s, %s", qPrintable(stage.text()), qPrintable(StepList::elapsedText(*stage.elapsed)),
                qPrintable(stage.note));
        QVERIFY(list->steps()[2].note.startsWith(text("NATS 2.14.9")));
        QVERIFY(list->steps()[5].note.contains(text("Streams: 0")));
        m_driver->screenshot(text("connection-tested"));
        forgetTrace();
        expectNowhere("connection tested");
    }

    void nothingElseKeepsIt()
    {
        QVERIFY(!stands(logged));
        for (const char *file : {"/proc/self/cmdline", "/proc/self/environ"}) {
            QFile opened(text(file));
            QVERIFY(opened.open(QIODevice::ReadOnly));
            QVERIFY2(!stands(opened.readAll()), file);
        }
        int files = 0;
        for (const QString &folder : {m_home, QFileInfo(QSettings().fileName()).path()}) {
            QDirIterator walk(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
            while (walk.hasNext()) {
                QFile file(walk.next());
                QVERIFY2(!file.open(QIODevice::ReadOnly) || !stands(file.readAll()), qPrintable(file.fileName()));
                ++files;
            }
        }
        qInfo("%d files of configuration and cache", files);
    }

    void wrongPasswordIsToldAtItsStage()
    {
        QVERIFY(OtherTools::kubectl({text("-n"), nameSpace, text("patch"), text("secret"), text("nats-account-default"),
                                        text("-p"), text(R"({"stringData":{"password":"not-the-right-one-1234"}})")})
                    .contains(text("patched")));
        m_driver->click(text("testConnectionButton"));
        QVERIFY(m_driver->shows(text("Clients can't connect"), text("connectionTestMessage")));
        const auto *list = m_driver->find<StepList>(text("connectionStageList"));
        QCOMPARE(list->steps()[4].state, RuntimeStep::State::Failed);
        qInfo("%s", qPrintable(list->steps()[4].note));
        QVERIFY(list->steps()[4].note.contains(text("refused the login of default")));
        m_driver->screenshot(text("connection-wrong-password"));
    }

    void viewerIsToldWhatIsMissing()
    {
        openWindow(qEnvironmentVariable("PENNANT_KUBECONFIG_VIEWER"), {}, nameSpace);
        m_driver->click(text("testConnectionButton"));
        QVERIFY(m_driver->shows(text("Clients can't connect"), text("connectionTestMessage")));
        for (const RuntimeStep &stage : m_driver->find<StepList>(text("connectionStageList"))->steps()) {
            if (stage.state == RuntimeStep::State::Failed)
                qInfo("%s: %s", qPrintable(stage.title), qPrintable(stage.note));
        }
        m_driver->screenshot(text("connection-viewer"));
    }

    void cleanupTestCase()
    {
        closeWindow();
        qInstallMessageHandler(nullptr);
    }

public:
    QString m_home; ///< where the program keeps what it keeps
};

namespace {

/// What the other process does: a runtime with a generated password, which nobody is told.
int enableRuntime()
{
    SystemClock clock;
    Messaging::Options options;
    options.nameSpace = nameSpace;
    options.workstation = text("tester@elsewhere");
    Messaging messaging(connectAs("PENNANT_KUBECONFIG_ADMIN"), clock, options);
    messaging.start();
    RuntimeService &runtime = messaging.runtime();
    if (!QTest::qWaitFor([&runtime] { return runtime.enableAccess().allowed && runtime.storageClasses(); }, 60'000))
        return 1;
    EnableRequest request;
    request.spec.storageClass = runtime.storageClasses()->constFirst().name;
    request.spec.storageGibibytes = 1;
    request.spec.replicas = 1;
    request.spec.webSocketEnabled = true;
    request.clientPassword = generatePassword();
    if (const auto enabled = awaited(runtime.enable(request)); !enabled)
        return 1;
    return QTest::qWaitFor([&runtime] { return runtime.status().phase == RuntimePhase::Ready; }, 240'000) ? 0 : 1;
}

} // namespace

int main(int argc, char **argv)
{
    const QTemporaryDir home;
    for (const char *place : {"XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"})
        qputenv(place, home.path().toLocal8Bit());
    const auto application = createTestApplication(argc, argv);
    if (argc > 1 && QByteArray(argv[1]) == "enable")
        return enableRuntime();
    SecretsTest test;
    test.m_home = home.path();
    return QTest::qExec(&test, argc, argv);
}

#include "e2e_secrets.moc"
