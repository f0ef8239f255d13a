// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/result.h"
#include "services/messaging/accountpasswords.h"

#include <QObject>
#include <QString>

#include <memory>

class AccountService;
class Clock;
class ClusterSurvey;
class ConnectionTest;
class ConsumerService;
class ForeignMessaging;
class ForeignServers;
class KubernetesTransport;
class LogService;
class MessageService;
class RunningOperations;
class RuntimeService;
class StreamService;
class Workloads;
struct ClusterAccess;
struct ForeignServer;

/// The messaging services of one open cluster, wired together. Owns them and the transport; no logic of its own. What
/// the seven tabs are given. GUI thread.
class Messaging final : public QObject {
    Q_OBJECT

public:
    /// Where a runtime is made unless a person says otherwise.
    static QString defaultNameSpace() { return QStringLiteral("pennant-messaging"); }

    struct Options {
        QString nameSpace = defaultNameSpace();
        QString workstation; ///< "ana@laptop"
        QString user; ///< the kubeconfig's user, for "who am I"
        QString contextNameSpace = {}; ///< that the context prefers; a runtime may be there
        AccountPasswords::Keeping keeping = {}; ///< what is revealed; must outlive it
    };

    /// `clock` must outlive it.
    Messaging(std::unique_ptr<KubernetesTransport> transport, Clock &clock, Options options, QObject *parent = nullptr);
    ~Messaging() override;

    /// Begins to watch the cluster.
    void start();
    /// Goes on with these credentials, of the same user at the same server; where they can't be used, with the old
    /// ones.
    Result<void> renew(const ClusterAccess &access);
    /// As KubernetesTransport::tryAgain(), waitingFor() and warning().
    void tryAgain();
    QString waitingFor() const;
    QString loginWarning() const;

    /// Whether somebody looks at this cluster: what is polled is read more seldom while nobody does.
    void setInSight(bool inSight);

    /// Begins nothing more that was not asked for. Whoever owns this keeps it until it is at rest.
    void leave();
    /// No change of the cluster is under way.
    bool isAtRest() const;

    RuntimeService &runtime();
    AccountService &accounts();
    AccountPasswords &passwords();
    StreamService &streams();
    ConsumerService &consumers();
    MessageService &messages();
    LogService &logs();
    ClusterSurvey &survey();
    Workloads &workloads();
    /// What a person has begun here, by whatever page.
    RunningOperations &operations();
    /// The NATS in the cluster that Pennant did not make.
    ForeignServers &foreignServers();
    /// Opens one of them read-only; this must outlive it.
    std::unique_ptr<ForeignMessaging> openForeign(const ForeignServer &server);
    /// A test of how clients connect; this must outlive it.
    std::unique_ptr<ConnectionTest> createConnectionTest();
    const Options &options() const;

Q_SIGNALS:
    void waitingForChanged();
    void loginWarningChanged();

private:
    class Private;
    std::unique_ptr<Private> d;
};
