// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimenames.h"
#include "services/messaging/streamservice.h"
#include "tests/support/jetstreamfixture.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/streams/streamspage.h"

#include <QJsonArray>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

const StreamId orders{QStringLiteral("default"), QStringLiteral("orders")};

} // namespace

/// The page asks before it deletes: what it deletes is what it asked about.
class StreamDeletionTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void deletesOnlyTheStreamThatWasConfirmed_data();
    void deletesOnlyTheStreamThatWasConfirmed();
    void offersARoleThatWouldLetOneDelete();

private:
    template <typename T> T *child(const char *name) const { return m_page->findChild<T *>(QLatin1String(name)); }
    bool passTimeUntil(const std::function<bool()> &condition) { return m_fixture->passTimeUntil(condition); }
    int deletions() const { return m_fixture->server().count(text("$JS.API.STREAM.DELETE.orders")); }
    /// The stream `orders` is there, and was created then; the page shows it.
    bool holds(const QString &created);

    std::unique_ptr<JetStreamFixture> m_fixture;
    std::unique_ptr<StreamService> m_service;
    std::unique_ptr<StreamsPage> m_page;
};

void StreamDeletionTest::init()
{
    m_fixture = std::make_unique<JetStreamFixture>();
    m_service = std::make_unique<StreamService>(m_fixture->runtime, *m_fixture->connections, m_fixture->clock);
    m_page = std::make_unique<StreamsPage>(m_fixture->runtime, m_fixture->accounts, *m_service, m_fixture->clock);
    m_page->show();
    m_service->refresh();
    QVERIFY(m_fixture->start());
}

void StreamDeletionTest::cleanup()
{
    m_page.reset();
    m_service.reset();
    m_fixture.reset();
}

bool StreamDeletionTest::holds(const QString &created)
{
    QJsonObject info = JetStreamFixture::streamInfo(orders.name);
    info[text("created")] = created;
    m_fixture->server().stand(text("$JS.API.STREAM.LIST"), JetStreamFixture::page("streams", {info}, 0));
    m_fixture->server().stand(text("$JS.API.STREAM.INFO.orders"), info);
    const QDateTime wanted = QDateTime::fromString(created, Qt::ISODateWithMs);
    return passTimeUntil([&] {
        const QList<Stream> &streams = m_service->streams();
        return streams.size() == 1 && streams.constFirst().created == wanted;
    });
}

void StreamDeletionTest::deletesOnlyTheStreamThatWasConfirmed_data()
{
    QTest::addColumn<bool>("isMadeAnew");
    QTest::newRow("it is still that one") << false;
    QTest::newRow("it was made anew while the question stood open") << true;
}

void StreamDeletionTest::deletesOnlyTheStreamThatWasConfirmed()
{
    QFETCH(bool, isMadeAnew);
    QVERIFY(holds(text("2026-03-04T05:06:07Z")));
    m_fixture->server().stand(text("$JS.API.STREAM.DELETE.orders"), {{text("success"), true}});
    m_page->open(orders);
    child<QPushButton>("deleteStreamButton")->click();
    auto *name = child<QLineEdit>("confirmNameEdit");
    QVERIFY(name);
    if (isMadeAnew)
        QVERIFY(holds(text("2026-03-04T05:07:00Z")));
    name->setText(orders.name);
    child<QPushButton>("confirmDangerButton")->click();
    const auto *message = child<InlineMessage>("streamMessage");
    QVERIFY(message);
    QVERIFY(passTimeUntil([&] { return isMadeAnew ? message->isVisible() : deletions() == 1; }));
    QCOMPARE(deletions(), isMadeAnew ? 0 : 1);
    if (isMadeAnew)
        QVERIFY2(message->title().contains(text("was not deleted")), qPrintable(message->title()));
}

void StreamDeletionTest::offersARoleThatWouldLetOneDelete()
{
    QVERIFY(holds(text("2026-03-04T05:06:07Z")));
    m_page->open(orders);
    const auto *remove = child<QPushButton>("deleteStreamButton");
    const auto *copy = child<QPushButton>("copyDeletionRoleButton");
    QVERIFY(remove->isEnabled() && copy->isHidden());
    m_fixture->cluster.cluster.isAllowed = [](const Permission &wanted) {
        return wanted.name != RuntimeNames::managementSecret(orders.account);
    };
    m_fixture->runtime.refresh();
    QVERIFY(passTimeUntil([&] { return !remove->isEnabled() && copy->isVisible(); }));
    QCOMPARE(copy->accessibleDescription(), remove->accessibleDescription());
}

QTEST_MAIN(StreamDeletionTest)
#include "tst_streamdeletion.moc"
