// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/messaging.h"
#include "services/messaging/runtimeservice.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakecluster.h"
#include "widgets/overview/overviewpage.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <functional>

using namespace std::chrono_literals;

/// Overview over the real services and a cluster in memory.
class TestOverviewPage final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void leadsToEnable();
    void showsAnOperationThatBegins();
    void countsOnWhileAnOperationRuns();
    void saysThatTheClusterCantBeRead();

private:
    template <typename Widget> Widget *child(const char *name) const
    {
        return m_page->findChild<Widget *>(QLatin1String(name));
    }

    bool passTimeUntil(const std::function<bool()> &condition);
    bool beginsToEnable();

    FakeClock m_clock;
    FakeCluster *m_cluster = nullptr;
    std::unique_ptr<Messaging> m_messaging;
    std::unique_ptr<OverviewPage> m_page;
};

void TestOverviewPage::init()
{
    m_page.reset();
    auto cluster = std::make_unique<FakeCluster>();
    m_cluster = cluster.get();
    m_messaging = std::make_unique<Messaging>(std::move(cluster), m_clock,
        Messaging::Options{QStringLiteral("messages"), QStringLiteral("ana@laptop"), QStringLiteral("ana")});
    m_page = std::make_unique<OverviewPage>(m_messaging->runtime(), m_messaging->accounts(), m_messaging->passwords(),
        m_messaging->streams(), m_messaging->consumers(), m_clock, QStringLiteral("prod"));
    m_page->show();
}

bool TestOverviewPage::passTimeUntil(const std::function<bool()> &condition)
{
    for (int step = 0; step < 2000 && !condition(); ++step) {
        m_clock.advance(100ms);
        QTest::qWait(1); // passwords are hashed in real time
    }
    return condition();
}

/// On a cluster where nothing gets ready.
bool TestOverviewPage::beginsToEnable()
{
    m_cluster->put({{QStringLiteral("apiVersion"), QStringLiteral("storage.k8s.io/v1")},
        {QStringLiteral("kind"), QStringLiteral("StorageClass")},
        {QStringLiteral("metadata"), QJsonObject{{QStringLiteral("name"), QStringLiteral("standard")}}},
        {QStringLiteral("provisioner"), QStringLiteral("example.com/disk")}});
    m_messaging->start();
    if (!passTimeUntil([this] { return m_messaging->runtime().enableAccess().allowed; }))
        return false;
    Pending<void> enabling =
        m_messaging->runtime().enable({{QStringLiteral("standard"), 10, 1, false}, generatePassword()});
    bool isRecorded = false;
    enabling.then(this, [&isRecorded](const Result<void> &recorded) { isRecorded = bool(recorded); });
    return passTimeUntil([&isRecorded] { return isRecorded; });
}

void TestOverviewPage::leadsToEnable()
{
    QSignalSpy enable(m_page.get(), &OverviewPage::enableRequested);
    m_messaging->start();
    auto *button = child<QPushButton>("overviewEnableButton");
    QVERIFY(passTimeUntil([button] { return button->isVisible() && button->isEnabled(); }));
    button->click();
    QCOMPARE(enable.count(), 1);
}

void TestOverviewPage::showsAnOperationThatBegins()
{
    QVERIFY(beginsToEnable());
    QVERIFY(passTimeUntil([this] { return child<QWidget>("lifecycleStepList")->isVisible(); }));
    QVERIFY(!child<QPushButton>("overviewEnableButton")->isVisible());
}

void TestOverviewPage::countsOnWhileAnOperationRuns()
{
    QVERIFY(beginsToEnable());
    const auto shows = [this](const QString &end) {
        const auto labels = m_page->findChildren<QLabel *>();
        return std::any_of(labels.cbegin(), labels.cend(),
            [&end](const QLabel *label) { return label->isVisible() && label->text().endsWith(end); });
    };
    QVERIFY(passTimeUntil([&shows] { return shows(QStringLiteral(" 0:07")); }));
    QVERIFY(passTimeUntil([&shows] { return shows(QStringLiteral(" 0:08")); }));
    QCOMPARE(m_messaging->runtime().status().since.secsTo(m_clock.now()), 8);
}

void TestOverviewPage::saysThatTheClusterCantBeRead()
{
    m_cluster->goOffline();
    m_messaging->start();
    auto *unknown = child<QWidget>("overviewUnknownState");
    QVERIFY(passTimeUntil([unknown] { return unknown->isVisible() && !unknown->accessibleDescription().isEmpty(); }));
}

QTEST_MAIN(TestOverviewPage)
#include "tst_overviewpage.moc"
