// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/execpluginrun.h"

#include "services/network/execcredential.h"
#include "services/network/loginpath.h"
#include "tests/support/awaited.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono_literals;

namespace {

constexpr char handOut[] = R"(printf '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential",'
printf '"status":{"token":"%s"}}' "$TOKEN"
)";

} // namespace

/// Real programs, which are shell scripts.
class ExecPluginRunTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void handsOutWhatTheProgramSays();
    void tellsTheProgramWhatForItIsAsked();
    void passesItsWordsOnWhileItRuns();
    void saysWhyItFailed_data();
    void saysWhyItFailed();
    void cannotBeTypedTo();
    void endsTheProgramWhenItGoes();
    void isFoundInThePathOfTheLoginShell();
    void saysWhereItWasLookedFor();
    void waitsForNoShellThatHangs();

private:
    void script(const QString &name, const QByteArray &text)
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.write("#!/bin/sh\n" + text) > 0);
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    }
    QString path(const QString &name) const { return m_folder->filePath(name); }
    QByteArray content(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    ExecPlugin m_plugin;
    QByteArray m_shell;
};

void ExecPluginRunTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_plugin = {};
    m_plugin.apiVersion = QStringLiteral("client.authentication.k8s.io/v1");
    m_plugin.command = path(QStringLiteral("login"));
    m_plugin.environment = {{QStringLiteral("TOKEN"), SecretString(QStringLiteral("TOPSECRET"))}};
    m_shell = qgetenv("SHELL");
}

void ExecPluginRunTest::cleanup()
{
    qputenv("SHELL", m_shell);
}

void ExecPluginRunTest::handsOutWhatTheProgramSays()
{
    script(QStringLiteral("login"), handOut);
    ExecPluginRun run(m_plugin, QStringLiteral("ana"));
    const auto handed = awaited(run.run());
    QVERIFY2(handed, whyNot(handed).constData());
    QCOMPARE(handed->token.reveal(), QStringLiteral("TOPSECRET"));
}

void ExecPluginRunTest::tellsTheProgramWhatForItIsAsked()
{
    script(QStringLiteral("login"),
        QByteArray("cd \"$(dirname \"$0\")\"; printf '%s' \"$KUBERNETES_EXEC_INFO\" > info; printf '%s|' \"$@\" > "
                   "arguments\n")
            + handOut);
    m_plugin.arguments = QStringList{QStringLiteral("a b"), QString(), QStringLiteral("$HOME")};
    ExecPluginRun run(m_plugin, QStringLiteral("ana"));
    QVERIFY(awaited(run.run()));
    QCOMPARE(content(QStringLiteral("info")), execInfo(m_plugin));
    QCOMPARE(content(QStringLiteral("arguments")), QByteArray("a b||$HOME|"));
}

void ExecPluginRunTest::passesItsWordsOnWhileItRuns()
{
    script(QStringLiteral("login"),
        QByteArray("cd \"$(dirname \"$0\")\"; mkfifo answered; printf '\\033[1mOpen\\033[0m https://example.org\\r\\n' "
                   ">&2; read -r word < answered\n")
            + handOut);
    ExecPluginRun run(m_plugin, QStringLiteral("ana"));
    std::optional<Result<LoginCredential>> outcome;
    auto pending = run.run();
    pending.then(this, [&outcome](Result<LoginCredential> result) { outcome = std::move(result); });
    QTRY_VERIFY2(run.words().endsWith(QLatin1String("It says:\nOpen https://example.org")), qPrintable(run.words()));
    QVERIFY(!outcome);
    QFile answered(path(QStringLiteral("answered")));
    QVERIFY(answered.open(QIODevice::WriteOnly));
    answered.write("yes\n");
    answered.close();
    QTRY_VERIFY(outcome);
    QVERIFY(*outcome);
}

void ExecPluginRunTest::saysWhyItFailed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("said");
    QTest::newRow("by its status") << QByteArray("exit 3\n")
                                   << QStringLiteral("it ended with status 3. apt install login");
    QTest::newRow("in its words") << QByteArray("echo first >&2; echo the session expired >&2; exit 1\n")
                                  << QStringLiteral("It says: the session expired");
    QTest::newRow("by a signal") << QByteArray("kill -9 $$\n") << QStringLiteral("it was ended by signal 9");
    QTest::newRow("with nothing") << QByteArray("exit 0\n") << QStringLiteral("it wrote nothing");
    QTest::newRow("with more than a megabyte")
        << QByteArray("head -c 3000000 /dev/zero | tr '\\0' '{'\n") << QStringLiteral("it is not JSON");
}

