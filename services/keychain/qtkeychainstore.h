// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/keychain/secretstore.h"

#include <memory>

class SecretService;

/// The keychain of this workstation, by QtKeychain: on Linux the Secret Service, on a KDE desktop KWallet. Never a file
/// in clear. What it stores stands under the program's own name.
class QtKeychainStore final : public SecretStore {
    Q_OBJECT

public:
    explicit QtKeychainStore(QObject *parent = nullptr);
    ~QtKeychainStore() override;

    Pending<void> open(IfLocked ifLocked) override;
    Pending<SecretString> read(const QString &key) override;
    Pending<void> write(const QString &key, const SecretString &secret) override;
    Pending<void> remove(const QString &key) override;
    bool mayAskLater() const override { return !m_secretService; }
    bool isWaitingForPerson() const override;

    /// The service that all of it is stored under: what another program would look for it by.
    static QString service();

private:
    std::unique_ptr<SecretService> m_secretService; ///< null where another keychain is used
};
