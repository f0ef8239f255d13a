// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/result.h"

#include <QObject>

/// A listener on a free port of 127.0.0.1 whose connections are carried to one port of one pod, each over a tunnel of
/// its own. It takes one at a time, for every user of this machine can reach it; others are turned away. Back-pressure
/// both ways. Ends with destruction. GUI thread.
class PortForward : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Begins to listen; a Local error where no port can be had.
    virtual Result<void> listen() = 0;
    /// The loopback port; 0 before listen().
    virtual quint16 localPort() const = 0;
    virtual QString pod() const = 0;
    /// Ends what it carries and carries nothing more, but keeps the port from other programs: whoever goes on
    /// connecting to it would tell them what is meant for the pod. The transport may go.
    virtual void retire() = 0;

Q_SIGNALS:
    /// A tunnel could not be opened or broke: the pod is gone, permission is missing, the API server went away.
    void broken(const Error &error);
};
