// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/loginpath.h"

#include "services/network/detachedprocess.h"

#include <QCoreApplication>
#include <QTimer>

#include <pwd.h>
#include <unistd.h>

namespace {

// What is read at login may write words of its own.
constexpr char mark[] = "PENNANT_LOGIN_PATH=";

QString pathIn(const QByteArray &output)
{
    const QByteArrayList lines = output.split('\n');
    for (auto line = lines.crbegin(); line != lines.crend(); ++line) {
        if (line->startsWith(mark))
            return QString::fromLocal8Bit(line->sliced(sizeof mark - 1).trimmed());
    }
    return {};
}

} // namespace

Pending<QString> loginPath(const QString &shell, std::chrono::milliseconds limit)
{
    return Pending<QString>::ask([&](Pending<QString>::Answer answer) -> std::function<void()> {
        auto *process = new DetachedProcess;
        auto *timer = new QTimer(process);
        const auto end = [process, answer](const QString &path) {
            answer(path);
            process->letGo();
        };
        QObject::connect(process, &DetachedProcess::over, process, [process, end] { end(pathIn(process->output())); });
        QObject::connect(timer, &QTimer::timeout, process, [end] { end({}); });
        timer->setSingleShot(true);
        timer->start(limit);
        // interactive as well: many set it only there
        process->start(shell,
            {QStringLiteral("-l"), QStringLiteral("-i"), QStringLiteral("-c"),
                QStringLiteral("printf '\\n%s%s\\n' %1 \"$PATH\"").arg(QLatin1String(mark))});
        return [process] { process->letGo(); };
    });
}

QString loginShell()
{
    if (const QString shell = qEnvironmentVariable("SHELL"); !shell.isEmpty())
        return shell;
    const passwd *user = getpwuid(getuid());
    return user && user->pw_shell && *user->pw_shell ? QString::fromLocal8Bit(user->pw_shell)
                                                     : QStringLiteral("/bin/sh");
}
