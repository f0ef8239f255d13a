// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/secretstring.h"

#include <QString>

/// Which Secret, and which of the contents that it has had: two that are equal hold the same, whatever cluster they are
/// from.
struct SecretVersion {
    QString uid;
    QString resourceVersion;

    bool operator==(const SecretVersion &) const = default;
};

/// What the clients of an account log in with, and the version of the Secret that says so.
struct ClientCredential {
    QString username;
    SecretString password;
    SecretVersion version;

    bool operator==(const ClientCredential &) const = default;
};
