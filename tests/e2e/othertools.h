// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>
#include <QProcess>
#include <QString>
#include <QStringList>

#include <memory>

/// kubectl and another NATS client, to look at what Pennant did with other eyes. Passwords go by the child's
/// environment. Programs come from the environment that tests/cluster/with-cluster sets.
namespace OtherTools {

/// Standard output of kubectl as the administrator; what went wrong goes to the test's log.
QString kubectl(const QStringList &arguments, bool *isOk = nullptr);
/// "kind/name" of all objects of these kinds in all namespaces but the cluster's own.
QStringList objectsOutside(const QString &nameSpace);

/// `kubectl port-forward` to a Service, on a loopback port of its choice.
class Forward final {
public:
    Forward(const QString &nameSpace, const QString &target, int port);
    ~Forward();
    /// 0 where it did not come up.
    int localPort() const { return m_localPort; }

private:
    QProcess m_process;
    int m_localPort = 0;
};

/// What to do where the witness was not made (CTest makes it, a bare build doesn't); empty where it is there.
QString witnessProblem();

struct NatsLogin {
    int port = 0;
    QString user;
    QString password;
};
/// Runs tests/e2e/witness.py. Undefined where it failed; `problem` then says how.
QJsonValue witness(const NatsLogin &login, const QStringList &arguments, QString *problem = nullptr);

} // namespace OtherTools
