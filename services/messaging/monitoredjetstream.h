// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/messaging/accountsource.h"
#include "services/messaging/jetstreamsource.h"
#include "services/nats/monitoring.h"

#include <map>

class ForeignRuntime;
class KubernetesTransport;

/// The accounts that the servers' monitoring ports tell of.
class MonitoredAccounts final : public AccountSource {
    Q_OBJECT

public:
    using AccountSource::AccountSource;

    void setNames(const QStringList &names);
    const QList<Account> &accounts() const override { return m_accounts; }
    const std::optional<Error> &problem() const override { return m_problem; }

private:
    QList<Account> m_accounts;
    std::optional<Error> m_problem;
};

/// The streams and consumers of a NATS that Pennant did not make, read from the monitoring port of each of its pods
/// through the API server's proxy (`pods/proxy`), or by a tunnel where only that is allowed: it takes no credential of
/// NATS, and changes nothing. What only a pod tells of that can't be read stays as it was known; gap() says so.
/// https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/ (get connect proxy requests). GUI
/// thread.
class MonitoredJetStream final : public JetStreamSource {
    Q_OBJECT

public:
    /// Both must outlive it.
    MonitoredJetStream(KubernetesTransport &transport, ForeignRuntime &runtime, QObject *parent = nullptr);

    Flow<QList<Stream>> streams() override;
    std::optional<Error> gap() const override { return m_gap; }
    Flow<QList<Consumer>> consumers(StreamId stream) override;
    /// Always the reason why no message is read here.
    Flow<std::shared_ptr<JetStreamApi>> reachToRead(QString account) override;
    Access readAccess() const override;
    /// Always the reason why nothing is changed here.
    Flow<std::shared_ptr<JetStreamApi>> reachToChange(QString account) override;
    std::chrono::milliseconds readEvery() const override;

    MonitoredAccounts &accounts() { return m_accounts; }
    /// By pod; those alone that have answered in the last reading.
    const std::map<QString, ServerVariables> &servers() const { return m_servers; }

Q_SIGNALS:
    void serversChanged();

private:
    Flow<QByteArray> ask(QString pod, QString path, QString query);
    Flow<QByteArray> askByTunnel(QString pod, QString target);
    Flow<JszAnswer> read(QString pod);
    Error explained(const QString &pod, const Error &error) const;
    void adoptServers();
    void noteRefusal(const std::optional<Error> &problem);
    void adopt(MonitoredAssets assets, const QStringList &unread);
    QStringList missingPods(const QStringList &there);

    KubernetesTransport &m_transport;
    ForeignRuntime &m_runtime;
    MonitoredAccounts m_accounts;
    std::map<QString, ServerVariables> m_servers;
    std::map<QString, ServerVariables> m_answering; ///< in the reading that is under way
    std::map<QString, QString> m_names; ///< of the servers, by pod, as leaders are told by
    MonitoredAssets m_known;
    std::optional<Error> m_gap; ///< the pods that were not read, though others were
    bool m_isByTunnel = false; ///< the proxy was refused, a tunnel was not
};
