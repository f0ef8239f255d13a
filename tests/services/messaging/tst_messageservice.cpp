// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/messageservice.h"

#include "services/messaging/messageexport.h"
#include "services/messaging/messagetail.h"
#include "services/messaging/runtimenames.h"
#include "tests/support/messagesfixture.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono_literals;
using From = MessageQuery::From;

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

const QString info = QStringLiteral("$JS.API.STREAM.INFO.orders");
const StreamId orders{QStringLiteral("default"), QStringLiteral("orders")};
const Error silence{Error::Kind::Timeout, QStringLiteral("NATS did not answer in time."), {}, {}, {}};

QList<quint64> sequencesOf(const QList<StreamMessage> &messages)
{
    QList<quint64> sequences;
    for (const StreamMessage &message : messages)
        sequences.append(message.sequence);
    return sequences;
}

} // namespace

class MessageServiceTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<MessagesFixture> m_all;
    JetStreamFixture *m_fixture = nullptr;
    FakeMessages *m_messages = nullptr;
    MessageService *m_service = nullptr;

    FakeJetStream &server() { return m_all->server(); }
    Stream stream() const { return *m_all->stream(); }

    bool open()
    {
        m_all = std::make_unique<MessagesFixture>();
        m_fixture = &m_all->base;
        m_messages = &m_all->messages;
        m_service = &m_all->service;
        return m_all->start();
    }

