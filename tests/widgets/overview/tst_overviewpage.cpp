// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/base/clock.h"
#include "services/messaging/messaging.h"
#include "services/messaging/runtimeservice.h"
#include "tests/support/awaited.h"
#include "tests/support/fakecluster.h"
#include "widgets/overview/overviewpage.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

/// Overview over the real services and a cluster in memory.
class TestOverviewPage final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void leadsToEnable();
    void showsAnOperationThatBegins();
    void saysThatTheClusterCantBeRead();

private:
    template <typename Widget> Widget *child(const char *name) const
    {
        return m_page->findChild<Widget *>(QLatin1String(name));
    }

    SystemClock m_clock;
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
    m_page = std::make_unique<OverviewPage>(m_messaging->runtime(), m_messaging->accounts(), m_messaging->streams(),
        m_messaging->consumers(), QStringLiteral("prod"));
    m_page->show();
}

void TestOverviewPage::leadsToEnable()
{
    QSignalSpy enable(m_page.get(), &OverviewPage::enableRequested);
    m_messaging->start();
    auto *button = child<QPushButton>("overviewEnableButton");
    QTRY_VERIFY_WITH_TIMEOUT(button->isVisible() && button->isEnabled(), 60000);
    button->click();
    QCOMPARE(enable.count(), 1);
}

void TestOverviewPage::showsAnOperationThatBegins()
{
    m_cluster->put({{QStringLiteral("apiVersion"), QStringLiteral("storage.k8s.io/v1")},
        {QStringLiteral("kind"), QStringLiteral("StorageClass")},
        {QStringLiteral("metadata"), QJsonObject{{QStringLiteral("name"), QStringLiteral("standard")}}},
        {QStringLiteral("provisioner"), QStringLiteral("example.com/disk")}});
    m_messaging->start();
    QTRY_VERIFY_WITH_TIMEOUT(m_messaging->runtime().enableAccess().allowed, 60000);
    const auto recorded =
        awaited(m_messaging->runtime().enable({{QStringLiteral("standard"), 10, 1, false}, generatePassword()}));
    QVERIFY2(recorded, whyNot(recorded));
    QTRY_VERIFY_WITH_TIMEOUT(child<QWidget>("lifecycleStepList")->isVisible(), 60000);
    QVERIFY(!child<QPushButton>("overviewEnableButton")->isVisible());
}

void TestOverviewPage::saysThatTheClusterCantBeRead()
{
    m_cluster->goOffline();
    m_messaging->start();
    auto *unknown = child<QWidget>("overviewUnknownState");
    QTRY_VERIFY_WITH_TIMEOUT(unknown->isVisible() && !unknown->accessibleDescription().isEmpty(), 60000);
}

QTEST_MAIN(TestOverviewPage)
#include "tst_overviewpage.moc"
