// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/backupservice.h"
#include "services/messaging/streamservice.h"
#include "tests/support/jetstreamfixture.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

namespace {

QString text(const char *value)
{
    return QString::fromUtf8(value);
}

QJsonObject config()
{
    return {
        {text("name"), text("returns")}, {text("subjects"), QJsonArray{text("returns.>")}}, {text("num_replicas"), 1}};
}

QJsonObject state(int messages, const char *last = "2026-03-01T10:00:00.5Z")
{
    return {{text("messages"), messages}, {text("bytes"), messages * 100}, {text("first_seq"), 1},
        {text("last_seq"), messages}, {text("last_ts"), text(last)}, {text("consumer_count"), 0}};
}

QJsonObject info(const QJsonObject &of, const QJsonObject &with)
{
    return {{text("config"), of}, {text("state"), with}, {text("created"), text("2026-11-30T10:00:00Z")}};
}

QByteArray inJson(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

/// A stream in S2's format that holds nothing.
const QByteArray emptyArchive("\xff\x06\x00\x00S2sTwO\xfe\x00\x00\x00", 14);
const Error offline{Error::Kind::Offline, QStringLiteral("The tunnel is gone."), {}, {}, {}};

} // namespace

/// What becomes of a restore, with a server that does as it is told; with a real one see e2e_backup.
class BackupServiceTest final : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::unique_ptr<JetStreamFixture> m_fixture;
    std::unique_ptr<StreamService> m_service;

    FakeJetStream &server() { return m_fixture->server(); }
    BackupService &backups() { return m_service->backups(); }

    BackupFolder backup()
    {
        return {
            m_folder.path(), {config(), state(5)}, m_folder.filePath(text("stream.tar.s2")), emptyArchive.size(), {}};
    }

    Result<BackupJob::Outcome> outcomeOf(const std::shared_ptr<BackupJob> &job)
    {
        if (!m_fixture->passTimeUntil([&job] { return job->outcome().has_value(); }))
            return fail(Error::Kind::Protocol, text("the test waited in vain"));
        return *job->outcome();
    }

    void acceptRestore()
    {
        server().expect(text("$JS.API.STREAM.RESTORE.returns"),
            {{text("deliver_subject"), text("$JS.SNAPSHOT.RESTORE.returns.x")}});
    }

private Q_SLOTS:
    void init()
    {
        QFile archive(backup().archive);
        QVERIFY(archive.open(QIODevice::WriteOnly));
        archive.write(emptyArchive);
        m_fixture = std::make_unique<JetStreamFixture>();
        m_service = std::make_unique<StreamService>(m_fixture->runtime, *m_fixture->connections, m_fixture->clock);
        m_service->refresh();
        QVERIFY(m_fixture->start());
        QVERIFY(m_fixture->passTimeUntil([this] { return m_service->createAccess().allowed; }));
    }

    void cleanup()
    {
        m_service.reset();
        m_fixture.reset();
    }

