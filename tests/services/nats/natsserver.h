// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QTemporaryDir>

#include <memory>

/// A real nats-server on this machine's loopback, for a configuration as serverConfigText writes it: ports and folders
/// are replaced by free ones. Its program lies in the folder that PENNANT_PROGRAMS names.
class NatsServer final {
public:
    /// Empty where there is none: the test is to be skipped.
    static QString program();
    static quint16 freePort();

    /// `routePorts`: the route ports of all servers of a cluster, by ordinal.
    NatsServer(const QByteArray &config, int ordinal = 0, const QList<quint16> &routePorts = {});
    ~NatsServer();

    quint16 port() const { return m_port; }
    bool start();
    /// Ends it as a power failure would.
    void kill();
    /// Gives it another configuration and tells it to read it.
    void reload(const QByteArray &config);
    /// What `nats-server -t` says; empty when it is content.
    QString problem();
    QString log() const;

private:
    QByteArray onLoopback(QByteArray config) const;
    void write(const QByteArray &config);

    QTemporaryDir m_folder;
    int m_ordinal;
    QList<quint16> m_routePorts;
    quint16 m_port;
    quint16 m_monitorPort;
    quint16 m_webSocketPort;
    std::unique_ptr<QProcess> m_process;
};
