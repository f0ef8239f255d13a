// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/assetexport.h"
#include "services/domain/assetfields.h"
#include "services/messaging/backupservice.h"
#include "services/messaging/jetstreamsource.h"
#include "services/messaging/runtimesource.h"
#include "services/messaging/streamimport.h"
#include "services/nats/bcrypt.h"
#include "services/nats/natsconnection.h"
#include "services/nats/serverconfig.h"
#include "tests/services/messaging/madeupconfigs.h"
#include "tests/services/nats/natsserver.h"
#include "tests/support/awaited.h"

#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

using namespace std::chrono_literals;

namespace {

constexpr int longWait = 120000;
constexpr int manyMessages = 100'000;
constexpr int bulkMessages = 8'000; // 500 MiB
const StreamId orders{QStringLiteral("default"), QStringLiteral("ORDERS")};

QString text(const char *value)
{
    return QLatin1String(value);
}

SecretString passwordOf(const QString &user)
{
    return SecretString(user + text("-password"));
}

ServerUser withPassword(ServerUser user)
{
    user.passwordHash = *bcryptHash(passwordOf(user.name), 4, user.name.toUtf8().leftJustified(16, '.', true));
    return user;
}

ServerConfig serverConfig(int replicas = 1)
{
    ServerConfig config;
    config.clusterName = text("pennant");
    config.spec.replicas = replicas;
    config.spec.storageGibibytes = 4;
    config.accounts = {{text("SYS"), true, {withPassword({text("sys"), {}})}},
        {orders.account, false, {withPassword({text("app"), {}}), withPassword(managementUser(text("admin"), {}))}}};
    return config;
}

/// A client of its own, by hand: it shares nothing with what is tested.
class Witness final {
public:
    struct Message {
        QByteArray reply;
        QByteArray payload;
        QByteArray subject;
    };

    explicit Witness(quint16 port)
    {
        m_socket.connectToHost(text("127.0.0.1"), port);
        m_socket.waitForConnected(longWait);
        say("CONNECT {\"user\":\"app\",\"pass\":\"app-password\",\"verbose\":false,\"headers\":true,\"no_responders\":"
            "false}\r\nSUB in 1\r\nPING\r\n");
        line(); // INFO
        while (line() != "PONG") { }
    }

    void say(const QByteArray &lines)
    {
        m_socket.write(lines);
        while (m_socket.bytesToWrite() > 0)
            m_socket.waitForBytesWritten(longWait);
    }

    void publish(const QByteArray &subject, const QByteArray &payload, const QByteArray &reply = {})
    {
        say("PUB " + subject + ' ' + (reply.isEmpty() ? QByteArray() : reply + ' ') + QByteArray::number(payload.size())
            + "\r\n" + payload + "\r\n");
    }

    /// The next message on "in".
    Message next()
    {
        for (;;) {
            const QByteArrayList words = line().split(' ');
            if (words.first() == "PING")
                say("PONG\r\n");
            if (words.first() != "MSG" && words.first() != "HMSG")
                continue;
            const bool hasHeader = words.first() == "HMSG";
            const qsizetype plain = hasHeader ? 5 : 4;
            Message message;
            message.subject = words[1];
            message.reply = words.size() > plain ? words[3] : QByteArray();
            const QByteArray all = bytes(words.last().toLongLong());
            message.payload = hasHeader ? all.mid(words[words.size() - 2].toLongLong()) : all;
            bytes(2);
            return message;
        }
    }

    QJsonObject ask(const char *verb, const QJsonObject &body = {})
    {
        publish("$JS.API." + QByteArray(verb), QJsonDocument(body).toJson(QJsonDocument::Compact), "in");
        return QJsonDocument::fromJson(next().payload).object();
    }

    /// Of all that a stream holds, in order.
    QByteArray digest(const char *stream, quint64 messages)
    {
        const QJsonObject config{{text("deliver_subject"), text("in")}, {text("ack_policy"), text("none")},
            {text("deliver_policy"), text("all")}, {text("num_replicas"), 1}};
        publish("$JS.API.CONSUMER.CREATE." + QByteArray(stream),
            QJsonDocument(QJsonObject{{text("stream_name"), text(stream)}, {text("config"), config}}).toJson(), "in");
        QCryptographicHash hash(QCryptographicHash::Sha256);
        QByteArray name;
        for (quint64 seen = 0; seen < messages || name.isEmpty();) {
            const Message message = next();
            if (!message.reply.startsWith("$JS.ACK.")) {
                name = QJsonDocument::fromJson(message.payload).object().value(text("name")).toString().toUtf8();
                continue;
            }
            hash.addData(message.reply.split('.')[5] + ' ' + message.payload + '\n');
            ++seen;
        }
        ask(("CONSUMER.DELETE." + QByteArray(stream) + '.' + name).constData());
        return hash.result().toHex();
    }

private:
    QByteArray line()
    {
        while (!m_socket.canReadLine())
            if (!m_socket.waitForReadyRead(longWait))
                qFatal("nothing came");
        return m_socket.readLine().trimmed();
    }

