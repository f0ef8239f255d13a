// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/accountconnections.h"

#include "services/messaging/runtimenames.h"
#include "services/messaging/storedmark.h"
#include "services/nats/jetstreamapi.h"
#include "tests/support/jetstreamfixture.h"

#include <QSignalSpy>
#include <QTest>

using namespace std::chrono_literals;

namespace {

const QString account = QStringLiteral("default");

QString text(const char *value)
{
    return QLatin1String(value);
}

bool mayOnlyView(const Permission &permission)
{
    const bool isViewing = permission.name == text("nats-viewing-default");
    return permission.resource == text("secrets") ? isViewing : permission.verb != text("patch");
}

} // namespace

class AccountConnectionsTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<JetStreamFixture> m_fixture;

    AccountConnections &connections() { return *m_fixture->connections; }

    bool isUp(const QString &name = account) { return bool(connections().api(name)); }

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<JetStreamFixture>(3); }

    void connectsAsTheHiddenUser()
    {
        QSignalSpy changed(m_fixture->connections.get(), &AccountConnections::changed);
        QVERIFY(m_fixture->start());
        QCOMPARE(connections().accounts(), QStringList{account});
        QCOMPARE(m_fixture->opened, QStringList{text("nats-0 as default")});
        QVERIFY(connections().problem(account).isEmpty());
        QCOMPARE(changed.size(), 1);
        QVERIFY(m_fixture->outcomeOf(connections().api(account)->usage()));
    }

    void isNotUpWhenTheLinkBroke()
    {
        QVERIFY(m_fixture->start());
        QSignalSpy changed(m_fixture->connections.get(), &AccountConnections::changed);
        m_fixture->breakLinks(text("the pod went"));
        QVERIFY(!isUp()); // at once, before anybody was told
        m_fixture->passTime(1s);
        QVERIFY(changed.size() > 0);
        QCOMPARE(connections().problem(account), text("the pod went"));

        m_fixture->mendLinks();
        QVERIFY(m_fixture->passTimeUntil([this] { return isUp(); }));
        QVERIFY(connections().problem(account).isEmpty());
        QVERIFY(m_fixture->opened.size() == 2);
    }

    /// The NATS library would count its pings by a clock that stands still for as long as it was set back.
    void connectsAnewWhereTheWallClockIsSet()
    {
        QVERIFY(m_fixture->start());
        m_fixture->clock.setWallClock(-1s);
        m_fixture->passTime(1s);
        QCOMPARE(m_fixture->opened.size(), 1); // as NTP corrects it
        m_fixture->clock.setWallClock(-1h);
        QVERIFY(m_fixture->passTimeUntil([this] { return m_fixture->opened.size() == 2; }));
        QVERIFY(m_fixture->passTimeUntil([this] { return isUp(); }));
        m_fixture->passTime(10s);
        QCOMPARE(m_fixture->opened.size(), 2);
    }

    void triesAnotherPodThenAgain()
    {
        m_fixture->cluster.cluster.put(MessagingFixture::pod(text("nats-0"), false));
        QVERIFY(m_fixture->start());
        QCOMPARE(m_fixture->opened, QStringList{text("nats-1 as default")});
        m_fixture->breakLinks(text("the node went"));
        m_fixture->passTime(1s);
        m_fixture->cluster.cluster.put(MessagingFixture::pod(text("nats-1"), false));
        m_fixture->passTime(1s);
        m_fixture->mendLinks();
        QVERIFY(m_fixture->passTimeUntil([this] { return isUp(); }));
        QCOMPARE(m_fixture->opened.constLast(), text("nats-2 as default"));
    }

    /// However long it would have waited for its next try.
    void triesAtOnceWhereAPodHasBecomeReady()
    {
        m_fixture->breakLinks(text("the pod went"));
        QVERIFY(!m_fixture->start());
        m_fixture->cluster.cluster.put(MessagingFixture::pod(text("nats-0"), false));
        m_fixture->passTime(60s);
        m_fixture->mendLinks();
        m_fixture->cluster.cluster.put(MessagingFixture::pod(text("nats-0"), true));
        m_fixture->passTime(1s);
        QVERIFY(isUp());
        QCOMPARE(m_fixture->opened.constLast(), text("nats-0 as default"));
    }

    /// The tunnel that is open, or being opened, is to the pod before, and nobody answers there any more.
    void leavesAPodThatIsMadeAnew_data()
    {
        QTest::addColumn<bool>("isHeld");
        QTest::newRow("while it is up") << false;
        QTest::newRow("on its way") << true;
    }

    void leavesAPodThatIsMadeAnew()
    {
        QFETCH(bool, isHeld);
        const auto isReady = [this](int number, bool ready) {
            m_fixture->cluster.cluster.put(MessagingFixture::pod(text("nats-%1").arg(number), ready));
        };
        isReady(1, false);
        isReady(2, false);
        if (isHeld)
            m_fixture->holdOpening();
        QCOMPARE(m_fixture->start(), !isHeld);
        const auto before = m_fixture->begun.size();
        m_fixture->cluster.cluster.erase({text("v1"), text("Pod"), MessagingFixture::nameSpace, text("nats-0")});
        isReady(0, true);
        QVERIFY(m_fixture->passTimeUntil([&] { return m_fixture->begun.size() > before; }, 40));
        m_fixture->goOnOpening();
        QVERIFY(m_fixture->passTimeUntil([this] { return isUp(); }));
        QCOMPARE(m_fixture->opened.constLast(), text("nats-0 as default"));
    }

    /// It drains from then on: the link stands for a while, and nobody answers for JetStream.
    void leavesAPodThatIsBeingDeleted()
    {
        QVERIFY(m_fixture->start());
        QCOMPARE(m_fixture->opened, QStringList{text("nats-0 as default")});
        m_fixture->cluster.cluster.change({text("v1"), text("Pod"), MessagingFixture::nameSpace, text("nats-0")},
            {{text("metadata"), QJsonObject{{text("deletionTimestamp"), text("2026-01-02T03:04:05Z")}}}});
        m_fixture->passTime(2s);
        QVERIFY(isUp());
        QCOMPARE(m_fixture->opened.size(), 2);
        QVERIFY(m_fixture->opened.constLast() != text("nats-0 as default"));
    }

    void saysWhyThereIsNone()
    {
        m_fixture->breakLinks(text("no route"));
        QVERIFY(!m_fixture->start());
        QCOMPARE(connections().problem(account), text("no route"));
        for (int i = 0; i < 3; ++i)
            m_fixture->cluster.cluster.put(MessagingFixture::pod(text("nats-%1").arg(i), false));
        QVERIFY(m_fixture->passTimeUntil(
            [this] { return connections().problem(account) == text("No pod of the runtime is ready."); }));
    }

    void saysWhichCredentialIsMissing()
    {
        const QString secret = RuntimeNames::managementSecret(account);
        m_fixture->cluster.cluster.erase({text("v1"), text("Secret"), MessagingFixture::nameSpace, secret});
        QVERIFY(!m_fixture->start());
        QVERIFY2(connections().problem(account).contains(secret), qPrintable(connections().problem(account)));
    }

    void followsAccountsThatComeAndGo()
    {
        QVERIFY(m_fixture->start());
        m_fixture->cluster.putAccount(text("shop"));
        QVERIFY(m_fixture->passTimeUntil([this] { return isUp(text("shop")); }));
        QCOMPARE(connections().accounts(), QStringList({account, text("shop")}));

        // whoever still asks keeps what he asks
        const auto api = connections().api(text("shop"));
        m_fixture->server(text("shop")).expectHanging(text("$JS.API.STREAM.INFO.orders"));
        auto question = api->stream(text("orders"));
        QSignalSpy changed(m_fixture->connections.get(), &AccountConnections::changed);
        m_fixture->cluster.eraseAccount(text("shop"));
        QVERIFY(m_fixture->passTimeUntil([this] { return connections().accounts() == QStringList{account}; }));
        QVERIFY(!isUp(text("shop")));
        QCOMPARE(changed.size(), 1);
        QVERIFY(isUp());
        m_fixture->server(text("shop"))
            .answerHanging(QByteArray(R"({"config":{"name":"orders"},"state":{"messages":3}})"));
        QVERIFY(m_fixture->outcomeOf(std::move(question)));
    }

    /// Which Secret may be read decides; what is not allowed is not sent.
    void connectsAsTheOneThatMayOnlyRead()
    {
        m_fixture->cluster.cluster.isAllowed = mayOnlyView;
        QVERIFY(!m_fixture->start());
        QVERIFY(isUp());
        QCOMPARE(m_fixture->opened, QStringList{text("nats-0 as default-viewing")});
        const Access access = connections().changeAccess(account);
        QVERIFY(!access);
        QVERIFY2(access.reason.contains(text("get secrets/nats-management-default")), qPrintable(access.reason));
        QCOMPARE(access.missing.size(), 1);
        auto reaching = connections().reachToChange(account);
        std::optional<Result<std::shared_ptr<JetStreamApi>>> reached;
        reaching.whenFinished([&reached](auto result) { reached = std::move(result); });
        QVERIFY(m_fixture->passTimeUntil([&] { return reached.has_value(); }));
        QVERIFY(!*reached);
        QCOMPARE(reached->error().kind, Error::Kind::Forbidden);
    }

    void takesTheOtherLoginWhenPermissionsChange()
    {
        m_fixture->cluster.cluster.isAllowed = mayOnlyView;
        QVERIFY(!m_fixture->start());
        m_fixture->cluster.cluster.isAllowed = {};
        m_fixture->runtime.refresh();
        const auto isBy = [this](const char *login) {
            return isUp() && m_fixture->opened.constLast().endsWith(text(login));
        };
        QVERIFY(m_fixture->passTimeUntil([&] { return connections().changeAccess(account) && isBy(" as default"); }));
        m_fixture->cluster.cluster.isAllowed = mayOnlyView;
        m_fixture->runtime.refresh();
        QVERIFY(m_fixture->passTimeUntil([this] { return !connections().changeAccess(account); }));
        QVERIFY(m_fixture->opened.constLast().endsWith(text(" as default-viewing")));
    }

    /// What one asks for at once is not refused for the login that was right a moment ago.
    void waitsForTheLoginThatMayChange()
    {
        m_fixture->cluster.cluster.isAllowed = mayOnlyView;
        QVERIFY(!m_fixture->start());
        QVERIFY(!connections().changeAccess(account));
        std::optional<Flow<std::shared_ptr<JetStreamApi>>> reaching;
        std::optional<Result<std::shared_ptr<JetStreamApi>>> reached;
        QObject context;
        QObject::connect(&m_fixture->runtime, &RuntimeService::accessChanged, &context, [&] {
            if (reaching)
                return;
            QVERIFY(connections().changeAccess(account));
            reaching = connections().reachToChange(account);
            reaching->whenFinished([&reached](auto result) { reached = std::move(result); });
        });
        m_fixture->cluster.cluster.isAllowed = {};
        m_fixture->runtime.refresh();
        QVERIFY(m_fixture->passTimeUntil([&] { return reached.has_value(); }));
        QVERIFY2(*reached, reached->has_value() ? "" : qPrintable(reached->error().summary));
        QVERIFY(m_fixture->opened.constLast().endsWith(text(" as default")));
    }

    void looksForTheOtherLoginUntilItIsAnswered()
    {
        m_fixture->cluster.cluster.isAllowed = mayOnlyView;
        QVERIFY(!m_fixture->start());
        m_fixture->cluster.cluster.isAllowed = {};
        m_fixture->cluster.cluster.failNext(
            3, {Error::Kind::Server, text("etcd is slow"), {}, {}, {}}, "GET", RuntimeNames::managementSecret(account));
        m_fixture->runtime.refresh();
        QVERIFY(m_fixture->passTimeUntil([this] { return connections().changeAccess(account) && isUp(); }));
    }

    void viewsAnArchivedClusterByTheOnlyLoginThatMayBeRead()
    {
        m_fixture->cluster.cluster.isAllowed = [](const Permission &wanted) {
            return wanted.verb != text("get") || wanted.name != RuntimeNames::viewingSecret(account);
        };
        m_fixture->cluster.cluster.put(toConfigMap({}, MessagingFixture::nameSpace));
        m_fixture->runtime.start();
        QVERIFY(m_fixture->passTimeUntil([this] { return !m_fixture->runtime.changeAccess(); }));
        m_fixture->accounts.start();
        QVERIFY(m_fixture->passTimeUntil([this] { return isUp(); }));
        QCOMPARE(m_fixture->opened, QStringList{text("nats-0 as default")});
    }

    void dropsAllWithTheRuntime()
    {
        QVERIFY(m_fixture->start());
        m_fixture->cluster.cluster.erase(
            {text("v1"), text("ConfigMap"), MessagingFixture::nameSpace, text(RuntimeNames::record)});
        QVERIFY(m_fixture->passTimeUntil([this] { return connections().accounts().isEmpty(); }));
        QVERIFY(!isUp());
    }

    void waitsForAConnectionThatIsOnItsWay()
    {
        m_fixture->holdOpening();
        QVERIFY(!m_fixture->start());
        auto reaching = connections().reach(account);
        m_fixture->passTime(2s);
        QVERIFY(reaching.isRunning());
        m_fixture->goOnOpening();
        QVERIFY(m_fixture->passTimeUntil([&] { return !reaching.isRunning(); }));
        QCOMPARE(m_fixture->opened.size(), 1);
    }

    void doesNotWaitForEver()
    {
        m_fixture->holdOpening();
        QVERIFY(!m_fixture->start());
        auto reaching = connections().reach(account);
        m_fixture->passTime(9s);
        QVERIFY(reaching.isRunning());
        QVERIFY(m_fixture->passTimeUntil([&] { return !reaching.isRunning(); }));
        QCOMPARE(connections().notConnected(account).summary, text("Connecting to NATS as account default."));
    }

    void saysAtOnceThatAConnectionFailed()
    {
        m_fixture->breakLinks(text("no route"));
        QVERIFY(!m_fixture->start());
        auto reaching = connections().reach(account);
        QVERIFY(!reaching.isRunning());
        QCOMPARE(connections().notConnected(account).summary, text("no route"));
    }

    void endsInTheMiddleOfConnecting()
    {
        m_fixture->holdOpening();
        QVERIFY(!m_fixture->start());
        QVERIFY(m_fixture->opened.isEmpty());
        m_fixture->connections.reset();
        m_fixture->passTime(30s);
        QVERIFY(m_fixture->opened.isEmpty());
    }
};

QTEST_GUILESS_MAIN(AccountConnectionsTest)
#include "tst_accountconnections.moc"
