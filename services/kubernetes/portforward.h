// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/result.h"

#include <QObject>

#include <memory>

class KubernetesTransport;

/// A listener on a free port of 127.0.0.1 whose every connection is carried to one port of one pod, each over a tunnel
/// of its own. Back-pressure both ways. Ends with destruction. GUI thread.
class PortForward final : public QObject {
    Q_OBJECT

public:
    PortForward(
        KubernetesTransport &transport, QString nameSpace, QString pod, quint16 port, QObject *parent = nullptr);
    ~PortForward() override;

    /// Begins to listen; a Local error where no port can be had.
    Result<void> listen();
    /// The loopback port; 0 before listen().
    quint16 localPort() const;
    QString pod() const;

Q_SIGNALS:
    /// A tunnel could not be opened or broke: the pod is gone, permission is missing, the API server went away.
    void broken(const Error &error);

private:
    class Private;
    std::unique_ptr<Private> d;
};