    QByteArray bytes(qint64 count)
    {
        while (m_socket.bytesAvailable() < count)
            if (!m_socket.waitForReadyRead(longWait))
                qFatal("nothing came");
        return m_socket.read(count);
    }

    QTcpSocket m_socket;
};

/// Ready, and anything goes.
class ReadyRuntime final : public RuntimeSource {
public:
    explicit ReadyRuntime(int replicas = 1)
    {
        m_status.phase = RuntimePhase::Ready;
        m_status.spec = RuntimeSpec();
        m_status.spec->replicas = replicas;
    }
    const RuntimeStatus &status() const override { return m_status; }
    const Freshness &freshness() const override { return m_freshness; }
    std::optional<Error> lastError() const override { return {}; }
    Access editAccess() const override { return Access::yes(); }
    Access changeAccess() const override { return Access::yes(); }
    Flow<void> confirmChange() override { co_return Result<void>(); }
    void refresh() override { }

private:
    RuntimeStatus m_status;
    Freshness m_freshness;
};

/// One account over one connection, which is made anew where it is closed.
class DirectSource final : public JetStreamSource {
public:
    explicit DirectSource(quint16 port)
        : m_port(port)
    {
        connectAnew();
    }

    void connectAnew()
    {
        NatsConnection::Options options;
        options.port = m_port;
        options.username = text("admin");
        options.password = passwordOf(text("admin"));
        options.inboxPrefix = managementInboxPrefix();
        connection = std::make_unique<NatsConnection>(options);
        connection->open();
        api = std::make_shared<JetStreamApi>(*connection, orders.account);
    }
    bool isUp() const { return connection->state() == NatsConnection::State::Connected; }

    Flow<QList<Stream>> streams() override
    {
        Pending<QList<Stream>> asked = api->streams();
        auto found = co_await asked;
        co_return found;
    }
    Flow<QList<Consumer>> consumers(StreamId) override { co_return QList<Consumer>(); }
    Flow<std::shared_ptr<JetStreamApi>> reachToChange(QString) override
    {
        if (!isUp())
            co_return fail(Error::Kind::Offline, text("away"));
        co_return api;
    }
    Flow<std::shared_ptr<JetStreamApi>> reachToRead(QString account) override
    {
        return reachToChange(std::move(account));
    }

    std::unique_ptr<NatsConnection> connection;
    std::shared_ptr<JetStreamApi> api;

private:
    quint16 m_port;
};

/// The way to a server, which can be cut.
class Relay final {
public:
    explicit Relay(quint16 port)
        : m_port(port)
    {
        m_server.listen(QHostAddress::LocalHost);
        m_own = m_server.serverPort();
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] { take(); });
    }
    quint16 port() const { return m_own; }

    void cut()
    {
        m_server.close();
        for (QTcpSocket *socket : m_server.findChildren<QTcpSocket *>())
            socket->abort();
    }
    void mend() { m_server.listen(QHostAddress::LocalHost, m_own); }

private:
    void take()
    {
        QTcpSocket *client = m_server.nextPendingConnection();
        auto *server = new QTcpSocket(&m_server);
        server->connectToHost(QHostAddress::LocalHost, m_port);
        join(client, server);
        join(server, client);
    }

    static void join(QTcpSocket *from, QTcpSocket *to)
    {
        QObject::connect(from, &QTcpSocket::readyRead, to, [from, to] { to->write(from->readAll()); });
        QObject::connect(from, &QTcpSocket::disconnected, to, [to] { to->disconnectFromHost(); });
        QObject::connect(from, &QTcpSocket::disconnected, from, &QObject::deleteLater);
    }

    QTcpServer m_server;
    quint16 m_port;
    quint16 m_own;
};

