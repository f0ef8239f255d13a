// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/detachedprocess.h"

#include "services/network/terminal.h"

#include <QCoreApplication>

#include <csignal>
#include <cstdio>
#include <unistd.h>
#include <utility>

namespace {

constexpr qsizetype mostOutput = 1024 * 1024;
constexpr qsizetype mostWords = 4 * 1024;

/// What the leader of a session started, and itself. They are asked to: a person's browser may be among them, and is to
/// keep what is open there.
void endGroup(qint64 leader)
{
    if (leader > 1)
        ::kill(-pid_t(leader), SIGTERM);
}

} // namespace

DetachedProcess::DetachedProcess(Input input)
    : QObject(qApp)
    , m_process(new QProcess(qApp))
    , m_input(input)
{
    if (m_input == Input::Terminal) {
        m_process->setInputChannelMode(QProcess::ForwardedInputChannel);
    } else {
        m_process->setStandardInputFile(QProcess::nullDevice());
        m_process->setChildProcessModifier([] { ::setsid(); });
    }
    connect(m_process, &QProcess::readyReadStandardOutput, this, &DetachedProcess::readOutput);
    connect(m_process, &QProcess::readyReadStandardError, this, &DetachedProcess::readWords);
    connect(m_process, &QProcess::finished, this, [this](int status, QProcess::ExitStatus exit) {
        readOutput();
        readWords();
        if (exit == QProcess::CrashExit)
            end(tr("it was ended by signal %1").arg(status));
        else
            end(status == 0 ? QString() : tr("it ended with status %1").arg(status));
    });
    connect(
        m_process, &QProcess::errorOccurred, this,
        [this](QProcess::ProcessError error) {
            if (m_process && error == QProcess::FailedToStart) // it may have been let go of meanwhile
                end(m_process->errorString());
        },
        Qt::QueuedConnection);
}

DetachedProcess::~DetachedProcess() = default;

void DetachedProcess::start(
    const QString &program, const QStringList &arguments, const QProcessEnvironment &environment)
{
    if (m_input == Input::Terminal)
        m_settings = std::make_unique<TerminalSettings>();
    m_process->setProcessEnvironment(environment);
    m_process->start(program, arguments, QIODevice::ReadOnly);
}

void DetachedProcess::letGo()
{
    QProcess *process = std::exchange(m_process, nullptr);
    if (!process)
        return;
    disconnect(this, &DetachedProcess::wordsChanged, nullptr, nullptr);
    disconnect(this, &DetachedProcess::over, nullptr, nullptr);
    process->disconnect(this);
    if (process->state() == QProcess::NotRunning) {
        process->deleteLater();
    } else {
        connect(process, &QProcess::finished, process, &QObject::deleteLater);
        if (m_input == Input::None)
            endGroup(process->processId());
        process->kill();
    }
    m_settings.reset();
    deleteLater();
}

void DetachedProcess::readOutput()
{
    const QByteArray more = m_process->readAllStandardOutput();
    m_output += more.left(mostOutput - m_output.size());
}

void DetachedProcess::readWords()
{
    const QByteArray more = m_process->readAllStandardError();
    if (more.isEmpty())
        return;
    if (m_input == Input::Terminal) {
        std::fwrite(more.constData(), 1, std::size_t(more.size()), stderr);
        std::fflush(stderr);
    }
    m_words = (m_words + more).right(mostWords);
    Q_EMIT wordsChanged();
}

void DetachedProcess::end(const QString &failure)
{
    if (std::exchange(m_isOver, true))
        return;
    m_settings.reset();
    m_failure = failure;
    Q_EMIT over();
}