    void clearsAwayWhatIsLeft_data()
    {
        QTest::addColumn<QJsonObject>("left");
        QTest::addColumn<bool>("isDeleted");
        QTest::addColumn<QString>("says");
        QJsonObject other = config();
        other[text("subjects")] = QJsonArray{text("returns.eu")};
        const QString look = text("Look at it");
        QTest::newRow("nothing") << JetStreamFixture::refusal(404, 10059, text("stream not found")) << false
                                 << text("Nothing is left");
        QTest::newRow("a part") << info(config(), state(3)) << true << text("deleted again");
        QTest::newRow("all of it") << info(config(), state(5)) << false << text("is there, whole");
        QJsonObject worked = state(5);
        worked[text("messages")] = 3;
        QTest::newRow("to its end, but worked off") << info(config(), worked) << false << look;
        QTest::newRow("a stream with other settings") << info(other, state(3)) << false << look;
        QTest::newRow("later messages") << info(config(), state(3, "2026-11-30T10:00:01Z")) << false << look;
        QTest::newRow("more messages") << info(config(), state(6)) << false << look;
    }
    void clearsAwayWhatIsLeft()
    {
        QFETCH(QJsonObject, left);
        QFETCH(bool, isDeleted);
        QFETCH(QString, says);
        acceptRestore();
        server().stand(text("$JS.API.STREAM.INFO.returns"), left);
        server().stand(text("$JS.API.STREAM.DELETE.returns"), {{text("success"), true}});
        server().whenPublished([this](const NatsMessage &) { server().breakSubscription(offline); });
        const auto outcome = outcomeOf(backups().restore(text("default"), backup()));
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().kind, Error::Kind::Offline);
        QVERIFY2(outcome.error().summary.contains(says), qPrintable(outcome.error().summary));
        QCOMPARE(server().count(text("$JS.API.STREAM.DELETE.returns")), isDeleted ? 1 : 0);
        QVERIFY(m_service->isAtRest());
    }

    /// Of two restores of one name the server takes both until their end.
    void deletesNothingAfterARefusal_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<QJsonObject>("found");
        QTest::addColumn<bool>("isAtItsEnd");
        for (const bool isAtItsEnd : {false, true}) {
            const char *when = isAtItsEnd ? "at its end" : "on its way";
            QTest::addRow("whole, the name is taken, %s", when) << 10130 << info(config(), state(5)) << isAtItsEnd;
            QTest::addRow("a part, the name is taken, %s", when) << 10130 << info(config(), state(3)) << isAtItsEnd;
            QTest::addRow("a part, another reason, %s", when) << 10062 << info(config(), state(3)) << isAtItsEnd;
        }
    }
    void deletesNothingAfterARefusal()
    {
        QFETCH(int, code);
        QFETCH(QJsonObject, found);
        QFETCH(bool, isAtItsEnd);
        acceptRestore();
        server().stand(text("$JS.API.STREAM.INFO.returns"), found);
        server().stand(text("$JS.API.STREAM.DELETE.returns"), {{text("success"), true}});
        const QByteArray refused = inJson(JetStreamFixture::refusal(400, code, text("refused")));
        server().whenPublished([this, refused, isAtItsEnd](const NatsMessage &sent) {
            const bool isRefused = sent.payload.isEmpty() == isAtItsEnd;
            if (!sent.replyTo.isEmpty())
                server().deliver({sent.replyTo, {}, isRefused ? refused : QByteArray()});
        });
        const auto outcome = outcomeOf(backups().restore(text("default"), backup()));
        QVERIFY(!outcome);
        const QString summary = outcome.error().summary;
        QVERIFY2(summary.contains(text("left alone")), qPrintable(summary));
        QCOMPARE(server().count(text("$JS.API.STREAM.DELETE.returns")), 0);
    }

    void deletesNothingThatMayStillComeToBe()
    {
        acceptRestore();
        server().stand(text("$JS.API.STREAM.INFO.returns"), info(config(), state(3)));
        server().whenPublished([this](const NatsMessage &sent) {
            if (sent.payload.isEmpty())
                server().breakSubscription(offline);
            else
                server().deliver({sent.replyTo, {}, {}});
        });
        const auto outcome = outcomeOf(backups().restore(text("default"), backup()));
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().kind, Error::Kind::Timeout);
        QCOMPARE(server().count(text("$JS.API.STREAM.DELETE.returns")), 0);
    }

    void sendsNothingThatWasCancelledBefore()
    {
        const auto job = backups().restore(text("default"), backup());
        QVERIFY(!m_service->isAtRest());
        job->cancel();
        const auto outcome = outcomeOf(job);
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().kind, Error::Kind::Cancelled);
        QVERIFY(outcome.error().summary.contains(text("Nothing of it was sent")));
        QCOMPARE(server().count(text("$JS.API.STREAM.RESTORE.returns")), 0);
    }

    void looksForWhatWasAskedForWithoutAnAnswer_data()
    {
        QTest::addColumn<bool>("isCancelled");
        QTest::addColumn<QJsonObject>("left");
        QTest::addColumn<QString>("says");
        const QJsonObject nothing = JetStreamFixture::refusal(404, 10059, text("stream not found"));
        const QJsonObject empty = info(config(), {{text("messages"), 0}, {text("consumer_count"), 0}});
        QTest::newRow("cancelled, nothing there") << true << nothing << text("no stream returns so far");
        QTest::newRow("cancelled, an empty one") << true << empty << text("has a stream returns now");
        QTest::newRow("cut off, nothing there") << false << nothing << text("no stream returns so far");
        QTest::newRow("cut off, an empty one") << false << empty << text("has a stream returns now");
    }
    void looksForWhatWasAskedForWithoutAnAnswer()
    {
        QFETCH(bool, isCancelled);
        QFETCH(QJsonObject, left);
        QFETCH(QString, says);
        server().expectHanging(text("$JS.API.STREAM.RESTORE.returns"));
        // made a while after it was asked for
        server().stand(text("$JS.API.STREAM.INFO.returns"), [this, left](const QJsonObject &) -> Result<QByteArray> {
            const bool isEarly = server().count(text("$JS.API.STREAM.INFO.returns")) < 5;
            return inJson(isEarly ? JetStreamFixture::refusal(404, 10059, text("stream not found")) : left);
        });
        const auto job = backups().restore(text("default"), backup());
        QVERIFY(
            m_fixture->passTimeUntil([this] { return server().count(text("$JS.API.STREAM.RESTORE.returns")) == 1; }));
        if (isCancelled)
            job->cancel();
        else
            server().answerHanging(fail(offline));
        const auto outcome = outcomeOf(job);
        QVERIFY(!outcome);
        const QString summary = outcome.error().summary;
        QVERIFY2(summary.contains(says), qPrintable(summary));
        QVERIFY2(!summary.contains(text("Nothing of it was sent")), qPrintable(summary));
        QCOMPARE(server().count(text("$JS.API.STREAM.DELETE.returns")), 0); // it may be another's
        QVERIFY(m_service->isAtRest());
    }

    void looksForNothingWhereTheServerRefused()
    {
        server().expect(text("$JS.API.STREAM.RESTORE.returns"),
            JetStreamFixture::refusal(400, 10130, text("stream name already in use, cannot restore")));
        const auto outcome = outcomeOf(backups().restore(text("default"), backup()));
        QVERIFY(!outcome);
        QCOMPARE(server().count(text("$JS.API.STREAM.INFO.returns")), 0);
    }

    void asksForNoMoreReplicasThanThereAreServers()
    {
        acceptRestore();
        server().whenPublished([this](const NatsMessage &sent) {
            server().deliver(
                {sent.replyTo, {}, sent.payload.isEmpty() ? inJson(info(config(), state(5))) : QByteArray()});
        });
        BackupFolder large = backup();
        large.description.config[text("num_replicas")] = 3;
        const auto outcome = outcomeOf(backups().restore(text("default"), large));
        QVERIFY2(outcome, qPrintable(outcome ? QString() : outcome.error().text()));
        QCOMPARE(outcome->found, outcome->said);
        for (const FakeJetStream::Request &request : server().requests()) {
            if (request.subject.contains(text("RESTORE")))
                QCOMPARE(request.body[text("config")].toObject()[text("num_replicas")].toInt(), 1);
        }
    }

    void tellsWhatDiffersAfterwards()
    {
        acceptRestore();
        server().stand(text("$JS.API.STREAM.INFO.returns"), info(config(), state(4)));
        server().whenPublished([this](const NatsMessage &sent) {
            server().deliver(
                {sent.replyTo, {}, sent.payload.isEmpty() ? inJson(info(config(), state(4))) : QByteArray()});
        });
        const auto outcome = outcomeOf(backups().restore(text("default"), backup()));
        QVERIFY(outcome);
        QCOMPARE(outcome->said.messages, 5U);
        QCOMPARE(outcome->found.messages, 4U);
    }

    void saysThatABackupTakesMoreThanViewing()
    {
        Stream stream;
        stream.id = {text("default"), text("returns")};
        const QString login = text("only views");
        QVERIFY(backups().backupAccess(stream));
        m_fixture->cluster.cluster.put(MessagingFixture::pod(text("nats-0"), false));
        QVERIFY(m_fixture->passTimeUntil([&] { return !backups().backupAccess(stream).allowed; }));
        QVERIFY(!backups().backupAccess(stream).reason.contains(login)); // that is not why
        m_fixture->cluster.cluster.isAllowed = [](const Permission &wanted) {
            return wanted.verb == text("list") || wanted.verb == text("get") || wanted.verb == text("watch");
        };
        m_fixture->clock.advance(std::chrono::minutes(10)); // asked anew
        QVERIFY(m_fixture->passTimeUntil([&] { return backups().backupAccess(stream).reason.contains(login); }));
    }

    void endsWithItsService()
    {
        acceptRestore();
        const auto job = backups().restore(text("default"), backup());
        QVERIFY(m_fixture->passTimeUntil([this] { return server().published().size() > 0; }));
        m_service.reset();
        QCOMPARE(server().published().last().replyTo, QByteArray()); // the server is told to give up
        job->cancel();
        QVERIFY(!job->outcome());
    }
};

QTEST_GUILESS_MAIN(BackupServiceTest)
#include "tst_backupservice.moc"
