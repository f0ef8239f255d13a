// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/result.h"
#include "services/domain/clientcredential.h"

#include <QDateTime>
#include <QString>

#include <optional>

/// Whose password one is: an account of the runtime in one namespace of one cluster.
struct KeptId {
    QString cluster; ///< a digest of what identifies it; holds no slash
    QString nameSpace;
    QString account;

    bool operator==(const KeptId &) const = default;

    /// Under which it lies in the keychain.
    QString key() const { return cluster + u'/' + nameSpace + u'/' + account; }
};

/// What is known of a kept password without looking at it.
struct KeptEntry {
    KeptId id;
    QString clusterName; ///< as people called it then
    SecretVersion version;
    QDateTime fetchedAt; ///< UTC; from the cluster
    bool isSessionOnly = false; ///< it is in memory, not in the keychain

    bool operator==(const KeptEntry &) const = default;
};

/// A kept password itself. What the keychain holds says of which version it is, so that it is never taken for another
/// where the index went ahead of it.
struct KeptPassword {
    ClientCredential credential;
    QDateTime fetchedAt; ///< UTC

    bool operator==(const KeptPassword &) const = default;
};

/// As it lies in the keychain.
SecretString encoded(const KeptPassword &password);
/// Nothing where another program, or a later Pennant, has written there.
std::optional<KeptPassword> decoded(const SecretString &text);
