// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/messaging.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakecluster.h"
#include "widgets/common/emptystate.h"
#include "widgets/streams/streamspage.h"

#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <memory>

class StreamsPageTest final : public QObject {
    Q_OBJECT

private slots:
    void init();
    void leadsToSettingsWhileNatsIsNotEnabled();
    void keepsTheDraftWhenTheFormIsPutAway();

private:
    template <typename T> T *child(const char *name) const { return m_page->findChild<T *>(QLatin1String(name)); }

    FakeClock m_clock;
    std::unique_ptr<Messaging> m_messaging;
    std::unique_ptr<StreamsPage> m_page;
};

void StreamsPageTest::init()
{
    m_page.reset();
    m_messaging = std::make_unique<Messaging>(std::make_unique<FakeCluster>(), m_clock, Messaging::Options{});
    m_messaging->start();
    m_page =
        std::make_unique<StreamsPage>(m_messaging->runtime(), m_messaging->accounts(), m_messaging->streams(), m_clock);
}

void StreamsPageTest::leadsToSettingsWhileNatsIsNotEnabled()
{
    QSignalSpy requested(m_page.get(), &StreamsPage::runtimeRequested);
    auto *action = child<QPushButton>("streamEmptyButton");
    QTRY_VERIFY(!action->isHidden());
    QVERIFY(child<EmptyState>("streamEmpty")->accessibleName().contains(QStringLiteral("not enabled")));
    action->click();
    QCOMPARE(requested.count(), 1);
    const auto *make = child<QPushButton>("newStreamButton");
    QVERIFY(!make->isEnabled());
    QVERIFY(!make->toolTip().isEmpty());
    QVERIFY(!child<QPushButton>("createStreamButton")->isEnabled());
}

void StreamsPageTest::keepsTheDraftWhenTheFormIsPutAway()
{
    child<QLineEdit>("streamNameEdit")->setText(QStringLiteral("ORDERS"));
    m_page->show();
    m_page->hide();
    QCOMPARE(child<QLineEdit>("streamNameEdit")->text(), QStringLiteral("ORDERS"));
}

QTEST_MAIN(StreamsPageTest)
#include "tst_streamspage.moc"
