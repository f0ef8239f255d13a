// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/execpluginrun.h"

#include "services/network/execcredential.h"
#include "services/network/terminal.h"
#include "tests/support/awaited.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

/// Another file in the place of one of this program's own, for a while.
class Redirected final {
public:
    Redirected(int own, int other)
        : m_own(own)
        , m_before(::dup(own))
    {
        ::dup2(other, own);
        ::close(other);
    }
    ~Redirected()
    {
        ::dup2(m_before, m_own);
        ::close(m_before);
    }
    Redirected(const Redirected &) = delete;
    Redirected &operator=(const Redirected &) = delete;

private:
    int m_own;
    int m_before;
};

/// A pseudo terminal that is this program's standard input; a test types at its other end.
class Terminal final {
public:
    Terminal()
    {
        int slave = -1;
        if (::openpty(&m_master, &slave, nullptr, nullptr, nullptr) == 0)
            m_input.emplace(STDIN_FILENO, slave);
    }
    ~Terminal() { ::close(m_master); }
    Terminal(const Terminal &) = delete;
    Terminal &operator=(const Terminal &) = delete;
    bool type(const QByteArray &text) { return ::write(m_master, text.constData(), text.size()) == text.size(); }
    static bool echoes()
    {
        termios settings{};
        return ::tcgetattr(STDIN_FILENO, &settings) == 0 && (settings.c_lflag & ECHO) != 0;
    }

private:
    int m_master = -1;
    std::optional<Redirected> m_input;
};

} // namespace

/// A real program that asks at a real terminal.
class ExecPluginTerminalTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void asksAtTheTerminal();
    void leavesTheTerminalAsItWas();
    void waitsForItsTurn();
    void saysWhatToDoWithoutATerminal();
    void doesNotReadInTheBackground();

private:
    QByteArray content(const QString &ending) const
    {
        QFile file(m_plugin.command + ending);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    ExecPlugin m_plugin;
};

void ExecPluginTerminalTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_plugin = {};
    m_plugin.apiVersion = QStringLiteral("client.authentication.k8s.io/v1");
    m_plugin.command = m_folder->filePath(QStringLiteral("login"));
    m_plugin.interaction = ExecPlugin::Interaction::Always;
    QFile file(m_plugin.command);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("#!/bin/sh\n"
               "echo \"$KUBERNETES_EXEC_INFO\" >> \"$0.ran\"; stty -echo; printf 'Password: ' >&2; read -r word\n"
               "printf '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\",'\n"
               "printf '\"status\":{\"token\":\"%s\"}}' \"$word\"\n");
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
}

void ExecPluginTerminalTest::asksAtTheTerminal()
{
    Terminal terminal;
    const QString shown = m_plugin.command + QStringLiteral(".shown");
    ExecPluginRun run(m_plugin, QStringLiteral("ana"));
    auto pending = run.run();
    {
        const Redirected errors(STDERR_FILENO, ::open(QFile::encodeName(shown).constData(), O_CREAT | O_WRONLY, 0600));
        QTRY_VERIFY2(run.words().endsWith(QLatin1String("It says:\nPassword:")), qPrintable(run.words()));
    }
    QVERIFY2(
        run.words().contains(QLatin1String("in the terminal that Pennant was started from")), qPrintable(run.words()));
    QCOMPARE(content(QStringLiteral(".shown")), QByteArray("Password: "));
    QVERIFY(content(QStringLiteral(".ran")).contains("\"interactive\":true"));
    QVERIFY(terminal.type("sesame\n"));
    const auto handed = awaited(std::move(pending));
    QVERIFY2(handed, whyNot(handed).constData());
    QCOMPARE(handed->token.reveal(), QStringLiteral("sesame"));
    QVERIFY(Terminal::echoes());
}

void ExecPluginTerminalTest::leavesTheTerminalAsItWas()
{
    const Terminal terminal;
    auto run = std::make_unique<ExecPluginRun>(m_plugin, QStringLiteral("ana"));
    auto pending = run->run();
    QVERIFY(Terminal::echoes());
    QTRY_VERIFY(!Terminal::echoes());
    run.reset();
    QVERIFY(Terminal::echoes());
}

void ExecPluginTerminalTest::waitsForItsTurn()
{
    Terminal terminal;
    ExecPluginRun first(m_plugin, QStringLiteral("ana"));
    ExecPluginRun second(m_plugin, QStringLiteral("bob"));
    auto one = first.run();
    auto other = second.run();
    QTRY_VERIFY(first.words().contains(QLatin1String("Password:")));
    QVERIFY2(second.words().contains(QLatin1String("another login has to end first")), qPrintable(second.words()));
    QCOMPARE(content(QStringLiteral(".ran")).count('\n'), 1);
    QVERIFY(terminal.type("one\n"));
    const auto handedFirst = awaited(std::move(one));
    QVERIFY2(handedFirst, whyNot(handedFirst).constData());
    QTRY_VERIFY2(second.words().contains(QLatin1String("Password:")), qPrintable(second.words()));
    QVERIFY(terminal.type("two\n"));
    const auto handed = awaited(std::move(other));
    QVERIFY2(handed, whyNot(handed).constData());
    QCOMPARE(handed->token.reveal(), QStringLiteral("two"));
}

void ExecPluginTerminalTest::saysWhatToDoWithoutATerminal()
{
    const Redirected input(STDIN_FILENO, ::open("/dev/null", O_RDONLY));
    ExecPluginRun run(m_plugin, QStringLiteral("ana"));
    const auto outcome = awaited(run.run());
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, Error::Kind::Unauthorized);
    for (const char *part : {"needs a terminal", "Start it from a terminal", "set interactiveMode to IfAvailable"})
        QVERIFY2(outcome.error().summary.contains(QLatin1String(part)), qPrintable(outcome.error().summary));
    QVERIFY(content(QStringLiteral(".ran")).isEmpty());
}

/// As a shell runs "pennant &": whoever read there would be stopped, and the window with it.
void ExecPluginTerminalTest::doesNotReadInTheBackground()
{
    int master = -1;
    const pid_t shell = ::forkpty(&master, nullptr, nullptr, nullptr);
    QVERIFY(shell >= 0);
    if (shell == 0) {
        const bool isOurs = terminalState() == TerminalState::Ours;
        const pid_t program = ::fork();
        if (program == 0) {
            ::setpgid(0, 0);
            ::_exit(terminalState() == TerminalState::Background ? 0 : 1);
        }
        int status = 1;
        ::waitpid(program, &status, 0);
        ::_exit(isOurs && status == 0 ? 0 : 1);
    }
    int status = 1;
    QCOMPARE(::waitpid(shell, &status, 0), shell);
    ::close(master);
    QCOMPARE(status, 0);
}

QTEST_GUILESS_MAIN(ExecPluginTerminalTest)
#include "tst_execpluginterminal.moc"
