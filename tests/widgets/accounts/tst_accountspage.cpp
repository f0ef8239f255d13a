// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/jetstreamfixture.h"
#include "widgets/accounts/accountspage.h"
#include "widgets/common/emptystate.h"

#include <QTest>

class AccountsPageTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhichPermissionAViewerLacks();
    void leavesItToTheWorkspaceThatTheClusterIsOutOfReach();
    void doesNotRepeatWhyTheClusterWasNeverReached();
};

void AccountsPageTest::saysWhichPermissionAViewerLacks()
{
    JetStreamFixture fixture;
    fixture.cluster.cluster.isAllowed = [](const Permission &wanted) {
        return wanted.resource != QStringLiteral("secrets");
    };
    AccountsPage page(fixture.accounts, fixture.runtime);
    page.show();
    fixture.runtime.start();
    fixture.accounts.start();
    const auto *empty = page.findChild<EmptyState *>(QStringLiteral("accountsEmptyState"));
    QVERIFY(fixture.passTimeUntil(
        [empty] { return empty->accessibleName() == QStringLiteral("You may not see the accounts"); }));
    QVERIFY(empty->isVisible());
    QVERIFY(empty->accessibleDescription().contains(QStringLiteral("list and watch secrets")));
}

void AccountsPageTest::leavesItToTheWorkspaceThatTheClusterIsOutOfReach()
{
    JetStreamFixture fixture;
    AccountsPage page(fixture.accounts, fixture.runtime);
    page.show();
    QVERIFY(fixture.start());
    fixture.cluster.cluster.goOffline();
    QVERIFY(fixture.passTimeUntil([&fixture] {
        return fixture.accounts.problem() && fixture.runtime.freshness().state == Freshness::State::Stale;
    }));
    QVERIFY(!page.findChild<QWidget *>(QStringLiteral("accountsProblem"))->isVisible());
    QVERIFY(page.findChild<QWidget *>(QStringLiteral("accountTable"))->isVisible());
}

void AccountsPageTest::doesNotRepeatWhyTheClusterWasNeverReached()
{
    JetStreamFixture fixture;
    fixture.cluster.cluster.goOffline();
    AccountsPage page(fixture.accounts, fixture.runtime);
    page.show();
    fixture.runtime.start();
    fixture.accounts.start();
    QVERIFY(fixture.passTimeUntil(
        [&fixture] { return fixture.accounts.problem() && !fixture.runtime.freshness().why.isEmpty(); }));
    QVERIFY(!page.findChild<QWidget *>(QStringLiteral("accountsProblem"))->isVisible());
    const auto *empty = page.findChild<EmptyState *>(QStringLiteral("accountsEmptyState"));
    QVERIFY(empty->isVisible());
    QVERIFY2(empty->accessibleDescription().contains(QStringLiteral("above every tab")),
        qPrintable(empty->accessibleDescription()));
}

QTEST_MAIN(AccountsPageTest)
#include "tst_accountspage.moc"
