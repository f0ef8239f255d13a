// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/domain/clientcredential.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/kubernetes/resourcewatch.h"

#include <QObject>

#include <optional>

class RuntimeService;

/// The Secrets that hold the clients' credentials: which version each has, watched by its metadata alone, and what one
/// holds, read when it is asked for. GUI thread.
class ClientSecrets final : public QObject {
    Q_OBJECT

public:
    /// All of it must outlive it.
    ClientSecrets(KubernetesTransport &transport, Clock &clock, RuntimeService &runtime, QObject *parent = nullptr);

    /// Begins to watch.
    void start();
    /// Nothing while what is watched may be behind, or can't be watched.
    std::optional<SecretVersion> version(const QString &account) const;
    /// From the cluster now; NotFound where the Secret holds no password.
    Flow<ClientCredential> read(QString account);

Q_SIGNALS:
    /// What version() says may be another.
    void versionsChanged();

private:
    void noteAccess();

    RuntimeService &m_runtime;
    KubernetesClient m_client;
    ResourceWatch m_watch;
};
