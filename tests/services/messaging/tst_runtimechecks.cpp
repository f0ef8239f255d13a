// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimechecks.h"
#include "services/messaging/runtimepermissions.h"

#include "services/kubernetes/kubernetesclient.h"
#include "tests/support/awaited.h"
#include "tests/support/fakeclock.h"
#include "tests/support/messagingfixture.h"

using namespace std::chrono_literals;

namespace {

const QString reviews = QStringLiteral("selfsubjectaccessreviews");

} // namespace

class RuntimeChecksTest : public QObject {
    Q_OBJECT

private:
    FakeClock m_clock;

    static QList<Permission> wanted() { return RuntimePermissions::toWrite(MessagingFixture::nameSpace); }

private Q_SLOTS:
    /// One after the other they would take as many round trips.
    void asksForAllAtOnce()
    {
        FakeCluster cluster;
        KubernetesClient client(cluster);
        cluster.hangNext(int(wanted().size()), "POST", reviews);
        Flow<Access> review = RuntimePermissions::review(client, m_clock, wanted());
        QTest::qWait(1);
        QVERIFY(review.isRunning());
        QCOMPARE(cluster.requests.size(), wanted().size());
    }

    void asksAgainOnlyWhatWasNotAnswered()
    {
        FakeCluster cluster;
        KubernetesClient client(cluster);
        cluster.failNext(2, {Error::Kind::Server, QStringLiteral("it restarts"), {}, {}, {}}, "POST", reviews);
        std::optional<Result<Access>> answer;
        Flow<Access> review = RuntimePermissions::review(client, m_clock, wanted());
        review.whenFinished([&answer](Result<Access> result) { answer = std::move(result); });
        for (int i = 0; i < 100 && !answer; ++i)
            m_clock.advance(100ms);
        QVERIFY(answer && *answer && (*answer)->allowed);
        QCOMPARE(cluster.requests.size(), wanted().size() + 2);
    }

    void namesAllThatIsMissing()
    {
        FakeCluster cluster;
        cluster.isAllowed = [](const Permission &permission) {
            return permission.resource != QStringLiteral("secrets") && permission.verb != QStringLiteral("patch");
        };
        KubernetesClient client(cluster);
        const auto access = awaited(RuntimePermissions::review(client, m_clock, wanted()));
        QVERIFY(access && !access->allowed);
        QVERIFY2(access->reason.contains(QStringLiteral("patch statefulsets, services, configmaps")),
            qPrintable(access->reason));
        QVERIFY2(access->reason.contains(QStringLiteral("get or create or patch or update secrets")),
            qPrintable(access->reason));
    }
};

QTEST_GUILESS_MAIN(RuntimeChecksTest)
#include "tst_runtimechecks.moc"
