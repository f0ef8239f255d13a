// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/kubectltarget.h"

#include <QObject>

#include <memory>

class AccountPasswords;
class AccountService;
class AccountsPage;
class ConnectionCard;
class ConnectionTest;
class RuntimeService;

/// The connection card of the account that an AccountsPage shows in detail. Ends with the page.
class ShownConnection final : public QObject {
    Q_OBJECT

public:
    /// The services must outlive it.
    ShownConnection(AccountsPage &page, AccountService &accounts, RuntimeService &runtime, AccountPasswords &passwords,
        std::unique_ptr<ConnectionTest> test);

    /// The cluster that the commands shown here are for.
    void setKubectl(const KubectlTarget &kubectl);

Q_SIGNALS:
    /// Of what is to be known on every tab.
    void warned(const QString &text);

private:
    void renew();
    void renewAccess();

    AccountService &m_accounts;
    RuntimeService &m_runtime;
    ConnectionCard *m_card;
    QString m_account;
};
