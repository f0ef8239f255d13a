// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/result.h"
#include "services/kubernetes/clusteraccess.h"

#include <QDateTime>

#include <optional>

// What a program and its exec plugin tell one another:
// https://kubernetes.io/docs/reference/config-api/client-authentication.v1/

/// What a plugin handed out: a token, a certificate with its key, or both.
struct ExecCredential {
    SecretString token;
    QByteArray certificate; ///< PEM
    SecretString key; ///< PEM
    std::optional<QDateTime> expires; ///< UTC; none: good until the server refuses it

    bool operator==(const ExecCredential &) const = default;
};

/// For the plugin's environment, as KUBERNETES_EXEC_INFO: that nobody is there to be asked, and what cluster it is for
/// where it wants to know.
QByteArray execInfo(const ExecPlugin &plugin);

/// Reads what the plugin wrote to its standard output. An Unauthorized error says what is wrong with it; it never holds
/// what was read.
Result<ExecCredential> readExecCredential(const QByteArray &output, const ExecPlugin &plugin);
