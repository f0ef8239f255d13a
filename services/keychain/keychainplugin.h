// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/result.h"
#include "services/keychain/secretstore.h"

#include <QtPlugin>

#include <memory>

/// What the module that speaks to QtKeychain is asked for. It is loaded with the first password that is kept or looked
/// for: QtKeychain and D-Bus are no part of the way to the first window (docs/adr/0005).
class KeychainPlugin {
public:
    virtual ~KeychainPlugin() = default;
    virtual std::unique_ptr<SecretStore> create() = 0;

    /// The one of this program, loaded once; a Local error that names the file where it can't be.
    static Result<KeychainPlugin *> load();
    /// The keychain of this workstation, by the plugin.
    static Result<std::unique_ptr<SecretStore>> createStore();
};

#define PENNANT_KEYCHAIN_PLUGIN "app.pennant.KeychainPlugin/1"
Q_DECLARE_INTERFACE(KeychainPlugin, PENNANT_KEYCHAIN_PLUGIN)
