// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <functional>

/// What goes wrong in a cluster and with the program, on order. Everything waits with the window alive.
namespace ClusterFaults {

/// `local-cluster VERB ARGUMENTS`: kill, freeze, mend.
bool localCluster(const QString &arguments);

/// Sends `signal` (STOP, CONT) to the processes called `program` of the pod with this UID. False where there is none.
bool signalContainer(const QString &podUid, const QString &program, const QString &signal);

/// What the cluster remembers of the last operation on the runtime; empty where there is none.
QJsonObject operation();
/// Who carries it out.
QString driver();

/// Asks twice a second, for what is answered by another program.
bool eventually(const std::function<bool()> &condition, int seconds = 60);

/// The program itself, as a person starts it, with settings of its own.
class Program final {
public:
    Program();
    /// As `kill -9` does it.
    ~Program();
    bool isRunning() const { return m_process.state() == QProcess::Running; }

private:
    QTemporaryDir m_settings;
    QProcess m_process;
};

} // namespace ClusterFaults
