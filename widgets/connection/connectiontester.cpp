// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/connection/connectiontester.h"

#include "services/messaging/accountservice.h"
#include "services/messaging/connectiontest.h"
#include "services/messaging/runtimeservice.h"
#include "widgets/connection/connectioncard.h"
#include "widgets/connection/testview.h"

#include <algorithm>

ConnectionTester::ConnectionTester(ConnectionCard &card, RuntimeService &runtime, AccountService &accounts,
    std::unique_ptr<ConnectionTest> test, QObject *parent)
    : QObject(parent)
    , m_card(card)
    , m_runtime(runtime)
    , m_accounts(accounts)
    , m_test(std::move(test))
{
    connect(card.test(), &TestView::testRequested, this, &ConnectionTester::start);
    connect(card.test(), &TestView::stopRequested, m_test.get(), &ConnectionTest::cancel);
    connect(&card, &ConnectionCard::detailsChanged, this, [this] {
        m_test->cancel();
        m_card.test()->forget();
    });
    connect(&accounts, &AccountService::accountsChanged, this, &ConnectionTester::forgetWhatIsOld);
    connect(m_test.get(), &ConnectionTest::changed, this,
        [this] { m_card.test()->setTest(m_test->stages(), m_test->isRunning(), m_test->problem()); });
    connect(&runtime, &RuntimeService::statusChanged, this, &ConnectionTester::renewPods);
    renewPods();
    card.test()->show();
}

ConnectionTester::~ConnectionTester() = default;

/// What was found of a password says nothing of the one that has taken its place.
void ConnectionTester::forgetWhatIsOld()
{
    const std::optional<Account> account = m_accounts.find(m_card.currentAccount());
    const CredentialState before =
        std::exchange(m_credential, account ? account->credential : CredentialState::Unknown);
    if (before == m_credential || m_test->isRunning())
        return;
    m_test->cancel();
    m_card.test()->forget();
}

void ConnectionTester::renewPods()
{
    m_card.test()->setPods(m_runtime.status().pods);
}

void ConnectionTester::start(const QString &pod)
{
    const QList<RuntimePod> &pods = m_runtime.status().pods;
    QString through = pod;
    if (through.isEmpty() && !pods.isEmpty()) {
        const auto ready =
            std::find_if(pods.cbegin(), pods.cend(), [](const RuntimePod &candidate) { return candidate.ready; });
        through = ready == pods.cend() ? pods.constFirst().name : ready->name;
    }
    m_test->start(m_card.details(), through,
        [this, account = m_card.currentAccount()] { return m_accounts.clientPassword(account); });
}
