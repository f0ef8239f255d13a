// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/clusterfaults.h"

#include "tests/e2e/othertools.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QTest>

namespace {

constexpr int limit = 60000;

/// A member of an object in the runtime's namespace, or nothing.
QString stored(const QString &object, const QString &path)
{
    return OtherTools::kubectl(
        {QStringLiteral("get"), object, QStringLiteral("-n"), QStringLiteral("pennant-messaging"),
            QStringLiteral("--ignore-not-found"), QStringLiteral("-o"), QStringLiteral("jsonpath=") + path});
}

} // namespace

bool ClusterFaults::localCluster(const QString &arguments)
{
    QProcess process;
    QStringList command = QProcess::splitCommand(qEnvironmentVariable("PENNANT_LOCAL_CLUSTER") + u' ' + arguments);
    const QString program = command.takeFirst();
    process.start(program, command);
    const bool isDone = QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, limit);
    if (!isDone || process.exitCode() != 0)
        qWarning("local-cluster %s: %s", qPrintable(arguments), process.readAllStandardError().constData());
    return isDone && process.exitCode() == 0;
}

bool ClusterFaults::signalContainer(const QString &podUid, const QString &program, const QString &signal)
{
    const auto contentOf = [](const QString &path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    bool isSent = false;
    const QStringList processes = QDir(QStringLiteral("/proc")).entryList({QStringLiteral("[1-9]*")}, QDir::Dirs);
    for (const QString &process : processes) {
        const QString folder = QStringLiteral("/proc/%1/").arg(process);
        if (contentOf(folder + QStringLiteral("comm")).trimmed() == program.toUtf8()
            && contentOf(folder + QStringLiteral("cgroup")).contains(podUid.toUtf8()))
            isSent = QProcess::execute(QStringLiteral("kill"), {u'-' + signal, process}) == 0 || isSent;
    }
    return isSent;
}

QJsonObject ClusterFaults::operation()
{
    const QString json =
        stored(QStringLiteral("configmap/pennant-runtime"), QStringLiteral("{.data.operation\\.json}"));
    return QJsonDocument::fromJson(json.toUtf8()).object();
}

QString ClusterFaults::driver()
{
    return stored(QStringLiteral("lease/pennant-driver"), QStringLiteral("{.spec.holderIdentity}"));
}

bool ClusterFaults::eventually(const std::function<bool()> &condition, int seconds)
{
    QElapsedTimer timer;
    timer.start();
    while (!condition()) {
        if (timer.elapsed() > seconds * 1000)
            return false;
        QTest::qWait(500);
    }
    return true;
}

ClusterFaults::Program::Program()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), m_settings.path());
    m_process.setProcessEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::ForwardedChannels);
    m_process.start(QStringLiteral(PENNANT_PROGRAM),
        {QStringLiteral("--kubeconfig"), qEnvironmentVariable("PENNANT_KUBECONFIG_ADMIN")});
    m_process.waitForStarted();
}

ClusterFaults::Program::~Program()
{
    m_process.kill();
    m_process.waitForFinished();
}
