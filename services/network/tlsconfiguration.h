// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/result.h"
#include "services/kubernetes/kubeconfig.h"

#include <QSslConfiguration>

/// TLS as `access` asks for it: its authority instead of the system's, its client certificate. Tls where a certificate
/// has expired, Invalid where one or its key cannot be read; each says which.
Result<QSslConfiguration> tlsConfiguration(const ClusterAccess &access);
