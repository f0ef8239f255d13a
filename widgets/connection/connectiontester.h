// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/account.h"

#include <QObject>

#include <memory>

class AccountService;
class ConnectionCard;
class ConnectionTest;
class RuntimeService;

/// Joins the test that a ConnectionCard offers to the services. Ends with its parent.
class ConnectionTester final : public QObject {
    Q_OBJECT

public:
    /// All must outlive it.
    ConnectionTester(ConnectionCard &card, RuntimeService &runtime, AccountService &accounts,
        std::unique_ptr<ConnectionTest> test, QObject *parent);
    ~ConnectionTester() override;

private:
    void start(const QString &pod);
    void renewPods();
    void forgetWhatIsOld();

    ConnectionCard &m_card;
    RuntimeService &m_runtime;
    AccountService &m_accounts;
    std::unique_ptr<ConnectionTest> m_test;
    CredentialState m_credential = CredentialState::Unknown; ///< of the account that is shown
};
