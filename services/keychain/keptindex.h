// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/keychain/keptpassword.h"

#include <QList>

#include <optional>

/// What lies in the keychain, in the program's settings: a keychain can't be asked for a list by QtKeychain, and what
/// is listed here is seen without unlocking it. Holds no secret. Read anew each time: another window of Pennant may
/// have written. GUI thread.
class KeptIndex final {
public:
    /// By cluster, namespace and account.
    QList<KeptEntry> entries() const;
    std::optional<KeptEntry> find(const KeptId &id) const;
    void put(const KeptEntry &entry);
    void remove(const KeptId &id);
};
