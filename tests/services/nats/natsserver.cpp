// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/services/nats/natsserver.h"

#include <QFile>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <csignal>

QString NatsServer::program()
{
    const QString path = qEnvironmentVariable("PENNANT_PROGRAMS") + QStringLiteral("/nats-server");
    return QFile::exists(path) ? path : QString();
}

quint16 NatsServer::freePort()
{
    QTcpServer probe;
    probe.listen(QHostAddress::LocalHost);
    return probe.serverPort();
}

NatsServer::NatsServer(const QByteArray &config, int ordinal, const QList<quint16> &routePorts)
    : m_ordinal(ordinal)
    , m_routePorts(routePorts)
    , m_port(freePort())
    , m_monitorPort(freePort())
    , m_webSocketPort(freePort())
{
    write(config);
}

NatsServer::~NatsServer()
{
    kill();
}

QByteArray NatsServer::onLoopback(QByteArray config) const
{
    const QByteArray folder = m_folder.path().toUtf8();
    config.replace("\nport: 4222", "\nhost: \"127.0.0.1\"\nport: " + QByteArray::number(m_port));
    config.replace("http_port: 8222", "http: \"127.0.0.1:" + QByteArray::number(m_monitorPort) + '"');
    config.replace("port: 8080", "host: \"127.0.0.1\"\n  port: " + QByteArray::number(m_webSocketPort));
    config.replace("\"/data\"", '"' + folder + "/data\"");
    config.replace("/var/run/nats/nats.pid", folder + "/nats.pid");
    for (int i = 0; i < m_routePorts.size(); ++i) {
        const QByteArray port = QByteArray::number(m_routePorts[i]);
        config.replace("nats://nats-" + QByteArray::number(i) + ".nats-headless:6222", "nats://127.0.0.1:" + port);
        if (i == m_ordinal)
            config.replace("port: 6222", "host: \"127.0.0.1\"\n  port: " + port);
    }
    return config;
}

void NatsServer::write(const QByteArray &config)
{
    QFile file(m_folder.filePath(QStringLiteral("nats.conf")));
    if (file.open(QIODevice::WriteOnly))
        file.write(onLoopback(config));
}

bool NatsServer::start()
{
    m_process = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("POD_NAME"), QStringLiteral("nats-%1").arg(m_ordinal));
    m_process->setProcessEnvironment(environment);
    m_process->setProcessChannelMode(QProcess::MergedChannels);
    m_process->setStandardOutputFile(m_folder.filePath(QStringLiteral("log")), QIODevice::Append);
    m_process->start(program(), {QStringLiteral("-c"), m_folder.filePath(QStringLiteral("nats.conf"))});
    return QTest::qWaitFor(
        [this] {
            QTcpSocket socket;
            socket.connectToHost(QStringLiteral("127.0.0.1"), m_port);
            return socket.waitForConnected(500);
        },
        60000);
}

void NatsServer::kill()
{
    if (!m_process)
        return;
    m_process->kill();
    m_process->waitForFinished();
    m_process.reset();
}

void NatsServer::reload(const QByteArray &config)
{
    write(config);
    ::kill(pid_t(m_process->processId()), SIGHUP);
}

QString NatsServer::problem()
{
    QProcess check;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("POD_NAME"), QStringLiteral("nats-0"));
    check.setProcessEnvironment(environment);
    check.setProcessChannelMode(QProcess::MergedChannels);
    check.start(
        program(), {QStringLiteral("-t"), QStringLiteral("-c"), m_folder.filePath(QStringLiteral("nats.conf"))});
    check.waitForFinished();
    return check.exitCode() == 0 ? QString() : QString::fromUtf8(check.readAll());
}

QString NatsServer::log() const
{
    QFile file(m_folder.filePath(QStringLiteral("log")));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}