private Q_SLOTS:
    void cleanup() { m_all.reset(); }

    void readsPages()
    {
        QVERIFY(open());
        for (int i = 0; i < 5; ++i)
            m_messages->add(text("orders.new"));
        const auto page = m_fixture->outcomeOf(m_service->read(orders, {From::Last, 0, {}, {}, 3}));
        QVERIFY(page);
        QCOMPARE(sequencesOf(page->messages), (QList<quint64>{3, 4, 5}));
        const auto gone = m_fixture->outcomeOf(m_service->read({text("default"), text("other")}, {From::Last}));
        QVERIFY(!gone);
    }

    void deletesTheOneThatWasSeen()
    {
        QVERIFY(open());
        for (int i = 0; i < 3; ++i)
            m_messages->add(text("orders.new"));
        QVERIFY(m_all->catchUp());
        const StreamMessage second = m_messages->messages().at(2);
        const auto removed = m_fixture->outcomeOf(m_service->remove(stream(), second));
        QVERIFY2(removed, qPrintable(removed ? QString() : removed.error().text()));
        QVERIFY(!m_messages->messages().contains(2));
        QCOMPARE(server().count(text("$JS.API.STREAM.MSG.DELETE.orders")), 1);
        // erased, too: `no_erase` is not asked for
        for (const FakeJetStream::Request &request : server().requests())
            QVERIFY(!request.body.contains(text("no_erase")));
        const auto again = m_fixture->outcomeOf(m_service->remove(stream(), second));
        QVERIFY(!again);
        QCOMPARE(again.error().kind, Error::Kind::NotFound);
        StreamMessage another = m_messages->messages().at(3);
        another.timestamp = text("2025-01-01T00:00:00Z");
        const auto other = m_fixture->outcomeOf(m_service->remove(stream(), another));
        QVERIFY(!other);
        QCOMPARE(other.error().kind, Error::Kind::Conflict);
        QVERIFY(m_messages->messages().contains(3));
        QCOMPARE(server().count(text("$JS.API.STREAM.MSG.DELETE.orders")), 1);
    }

    void deletesNothingThatTheStreamDenies()
    {
        QVERIFY(open());
        m_messages->add(text("orders.new"));
        m_all->configure({{text("deny_delete"), true}});
        QVERIFY(!m_service->deleteAccess(stream()));
        QVERIFY(m_service->deleteAccess(stream()).reason.contains(text("deny_delete")));
        const auto removed = m_fixture->outcomeOf(m_service->remove(stream(), m_messages->messages().at(1)));
        QVERIFY(!removed && removed.error().kind == Error::Kind::Forbidden);
        QVERIFY(m_messages->messages().contains(1));
    }

    /// What became of a deletion that was not answered is looked for.
    void looksAgainWhereADeletionWasNotAnswered()
    {
        QVERIFY(open());
        m_messages->add(text("orders.new"));
        QVERIFY(m_all->catchUp());
        const StreamMessage seen = m_messages->messages().at(1);
        server().stand(text("$JS.API.STREAM.MSG.DELETE.orders"),
            [](const QJsonObject &) -> Result<QByteArray> { return fail(silence); });
        const auto still = m_fixture->outcomeOf(m_service->remove(stream(), seen));
        QVERIFY(!still);
        QCOMPARE(still.error().kind, Error::Kind::Timeout);
        QVERIFY2(still.error().summary.contains(text("still there")), qPrintable(still.error().summary));
        server().stand(text("$JS.API.STREAM.MSG.DELETE.orders"), [this](const QJsonObject &) -> Result<QByteArray> {
            m_messages->erase(1);
            return fail(silence);
        });
        QVERIFY(m_fixture->outcomeOf(m_service->remove(stream(), seen)));
    }

    void publishesAsTheAccountsClient()
    {
        QVERIFY(open());
        const QString client = QString::fromUtf8(
            QByteArray::fromBase64(m_fixture->cluster.secret(RuntimeNames::clientSecret(orders.account))
                                       ->value(text("data"))[text("username")]
                                       .toString()
                                       .toLatin1()));
        m_fixture->server(client).stand(text("orders.new"), {{text("stream"), text("orders")}, {text("seq"), 7}});
        m_fixture->opened.clear();
        const OutgoingMessage message{
            text("orders.new"), {{messageIdHeader(), text("id-1")}, {text("X"), QStringLiteral("grün")}}, "payload"};
        const auto ack = m_fixture->outcomeOf(m_service->publish(stream(), message));
        QVERIFY2(ack, qPrintable(ack ? QString() : ack.error().text()));
        QCOMPARE(ack->sequence, 7u);
        QCOMPARE(m_fixture->opened, QStringList{text("nats-0 as %1").arg(client)});
        QCOMPARE(m_fixture->server(client).lastPayload(), QByteArray("payload"));
        QCOMPARE(m_fixture->server(client).lastHeaders().size(), 2);
        QVERIFY(m_service->isAtRest());
    }

    void publishesNothingThatIsWrong()
    {
        QVERIFY(open());
        const auto wrong = m_fixture->outcomeOf(m_service->publish(stream(), {text("a b"), {}, {}}));
        QVERIFY(!wrong);
        QCOMPARE(wrong.error().fields.constFirst().field, text("subject"));
    }

    /// A message that was not confirmed is looked for by its id.
    void saysWhatBecameOfAMessageThatWasNotConfirmed()
    {
        QVERIFY(open());
        server().stand(text("orders.new"), [](const QJsonObject &) -> Result<QByteArray> { return fail(silence); });
        const OutgoingMessage message{text("orders.new"), {{messageIdHeader(), text("id-1")}}, "payload"};
        const auto unknown = m_fixture->outcomeOf(m_service->publish(stream(), message));
        QVERIFY(!unknown);
        QCOMPARE(unknown.error().kind, Error::Kind::Timeout);
        QVERIFY(unknown.error().summary.contains(messageIdHeader()));
        server().stand(text("orders.new"), [this](const QJsonObject &) -> Result<QByteArray> {
            m_messages->add(text("orders.new"), "payload", "NATS/1.0\r\nNats-Msg-Id: id-1\r\n\r\n");
            return fail(silence);
        });
        const auto stored = m_fixture->outcomeOf(m_service->publish(stream(), message));
        QVERIFY2(stored, qPrintable(stored ? QString() : stored.error().text()));
        QCOMPARE(stored->sequence, 1u);
    }

    void tellsWhichPermissionPublishingLacks()
    {
        QVERIFY(open());
        m_fixture->cluster.cluster.isAllowed = [](const Permission &wanted) {
            return wanted.resource != text("secrets") || wanted.name != RuntimeNames::clientSecret(orders.account);
        };
        m_fixture->runtime.refresh();
        QVERIFY(m_fixture->passTimeUntil([this] { return !m_service->publishAccess(stream()).allowed; }));
        const Access access = m_service->publishAccess(stream());
        QVERIFY2(access.reason.contains(text("client")), qPrintable(access.reason));
        const auto refused = m_fixture->outcomeOf(m_service->publish(stream(), {text("orders.new"), {}, {}}));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, Error::Kind::Forbidden);
    }

    void followsWhatComes()
    {
        QVERIFY(open());
        m_messages->add(text("a"));
        const auto tail = m_service->follow(orders, {}, 1);
        m_fixture->passTime(3s);
        QVERIFY(tail->messages().isEmpty());
        m_messages->add(text("a"));
        m_messages->add(text("b"));
        QVERIFY(m_fixture->passTimeUntil([&] { return tail->messages().size() == 2; }));
        QCOMPARE(sequencesOf(tail->messages()), (QList<quint64>{2, 3}));
        tail->setPaused(true);
        m_fixture->passTime(2s);
        m_messages->add(text("a"));
        m_fixture->passTime(5s);
        QCOMPARE(tail->messages().size(), 2);
        tail->setPaused(false);
        QVERIFY(m_fixture->passTimeUntil([&] { return tail->messages().size() == 3; }));
        QCOMPARE(tail->passedOver(), 0u);
    }

    void followsOneSubjectWithoutAskingForOthersAgain()
    {
        QVERIFY(open());
        const auto tail = m_service->follow(orders, text("b"), 0);
        for (int i = 0; i < 20; ++i)
            m_messages->add(i % 10 == 9 ? text("b") : text("a"));
        QVERIFY(m_fixture->passTimeUntil([&] { return tail->messages().size() == 2; }));
        m_messages->add(text("a"));
        m_fixture->passTime(3s);
        quint64 asked = 0;
        for (const FakeJetStream::Request &request : server().requests())
            asked = std::max(asked, quint64(request.body[text("seq")].toInteger()));
        QVERIFY(asked >= 22);
    }

    /// More comes with each round than a round reads.
    void passesOverWhatCannotBeFollowed()
    {
        QVERIFY(open());
        int rounds = 0;
        server().stand(info, [this, &rounds](const QJsonObject &) -> Result<QByteArray> {
            for (int i = 0; i < 500 && rounds < 20; ++i)
                m_messages->add(text("a"));
            ++rounds;
            return QJsonDocument(m_messages->info()).toJson();
        });
        const auto tail = m_service->follow(orders, {}, 0);
        QVERIFY(m_fixture->passTimeUntil(
            [&] { return !tail->messages().isEmpty() && tail->messages().constLast().sequence == 10'000; }));
        QVERIFY(tail->passedOver() > 3000);
        QCOMPARE(tail->passedOver() + tail->givenUp() + quint64(tail->messages().size()), 10'000u);
    }

    void readsWhatCameWhileItWasPaused()
    {
        QVERIFY(open());
        const auto tail = m_service->follow(orders, text("b"), 0);
        m_fixture->passTime(2s);
        tail->setPaused(true);
        for (int i = 0; i < 15'000; ++i)
            m_messages->add(i % 100 == 99 ? text("b") : text("a"));
        m_fixture->passTime(2s);
        tail->setPaused(false);
        QVERIFY(m_fixture->passTimeUntil(
            [&] { return !tail->messages().isEmpty() && tail->messages().constLast().sequence == 15'000; }));
        QCOMPARE(tail->messages().size(), 150);
        QCOMPARE(tail->passedOver(), 0u);
    }

    /// Its sequences go on where those of the one before did, or beyond.
    void noticesAStreamThatWasMadeAnew()
    {
        QVERIFY(open());
        bool isOther = false;
        server().stand(info, [&](const QJsonObject &) -> Result<QByteArray> {
            QJsonObject told = m_messages->info();
            if (isOther)
                told.insert(text("created"), text("2026-02-01T00:00:00Z"));
            return QJsonDocument(told).toJson();
        });
        const auto tail = m_service->follow(orders, {}, 0);
        for (int i = 0; i < 500; ++i)
            m_messages->add(text("a"));
        QVERIFY(m_fixture->passTimeUntil([&] { return tail->messages().size() == 500; }));
        isOther = true;
        m_messages->add(text("b"));
        QVERIFY(m_fixture->passTimeUntil([&] { return tail->messages().size() == 501 && tail->givenUp() == 500; }));
        QCOMPARE(tail->messages().constFirst().sequence, 1u);
        QTemporaryDir folder;
        const auto exporting = m_service->exportOf(orders);
        QSignalSpy ended(exporting.get(), &MessageExport::ended);
        connect(exporting.get(), &MessageExport::progressed, this, [&isOther] { isOther = false; });
        for (const quint64 last : {quint64(501), quint64(50)}) { // between pages, and after the only one
            isOther = true;
            exporting->start({{}, 1, last}, folder.filePath(text("out.ndjson")));
            const qsizetype before = ended.size();
            QVERIFY(m_fixture->passTimeUntil([&] { return ended.size() > before; }));
            const auto problem = ended.last().first().value<std::optional<Error>>();
            QVERIFY(problem);
            QCOMPARE(problem->kind, Error::Kind::Conflict);
        }
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList());
    }

    void keepsABoundedNumber()
    {
        QVERIFY(open());
        const auto tail = m_service->follow(orders, {}, 0);
        for (int round = 0; round < 3; ++round) {
            for (int i = 0; i < 600; ++i)
                m_messages->add(text("a"));
            const quint64 last = quint64(round + 1) * 600;
            QVERIFY(m_fixture->passTimeUntil(
                [&] { return !tail->messages().isEmpty() && tail->messages().constLast().sequence == last; }));
        }
        QCOMPARE(tail->messages().size(), MessageTail::mostKept);
        QCOMPARE(tail->givenUp(), 800u);
    }

    void goesOnAfterAFailure()
    {
        QVERIFY(open());
        const auto tail = m_service->follow(orders, {}, 0);
        m_fixture->breakLinks(text("gone"));
        QVERIFY(m_fixture->passTimeUntil([&] { return tail->problem().has_value(); }));
        m_messages->add(text("a"));
        m_fixture->mendLinks();
        QVERIFY(m_fixture->passTimeUntil([&] { return tail->messages().size() == 1; }, 2000));
        QVERIFY(!tail->problem());
    }

    void exportsARangeWhole()
    {
        QVERIFY(open());
        for (int i = 0; i < 500; ++i)
            m_messages->add(i % 2 ? text("odd") : text("even"), QByteArray::number(i));
        QTemporaryDir folder;
        const QString file = folder.filePath(text("out.ndjson"));
        const auto exporting = m_service->exportOf(orders);
        QSignalSpy ended(exporting.get(), &MessageExport::ended);
        exporting->start({text("odd"), 100, 400}, file);
        QVERIFY(exporting->isRunning());
        QVERIFY(m_fixture->passTimeUntil([&] { return !ended.isEmpty(); }));
        QVERIFY(!ended.first().first().value<std::optional<Error>>());
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        const QByteArrayList lines = written.readAll().trimmed().split('\n');
        QCOMPARE(lines.size(), 151);
        QCOMPARE(exporting->count(), 151u);
        QCOMPARE(QJsonDocument::fromJson(lines.first())[text("seq")].toInt(), 100);
        QCOMPARE(QJsonDocument::fromJson(lines.last())[text("seq")].toInt(), 400);
        QCOMPARE(exporting->progress(), 1.0);
    }

    void leavesNoHalfFileBehind()
    {
        QVERIFY(open());
        for (int i = 0; i < 1000; ++i)
            m_messages->add(text("a"));
        QTemporaryDir folder;
        const QString file = folder.filePath(text("out.ndjson"));
        QFile old(file);
        QVERIFY(old.open(QIODevice::WriteOnly) && old.write("before") == 6);
        old.close();
        const auto exporting = m_service->exportOf(orders);
        QSignalSpy ended(exporting.get(), &MessageExport::ended);
        exporting->start({{}, 1, 1000}, file);
        QVERIFY(m_fixture->passTimeUntil([&] { return exporting->count() > 0; }));
        exporting->cancel();
        QCOMPARE(ended.first().first().value<std::optional<Error>>()->kind, Error::Kind::Cancelled);
        m_fixture->passTime(1s);
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{text("out.ndjson")});
        QVERIFY(old.open(QIODevice::ReadOnly));
        QCOMPARE(old.readAll(), QByteArray("before"));
        // neither does one that fails
        server().stand(text("$JS.API.STREAM.MSG.GET.orders"),
            [](const QJsonObject &) -> Result<QByteArray> { return fail(silence); });
        exporting->start({{}, 1, 1000}, folder.filePath(text("other.ndjson")));
        QVERIFY(m_fixture->passTimeUntil([&] { return ended.size() == 2; }));
        QCOMPARE(ended.last().first().value<std::optional<Error>>()->kind, Error::Kind::Timeout);
        m_fixture->passTime(1s);
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{text("out.ndjson")});
    }

    void saysWhereAFileCannotBe()
    {
        QVERIFY(open());
        const auto exporting = m_service->exportOf(orders);
        QSignalSpy ended(exporting.get(), &MessageExport::ended);
        exporting->start(QList<StreamMessage>{}, text("/nowhere/at/all.ndjson"));
        QVERIFY(m_fixture->passTimeUntil([&] { return !ended.isEmpty(); }));
        QCOMPARE(ended.first().first().value<std::optional<Error>>()->kind, Error::Kind::Local);
    }
};

QTEST_GUILESS_MAIN(MessageServiceTest)
#include "tst_messageservice.moc"
