// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/messaging/runtimecredentials.h"

#include <QByteArray>

class Clock;
class KubernetesClient;
class RuntimeManifests;

/// The servers' configuration as it is in its Secret, and the logins that it was made from.
struct WrittenConfiguration {
    RuntimeCredentials credentials;
    QByteArray text; ///< holds no password
};

/// Writes the servers' configuration for `spec` and all accounts as the cluster remembers them. The Secret is read
/// first, then the accounts, and it is written only as it was read: so no account that somebody else adds or changes
/// meanwhile is lost, and whoever was too late begins again. An unchanged configuration is not written. References must
/// outlive the flow.
Flow<WrittenConfiguration> writeConfiguration(
    KubernetesClient &client, Clock &clock, RuntimeManifests manifests, QString nameSpace, RuntimeSpec spec);

/// The configuration `text` once more with a comment at its end, so that servers load it again; answers it with that.
Flow<QByteArray> writeForLoad(
    KubernetesClient &client, Clock &clock, RuntimeManifests manifests, QByteArray text, int load);
