// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/kubernetes/kubeconfig.h"
#include "services/kubernetes/kubernetestransport.h"

#include <QtPlugin>

#include <memory>

/// What the module made of services/network is asked for. It is loaded when the first cluster is opened: the libraries
/// that it stands on take a tenth of the time to the first window (docs/adr/0005).
class TransportPlugin {
public:
    virtual ~TransportPlugin() = default;
    /// Fails with Tls or Invalid where certificates, keys or the proxy can't be used; nothing is sent yet. GUI thread.
    virtual Result<std::unique_ptr<KubernetesTransport>> create(const ClusterAccess &access) = 0;

    /// The one of this program, loaded once; a Local error that names the file where it is missing or of another
    /// build.
    static Result<TransportPlugin *> load();
};

#define PENNANT_TRANSPORT_PLUGIN "app.pennant.TransportPlugin/1"
Q_DECLARE_INTERFACE(TransportPlugin, PENNANT_TRANSPORT_PLUGIN)
