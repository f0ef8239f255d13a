// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/accountconnections.h"
#include "services/messaging/accountservice.h"
#include "services/messaging/runtimerecord.h"
#include "services/messaging/streamservice.h"
#include "tests/support/fakeclock.h"
#include "tests/support/messagingfixture.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/tableview.h"
#include "widgets/streams/streamform.h"
#include "widgets/streams/streamspage.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

#include <functional>
#include <memory>

using namespace std::chrono_literals;

namespace {

/// The services that the page needs, over a cluster in memory in which nobody answers as NATS.
struct Services {
    explicit Services(KubernetesTransport &transport)
        : runtime(transport, clock, MessagingFixture::nameSpace, QStringLiteral("ana@laptop"))
        , accounts(transport, clock, runtime, QStringLiteral("ana@laptop"))
        , connections(transport, clock, runtime, accounts)
        , streams(runtime, connections, clock)
    {
        runtime.start();
        accounts.start();
        streams.refresh();
    }

    FakeClock clock;
    RuntimeService runtime;
    AccountService accounts;
    AccountConnections connections;
    StreamService streams;
};

} // namespace

class StreamsPageTest final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void leadsToSettingsWhileNatsIsNotEnabled();
    void saysWhichPermissionAViewerLacks();
    void keepsTheDraftWhenCreationFails();
    void saysInTheListWhatFailedWhileTheFormWasAway();
    void givesTheKeyboardToTheListWhenThePanelCloses();
    void keepsTheOrderThatAPersonChose();

private:
    template <typename T> T *child(const char *name) const { return m_page->findChild<T *>(QLatin1String(name)); }
    void open();
    bool passTimeUntil(const std::function<bool()> &condition);
    bool becomesReady();
    bool canCreate();

    std::unique_ptr<MessagingFixture> m_fixture;
    std::unique_ptr<Services> m_services;
    std::unique_ptr<StreamsPage> m_page;
};

void StreamsPageTest::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("pennant-tests"));
}

void StreamsPageTest::init()
{
    QSettings().clear();
    m_fixture = std::make_unique<MessagingFixture>();
    m_fixture->playControllers();
    open();
}

void StreamsPageTest::open()
{
    m_page.reset();
    m_services.reset();
    m_services = std::make_unique<Services>(m_fixture->cluster);
    m_page = std::make_unique<StreamsPage>(
        m_services->runtime, m_services->accounts, m_services->streams, m_services->clock);
    m_page->show();
}

void StreamsPageTest::cleanup()
{
    m_page.reset();
    m_services.reset();
    m_fixture.reset();
}

bool StreamsPageTest::passTimeUntil(const std::function<bool()> &condition)
{
    for (int step = 0; step < 2000 && !condition(); ++step) {
        m_services->clock.advance(100ms);
        QTest::qWait(1); // passwords are hashed in real time
    }
    return condition();
}

bool StreamsPageTest::becomesReady()
{
    RuntimeService &runtime = m_services->runtime;
    if (!passTimeUntil([&runtime] { return runtime.enableAccess().allowed; }))
        return false;
    Pending<void> enabling = runtime.enable(MessagingFixture::request());
    enabling.then(this, [](const Result<void> &) {});
    if (!passTimeUntil([this] { return m_fixture->objectNames().contains(QStringLiteral("StatefulSet/nats")); }))
        return false;
    // nobody answers as NATS here: the cluster remembers that another workstation brought it to its end
    open();
    RuntimeRecord record;
    record.spec = MessagingFixture::request().spec;
    record.operation.state = RuntimeOperation::State::Done;
    record.operation.id = QStringLiteral("another");
    record.operation.requestedAt = m_services->clock.now();
    m_fixture->cluster.put(record.toConfigMap(MessagingFixture::nameSpace));
    return passTimeUntil([this] { return m_services->runtime.status().phase == RuntimePhase::Ready; });
}

bool StreamsPageTest::canCreate()
{
    return becomesReady() && passTimeUntil([this] {
        return child<QPushButton>("newStreamButton")->isEnabled()
            && child<QComboBox>("streamAccountCombo")->count() > 0;
    });
}

void StreamsPageTest::leadsToSettingsWhileNatsIsNotEnabled()
{
    QSignalSpy requested(m_page.get(), &StreamsPage::runtimeRequested);
    auto *action = child<QPushButton>("streamEmptyButton");
    QVERIFY(passTimeUntil([action] { return action->isVisible(); }));
    QVERIFY(child<EmptyState>("streamEmpty")->accessibleName().contains(QStringLiteral("not enabled")));
    action->click();
    QCOMPARE(requested.count(), 1);
    const auto *make = child<QPushButton>("newStreamButton");
    QVERIFY(!make->isEnabled());
    QVERIFY(!make->toolTip().isEmpty());
}

