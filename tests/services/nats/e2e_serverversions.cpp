// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/assetfields.h"
#include "tests/services/domain/streamconfigurations.h"
#include "tests/services/domain/streamdrafts.h"
#include "tests/services/nats/natsserver.h"
#include "tests/support/rawnats.h"

#include <QDir>
#include <QProcess>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

namespace {

/// One nats-server of any release, alone on this machine's loopback.
class PlainServer final {
public:
    explicit PlainServer(const QString &program)
        : m_port(NatsServer::freePort())
    {
        m_process.start(program,
            {QStringLiteral("-a"), QStringLiteral("127.0.0.1"), QStringLiteral("-p"), QString::number(m_port),
                QStringLiteral("-js"), QStringLiteral("-sd"), m_folder.path()});
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
    }
    ~PlainServer()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    bool isOpen() const { return m_client && m_client->isOpen(); }
    QJsonObject ask(const char *verb, const QJsonObject &config)
    {
        const QByteArray subject = QByteArray("$JS.API.STREAM.") + verb + '.' + nameIn(config);
        const QByteArray answer =
            m_client->ask(subject, "_INBOX.test", QJsonDocument(config).toJson(QJsonDocument::Compact));
        const auto begin = answer.indexOf('{');
        return QJsonDocument::fromJson(answer.mid(begin, answer.lastIndexOf('}') - begin + 1)).object();
    }
    void remove(const QJsonObject &config)
    {
        m_client->ask("$JS.API.STREAM.DELETE." + nameIn(config), "_INBOX.test", {});
    }

private:
    static QByteArray nameIn(const QJsonObject &config)
    {
        return config.value(QLatin1String("name")).toString().toUtf8();
    }

    QTemporaryDir m_folder;
    quint16 m_port;
    QProcess m_process;
    std::unique_ptr<RawNats> m_client;
};

/// The server knows all of it: what it doesn't is refused by its release alone.
bool isKnownTo(const ServerVersion &server, const QJsonObject &config)
{
    const QStringList names = config.keys();
    return std::all_of(names.cbegin(), names.cend(), [&server](const QString &name) {
        const AssetField *field = fieldNamed(streamFields(), name);
        return !field || !(server < field->since);
    });
}

bool isRefused(const QJsonObject &answer)
{
    return answer.contains(QLatin1String("error"));
}

QByteArray told(const QJsonObject &answer, const FieldErrors &ours)
{
    const QJsonObject error = answer.value(QLatin1String("error")).toObject();
    return QJsonDocument(error).toJson(QJsonDocument::Compact) + " / "
        + (ours.isEmpty() ? QByteArray("nothing") : ours.constFirst().message.toUtf8());
}

} // namespace

/// What the form takes real servers take, and what it refuses they refuse, from the oldest release to the newest:
/// PENNANT_NATS_SERVERS names a folder of nats-server-2.10.26 and others.
class ServerVersionsTest final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<PlainServer> m_server;
    QString m_running;

    bool run(const QString &program)
    {
        if (m_running != program)
            m_server = std::make_unique<PlainServer>(program);
        m_running = program;
        return m_server->isOpen();
    }

    static void addPrograms(const std::function<void(const QString &program, const QString &release)> &add)
    {
        const QDir folder(qEnvironmentVariable("PENNANT_NATS_SERVERS"));
        for (const QFileInfo &file : folder.entryInfoList({QStringLiteral("nats-server-*")}, QDir::Files))
            add(file.filePath(), file.fileName().section(u'-', 2));
    }

    static StreamContext contextOf(const QString &release)
    {
        StreamContext context;
        context.server = ServerVersion::fromText(release);
        return context;
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!qEnvironmentVariableIsSet("PENNANT_NATS_SERVERS"))
            QSKIP("PENNANT_NATS_SERVERS names no folder of nats-servers");
    }

    void cleanupTestCase() { m_server.reset(); }

    void agreesOnNewOnes_data()
    {
        QTest::addColumn<QString>("program");
        QTest::addColumn<QString>("release");
        QTest::addColumn<int>("number");
        addPrograms([](const QString &program, const QString &release) {
            for (int number = 0; number < int(std::size(StreamConfigurations::cases)); ++number)
                QTest::addRow("%s: %s", qPrintable(release), StreamConfigurations::cases[number].tag)
                    << program << release << number;
        });
    }

    void agreesOnNewOnes()
    {
        QFETCH(QString, program);
        QFETCH(QString, release);
        QFETCH(int, number);
        const auto &each = StreamConfigurations::cases[number];
        QVERIFY(run(program));
        const StreamDraft draft = StreamDrafts::made(each.config);
        const StreamContext context = contextOf(release);
        const FieldErrors ours = validate(draft, context);
        if (!isKnownTo(*context.server, draft.config)) {
            QVERIFY2(!ours.isEmpty(), "the server is too old for it");
            return;
        }
        const QJsonObject answer = m_server->ask("CREATE", toConfig(draft, context));
        m_server->remove(draft.config);
        QVERIFY2(ours.isEmpty() ? !isRefused(answer) : isRefused(answer) || each.isStricter, told(answer, ours));
    }

    void agreesOnChanges_data()
    {
        QTest::addColumn<QString>("program");
        QTest::addColumn<QString>("release");
        QTest::addColumn<int>("number");
        addPrograms([](const QString &program, const QString &release) {
            for (int number = 0; number < int(std::size(StreamConfigurations::changes)); ++number)
                QTest::addRow("%s: %s", qPrintable(release), StreamConfigurations::changes[number].tag)
                    << program << release << number;
        });
    }

    void agreesOnChanges()
    {
        QFETCH(QString, program);
        QFETCH(QString, release);
        QFETCH(int, number);
        const auto &each = StreamConfigurations::changes[number];
        QVERIFY(run(program));
        const StreamContext context = contextOf(release);
        const QJsonObject begun = StreamDrafts::made(each.before).config;
        if (!isKnownTo(*context.server, begun) || !isKnownTo(*context.server, StreamDrafts::made(each.config).config))
            return;
        const QJsonObject made = m_server->ask("CREATE", begun);
        QVERIFY2(!isRefused(made), told(made, {}));
        Stream seen;
        seen.config = made.value(QLatin1String("config")).toObject();
        seen.id = {QStringLiteral("default"), seen.config.value(QLatin1String("name")).toString()};
        const StreamDraft draft = StreamDrafts::changed(seen, each.config);
        const FieldErrors ours = validate(draft, context);
        const QJsonObject answer = m_server->ask("UPDATE", toConfig(draft, context));
        m_server->remove(draft.config);
        QVERIFY2(ours.isEmpty() ? !isRefused(answer) : isRefused(answer) || each.isStricter, told(answer, ours));
    }
};

QTEST_GUILESS_MAIN(ServerVersionsTest)
#include "e2e_serverversions.moc"
