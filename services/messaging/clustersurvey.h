// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/kubernetes/kubernetesclient.h"

#include <QObject>
#include <QStringList>

#include <optional>

/// What there is to know of a cluster beside one runtime: its version, and the namespaces in which Pennant has enabled
/// NATS. It is looked up when it is asked for, not watched. GUI thread.
class ClusterSurvey final : public QObject {
    Q_OBJECT

public:
    /// `transport` must outlive it. `likely` are the namespaces to look in for whoever may not look in all; what is no
    /// name is passed over.
    ClusterSurvey(KubernetesTransport &transport, const QStringList &likely, QObject *parent = nullptr);

    /// Looks again; one look at a time. What could not be learnt stays as it was known before.
    void look();

    /// "v1.36.2"; empty: not known.
    QString serverVersion() const { return m_version; }
    /// Namespaces with a runtime's record, sorted; nothing: not known yet.
    const std::optional<QStringList> &runtimeNamespaces() const { return m_nameSpaces; }

Q_SIGNALS:
    void changed();

private:
    Flow<void> run();
    /// In all of the cluster, or where one may.
    Flow<QStringList> findRuntimes();

    KubernetesClient m_client;
    QStringList m_likely;
    QString m_version;
    std::optional<QStringList> m_nameSpaces;
    Flow<void> m_looking;
};
