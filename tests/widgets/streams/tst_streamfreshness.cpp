// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/streamservice.h"
#include "tests/support/jetstreamfixture.h"
#include "widgets/common/banner.h"
#include "widgets/streams/streamspage.h"

#include <QTest>

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

} // namespace

/// What the page says of streams that can't be read any more.
class StreamFreshnessTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void saysThatTheStreamsAreOld();
    void leavesItToTheWorkspaceThatTheClusterIsOutOfReach();
    void saysNothingOfARuntimeThatIsGone();

private:
    bool passTimeUntil(const std::function<bool()> &condition) { return m_fixture->passTimeUntil(condition); }
    bool isStale() const { return m_service->freshness().state == Freshness::State::Stale; }
    const Banner *banner() const { return m_page->findChild<Banner *>(text("streamBanner")); }

    std::unique_ptr<JetStreamFixture> m_fixture;
    std::unique_ptr<StreamService> m_service;
    std::unique_ptr<StreamsPage> m_page;
};

void StreamFreshnessTest::init()
{
    m_fixture = std::make_unique<JetStreamFixture>();
    m_service = std::make_unique<StreamService>(m_fixture->runtime, *m_fixture->connections, m_fixture->clock);
    m_page = std::make_unique<StreamsPage>(m_fixture->runtime, m_fixture->accounts, *m_service, m_fixture->clock);
    m_page->show();
    m_fixture->holdStreams({text("orders")});
    m_service->refresh();
    QVERIFY(m_fixture->start());
    QVERIFY(passTimeUntil([this] { return m_service->streams().size() == 1; }));
}

void StreamFreshnessTest::cleanup()
{
    m_page.reset();
    m_service.reset();
    m_fixture.reset();
}

void StreamFreshnessTest::saysThatTheStreamsAreOld()
{
    m_fixture->breakLinks(text("the pod went"));
    QVERIFY(passTimeUntil([this] { return banner()->text().contains(text("the pod went")); }));
    QVERIFY(banner()->isVisible());
    m_fixture->mendLinks();
    QVERIFY(passTimeUntil([this] { return !banner()->isVisible(); }));
}

void StreamFreshnessTest::leavesItToTheWorkspaceThatTheClusterIsOutOfReach()
{
    m_fixture->cluster.cluster.goOffline();
    m_fixture->breakLinks(text("the API server went"));
    QVERIFY(passTimeUntil([this] { return isStale() && !banner()->isVisible(); }));
    QCOMPARE(m_fixture->runtime.freshness().state, Freshness::State::Stale);
    m_fixture->cluster.cluster.goOnline();
    QVERIFY(passTimeUntil([this] { return banner()->isVisible(); }));
    QCOMPARE(m_fixture->runtime.freshness().state, Freshness::State::Live);
}

void StreamFreshnessTest::saysNothingOfARuntimeThatIsGone()
{
    m_fixture->breakLinks(text("the pod went"));
    QVERIFY(passTimeUntil([this] { return banner()->isVisible(); }));
    m_fixture->cluster.eraseRuntime();
    QVERIFY(passTimeUntil([this] { return m_service->streams().isEmpty(); }));
    QVERIFY(!banner()->isVisible());
    m_fixture->cluster.putRuntime();
    QVERIFY(passTimeUntil([this] { return m_fixture->runtime.status().phase == RuntimePhase::Ready; }));
    m_fixture->passTime(std::chrono::seconds(5));
    QVERIFY(!banner()->isVisible());
    QVERIFY(!isStale());
}

QTEST_MAIN(StreamFreshnessTest)
#include "tst_streamfreshness.moc"
