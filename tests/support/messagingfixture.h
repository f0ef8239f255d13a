// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/messaging/runtimeservice.h"
#include "tests/support/fakecluster.h"

/// A cluster with the storage class `standard`, and what a StatefulSet's controllers would do in it: that they have
/// seen what was written they say from the beginning.
class MessagingFixture final {
public:
    MessagingFixture();

    /// Lets every StatefulSet that a client writes get its pods, ready, with bound claims; and takes them away again.
    void playControllers();
    /// Lets every server take the configuration that a client writes, and say so on its monitoring port.
    void playServers(const QStringList &pods);
    void addStorageClass(const QString &name);
    /// All that Enable leaves behind when it is done, its pods ready.
    void putRuntime(int replicas = 1);
    /// Takes its servers and its record away, in the order in which Disable does.
    void eraseRuntime();
    /// The two Secrets by which an account is known.
    void putAccount(const QString &name);
    void eraseAccount(const QString &name);
    /// A pod of the runtime as the kubelet would report it.
    static QJsonObject pod(const QString &name, bool isReady);
    /// All objects of the runtime's namespace, by kind and name, but pods, claims, Leases and the record.
    QStringList objectNames() const;
    std::optional<QJsonObject> secret(const QString &name) const;

    static EnableRequest request(int replicas = 1);
    static const QString nameSpace;

    FakeCluster cluster;

private:
    void observe(const QJsonObject &object);
};