void StreamsPageTest::saysWhichPermissionAViewerLacks()
{
    QVERIFY(becomesReady());
    m_fixture->cluster.isAllowed = [](const Permission &wanted) {
        return wanted.resource != QStringLiteral("secrets");
    };
    open();
    const auto *empty = child<EmptyState>("streamEmpty");
    QVERIFY(passTimeUntil([empty] { return empty->accessibleName() == QStringLiteral("You may not see streams"); }));
    QVERIFY2(empty->accessibleDescription().contains(QStringLiteral("secrets/nats-viewing-default")),
        qPrintable(empty->accessibleDescription()));
    child<QPushButton>("streamEmptyButton")->click();
    const QString role = QGuiApplication::clipboard()->text();
    QVERIFY2(role.contains(QStringLiteral("resourceNames: [\"nats-viewing-default\"]")), qPrintable(role));
    auto *copy = child<QPushButton>("copyRoleButton"); // beside New stream, which is disabled
    QVERIFY(copy->isVisible());
    QVERIFY(copy->accessibleDescription().contains(QStringLiteral("secrets")));
    copy->click();
    QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("resources: [\"secrets\"]")));
}

void StreamsPageTest::keepsTheDraftWhenCreationFails()
{
    QVERIFY(canCreate());
    child<QPushButton>("newStreamButton")->click();
    auto *name = child<QLineEdit>("streamNameEdit");
    auto *create = child<QPushButton>("createStreamButton");
    QVERIFY(name->isVisible());
    name->setText(QStringLiteral("ORDERS"));
    create->click();
    QVERIFY(!create->isEnabled());
    const auto *message = m_page->findChild<StreamForm *>()->findChild<InlineMessage *>();
    QVERIFY(passTimeUntil([message] { return message->isVisible(); }));
    QVERIFY(!message->title().isEmpty());
    QVERIFY(create->isEnabled());
    QVERIFY(name->isVisible());
    QCOMPARE(name->text(), QStringLiteral("ORDERS"));

    m_page->hide();
    m_page->show();
    QCOMPARE(name->text(), QStringLiteral("ORDERS"));
}

void StreamsPageTest::saysInTheListWhatFailedWhileTheFormWasAway()
{
    QVERIFY(canCreate());
    child<QPushButton>("newStreamButton")->click();
    child<QLineEdit>("streamNameEdit")->setText(QStringLiteral("ORDERS"));
    child<QPushButton>("createStreamButton")->click();
    QTest::keyClick(m_page->findChild<StreamForm *>(), Qt::Key_Escape);
    QVERIFY(!m_page->findChild<StreamForm *>()->isVisible());
    const auto *message = child<InlineMessage>("streamMessage");
    QVERIFY(passTimeUntil([message] { return message->isVisible(); }));
    QVERIFY(message->title().contains(QStringLiteral("ORDERS")));
    child<QPushButton>("newStreamButton")->click();
    QVERIFY(child<QWidget>("keptDraftNote")->isVisible());
    QCOMPARE(child<QLineEdit>("streamNameEdit")->text(), QStringLiteral("ORDERS"));
}

void StreamsPageTest::givesTheKeyboardToTheListWhenThePanelCloses()
{
    QVERIFY(canCreate());
    m_page->activateWindow();
    child<QPushButton>("newStreamButton")->click();
    QTRY_VERIFY(child<QLineEdit>("streamNameEdit")->hasFocus());
    QTest::keyClick(child<QLineEdit>("streamNameEdit"), Qt::Key_Escape);
    QVERIFY(!m_page->findChild<StreamForm *>()->isVisible());
    const QWidget *focus = QApplication::focusWidget();
    QVERIFY(focus && focus->isVisible());
    QVERIFY(focus == child<QPushButton>("streamEmptyButton") || focus == child<QLineEdit>("streamFilterEdit"));
}

void StreamsPageTest::keepsTheOrderThatAPersonChose()
{
    const auto header = [this] { return child<TableView>("streamTable")->horizontalHeader(); };
    QCOMPARE(header()->sortIndicatorSection(), int(StreamTableModel::NameColumn));
    header()->setSortIndicator(StreamTableModel::BytesColumn, Qt::DescendingOrder);
    open();
    QCOMPARE(header()->sortIndicatorSection(), int(StreamTableModel::BytesColumn));
    QCOMPARE(header()->sortIndicatorOrder(), Qt::DescendingOrder);
}

QTEST_MAIN(StreamsPageTest)
#include "tst_streamspage.moc"
