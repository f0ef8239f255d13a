// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/services/nats/plainserver.h"

#include "tests/services/nats/natsserver.h"

#include <QDir>
#include <QJsonDocument>
#include <QTcpSocket>
#include <QTest>

namespace {

QByteArray nameIn(const QJsonObject &config)
{
    return config.value(QLatin1String("name")).toString().toUtf8();
}

} // namespace

void PlainServer::eachRelease(const std::function<void(const QString &program, const QString &release)> &use)
{
    const QDir folder(qEnvironmentVariable("PENNANT_NATS_SERVERS"));
    for (const QFileInfo &file : folder.entryInfoList({QStringLiteral("nats-server-*")}, QDir::Files))
        use(file.filePath(), file.fileName().section(u'-', 2));
}

PlainServer::PlainServer(const QString &program, const QStringList &more)
    : m_port(NatsServer::freePort())
{
    m_process.start(program,
        QStringList{QStringLiteral("-a"), QStringLiteral("127.0.0.1"), QStringLiteral("-p"), QString::number(m_port),
            QStringLiteral("-js"), QStringLiteral("-sd"), m_folder.path()}
            + more);
}

bool PlainServer::open()
{
    const bool isUp = QTest::qWaitFor(
        [this] {
            QTcpSocket socket;
            socket.connectToHost(QStringLiteral("127.0.0.1"), m_port);
            return socket.waitForConnected(500);
        },
        20'000);
    if (isUp)
        m_client = std::make_unique<RawNats>(m_port, QString(), SecretString());
    if (m_client && m_client->isOpen())
        m_client->subscribe("_INBOX.test");
    return isOpen();
}

PlainServer::~PlainServer()
{
    m_process.kill();
    m_process.waitForFinished();
}

QJsonObject PlainServer::ask(const QByteArray &request, const QJsonObject &body)
{
    const QByteArray payload = body.isEmpty() ? QByteArray() : QJsonDocument(body).toJson(QJsonDocument::Compact);
    const QByteArray answer = m_client->ask("$JS.API." + request, "_INBOX.test", payload);
    const auto begin = answer.indexOf('{');
    return QJsonDocument::fromJson(answer.mid(begin, answer.lastIndexOf('}') - begin + 1)).object();
}

QJsonObject PlainServer::askStream(const char *verb, const QJsonObject &config)
{
    return ask(QByteArray("STREAM.") + verb + '.' + nameIn(config), config);
}

QJsonObject PlainServer::askConsumer(const char *action, const QString &stream, const QJsonObject &config)
{
    // a name that is no word of a subject would lead elsewhere: the server is asked by its older request
    const QByteArray name = config.value(QLatin1String("durable_name")).toString().toUtf8();
    const bool isWord = !name.contains('.') && !name.contains(' ');
    return ask("CONSUMER.CREATE." + stream.toUtf8() + (isWord ? '.' + name : QByteArray()),
        {{QStringLiteral("stream_name"), stream}, {QStringLiteral("config"), config},
            {QStringLiteral("action"), QLatin1String(action)}});
}

void PlainServer::remove(const QJsonObject &config)
{
    ask("STREAM.DELETE." + nameIn(config));
}
