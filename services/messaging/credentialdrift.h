// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/base/freedmemory.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/kubernetes/resourcewatch.h"

#include <QMap>
#include <QSet>

#include <functional>

class Clock;
class RuntimeService;

/// Sees where the Secret of an account's managed login holds another password than the servers' configuration takes:
/// somebody changed one of them by hand. Looked for as either changes, by who may read both. GUI thread.
class CredentialDrift final {
public:
    /// All must outlive it; `changed` is called when the answer may be another.
    CredentialDrift(
        KubernetesTransport &transport, Clock &clock, RuntimeService &runtime, std::function<void()> changed);

    void start();
    void refresh();
    /// It was looked at since this program began to.
    bool isKnown() const { return !m_seen.isEmpty(); }
    /// False while it is looked at anew: one that is being changed is not as it was seen.
    bool hasDrifted(const QString &account) const;

private:
    void follow();
    Flow<void> look();
    Flow<void> lookOnce();
    Flow<bool> isDrifted(QString account, QByteArray configuration);
    QMap<QString, QString> versions() const;

    RuntimeService &m_runtime;
    KubernetesClient m_client;
    std::function<void()> m_changed;
    ResourceWatch m_secrets;
    QMap<QString, QString> m_seen; ///< versions that were looked at, by Secret
    QSet<QString> m_drifted;
    SecretTrace m_trace; ///< passwords pass through here that nobody has asked for
    Flow<void> m_looking;
};
