// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accounts/shownconnection.h"

#include "services/messaging/accountservice.h"
#include "services/messaging/connectiontest.h"
#include "services/messaging/runtimeservice.h"
#include "widgets/accounts/accountspage.h"
#include "widgets/connection/connectioncard.h"
#include "widgets/connection/connectionpasswords.h"
#include "widgets/connection/connectiontester.h"

ShownConnection::ShownConnection(AccountsPage &page, AccountService &accounts, RuntimeService &runtime,
    AccountPasswords &passwords, std::unique_ptr<ConnectionTest> test)
    : QObject(&page)
    , m_accounts(accounts)
    , m_runtime(runtime)
    , m_card(new ConnectionCard)
{
    m_card->setPicker(false);
    page.setConnection(m_card);
    new ConnectionTester(*m_card, runtime, accounts, std::move(test), this);
    auto *revealed = new ConnectionPasswords(*m_card, passwords, this);
    connect(revealed, &ConnectionPasswords::warned, this, &ShownConnection::warned);
    connect(&page, &AccountsPage::accountShown, this, [this](const QString &account) {
        m_account = account;
        renew();
        renewAccess();
    });
    connect(&accounts, &AccountService::accountsChanged, this, &ShownConnection::renew);
    connect(&accounts, &AccountService::accessChanged, this, &ShownConnection::renewAccess);
    renewAccess();
}

void ShownConnection::setKubectl(const KubectlTarget &kubectl)
{
    m_card->setKubectl(kubectl);
}

void ShownConnection::renew()
{
    if (const std::optional<Account> account = m_accounts.find(m_account))
        m_card->setAccounts({*account});
}

void ShownConnection::renewAccess()
{
    const Access access = m_accounts.revealAccess(m_account);
    m_card->setRevealAccess(access, m_runtime.grantFor(access));
}
