// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/secretstring.h"

#include <QDateTime>

#include <optional>

/// What a Login handed out: a token, a certificate with its key, or both.
struct LoginCredential {
    SecretString token;
    QByteArray certificate; ///< PEM
    SecretString key; ///< PEM
    SecretString refreshToken; ///< what the next token is got for; empty: it is not got for one
    std::optional<QDateTime> expires; ///< UTC; none: good until the server refuses it

    bool operator==(const LoginCredential &) const = default;
};