void ExecPluginRunTest::saysWhyItFailed()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, said);
    script(QStringLiteral("login"), text);
    m_plugin.arguments = QStringList{QStringLiteral("--password=TOPSECRET")};
    m_plugin.installHint = QStringLiteral("apt install login");
    ExecPluginRun run(m_plugin, QStringLiteral("ana"));
    const auto outcome = awaited(run.run());
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, Error::Kind::Unauthorized);
    QVERIFY2(outcome.error().summary.contains(said), qPrintable(outcome.error().summary));
    QVERIFY(!outcome.error().text().contains(QLatin1String("TOPSECRET")));
}

/// A plugin that asks gets no answer, and ends.
void ExecPluginRunTest::cannotBeTypedTo()
{
    script(
        QStringLiteral("login"), "printf 'Password: ' >&2; read -r word || exit 4; : < /dev/tty || exit 5; exit 6\n");
    ExecPluginRun run(m_plugin, QStringLiteral("ana"));
    const auto outcome = awaited(run.run());
    QVERIFY(!outcome);
    QVERIFY2(outcome.error().summary.contains(QLatin1String("status 4")), qPrintable(outcome.error().summary));
    QVERIFY(outcome.error().summary.contains(QLatin1String("It says: Password:")));
}

void ExecPluginRunTest::endsTheProgramWhenItGoes()
{
    script(QStringLiteral("login"), "echo $$ > \"$0.pid\"; exec sleep 600\n");
    auto run = std::make_unique<ExecPluginRun>(m_plugin, QStringLiteral("ana"));
    auto pending = run->run();
    QTRY_VERIFY(!content(QStringLiteral("login.pid")).isEmpty());
    const QString process = QStringLiteral("/proc/") + QString::fromLatin1(content(QStringLiteral("login.pid")));
    QVERIFY(QFile::exists(process));
    run.reset();
    QTRY_VERIFY(!QFile::exists(process));
}

void ExecPluginRunTest::isFoundInThePathOfTheLoginShell()
{
    QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("bin")));
    script(QStringLiteral("bin/pennant-test-login"), QByteArray("pennant-test-helper\n") + handOut);
    script(QStringLiteral("bin/pennant-test-helper"), "touch \"$0.ran\"\n"); // which it finds as well
    script(QStringLiteral("shell"),
        "echo welcome; PATH=\"" + path(QStringLiteral("bin")).toLocal8Bit()
            + ":$PATH\"; while [ \"$1\" != -c ]; do shift; done; eval \"$2\"; echo goodbye\n");
    qputenv("SHELL", path(QStringLiteral("shell")).toLocal8Bit());
    m_plugin.command = QStringLiteral("pennant-test-login");
    ExecPluginRun run(m_plugin, QStringLiteral("ana"));
    const auto outcome = awaited(run.run());
    QVERIFY2(outcome, whyNot(outcome).constData());
    QVERIFY(QFile::exists(path(QStringLiteral("bin/pennant-test-helper.ran"))));
}

void ExecPluginRunTest::saysWhereItWasLookedFor()
{
    qputenv("SHELL", "/bin/sh");
    m_plugin.command = QStringLiteral("pennant-test-login");
    m_plugin.installHint = QStringLiteral("apt install login\nor brew install login");
    ExecPluginRun run(m_plugin, QStringLiteral("ana"));
    const auto outcome = awaited(run.run());
    QVERIFY(!outcome);
    QVERIFY2(outcome.error().summary.endsWith(
                 QLatin1String("there is no such program in PATH, nor in that of /bin/sh. apt install login")),
        qPrintable(outcome.error().summary));
    QVERIFY(outcome.error().detail.contains(QLatin1String("brew")));
}

void ExecPluginRunTest::waitsForNoShellThatHangs()
{
    script(QStringLiteral("shell"), "echo $$ > \"$0.pid\"; exec sleep 600\n");
    const auto found = awaited(loginPath(path(QStringLiteral("shell")), 200ms));
    QCOMPARE(*found, QString());
    const QByteArray pid = content(QStringLiteral("shell.pid"));
    QTRY_VERIFY(pid.isEmpty() || !QFile::exists(QStringLiteral("/proc/") + QString::fromLatin1(pid)));
}

QTEST_GUILESS_MAIN(ExecPluginRunTest)
#include "tst_execpluginrun.moc"
