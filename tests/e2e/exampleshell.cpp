// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/exampleshell.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <csignal>
#include <unistd.h>

namespace {
constexpr int limit = 180'000;
} // namespace

ExampleShell::ExampleShell(const QStringList &tools, const QString &secret)
    : m_environment(QProcessEnvironment::systemEnvironment())
    , m_secret(secret)
{
    m_environment.insert(QStringLiteral("PATH"),
        (tools + QStringList{m_environment.value(QStringLiteral("PATH"))}).join(QLatin1Char(':')));
}

ExampleShell::~ExampleShell()
{
    for (const auto &process : m_others) {
        ::kill(-pid_t(process->processId()), SIGTERM);
        process->waitForFinished();
    }
}

bool ExampleShell::save(const QString &name, const QString &text) const
{
    QFile file(m_folder.filePath(name));
    return file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) >= 0;
}

void ExampleShell::start(QProcess &process, const QString &code) const
{
    process.setWorkingDirectory(m_folder.path());
    process.setProcessEnvironment(m_environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    // a group of its own, so that all of it ends together
    process.setChildProcessModifier([] { ::setpgid(0, 0); });
    process.start(QStringLiteral("sh"), {QStringLiteral("-e")});
    process.write(code.toUtf8() + '\n');
    process.closeWriteChannel();
}

void ExampleShell::note(const QByteArray &output)
{
    m_said += QString::fromUtf8(output);
    if (m_said.contains(m_secret))
        m_leak = QStringLiteral("what the example prints");
}

void ExampleShell::watchCommandLines()
{
    const QStringList processes = QDir(QStringLiteral("/proc")).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &process : processes) {
        QFile line(QStringLiteral("/proc/%1/cmdline").arg(process));
        if (line.open(QIODevice::ReadOnly) && line.readAll().contains(m_secret.toUtf8()))
            m_leak = QStringLiteral("the command line of process ") + process;
    }
}

bool ExampleShell::run(const QString &code)
{
    m_said.clear();
    QProcess process;
    start(process, code);
    const bool isOver = QTest::qWaitFor(
        [&] {
            watchCommandLines();
            note(process.readAll());
            return process.state() == QProcess::NotRunning;
        },
        limit);
    note(process.readAll());
    if (!isOver)
        ::kill(-pid_t(process.processId()), SIGKILL);
    return isOver && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
}

bool ExampleShell::begin(const QString &code, const QString &sign)
{
    m_said.clear();
    m_others.push_back(std::make_unique<QProcess>());
    QProcess &process = *m_others.back();
    start(process, code);
    return QTest::qWaitFor(
               [&] {
                   note(process.readAll());
                   return m_said.contains(sign) || process.state() == QProcess::NotRunning;
               },
               limit)
        && m_said.contains(sign);
}
