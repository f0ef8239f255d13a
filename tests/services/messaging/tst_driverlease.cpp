// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/driverlease.h"

#include "services/messaging/runtimenames.h"
#include "tests/support/awaited.h"
#include "tests/support/fakeclock.h"
#include "tests/support/messagingfixture.h"

#include <QSignalSpy>

using namespace std::chrono_literals;

class DriverLeaseTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<FakeCluster> m_cluster;
    std::unique_ptr<KubernetesClient> m_client;

    std::unique_ptr<DriverLease> lease(const char *holder)
    {
        return std::make_unique<DriverLease>(
            *m_client, *m_clock, MessagingFixture::nameSpace, QString::fromLatin1(holder));
    }

    static ObjectRef ref()
    {
        return {QStringLiteral("coordination.k8s.io/v1"), QStringLiteral("Lease"), MessagingFixture::nameSpace,
            QLatin1String(RuntimeNames::lease)};
    }

    QString holder() const
    {
        return (*m_cluster->object(ref()))[QLatin1String("spec")][QLatin1String("holderIdentity")].toString();
    }

    void giveTo(const char *successor)
    {
        m_cluster->change(ref(),
            {{QStringLiteral("spec"),
                QJsonObject{{QStringLiteral("holderIdentity"), QString::fromLatin1(successor)}}}});
    }

private Q_SLOTS:
    void init()
    {
        m_clock = std::make_unique<FakeClock>();
        m_cluster = std::make_unique<FakeCluster>();
        m_client = std::make_unique<KubernetesClient>(*m_cluster);
    }

    void isTakenOnceItHasRunOut()
    {
        auto first = lease("ana");
        auto second = lease("bo");
        QCOMPARE(awaited(first->acquire()), Result<bool>(true));
        QCOMPARE(awaited(second->acquire()), Result<bool>(false));
        first.reset();
        m_clock->advance(14900ms);
        QCOMPARE(awaited(second->acquire()), Result<bool>(false));
        m_clock->advance(100ms);
        QCOMPARE(awaited(second->acquire()), Result<bool>(true));
        QCOMPARE(holder(), QStringLiteral("bo"));
    }

    void isLostInTimeWhileRequestsHang()
    {
        const auto held = lease("ana");
        QSignalSpy lost(held.get(), &DriverLease::lost);
        QCOMPARE(awaited(held->acquire()), Result<bool>(true));
        m_cluster->hangNext(1000);
        m_clock->advance(14900ms);
        QVERIFY(held->isHeld());
        m_clock->advance(100ms);
        QVERIFY(!held->isHeld());
        QCOMPARE(lost.size(), 1);
    }

    void countsFromWhenTheRenewalWasAskedFor()
    {
        const auto held = lease("ana");
        m_cluster->afterWrite = [this](const QJsonObject &) { m_clock->advance(4s); };
        QCOMPARE(awaited(held->acquire()), Result<bool>(true));
        m_cluster->hangNext(1000);
        m_clock->advance(10900ms);
        QVERIFY(held->isHeld());
        m_clock->advance(100ms);
        QVERIFY(!held->isHeld());
    }

    void isNotHeldWhenTakingItTookTooLong()
    {
        const auto late = lease("ana");
        m_cluster->afterWrite = [this](const QJsonObject &) { m_clock->advance(15s); };
        QCOMPARE(awaited(late->acquire()), Result<bool>(false));
        QVERIFY(!late->isHeld());
    }

    void outlivesASingleRequestThatHangs_data()
    {
        QTest::addColumn<QByteArray>("verb");
        QTest::newRow("read") << QByteArray("GET");
        QTest::newRow("write") << QByteArray("PUT");
    }

    void outlivesASingleRequestThatHangs()
    {
        QFETCH(QByteArray, verb);
        const auto held = lease("ana");
        QSignalSpy lost(held.get(), &DriverLease::lost);
        QCOMPARE(awaited(held->acquire()), Result<bool>(true));
        m_cluster->hangNext(1, verb);
        m_clock->advance(60s);
        QVERIFY(held->isHeld());
        QCOMPARE(lost.size(), 0);
    }

    void isLostToASuccessorAtTheNextRenewal()
    {
        const auto held = lease("ana");
        QSignalSpy lost(held.get(), &DriverLease::lost);
        QCOMPARE(awaited(held->acquire()), Result<bool>(true));
        giveTo("bo");
        m_clock->advance(5s);
        QCOMPARE(lost.size(), 1);
        QVERIFY(!held->isHeld());
        m_clock->advance(60s);
        QCOMPARE(lost.size(), 1);
        QCOMPARE(holder(), QStringLiteral("bo"));
    }

    void isFreeAtOnceWhenReleased()
    {
        const auto first = lease("ana");
        const auto second = lease("bo");
        QCOMPARE(awaited(first->acquire()), Result<bool>(true));
        m_clock->advance(12s); // the version that counts is the last renewal's
        first->release();
        QVERIFY(!first->isHeld());
        QCOMPARE(awaited(second->acquire()), Result<bool>(true));
    }

    void releaseLeavesASuccessorAlone()
    {
        const auto held = lease("ana");
        QCOMPARE(awaited(held->acquire()), Result<bool>(true));
        giveTo("bo");
        const qsizetype before = m_cluster->requests.size();
        held->release();
        m_clock->advance(1s);
        QCOMPARE(m_cluster->requests.size(), before + 1);
        QCOMPARE(holder(), QStringLiteral("bo"));
    }
};

QTEST_GUILESS_MAIN(DriverLeaseTest)
#include "tst_driverlease.moc"
