// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/messaging.h"
#include "services/messaging/runtimerecord.h"
#include "services/messaging/runtimeservice.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakecluster.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/settings/settingspage.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

namespace {

QJsonObject storageClass()
{
    return {{QStringLiteral("apiVersion"), QStringLiteral("storage.k8s.io/v1")},
        {QStringLiteral("kind"), QStringLiteral("StorageClass")},
        {QStringLiteral("metadata"), QJsonObject{{QStringLiteral("name"), QStringLiteral("standard")}}},
        {QStringLiteral("provisioner"), QStringLiteral("example.com/disk")}};
}

} // namespace

/// Settings over the real services and a cluster in memory.
class TestSettingsPage final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void enablesTheRuntime();
    void saysWhyItWasNotRecorded();
    void tellsEveryTabThatNobodyAnswered();
    void saysThatSomebodyElseWasFaster();
    void looksAtTheNodesNowAndThenWhileItIsShown();

private:
    /// Lets time pass in small steps until `condition` holds.
    bool comes(const std::function<bool()> &condition)
    {
        return QTest::qWaitFor(
            [this, &condition] {
                m_clock.advance(std::chrono::milliseconds(100));
                return condition();
            },
            60000);
    }

    template <typename Widget> Widget *child(const char *name) const
    {
        return m_page->findChild<Widget *>(QLatin1String(name));
    }

    FakeClock m_clock;
    FakeCluster *m_cluster = nullptr;
    std::unique_ptr<Messaging> m_messaging;
    std::unique_ptr<SettingsPage> m_page;
};

void TestSettingsPage::init()
{
    m_page.reset();
    auto cluster = std::make_unique<FakeCluster>();
    m_cluster = cluster.get();
    m_cluster->put(storageClass());
    m_messaging = std::make_unique<Messaging>(std::move(cluster), m_clock,
        Messaging::Options{QStringLiteral("messages"), QStringLiteral("ana@laptop"), QStringLiteral("ana")});
    m_page = std::make_unique<SettingsPage>(
        m_messaging->runtime(), m_messaging->streams(), m_messaging->consumers(), m_clock, QStringLiteral("prod-eu"));
    m_page->show();
    m_messaging->start();
    QVERIFY(comes([this] { return child<QPushButton>("enableNatsButton")->isEnabled(); }));
    QVERIFY(
        comes([this] { return child<QComboBox>("storageClassCombo")->currentText() == QStringLiteral("standard"); }));
}

void TestSettingsPage::enablesTheRuntime()
{
    const QString password = child<QLineEdit>("clientPasswordEdit")->text();
    child<QPushButton>("enableNatsButton")->click();
    QVERIFY(!child<QPushButton>("enableNatsButton")->isEnabled());
    QVERIFY(comes([this] { return m_messaging->runtime().status().phase != RuntimePhase::Absent; }));
    QVERIFY(comes([this] { return child<InlineMessage>("settingsOperationMessage")->isVisible(); }));
    QVERIFY(child<QLineEdit>("clientPasswordEdit")->text().isEmpty());
    QVERIFY(!password.isEmpty());
    for (const QJsonObject &map :
        m_cluster->objects(QStringLiteral("v1"), QStringLiteral("ConfigMap"), QStringLiteral("messages")))
        QVERIFY(!QJsonDocument(map).toJson().contains(password.toUtf8()));
}

void TestSettingsPage::saysWhyItWasNotRecorded()
{
    m_cluster->failNext(1, Error{Error::Kind::Forbidden, QStringLiteral("Not yours."), {}, {}, {}}, "POST",
        QStringLiteral("/configmaps"));
    child<QPushButton>("enableNatsButton")->click();
    QVERIFY(comes([this] { return child<InlineMessage>("enableErrorMessage")->isVisible(); }));
    QVERIFY(!child<QLineEdit>("clientPasswordEdit")->text().isEmpty());
}

void TestSettingsPage::tellsEveryTabThatNobodyAnswered()
{
    QStringList told;
    connect(m_page.get(), &SettingsPage::warned, this, [&told](const QString &text) { told.append(text); });
    m_cluster->goOffline();
    child<QPushButton>("enableNatsButton")->click();
    QCOMPARE(told, QStringList{QString()});
    QVERIFY(comes([&told] { return told.size() == 2; }));
    QVERIFY2(told[1].startsWith(QStringLiteral("NATS was not enabled: ")), qPrintable(told[1]));
    QVERIFY(!child<InlineMessage>("enableErrorMessage")->isVisible());
    QVERIFY(!child<QLineEdit>("clientPasswordEdit")->text().isEmpty());
}

void TestSettingsPage::saysThatSomebodyElseWasFaster()
{
    QStringList told;
    connect(m_page.get(), &SettingsPage::warned, this, [&told](const QString &text) {
        if (!text.isEmpty())
            told.append(text);
    });
    RuntimeRecord record;
    record.spec = {QStringLiteral("standard"), 10, 3, false};
    record.operation.id = QStringLiteral("another");
    record.operation.requestedBy = QStringLiteral("bo@desk");
    record.operation.requestedAt = m_clock.now();
    m_cluster->put(record.toConfigMap(QStringLiteral("messages")));
    child<QPushButton>("enableNatsButton")->click();
    QVERIFY(comes([&told] { return told.size() == 1; }));
    QVERIFY2(told[0].contains(QStringLiteral("bo@desk")), qPrintable(told[0]));
    QVERIFY2(told[0].contains(QStringLiteral("were not used")), qPrintable(told[0]));
}

void TestSettingsPage::looksAtTheNodesNowAndThenWhileItIsShown()
{
    QVERIFY(comes([this] { return m_messaging->runtime().schedulableNodes() == QStringList(); }));
    QJsonObject node{{QStringLiteral("apiVersion"), QStringLiteral("v1")},
        {QStringLiteral("kind"), QStringLiteral("Node")},
        {QStringLiteral("metadata"), QJsonObject{{QStringLiteral("name"), QStringLiteral("node-1")}}}};
    m_cluster->put(node);
    const auto putAt = m_clock.monotonic();
    QVERIFY(
        comes([this] { return m_messaging->runtime().schedulableNodes() == QStringList{QStringLiteral("node-1")}; }));
    // sooner than the permissions, with which they are looked at as well
    QVERIFY(m_clock.monotonic() - putAt < std::chrono::minutes(2));
    QVERIFY(!child<InlineMessage>("crowdingMessage")->isHidden());
    m_page->hide();
    const auto asked = [this] {
        return std::count_if(m_cluster->requests.cbegin(), m_cluster->requests.cend(),
            [](const ApiRequest &request) { return request.path.endsWith(QStringLiteral("/nodes")); });
    };
    m_clock.advance(std::chrono::minutes(1));
    const auto before = asked();
    m_clock.advance(std::chrono::minutes(2));
    QCOMPARE(asked(), before);
}

QTEST_MAIN(TestSettingsPage)
#include "tst_settingspage.moc"
