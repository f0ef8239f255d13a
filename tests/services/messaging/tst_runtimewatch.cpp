// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimewatch.h"

#include "services/messaging/driverlease.h"
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
        QCOMPARE(changed.size(), 1);
    }
};

QTEST_GUILESS_MAIN(RuntimeWatchTest)
#include "tst_runtimewatch.moc"
