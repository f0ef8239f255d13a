// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/keychain/secretstore.h"

#include <QByteArray>

#include <map>

/// Keeps secrets for as long as it lives. They lie in memory under a mask, so that who searches a dump of it for a
/// password does not come across one; this is no encryption: the mask lies there as well.
class MemoryStore final : public SecretStore {
    Q_OBJECT

public:
    using SecretStore::SecretStore;

    Pending<void> open(IfLocked ifLocked) override;
    Pending<SecretString> read(const QString &key) override;
    Pending<void> write(const QString &key, const SecretString &secret) override;
    Pending<void> remove(const QString &key) override;
    void clear() { m_kept.clear(); }

private:
    struct Masked {
        QByteArray mask;
        QByteArray bytes;
    };

    std::map<QString, Masked> m_kept;
};