qint64 residentKibibytes()
{
    QFile status(text("/proc/self/status"));
    status.open(QIODevice::ReadOnly);
    const QByteArray all = status.readAll();
    const qsizetype line = all.indexOf("VmRSS:");
    return all.mid(line + 6, all.indexOf("kB", line) - line - 6).trimmed().toLongLong();
}

QString natsCli()
{
    const QString named = qEnvironmentVariable("PENNANT_NATS_CLI");
    return named.isEmpty() ? QStandardPaths::findExecutable(text("nats")) : named;
}

} // namespace

/// Backups of a real nats-server, and what comes back of them.
class BackupE2e final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<NatsServer> m_server;
    std::unique_ptr<DirectSource> m_source;
    std::unique_ptr<BackupService> m_service;
    ReadyRuntime m_runtime;
    SystemClock m_clock;
    JetStreamChanges m_changes{m_clock, [this] { return m_runtime.confirmChange(); }};
    QTemporaryDir m_folder;
    QByteArray m_digest;
    QJsonObject m_stream; ///< as the witness saw it before
    QJsonArray m_consumers;

    QString path(const char *name) const { return m_folder.filePath(text(name)); }

    void createStream(Witness &witness, const char *name, const QJsonObject &more = {})
    {
        QJsonObject config{{text("name"), text(name)}, {text("subjects"), QJsonArray{text(name) + text(".>")}},
            {text("storage"), text("file")}, {text("retention"), text("limits")}, {text("num_replicas"), 1}};
        for (auto each = more.begin(); each != more.end(); ++each)
            config.insert(each.key(), each.value());
        const QJsonObject made = witness.ask(("STREAM.CREATE." + QByteArray(name)).constData(), config);
        QVERIFY2(!made.contains(text("error")), QJsonDocument(made).toJson());
    }

    /// A durable that was given `fetched` messages and has acknowledged each second of them.
    void beginWork(Witness &witness, const char *name, int fetched)
    {
        const QJsonObject config{{text("durable_name"), text(name)}, {text("ack_policy"), text("explicit")},
            {text("deliver_policy"), text("all")}, {text("ack_wait"), qint64(3600) * 1'000'000'000},
            {text("max_ack_pending"), 10'000}, {text("metadata"), QJsonObject{{text("team"), text("shop")}}}};
        const QByteArray create = "CONSUMER.CREATE.ORDERS." + QByteArray(name);
        const QJsonObject made =
            witness.ask(create.constData(), {{text("stream_name"), orders.name}, {text("config"), config}});
        QVERIFY2(!made.contains(text("error")), QJsonDocument(made).toJson());
        witness.publish("$JS.API.CONSUMER.MSG.NEXT.ORDERS." + QByteArray(name),
            "{\"batch\":" + QByteArray::number(fetched) + "}", "in");
        for (int i = 0; i < fetched; ++i) {
            const Witness::Message message = witness.next();
            if (i < fetched / 2 || i % 2 == 0)
                witness.publish(message.reply, "+ACK");
        }
    }

    QJsonArray consumersOf(Witness &witness)
    {
        QJsonArray told;
        for (const char *name : {"billing", "shipping"}) {
            const QByteArray verb = "CONSUMER.INFO.ORDERS." + QByteArray(name);
            QJsonObject info = witness.ask(verb.constData());
            for (const char *moving : {"ts", "created", "cluster", "type"})
                info.remove(text(moving));
            for (const char *position : {"delivered", "ack_floor"}) {
                QJsonObject object = info.value(text(position)).toObject();
                object.remove(text("last_active")); // since the server's start
                info.insert(text(position), object);
            }
            told.append(info);
        }
        return told;
    }

    static QJsonArray ackFloors(const QJsonArray &consumers)
    {
        QJsonArray floors;
        for (const QJsonValue &consumer : consumers)
            floors.append(consumer.toObject().value(text("ack_floor")));
        return floors;
    }

    /// -1: not known.
    static qint64 pendingOf(JetStreamApi &api, const QString &consumer)
    {
        const auto found = awaited(api.consumer(orders.name, consumer));
        return found ? qint64(found->pending) : -1;
    }

    /// The outcome of a job.
    Result<BackupJob::Outcome> outcomeOf(const std::shared_ptr<BackupJob> &job)
    {
        QSignalSpy finished(job.get(), &BackupJob::finished); // waits in an event loop: its end is timed as it is
        if (!job->outcome() && !finished.wait(longWait))
            return fail(Error::Kind::Timeout, text("the test waited in vain"));
        return *job->outcome();
    }

    Result<BackupJob::Outcome> backUp(const QString &folder)
    {
        Stream stream;
        stream.id = orders;
        return outcomeOf(m_service->backUp(stream, folder));
    }

    Result<BackupJob::Outcome> restore(const QString &folder)
    {
        const Result<BackupFolder> backup = openBackup(folder);
        if (!backup)
            return fail(backup.error());
        const auto job = m_service->restore(orders.account, *backup);
        return outcomeOf(job);
    }

    void deleteStream()
    {
        Witness witness(m_server->port());
        QCOMPARE(witness.ask("STREAM.DELETE.ORDERS").value(text("success")).toBool(), true);
    }

    void verifyAsBefore()
    {
        Witness witness(m_server->port());
        const QJsonObject info = witness.ask("STREAM.INFO.ORDERS");
        const QJsonObject state = info.value(text("state")).toObject();
        const QJsonObject before = m_stream.value(text("state")).toObject();
        for (const char *field : {"messages", "bytes", "first_seq", "last_seq", "consumer_count", "num_subjects"})
            QCOMPARE(state.value(text(field)), before.value(text(field)));
        QJsonObject config = info.value(text("config")).toObject();
        QJsonObject wanted = m_stream.value(text("config")).toObject();
        QCOMPARE(config, wanted);
        QCOMPARE(consumersOf(witness), m_consumers);
        QCOMPARE(witness.digest("ORDERS", manyMessages - 10), m_digest);
    }

    static int run(const QString &program, const QStringList &arguments, const QString &folder = {})
    {
        QProcess process;
        process.setWorkingDirectory(folder);
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(program, arguments);
        process.waitForFinished(longWait);
        if (process.exitCode() != 0)
            qWarning("%s", process.readAll().constData());
        return process.exitCode();
    }

    QStringList cliLogin() const
    {
        return {text("--server"), text("nats://127.0.0.1:%1").arg(m_server->port()), text("--user"), text("app"),
            text("--password"), text("app-password"), text("--no-context")};
    }

    QObject m_cutting;

    int apiLevel() const
    {
        Witness witness(m_server->port());
        return witness.ask("INFO").value(text("api")).toObject().value(text("level")).toInt();
    }

    /// What the server makes of a stream T.
    QJsonObject created(const QJsonObject &config) const
    {
        Witness witness(m_server->port());
        witness.ask("STREAM.DELETE.T");
        const QJsonObject made = witness.ask("STREAM.CREATE.T", config);
        if (made.contains(text("error")))
            qWarning("%s", QJsonDocument(made).toJson().constData());
        return made.value(text("config")).toObject();
    }

    static QString differences(const QJsonObject &before, const QJsonObject &after)
    {
        QString words;
        for (const FieldChange &change : changesBetween(before, after))
            words += change.field + text(": ")
                + QString::fromUtf8(QJsonDocument(QJsonArray{change.before, change.after}).toJson());
        return words;
    }

    void write(const QString &path, const QByteArray &content)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }

    /// As a person would paste it into a shell.
    int runCommand(const QString &command)
    {
        write(path("nats"),
            "#!/bin/sh\nexec '" + natsCli().toUtf8() + "' --no-context --server nats://127.0.0.1:"
                + QByteArray::number(m_server->port()) + " --user app --password app-password \"$@\"\n");
        QFile::setPermissions(path("nats"), QFile::ReadOwner | QFile::ExeOwner | QFile::WriteOwner);
        return run(text("sh"), {text("-c"), text("PATH=\"$1:$PATH\"; ") + command, text("sh"), m_folder.path()});
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (NatsServer::program().isEmpty())
            QSKIP("no nats-server: PENNANT_PROGRAMS does not lead to one");
        m_server = std::make_unique<NatsServer>(serverConfigText(serverConfig()));
        QVERIFY(m_server->start());
        m_source = std::make_unique<DirectSource>(m_server->port());
        QTRY_VERIFY_WITH_TIMEOUT(m_source->isUp(), longWait);
        m_service =
            std::make_unique<BackupService>(m_runtime, *m_source, m_changes, m_clock, [] { return Access::yes(); });

        Witness witness(m_server->port());
        createStream(witness, "ORDERS",
            {{text("compression"), text("s2")}, {text("description"), text("with consumers at work")}});
        QByteArray lines;
        for (int i = 0; i < manyMessages; ++i) {
            const QByteArray payload = QByteArray::number(i).repeated(1 + i % 40);
            lines += "PUB ORDERS." + QByteArray::number(i % 17) + ' ' + QByteArray::number(payload.size()) + "\r\n"
                + payload + "\r\n";
        }
        witness.say(lines);
        QTRY_COMPARE_WITH_TIMEOUT(
            witness.ask("STREAM.INFO.ORDERS").value(text("state")).toObject().value(text("messages")).toInt(),
            manyMessages, longWait);
        witness.ask("STREAM.PURGE.ORDERS", {{text("seq"), 11}}); // the first one is not 1
        beginWork(witness, "billing", 1000);
        beginWork(witness, "shipping", 300);
        m_digest = witness.digest("ORDERS", manyMessages - 10);
        m_consumers = consumersOf(witness);
        QCOMPARE(m_consumers[0].toObject().value(text("num_ack_pending")).toInt(), 250);
        QCOMPARE(m_consumers[1].toObject().value(text("num_ack_pending")).toInt(), 75);
        m_stream = witness.ask("STREAM.INFO.ORDERS");
        QCOMPARE(m_stream.value(text("state")).toObject().value(text("consumer_count")).toInt(), 2);
    }

    void cleanupTestCase()
    {
        m_service.reset();
        m_source.reset();
        NatsConnection::shutDown();
    }

    void comesBackWhole()
    {
        QElapsedTimer timer;
        timer.start();
        const auto backedUp = backUp(path("whole"));
        QVERIFY2(backedUp, qPrintable(backedUp ? QString() : backedUp.error().text()));
        const qint64 toFile = timer.restart();
        QCOMPARE(backedUp->said.messages, quint64(manyMessages - 10));
        QCOMPARE(backedUp->said.firstSequence, 11U);
        const QStringList files = QDir(path("whole")).entryList(QDir::Files);
        QCOMPARE(files.size(), 3);
        deleteStream();
        timer.restart();
        const auto restored = restore(path("whole"));
        QVERIFY2(restored, qPrintable(restored ? QString() : restored.error().text()));
        qInfo("%lld messages, %lld bytes in the archive: %lld ms to the file, %lld ms back", qint64(manyMessages - 10),
            backedUp->archiveBytes, toFile, timer.elapsed());
        QCOMPARE(restored->found, restored->said);
        verifyAsBefore();
    }

    void refusesANameThatIsTaken()
    {
        QVERIFY(backUp(path("taken")));
        const auto restored = restore(path("taken"));
        QVERIFY(!restored);
        QCOMPARE(restored.error().kind, Error::Kind::Conflict);
        verifyAsBefore();
        const auto again = backUp(path("taken"));
        QVERIFY(!again);
        QCOMPARE(again.error().kind, Error::Kind::Local);
    }

    void keepsNothingOfWhatWasCancelled()
    {
        Stream stream;
        stream.id = orders;
        const auto job = m_service->backUp(stream, path("cancelled"));
        QTRY_VERIFY_WITH_TIMEOUT(job->progress().done > 0, longWait);
        job->cancel();
        QVERIFY(job->outcome() && !*job->outcome());
        QCOMPARE(job->outcome()->error().kind, Error::Kind::Cancelled);
        QTRY_COMPARE(
            QDir(m_folder.path())
                .entryList({text("*cancelled*"), text(".*")}, QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot),
            QStringList());
    }

    void leavesNothingOfARestoreThatWasCancelled()
    {
        QVERIFY(backUp(path("half")));
        deleteStream();
        const auto job = m_service->restore(orders.account, *openBackup(path("half")));
        QTRY_VERIFY_WITH_TIMEOUT(
            job->progress().step == BackupJob::Step::Copying && job->progress().done > 0, longWait);
        job->cancel();
        const auto outcome = outcomeOf(job);
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().kind, Error::Kind::Cancelled);
        QVERIFY2(outcome.error().summary.contains(text("begin again")), qPrintable(outcome.error().summary));
        Witness witness(m_server->port());
        QVERIFY(witness.ask("STREAM.INFO.ORDERS").contains(text("error")));
        QVERIFY2(m_server->log().contains(text("requires reply subject")), "the server was not told");
        QVERIFY(restore(path("half")));
        verifyAsBefore();
    }

    void sendsNothingOfADamagedArchive()
    {
        QVERIFY(backUp(path("damaged")));
        QFile archive(openBackup(path("damaged"))->archive);
        QVERIFY(archive.open(QIODevice::ReadWrite));
        archive.seek(archive.size() / 2);
        const QByteArray byte = archive.read(1);
        archive.seek(archive.size() / 2);
        archive.write(QByteArray(1, char(byte[0] ^ 1)));
        archive.close();
        deleteStream();
        const auto restored = restore(path("damaged"));
        QVERIFY(!restored);
        QVERIFY2(restored.error().summary.contains(text("damaged")), qPrintable(restored.error().text()));
        Witness witness(m_server->port());
        QVERIFY(witness.ask("STREAM.INFO.ORDERS").contains(text("error")));
        QVERIFY(restore(path("half")));
        verifyAsBefore();
    }

    void takesWhatTheCliWrote()
    {
        if (natsCli().isEmpty())
            QSKIP("no nats CLI: neither PENNANT_NATS_CLI nor PATH leads to one");
        QCOMPARE(run(natsCli(),
                     cliLogin()
                         + QStringList{text("stream"), text("backup"), orders.name, path("of-cli"),
                             text("--no-progress"), text("--consumers")}),
            0);
        deleteStream();
        const auto restored = restore(path("of-cli"));
        QVERIFY2(restored, qPrintable(restored ? QString() : restored.error().text()));
        QCOMPARE(restored->found, restored->said);
        verifyAsBefore();
    }

    void writesWhatTheCliTakes()
    {
        if (natsCli().isEmpty())
            QSKIP("no nats CLI: neither PENNANT_NATS_CLI nor PATH leads to one");
        QVERIFY(backUp(path("for-cli")));
        deleteStream();
        QCOMPARE(run(natsCli(),
                     cliLogin() + QStringList{text("stream"), text("restore"), path("for-cli"), text("--no-progress")}),
            0);
        verifyAsBefore();
        QCOMPARE(run(text("b2sum"),
                     {text("-c"), text("--status"),
                         QFileInfo(openBackup(path("for-cli"))->archive + text(".b2")).fileName()},
                     path("for-cli")),
            0);
    }

    void staysSmallWhateverTheStreamHolds()
    {
        Witness witness(m_server->port());
        createStream(witness, "BULK");
        QRandomGenerator random(7);
        QByteArray payload(64 * 1024, Qt::Uninitialized);
        for (int i = 0; i < bulkMessages; ++i) {
            random.fillRange(reinterpret_cast<quint32 *>(payload.data()), payload.size() / 4); // does not compress
            witness.publish("BULK.x", payload);
        }
        const auto stored = [&witness] {
            return witness.ask("STREAM.INFO.BULK").value(text("state")).toObject().value(text("messages")).toInt();
        };
        QTRY_COMPARE_WITH_TIMEOUT(stored(), bulkMessages, longWait);
        Stream stream;
        stream.id = {orders.account, text("BULK")};
        qint64 most = 0;
        const qint64 before = residentKibibytes();
        const auto watch = [&most](const std::shared_ptr<BackupJob> &job) {
            QObject::connect(
                job.get(), &BackupJob::progressed, job.get(), [&most] { most = std::max(most, residentKibibytes()); });
        };
        QElapsedTimer timer;
        timer.start();
        const auto backup = m_service->backUp(stream, path("bulk"));
        watch(backup);
        QVERIFY(outcomeOf(backup));
        const qint64 toFile = timer.restart();
        witness.ask("STREAM.DELETE.BULK");
        timer.restart();
        const auto restore = m_service->restore(orders.account, *openBackup(path("bulk")));
        watch(restore);
        const auto restored = outcomeOf(restore);
        QVERIFY2(restored, whyNot(restored));
        QCOMPARE(restored->found, restored->said);
        qInfo("%lld MiB: %lld ms to the file, %lld ms back; %lld KiB more memory at most",
            restored->archiveBytes / 1024 / 1024, toFile, timer.elapsed(), most - before);
        QVERIFY2(most - before < 64 * 1024, "it grows with the stream");
        witness.ask("STREAM.DELETE.BULK");
    }

    void cleansUpWhereTheConnectionBreaks()
    {
        Relay relay(m_server->port());
        DirectSource source(relay.port());
        QTRY_VERIFY_WITH_TIMEOUT(source.isUp(), longWait);
        BackupService service(m_runtime, source, m_changes, m_clock, [] { return Access::yes(); });
        const auto cutOnItsWay = [this, &relay](const std::shared_ptr<BackupJob> &job) {
            QObject::connect(job.get(), &BackupJob::progressed, &m_cutting, [&relay, raw = job.get()] {
                if (raw->progress().step == BackupJob::Step::Copying && raw->progress().done > 0)
                    relay.cut();
            });
        };
        Stream stream;
        stream.id = orders;
        const auto backup = service.backUp(stream, path("cut"));
        cutOnItsWay(backup);
        const auto backedUp = outcomeOf(backup);
        QVERIFY(!backedUp);
        QCOMPARE(backedUp.error().kind, Error::Kind::Offline);
        QVERIFY(!QFileInfo::exists(path("cut")));

        relay.mend();
        QTRY_VERIFY_WITH_TIMEOUT(source.isUp(), longWait);
        QVERIFY(backUp(path("uncut")));
        deleteStream();
        const auto restore = service.restore(orders.account, *openBackup(path("uncut")));
        cutOnItsWay(restore);
        QTimer::singleShot(3000, &m_cutting, [&relay] { relay.mend(); });
        const auto restored = outcomeOf(restore);
        QVERIFY(!restored);
        QVERIFY2(restored.error().summary.contains(text("begin again")), qPrintable(restored.error().text()));
        Witness witness(m_server->port());
        QVERIFY(witness.ask("STREAM.INFO.ORDERS").contains(text("error")));
        QVERIFY(this->restore(path("uncut")));
        verifyAsBefore();
    }

    void restoresIntoACluster()
    {
        const QByteArray config = serverConfigText(serverConfig(3));
        const QList<quint16> routes{NatsServer::freePort(), NatsServer::freePort(), NatsServer::freePort()};
        std::vector<std::unique_ptr<NatsServer>> servers;
        for (int ordinal = 0; ordinal < 3; ++ordinal)
            servers.push_back(std::make_unique<NatsServer>(config, ordinal, routes));
        for (const auto &server : servers)
            QVERIFY(server->start());
        ReadyRuntime runtime(3);
        DirectSource source(servers.front()->port());
        QTRY_VERIFY_WITH_TIMEOUT(source.isUp(), longWait);
        QTRY_VERIFY_WITH_TIMEOUT(awaited(source.api->usage()), longWait);
        BackupService service(runtime, source, m_changes, m_clock, [] { return Access::yes(); });

        QVERIFY(backUp(path("grown")));
        Result<BackupFolder> backup = openBackup(path("grown"));
        backup->description.config[text("num_replicas")] = 5; // more than there are
        const auto cancelled = service.restore(orders.account, *backup);
        QObject::connect(cancelled.get(), &BackupJob::progressed, &m_cutting, [raw = cancelled.get()] {
            if (raw->progress().step == BackupJob::Step::Copying && raw->progress().done > 0)
                QTimer::singleShot(0, raw, &BackupJob::cancel);
        });
        const auto stopped = outcomeOf(cancelled);
        QVERIFY(!stopped);
        QVERIFY2(stopped.error().summary.contains(text("begin again")), qPrintable(stopped.error().text()));

        const auto restored = outcomeOf(service.restore(orders.account, *backup));
        QVERIFY2(restored, whyNot(restored));
        QCOMPARE(restored->found, restored->said);
        const auto there = awaited(source.api->stream(orders.name));
        QVERIFY2(there, whyNot(there));
        QCOMPARE(there->replicas(), 3);
        // until their leaders are elected they say nothing, or that nothing is pending
        for (const QJsonValue &before : std::as_const(m_consumers)) {
            const QString name = before.toObject().value(text("name")).toString();
            const qint64 pending = before.toObject().value(text("num_pending")).toInteger();
            QTRY_COMPARE_WITH_TIMEOUT(pendingOf(*source.api, name), pending, longWait);
        }
        Witness witness(servers.front()->port());
        QCOMPARE(witness.digest("ORDERS", manyMessages - 10), m_digest);
        QCOMPARE(consumersOf(witness), m_consumers);

        // and back out of it, into the one
        Stream stream;
        stream.id = orders;
        const auto backedUp = outcomeOf(service.backUp(stream, path("shrunk")));
        QVERIFY2(backedUp, whyNot(backedUp));
        deleteStream();
        QVERIFY(restore(path("shrunk")));
        Witness alone(m_server->port());
        QCOMPARE(alone.digest("ORDERS", manyMessages - 10), m_digest);
        // 2.15 delivers anew what was not acknowledged, where the leader of the consumer was another than the stream's
        QCOMPARE(ackFloors(consumersOf(alone)), ackFloors(m_consumers));
        deleteStream();
        QVERIFY(restore(path("whole")));
    }

    void isExportedAndImportedUnchanged_data()
    {
        QTest::addColumn<QString>("config");
        for (const MadeUpConfig &made : madeUpStreamConfigs()) {
            if (m_server && apiLevel() >= made.apiLevel)
                QTest::newRow(made.name) << text(made.json);
        }
    }
    void isExportedAndImportedUnchanged()
    {
        QFETCH(QString, config);
        const QJsonObject echoed = created(QJsonDocument::fromJson(config.toUtf8()).object());
        for (const AssetForm form : {AssetForm::Json, AssetForm::Nack}) {
            const ExportedAsset exported = exportStream(echoed, form);
            QCOMPARE(exported.missing, QStringList());
            const auto imported = streamsInText(exported.text.toUtf8());
            QVERIFY2(imported, whyNot(imported));
            const QJsonObject again = created(imported->constFirst().config);
            QVERIFY2(changesBetween(echoed, again).isEmpty(), qPrintable(differences(echoed, again)));
        }
        if (natsCli().isEmpty())
            QSKIP("no nats CLI: neither PENNANT_NATS_CLI nor PATH leads to one");
        const ExportedAsset command = exportStream(echoed, AssetForm::Command);
        QCOMPARE(command.missing, QStringList());
        Witness witness(m_server->port());
        witness.ask("STREAM.DELETE.T");
        QCOMPARE(runCommand(command.text), 0);
        const QJsonObject byCommand = witness.ask("STREAM.INFO.T").value(text("config")).toObject();
        QVERIFY2(changesBetween(echoed, byCommand).isEmpty(), qPrintable(differences(echoed, byCommand)));
        witness.ask("STREAM.DELETE.T");
        const QString file = path("T.json");
        write(file, exportStream(echoed, AssetForm::Json).text.toUtf8());
        QCOMPARE(run(natsCli(), cliLogin() + QStringList{text("stream"), text("add"), text("--config"), file}), 0);
        const QJsonObject byFile = witness.ask("STREAM.INFO.T").value(text("config")).toObject();
        QVERIFY2(changesBetween(echoed, byFile).isEmpty(), qPrintable(differences(echoed, byFile)));
    }

    void exportsConsumersAsTheCliMakesThem_data()
    {
        QTest::addColumn<QString>("config");
        for (const MadeUpConfig &made : madeUpConsumerConfigs())
            QTest::newRow(made.name) << text(made.json);
    }
    void exportsConsumersAsTheCliMakesThem()
    {
        if (natsCli().isEmpty())
            QSKIP("no nats CLI: neither PENNANT_NATS_CLI nor PATH leads to one");
        QFETCH(QString, config);
        Witness witness(m_server->port());
        witness.ask("CONSUMER.DELETE.ORDERS.T");
        const QJsonObject made = witness.ask("CONSUMER.CREATE.ORDERS.T",
            {{text("stream_name"), orders.name}, {text("config"), QJsonDocument::fromJson(config.toUtf8()).object()}});
        const QJsonObject echoed = made.value(text("config")).toObject();
        QVERIFY2(!echoed.isEmpty(), QJsonDocument(made).toJson());
        witness.ask("CONSUMER.DELETE.ORDERS.T");
        const ExportedAsset command = exportConsumer(orders.name, echoed, AssetForm::Command);
        QCOMPARE(command.missing, QStringList());
        QCOMPARE(runCommand(command.text), 0);
        const QJsonObject byCommand = witness.ask("CONSUMER.INFO.ORDERS.T").value(text("config")).toObject();
        QVERIFY2(changesBetween(echoed, byCommand).isEmpty(), qPrintable(differences(echoed, byCommand)));
        witness.ask("CONSUMER.DELETE.ORDERS.T");
        const QString file = path("T.json");
        write(file, exportConsumer(orders.name, echoed, AssetForm::Json).text.toUtf8());
        QCOMPARE(run(natsCli(),
                     cliLogin()
                         + QStringList{text("consumer"), text("add"), orders.name, text("T"), text("--config"), file}),
            0);
        const QJsonObject byFile = witness.ask("CONSUMER.INFO.ORDERS.T").value(text("config")).toObject();
        QVERIFY2(changesBetween(echoed, byFile).isEmpty(), qPrintable(differences(echoed, byFile)));
        witness.ask("CONSUMER.DELETE.ORDERS.T");
    }
};

QTEST_GUILESS_MAIN(BackupE2e)
#include "e2e_backup.moc"
