// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/base/clock.h"
#include "services/messaging/messaging.h"
#include "services/messaging/runtimerecord.h"
#include "services/messaging/runtimeservice.h"
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
    void saysThatSomebodyElseWasFaster();

private:
    template <typename Widget> Widget *child(const char *name) const
    {
        return m_page->findChild<Widget *>(QLatin1String(name));
    }

    SystemClock m_clock;
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
    QTRY_VERIFY_WITH_TIMEOUT(child<QPushButton>("enableNatsButton")->isEnabled(), 60000);
    QTRY_COMPARE_WITH_TIMEOUT(child<QComboBox>("storageClassCombo")->currentText(), QStringLiteral("standard"), 60000);
}

void TestSettingsPage::enablesTheRuntime()
{
    const QString password = child<QLineEdit>("clientPasswordEdit")->text();
    child<QPushButton>("enableNatsButton")->click();
    QVERIFY(!child<QPushButton>("enableNatsButton")->isEnabled());
    QTRY_VERIFY_WITH_TIMEOUT(m_messaging->runtime().status().phase != RuntimePhase::Absent, 60000);
    QTRY_VERIFY_WITH_TIMEOUT(child<InlineMessage>("settingsOperationMessage")->isVisible(), 60000);
    QVERIFY(child<QLineEdit>("clientPasswordEdit")->text().isEmpty());
    QVERIFY(!password.isEmpty());
    for (const QJsonObject &map :
        m_cluster->objects(QStringLiteral("v1"), QStringLiteral("ConfigMap"), QStringLiteral("messages")))
        QVERIFY(!QJsonDocument(map).toJson().contains(password.toUtf8()));
}

void TestSettingsPage::saysWhyItWasNotRecorded()
{
    m_cluster->goOffline();
    child<QPushButton>("enableNatsButton")->click();
    QTRY_VERIFY_WITH_TIMEOUT(child<InlineMessage>("enableErrorMessage")->isVisible(), 60000);
    QVERIFY(!child<QLineEdit>("clientPasswordEdit")->text().isEmpty());
}

void TestSettingsPage::saysThatSomebodyElseWasFaster()
{
    QStringList told;
    connect(m_page.get(), &SettingsPage::enableLost, this, [&told](const QString &text) { told.append(text); });
    RuntimeRecord record;
    record.spec = {QStringLiteral("standard"), 10, 3, false};
    record.operation.id = QStringLiteral("another");
    record.operation.requestedBy = QStringLiteral("bo@desk");
    record.operation.requestedAt = m_clock.now();
    m_cluster->put(record.toConfigMap(QStringLiteral("messages")));
    child<QPushButton>("enableNatsButton")->click();
    QTRY_COMPARE_WITH_TIMEOUT(told.size(), 1, 60000);
    QVERIFY2(told[0].contains(QStringLiteral("bo@desk")), qPrintable(told[0]));
    QVERIFY2(told[0].contains(QStringLiteral("were not used")), qPrintable(told[0]));
}

QTEST_MAIN(TestSettingsPage)
#include "tst_settingspage.moc"
