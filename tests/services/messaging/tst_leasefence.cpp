// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/leasefence.h"

#include "services/messaging/driverlease.h"
#include "services/messaging/runtimenames.h"
#include "tests/support/awaited.h"
#include "tests/support/fakeclock.h"
#include "tests/support/messagingfixture.h"

using namespace std::chrono_literals;

class LeaseFenceTest : public QObject {
    Q_OBJECT

private:
    FakeClock m_clock;
    FakeCluster m_cluster;
    KubernetesClient m_client{m_cluster};
    DriverLease m_lease{m_client, m_clock, MessagingFixture::nameSpace, QStringLiteral("ana")};
    LeaseFence m_fence{m_cluster, m_lease};
    KubernetesClient m_fenced{m_fence};

    static QJsonObject service(const char *port)
    {
        return {{QStringLiteral("apiVersion"), QStringLiteral("v1")},
            {QStringLiteral("kind"), QStringLiteral("Service")},
            {QStringLiteral("metadata"),
                QJsonObject{{QStringLiteral("name"), QStringLiteral("nats")},
                    {QStringLiteral("namespace"), MessagingFixture::nameSpace}}},
            {QStringLiteral("spec"), QJsonObject{{QStringLiteral("port"), QLatin1String(port)}}}};
    }

    static Error::Kind kindOf(const auto &outcome) { return outcome ? Error::Kind::Local : outcome.error().kind; }

private Q_SLOTS:
    void letsChangesPassWhileTheLeaseIsHeld()
    {
        QCOMPARE(awaited(m_lease.acquire()), Result<bool>(true));
        QVERIFY(awaited(m_fenced.create(service("1"))));
        QVERIFY(awaited(m_fenced.replace(service("2"))));
        QVERIFY(awaited(m_fenced.patch(ObjectRef::of(service("")), service("3"))));
        QVERIFY(awaited(m_fenced.apply(service("4"))));
        QVERIFY(awaited(m_fenced.remove(ObjectRef::of(service("")))));
    }

    void refusesThemOnceItHasRunOut()
    {
        const QJsonObject before = m_cluster.put(service("1"));
        m_clock.suspend(15s); // nothing here has had the time to see it
        const qsizetype asked = m_cluster.requests.size();
        QCOMPARE(kindOf(awaited(m_fenced.create(service("2")))), Error::Kind::Cancelled);
        QCOMPARE(kindOf(awaited(m_fenced.replace(service("2")))), Error::Kind::Cancelled);
        QCOMPARE(kindOf(awaited(m_fenced.patch(ObjectRef::of(before), service("2")))), Error::Kind::Cancelled);
        QCOMPARE(kindOf(awaited(m_fenced.apply(service("2"), true))), Error::Kind::Cancelled);
        QCOMPARE(kindOf(awaited(m_fenced.remove(ObjectRef::of(before)))), Error::Kind::Cancelled);
        QCOMPARE(m_cluster.requests.size(), asked);
        QCOMPARE(m_cluster.object(ObjectRef::of(before)), std::optional(before));
    }

    void letsQuestionsPassAllTheSame()
    {
        QVERIFY(!m_lease.isHeld());
        QVERIFY(awaited(m_fenced.read(ObjectRef::of(service("")))));
        QVERIFY(awaited(m_fenced.review({QStringLiteral("create"), {}, QStringLiteral("services"), {}, {}})));
    }
};

QTEST_GUILESS_MAIN(LeaseFenceTest)
#include "tst_leasefence.moc"
