// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/keychain/keychainplugin.h"
#include "services/keychain/qtkeychainstore.h"

#include <QObject>

/// The keychain as the program loads it. Tests link it instead.
class KeychainModule final : public QObject, public KeychainPlugin {
    Q_OBJECT
    Q_PLUGIN_METADATA(IID PENNANT_KEYCHAIN_PLUGIN)
    Q_INTERFACES(KeychainPlugin)

public:
    std::unique_ptr<SecretStore> create() override { return std::make_unique<QtKeychainStore>(); }
};

#include "keychainmodule.moc"
