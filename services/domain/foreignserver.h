// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/owner.h"

#include <QList>
#include <QString>

#include <optional>

/// A NATS in the cluster that Pennant did not make: a StatefulSet whose pods run nats-server, as the official chart
/// (https://github.com/nats-io/k8s/tree/main/helm/charts/nats) makes one.
struct ForeignServer {
    struct Port {
        QString name;
        int number = 0;

        bool operator==(const Port &) const = default;
    };

    QString nameSpace;
    QString name; ///< the StatefulSet's
    std::optional<Owner> owner;
    QString chart; ///< label helm.sh/chart: "nats-1.3.2"; empty where it has none
    QString image; ///< of the server's container
    QString version; ///< in the image's tag; empty where that is none
    QString container; ///< the server's
    QList<Port> ports; ///< of that container
    int monitorPort = 0; ///< HTTP monitoring; 0: no port of the container is called so, nor is it 8222
    QString podSelector; ///< as kubectl's -l
    int replicas = 0;
    int readyReplicas = 0;

    bool operator==(const ForeignServer &) const = default;

    /// "messaging/nats", for people.
    QString place() const;
    /// "StatefulSet messaging/nats (Helm release nats in namespace messaging, chart nats-1.3.2, nats-server 2.12.2, 3
    /// pods)".
    QString text() const;
    /// Why nothing of it is changed here.
    QString readOnlyReason() const;
};
