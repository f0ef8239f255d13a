// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/streamservice.h"
#include "tests/support/jetstreamfixture.h"
#include "widgets/accounts/accountspage.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/tableview.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

class AccountsPageTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysThatItReadsBeforeItOffersAnything();
    void leadsToSettingsWhereNothingIsEnabled();
    void showsAccountsToWhoeverMayNotListSecrets();
    void leavesItToTheWorkspaceThatTheClusterIsOutOfReach();
    void doesNotRepeatWhyTheClusterWasNeverReached();
};

void AccountsPageTest::saysThatItReadsBeforeItOffersAnything()
{
    JetStreamFixture fixture;
    StreamService streams(fixture.runtime, *fixture.connections, fixture.clock);
    AccountsPage page(fixture.accounts, fixture.runtime, streams, fixture.clock);
    page.show();
    const auto *empty = page.findChild<EmptyState *>(QStringLiteral("accountEmpty"));
    QVERIFY(empty->isVisible());
    QVERIFY(empty->actionButton()->isHidden());
    QCOMPARE(empty->accessibleName(), QStringLiteral("Reading the cluster…"));
    fixture.runtime.start();
    QVERIFY(fixture.passTimeUntil([&fixture] { return fixture.runtime.status().phase == RuntimePhase::Ready; }));
    QVERIFY(empty->actionButton()->isHidden());
    QCOMPARE(empty->accessibleName(), QStringLiteral("Accounts are being read…"));
    fixture.accounts.start();
    QVERIFY(fixture.passTimeUntil(
        [&page] { return page.findChild<QWidget *>(QStringLiteral("accountTable"))->isVisible(); }));
}

void AccountsPageTest::leadsToSettingsWhereNothingIsEnabled()
{
    JetStreamFixture fixture;
    fixture.cluster.eraseRuntime();
    StreamService streams(fixture.runtime, *fixture.connections, fixture.clock);
    AccountsPage page(fixture.accounts, fixture.runtime, streams, fixture.clock);
    page.show();
    fixture.runtime.start();
    fixture.accounts.start();
    QVERIFY(fixture.passTimeUntil([&fixture] { return fixture.runtime.freshness().state == Freshness::State::Live; }));
    const auto *empty = page.findChild<EmptyState *>(QStringLiteral("accountEmpty"));
    QCOMPARE(empty->accessibleName(), QStringLiteral("NATS is not enabled on this cluster"));
    QSignalSpy wanted(&page, &AccountsPage::runtimeRequested);
    empty->actionButton()->click();
    QCOMPARE(wanted.count(), 1);
}

void AccountsPageTest::showsAccountsToWhoeverMayNotListSecrets()
{
    JetStreamFixture fixture;
    fixture.cluster.cluster.isAllowed = [](const Permission &wanted) {
        return wanted.resource != QStringLiteral("secrets");
    };
    StreamService streams(fixture.runtime, *fixture.connections, fixture.clock);
    AccountsPage page(fixture.accounts, fixture.runtime, streams, fixture.clock);
    page.show();
    fixture.runtime.start();
    fixture.accounts.start();
    const auto *table = page.findChild<TableView *>(QStringLiteral("accountTable"));
    QVERIFY(fixture.passTimeUntil([table] { return table->isVisible() && table->model()->rowCount() == 1; }));
    QVERIFY(!page.findChild<QWidget *>(QStringLiteral("accountBanner"))->isVisible());
}

void AccountsPageTest::leavesItToTheWorkspaceThatTheClusterIsOutOfReach()
{
    JetStreamFixture fixture;
    StreamService streams(fixture.runtime, *fixture.connections, fixture.clock);
    AccountsPage page(fixture.accounts, fixture.runtime, streams, fixture.clock);
    page.show();
    QVERIFY(fixture.start());
    fixture.cluster.cluster.goOffline();
    QVERIFY(fixture.passTimeUntil([&fixture] {
        return fixture.accounts.problem() && fixture.runtime.freshness().state == Freshness::State::Stale;
    }));
    QVERIFY(!page.findChild<QWidget *>(QStringLiteral("accountBanner"))->isVisible());
    QVERIFY(page.findChild<QWidget *>(QStringLiteral("accountTable"))->isVisible());
}

void AccountsPageTest::doesNotRepeatWhyTheClusterWasNeverReached()
{
    JetStreamFixture fixture;
    fixture.cluster.cluster.goOffline();
    StreamService streams(fixture.runtime, *fixture.connections, fixture.clock);
    AccountsPage page(fixture.accounts, fixture.runtime, streams, fixture.clock);
    page.show();
    fixture.runtime.start();
    fixture.accounts.start();
    QVERIFY(fixture.passTimeUntil(
        [&fixture] { return fixture.accounts.problem() && !fixture.runtime.freshness().why.isEmpty(); }));
    QVERIFY(!page.findChild<QWidget *>(QStringLiteral("accountBanner"))->isVisible());
    const auto *empty = page.findChild<EmptyState *>(QStringLiteral("accountEmpty"));
    QVERIFY(empty->isVisible());
    QVERIFY2(empty->accessibleDescription().contains(QStringLiteral("above every tab")),
        qPrintable(empty->accessibleDescription()));
}

QTEST_MAIN(AccountsPageTest)
#include "tst_accountspage.moc"
