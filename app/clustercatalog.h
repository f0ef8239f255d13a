// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/cluster.h"
#include "services/kubernetes/kubeconfig.h"

#include <QFileSystemWatcher>
#include <QHash>
#include <QObject>
#include <QTimer>

/// The clusters that can be opened: every context of the kubeconfig files, read again when a file changes on disk, each
/// with the state of the connection to it. GUI thread.
class ClusterCatalog final : public QObject {
    Q_OBJECT

public:
    /// `files` as named on the command line; where there are none, those that kubectl would read and those that were
    /// added here before.
    explicit ClusterCatalog(const QStringList &files, QObject *parent = nullptr);

    /// In the files' order.
    const QList<ClusterEntry> &entries() const { return m_entries; }
    /// Nothing where there is no such cluster (any more).
    std::optional<ClusterEntry> entry(const QString &id) const;
    /// The cluster of the context called `name`, or an empty id.
    QString idOfContext(const QString &name) const;
    /// The kubeconfig's current context, or an empty id.
    QString currentId() const;

    QStringList files() const { return m_kubeconfig.files(); }
    /// What is wrong with whole files.
    QList<Error> problems() const { return m_kubeconfig.problems(); }

    Result<ClusterAccess> resolve(const QString &id) const;

    /// Stays added in later sessions, unless this one was given its files.
    void addFile(const QString &file);
    void reload();
    /// How the connection to one cluster stands; `problem` says why where it does not.
    void setState(const QString &id, ClusterEntry::State state, const QString &problem = {});

Q_SIGNALS:
    void entriesChanged();
    /// The files were read again: credentials may be others, though every entry looks the same.
    void reloaded();

private:
    struct Connection {
        ClusterEntry::State state = ClusterEntry::State::Closed;
        QString problem;
    };

    void watchFiles();
    void renewEntries();

    bool m_isRemembering;
    QStringList m_files;
    Kubeconfig m_kubeconfig;
    QList<ClusterEntry> m_entries;
    QHash<QString, Connection> m_connections;
    QFileSystemWatcher m_watcher;
    QTimer m_reloadSoon; ///< editors write a file in several goes
};
