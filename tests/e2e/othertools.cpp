// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/othertools.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

namespace {

constexpr int limit = 120000;

/// Waits with the window alive: nothing here may stop its event loop.
bool waitFor(QProcess &process)
{
    return QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, limit);
}

} // namespace

QString OtherTools::kubectl(const QStringList &arguments, bool *isOk)
{
    QProcess process;
    process.start(qEnvironmentVariable("PENNANT_KUBECTL"), arguments);
    const bool isDone = waitFor(process) && process.exitCode() == 0;
    if (!isDone)
        qInfo(
            "kubectl %s: %s", qPrintable(arguments.join(QLatin1Char(' '))), process.readAllStandardError().constData());
    if (isOk)
        *isOk = isDone;
    return QString::fromUtf8(process.readAllStandardOutput());
}

QStringList OtherTools::objectsOutside(const QString &nameSpace)
{
    const QString kinds = QStringLiteral("secrets,configmaps,services,pods,persistentvolumeclaims,statefulsets");
    const QString all = kubectl({QStringLiteral("get"), kinds, QStringLiteral("-A"), QStringLiteral("-o"),
        QStringLiteral("jsonpath={range .items[*]}{.metadata.namespace}/{.kind}/{.metadata.name}{\"\\n\"}{end}")});
    QStringList outside;
    const QStringList lines = all.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    for (const QString &line : lines) {
        if (!line.startsWith(nameSpace + QLatin1Char('/')) && !line.startsWith(QLatin1String("kube-")))
            outside.append(line);
    }
    outside.sort();
    return outside;
}

OtherTools::Forward::Forward(const QString &nameSpace, const QString &target, int port)
{
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.start(qEnvironmentVariable("PENNANT_KUBECTL"),
        {QStringLiteral("port-forward"), QStringLiteral("-n"), nameSpace, target, QStringLiteral(":%1").arg(port)});
    static const QRegularExpression announcement(QStringLiteral("127\\.0\\.0\\.1:(\\d+)"));
    QString said;
    const bool isUp = QTest::qWaitFor(
        [&] {
            said += QString::fromUtf8(m_process.readAll());
            return announcement.match(said).hasMatch() || m_process.state() == QProcess::NotRunning;
        },
        limit);
    m_localPort = isUp ? announcement.match(said).captured(1).toInt() : 0;
}

OtherTools::Forward::~Forward()
{
    m_process.kill();
    waitFor(m_process);
}

QString OtherTools::witnessProblem()
{
    return QFile::exists(QStringLiteral(PENNANT_WITNESS_ENVIRONMENT "/complete"))
        ? QString()
        : QStringLiteral("There is no other NATS client to look with. Make it: " PENNANT_MAKE_WITNESS);
}

QJsonValue OtherTools::witness(const NatsLogin &login, const QStringList &arguments, QString *problem)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("NATS_URL"), QStringLiteral("nats://127.0.0.1:%1").arg(login.port));
    environment.insert(QStringLiteral("NATS_USER"), login.user);
    environment.insert(QStringLiteral("NATS_PASSWORD"), login.password);
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(PENNANT_WITNESS_ENVIRONMENT "/bin/python"),
        QStringList{QStringLiteral(PENNANT_WITNESS)} + arguments);
    const bool isDone = waitFor(process) && process.exitCode() == 0;
    const QString said = QString::fromUtf8(process.readAllStandardError());
    if (problem)
        *problem = said;
    else if (!isDone)
        qInfo("%s", qPrintable(said));
    if (!isDone)
        return QJsonValue(QJsonValue::Undefined);
    const QJsonDocument answer = QJsonDocument::fromJson(process.readAllStandardOutput());
    return answer.isArray() ? QJsonValue(answer.array()) : QJsonValue(answer.object());
}
