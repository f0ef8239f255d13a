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
    struct Line {
        FakeClock clock;
        FakeCluster cluster;
        KubernetesClient client{cluster};
        DriverLease lease{client, clock, MessagingFixture::nameSpace, QStringLiteral("ana")};
        LeaseFence fence{cluster, lease};
        KubernetesClient fenced{fence};
    };
    std::unique_ptr<Line> m_line;

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
    void init() { m_line = std::make_unique<Line>(); }

    void letsChangesPassWhileTheLeaseIsHeld()
    {
        QCOMPARE(awaited(m_line->lease.acquire()), Result<bool>(true));
        QVERIFY(awaited(m_line->fenced.create(service("1"))));
        QVERIFY(awaited(m_line->fenced.replace(service("2"))));
        QVERIFY(awaited(m_line->fenced.patch(ObjectRef::of(service("")), service("3"))));
        QVERIFY(awaited(m_line->fenced.apply(service("4"))));
        QVERIFY(awaited(m_line->fenced.remove(ObjectRef::of(service("")))));
    }

    void refusesThemOnceItHasRunOut()
    {
        QCOMPARE(awaited(m_line->lease.acquire()), Result<bool>(true));
        const QJsonObject before = m_line->cluster.put(service("1"));
        m_line->clock.suspend(10s); // nothing here has had the time to see it
        const qsizetype asked = m_line->cluster.requests.size();
        QCOMPARE(kindOf(awaited(m_line->fenced.create(service("2")))), Error::Kind::Cancelled);
        QCOMPARE(kindOf(awaited(m_line->fenced.replace(service("2")))), Error::Kind::Cancelled);
        QCOMPARE(kindOf(awaited(m_line->fenced.patch(ObjectRef::of(before), service("2")))), Error::Kind::Cancelled);
        QCOMPARE(kindOf(awaited(m_line->fenced.apply(service("2"), true))), Error::Kind::Cancelled);
        QCOMPARE(kindOf(awaited(m_line->fenced.remove(ObjectRef::of(before)))), Error::Kind::Cancelled);
        QCOMPARE(m_line->cluster.requests.size(), asked);
        QCOMPARE(m_line->cluster.object(ObjectRef::of(before)), std::optional(before));
    }

    void countsAChangeThatNobodyWaitsForAnyMore()
    {
        QCOMPARE(awaited(m_line->lease.acquire()), Result<bool>(true));
        m_line->cluster.admission = [this](const ApiRequest &) { return m_line->clock.sleep(9s); };
        std::optional<Result<void>> outcome;
        {
            const auto dropped = m_line->fenced.apply(service("5"));
        }
        Pending<void> settled = m_line->fence.settled();
        settled.then(this, [&outcome](const Result<void> &result) { outcome = result; });
        m_line->clock.advance(8900ms);
        QVERIFY(!outcome);
        QVERIFY(!m_line->cluster.object(ObjectRef::of(service(""))));
        m_line->clock.advance(100ms);
        QVERIFY(outcome && *outcome);
        QVERIFY(m_line->cluster.object(ObjectRef::of(service(""))));
    }

    void isSettledWhereNothingIsUnderWay() { QVERIFY(awaited(m_line->fence.settled())); }

    /// Until others may take it; the API server is told.
    void givesAChangeNoMoreTimeThanTheLeaseHas()
    {
        QCOMPARE(awaited(m_line->lease.acquire()), Result<bool>(true));
        m_line->cluster.hangNext(1000, "PUT", QStringLiteral("leases"));
        m_line->clock.advance(9s);
        QVERIFY(awaited(m_line->fenced.apply(service("6"))));
        const ApiRequest sent = m_line->cluster.requests.constLast();
        QCOMPARE(sent.timeout, std::chrono::milliseconds(6s));
        QCOMPARE(sent.query.queryItemValue(QStringLiteral("timeout")), QStringLiteral("6000ms"));
        QVERIFY(awaited(m_line->fenced.read(ObjectRef::of(service("")))));
        QVERIFY(m_line->cluster.requests.constLast().timeout > sent.timeout);
    }

    void letsQuestionsPassAllTheSame()
    {
        m_line->cluster.put(service("1"));
        QVERIFY(!m_line->lease.isHeld());
        QVERIFY(awaited(m_line->fenced.read(ObjectRef::of(service("")))));
        QVERIFY(awaited(m_line->fenced.review({QStringLiteral("create"), {}, QStringLiteral("services"), {}, {}})));
    }
};

QTEST_GUILESS_MAIN(LeaseFenceTest)
#include "tst_leasefence.moc"
