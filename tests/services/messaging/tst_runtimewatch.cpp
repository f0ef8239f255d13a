// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimewatch.h"

#include "services/messaging/driverlease.h"
#include "services/messaging/runtimenames.h"
#include "tests/support/awaited.h"
#include "tests/support/fakeclock.h"
#include "tests/support/messagingfixture.h"

#include <QSignalSpy>

using namespace std::chrono_literals;

class RuntimeWatchTest : public QObject {
    Q_OBJECT

private:
    FakeClock m_clock;
    FakeCluster m_cluster;
    KubernetesClient m_client{m_cluster};

    static RuntimeRecord putRunningRecord(FakeCluster &cluster, const char *driver)
    {
        RuntimeRecord record;
        record.spec = MessagingFixture::request().spec;
        record.operation.driver = QLatin1String(driver);
        cluster.put(record.toConfigMap(MessagingFixture::nameSpace));
        return record;
    }

private Q_SLOTS:
    void tellsWhoDrivesUntilTheLeaseRunsOut()
    {
        RuntimeWatch watch(m_cluster, m_clock, MessagingFixture::nameSpace);
        watch.start();
        m_clock.advance(1s);
        QVERIFY(watch.observation().driver.isEmpty());
        auto lease = std::make_unique<DriverLease>(
            m_client, m_clock, MessagingFixture::nameSpace, QStringLiteral("ana@laptop/1"));
        QCOMPARE(awaited(lease->acquire()), Result<bool>(true));
        m_clock.advance(60s);
        QCOMPARE(watch.observation().driver, QStringLiteral("ana@laptop/1"));

        lease.reset();
        QSignalSpy changed(&watch, &RuntimeWatch::changed);
        m_clock.advance(16s);
        QVERIFY(watch.observation().driver.isEmpty());
        QCOMPARE(changed.size(), 2); // that he is silent, and that he is gone
    }

    /// One who was only found there may have died long ago; one who was seen to renew is heard of until that is
    /// overdue.
    void tellsWhetherTheDriverIsHeardOf()
    {
        FakeCluster cluster;
        KubernetesClient client(cluster);
        DriverLease lease(client, m_clock, MessagingFixture::nameSpace, QStringLiteral("ana@laptop/2"));
        QCOMPARE(awaited(lease.acquire()), Result<bool>(true));
        RuntimeWatch watch(cluster, m_clock, MessagingFixture::nameSpace);
        watch.start();
        const QDateTime begun = m_clock.now();
        m_clock.advance(1s);
        QCOMPARE(watch.observation().silentUntil, std::optional(begun.addSecs(15)));
        m_clock.advance(10s);
        QCOMPARE(watch.observation().driver, QStringLiteral("ana@laptop/2"));
        QVERIFY(!watch.observation().silentUntil);

        cluster.goOffline();
        m_clock.advance(10s);
        QCOMPARE(watch.observation().driver, QStringLiteral("ana@laptop/2"));
        QVERIFY(watch.observation().silentUntil);
        m_clock.advance(10s);
        QVERIFY(watch.observation().driver.isEmpty());
        QVERIFY(!watch.observation().silentUntil);
    }

    /// Kubernetes' own role `view` does not hold them.
    void tellsWhoWroteTheRecordWhereLeasesCannotBeRead()
    {
        FakeCluster cluster;
        cluster.isAllowed = [](const Permission &wanted) { return wanted.resource != QStringLiteral("leases"); };
        RuntimeRecord record = putRunningRecord(cluster, "ana@laptop/1");
        RuntimeWatch watch(cluster, m_clock, MessagingFixture::nameSpace);
        watch.start();
        m_clock.advance(1s);
        QCOMPARE(watch.observation().driver, QStringLiteral("ana@laptop/1"));
        record.operation.state = RuntimeOperation::State::Done;
        cluster.put(record.toConfigMap(MessagingFixture::nameSpace));
        m_clock.advance(1s);
        QVERIFY(watch.observation().driver.isEmpty());
    }

    void believesTheLeaseWhereItCanBeRead()
    {
        FakeCluster cluster;
        putRunningRecord(cluster, "somebody who died/1");
        RuntimeWatch watch(cluster, m_clock, MessagingFixture::nameSpace);
        watch.start();
        m_clock.advance(1s);
        QVERIFY(watch.observation().driver.isEmpty());
    }

    /// By its own clock: that of whoever asked may be wrong by hours.
    void tellsThatARequestIsOverdue()
    {
        FakeCluster cluster;
        RuntimeWatch watch(cluster, m_clock, MessagingFixture::nameSpace);
        watch.start();
        RuntimeRecord record;
        record.spec = MessagingFixture::request().spec;
        record.operation.state = RuntimeOperation::State::Requested;
        record.operation.requestedAt = m_clock.now().addSecs(-7200);
        const auto put = [&](const char *id) {
            record.operation.id = QLatin1String(id);
            cluster.put(record.toConfigMap(MessagingFixture::nameSpace));
        };
        put("first");
        m_clock.advance(29s);
        QVERIFY(!watch.observation().isRequestOverdue);
        put("second");
        m_clock.advance(29s);
        QVERIFY(!watch.observation().isRequestOverdue);
        QSignalSpy changed(&watch, &RuntimeWatch::changed);
        m_clock.advance(2s);
        QVERIFY(watch.observation().isRequestOverdue);
        QCOMPARE(changed.size(), 1);
        record.operation.state = RuntimeOperation::State::Running;
        put("second");
        m_clock.advance(1s);
        QVERIFY(!watch.observation().isRequestOverdue);
    }

    void seesThePartsOfTheRuntime()
    {
        MessagingFixture fixture;
        fixture.putRuntime();
        RuntimeWatch watch(fixture.cluster, m_clock, MessagingFixture::nameSpace);
        watch.start();
        m_clock.advance(1s);
        QVERIFY(!deviationOf(MessagingFixture::request().spec, MessagingFixture::nameSpace, watch.observation().parts));
        QSignalSpy changed(&watch, &RuntimeWatch::changed);
        fixture.cluster.erase({QStringLiteral("apps/v1"), QStringLiteral("StatefulSet"), MessagingFixture::nameSpace,
            QLatin1String(RuntimeNames::server)});
        m_clock.advance(1s);
        QCOMPARE(changed.size(), 1);
        QVERIFY(deviationOf(MessagingFixture::request().spec, MessagingFixture::nameSpace, watch.observation().parts));
    }

    void saysNothingOfWhatMayNotBeSeen()
    {
        MessagingFixture fixture;
        fixture.cluster.isAllowed = [](const Permission &wanted) {
            return wanted.resource != QStringLiteral("secrets");
        };
        RuntimeWatch watch(fixture.cluster, m_clock, MessagingFixture::nameSpace);
        watch.start();
        m_clock.advance(1s);
        QVERIFY(!watch.observation().parts.secrets);
        QVERIFY(watch.observation().parts.services);
    }

    void readsNoSecret()
    {
        MessagingFixture fixture;
        fixture.putRuntime();
        RuntimeWatch watch(fixture.cluster, m_clock, MessagingFixture::nameSpace);
        watch.start();
        m_clock.advance(1s);
        fixture.putAccount(QStringLiteral("shop")); // seen by the watch
        m_clock.advance(1s);
        const auto secrets = watch.observation().parts.secrets;
        QVERIFY(secrets);
        QCOMPARE(secrets->size(), 8);
        for (const QJsonObject &secret : *secrets)
            QVERIFY(!secret.contains(QLatin1String("data")));
    }
};

QTEST_GUILESS_MAIN(RuntimeWatchTest)
#include "tst_runtimewatch.moc"
