// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/execpluginrun.h"

#include "services/network/detachedprocess.h"
#include "services/network/execcredential.h"
#include "services/network/loginpath.h"
#include "services/network/terminal.h"

#include <QDir>
#include <QRegularExpression>
#include <QStandardPaths>

#include <utility>

namespace {

constexpr std::chrono::seconds shellLimit{10};
constexpr int mostLines = 6;

/// Without what moves a terminal's cursor or colours its text.
QString plainText(const QByteArray &words)
{
    static const QRegularExpression control(
        QStringLiteral("\\x1b\\[[0-9;?]*[ -/]*[@-~]|[\\x00-\\x08\\x0b-\\x1f\\x7f]"));
    const QString text = QString::fromLocal8Bit(words).remove(control).trimmed();
    return text.section(u'\n', -mostLines);
}

QProcessEnvironment environmentFor(const ExecPlugin &plugin, const QString &searchPath)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    if (!searchPath.isEmpty())
        environment.insert(QStringLiteral("PATH"), searchPath);
    for (const auto &[name, value] : plugin.environment)
        environment.insert(name, value.reveal());
    environment.insert(QStringLiteral("KUBERNETES_EXEC_INFO"), QString::fromUtf8(execInfo(plugin)));
    return environment;
}

/// The one that is typed to, if any: what is typed for one must not be read by another.
QPointer<DetachedProcess> &atTerminal()
{
    static QPointer<DetachedProcess> process;
    return process;
}

} // namespace

ExecPluginRun::ExecPluginRun(const ExecPlugin &plugin, const QString &user)
    : m_plugin(plugin)
    , m_user(user)
{
}

ExecPluginRun::~ExecPluginRun()
{
    if (m_process)
        m_process->letGo();
}

Pending<LoginCredential> ExecPluginRun::run()
{
    return Pending<LoginCredential>::ask([this](Pending<LoginCredential>::Answer answer) -> std::function<void()> {
        m_answer = std::move(answer);
        find();
        return {};
    });
}

QString ExecPluginRun::words() const
{
    const QString words = said();
    if (needsTerminal() && !m_process && atTerminal())
        return tr("The exec plugin %1 is to log “%2” in at the terminal that Pennant was started from, where another "
                  "login has to end first.")
            .arg(m_plugin.command, m_user);
    if (needsTerminal() && words.isEmpty())
        return tr("The exec plugin %1 logs “%2” in. Go on in the terminal that Pennant was started from.")
            .arg(m_plugin.command, m_user);
    if (needsTerminal())
        return tr("The exec plugin %1 logs “%2” in. Go on in the terminal that Pennant was started from. It says:\n%3")
            .arg(m_plugin.command, m_user, words);
    return words.isEmpty() ? tr("The exec plugin %1 logs “%2” in.").arg(m_plugin.command, m_user)
                           : tr("The exec plugin %1 logs “%2” in. It says:\n%3").arg(m_plugin.command, m_user, words);
}

QString ExecPluginRun::said() const
{
    return m_process ? plainText(m_process->words()) : QString();
}

std::optional<QString> ExecPluginRun::whyNoTerminal() const
{
    const TerminalState state = needsTerminal() ? terminalState() : TerminalState::Ours;
    if (state == TerminalState::Ours)
        return std::nullopt;
    const QString why = state == TerminalState::None
        ? tr("Pennant was not started from one. Start it from a terminal")
        : tr("Pennant runs in the background of the one it was started from. Bring it to the foreground there (fg)");
    return tr(
        "The exec plugin %1 can't log the user “%2” in: it needs a terminal (interactiveMode: Always), and %3, or "
        "set interactiveMode to IfAvailable in the kubeconfig.")
        .arg(m_plugin.command, m_user, why);
}

void ExecPluginRun::find()
{
    if (const QString program = QStandardPaths::findExecutable(m_plugin.command); !program.isEmpty())
        return start(program, {});
    if (m_plugin.command.contains(u'/'))
        return end(fail(failure(tr("there is no such program"))));
    m_loginPath = loginPath(loginShell(), shellLimit);
    m_loginPath.then(this, [this](const Result<QString> &answer) {
        const QString path = *answer;
        const QString program =
            QStandardPaths::findExecutable(m_plugin.command, path.split(QDir::listSeparator(), Qt::SkipEmptyParts));
        if (program.isEmpty())
            end(fail(failure(tr("there is no such program in PATH, nor in that of %1").arg(loginShell()))));
        else
            start(program, path);
    });
}

void ExecPluginRun::start(const QString &program, const QString &searchPath)
{
    if (const auto why = whyNoTerminal())
        return end(fail(Error::Kind::Unauthorized, *why));
    if (needsTerminal() && atTerminal()) {
        connect(atTerminal(), &QObject::destroyed, this, [this, program, searchPath] { start(program, searchPath); });
        return;
    }
    m_process = new DetachedProcess(needsTerminal() ? DetachedProcess::Input::Terminal : DetachedProcess::Input::None);
    if (needsTerminal())
        atTerminal() = m_process;
    connect(m_process, &DetachedProcess::wordsChanged, this, &ExecPluginRun::wordsChanged);
    connect(m_process, &DetachedProcess::over, this, &ExecPluginRun::finish);
    m_process->start(program, m_plugin.arguments, environmentFor(m_plugin, searchPath));
    Q_EMIT wordsChanged();
}

void ExecPluginRun::finish()
{
    const QByteArray output = m_process->output();
    const QString problem = m_process->failure();
    if (!problem.isEmpty())
        end(fail(failure(problem)));
    else
        end(readExecCredential(output, m_plugin));
}

/// Its arguments and its environment may hold secrets: they stay where they are.
Error ExecPluginRun::failure(const QString &what) const
{
    const QString words = said();
    QString summary =
        tr("The exec plugin %1, which logs the user “%2” in, failed: %3.").arg(m_plugin.command, m_user, what);
    if (!words.isEmpty())
        summary += u' ' + tr("It says: %1").arg(words.section(u'\n', -1).left(200));
    else if (!m_plugin.installHint.isEmpty())
        summary += u' ' + m_plugin.installHint.section(u'\n', 0, 0);
    const QString detail = words.isEmpty() ? m_plugin.installHint : words;
    return {Error::Kind::Unauthorized, summary, detail, {}, {}};
}

void ExecPluginRun::end(Result<LoginCredential> result)
{
    if (m_process)
        std::exchange(m_process, nullptr)->letGo();
    if (m_answer)
        (*std::exchange(m_answer, std::nullopt))(std::move(result));
}
