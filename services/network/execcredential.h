// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/result.h"
#include "services/kubernetes/clusteraccess.h"
#include "services/network/logincredential.h"

// What a program and its exec plugin tell one another:
// https://kubernetes.io/docs/reference/config-api/client-authentication.v1/

/// For the plugin's environment, as KUBERNETES_EXEC_INFO: whether somebody is there to be asked (only where the plugin
/// is run at a terminal, which is where it can't do without), and what cluster it is for where it wants to know.
QByteArray execInfo(const ExecPlugin &plugin);

/// Reads what the plugin wrote to its standard output. An Unauthorized error says what is wrong with it; it never holds
/// what was read.
Result<LoginCredential> readExecCredential(const QByteArray &output, const ExecPlugin &plugin);
