// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"
#include "services/domain/cluster.h"
#include "services/kubernetes/kubeconfigreading.h"

#include <QFileSystemWatcher>
#include <QHash>
#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <memory>

/// The clusters that can be opened: every context of the kubeconfig files, read again when a file changes on disk, each
/// with the state of the connection to it. Those that kubectl would read are merged by its rules; one that was named on
/// the command line or added here stands for itself. A file that can't be used stands among them with the reason. What
/// is open stays among them, with the state of its connection, whatever becomes of its context.
///
/// Files are read and parsed in the background, one reading at a time; only the first one, before the window, is waited
/// for, where the files are of a usual size. GUI thread.
class ClusterCatalog final : public QObject {
    Q_OBJECT

public:
    /// What the files may hold together for the first reading to be waited for: some twenty-five contexts with their
    /// certificates, which are read within a frame.
    static constexpr qint64 usualBytes = 128 * 1024;

    /// `files` as named on the command line; where there are none, those that kubectl would read and those that were
    /// added here before.
    explicit ClusterCatalog(const QStringList &files, QObject *parent = nullptr);

    /// From here on changes on disk are noticed, also one since the first reading. Once the window is painted: watching
    /// files takes a few milliseconds.
    void watchFiles();

    /// In the files' order.
    const QList<ClusterEntry> &entries() const { return m_entries; }
    /// Nothing where there is no such cluster (any more).
    std::optional<ClusterEntry> entry(const QString &id) const;
    /// The cluster of the context called `name`, or an empty id.
    QString idOfContext(const QString &name) const;
    /// The kubeconfig's current context, or an empty id.
    QString currentId() const;
    /// True where files were named, on the command line, by KUBECONFIG or here, and none of them has a context: what
    /// other files have is not what was asked for.
    bool isNamedEmpty() const;

    QStringList files() const { return m_merged + m_apart; }
    /// What is wrong with whole files; that they are being read, before they were for the first time.
    QList<Error> problems() const;

    Result<ClusterAccess> resolve(const QString &id) const;

    /// Stays added in later sessions, unless this one was given its files.
    void addFile(const QString &file);
    /// Ends with reloaded(), even where the files are as they were: what they name may have changed.
    void reload();
    /// How the connection to one cluster stands; `problem` says why where it does not.
    void setState(const QString &id, ClusterEntry::State state, const QString &problem = {});
    /// What is to be known of its NATS at a glance, in a word; empty: nothing.
    void setRuntime(const QString &id, const QString &word);
    /// All of these are remembered.
    void setArchived(const QString &id, bool archived);
    void setReadOnly(const QString &id, bool readOnly);
    void setEnvironment(const QString &id, const ClusterEnvironment &environment);
    /// Empty: not known (any better).
    void setServerVersion(const QString &id, const QString &version);

Q_SIGNALS:
    void entriesChanged();
    /// The files were read again: credentials may be others, though every entry looks the same.
    void reloaded();

private:
    struct Connection {
        ClusterEntry::State state = ClusterEntry::State::Closed;
        QString problem;
        QString runtime;
    };

    struct Remembered {
        ClusterEnvironment environment;
        QString serverVersion;
        bool archived = false;
        bool readOnly = false;
    };

    void read();
    void adopt(const KubeconfigReading &reading);
    void watch(const QStringList &paths);
    void renewEntries();
    ClusterEntry withWhatIsKnown(ClusterEntry entry) const;
    QList<ClusterEntry> goneEntries() const;
    QList<ClusterEntry> brokenFiles() const;
    /// Nothing where no file has it (any more).
    const KubeconfigContext *contextOf(const QString &id) const;
    std::optional<Error> problemOfFileOf(const QString &id) const;
    Error goneError() const;

    bool m_isRemembering;
    QStringList m_merged;
    QStringList m_apart;
    QStringList m_named; ///< of these, what a person named for this session
    KubeconfigReading m_known; ///< the last reading
    QList<ClusterEntry> m_entries;
    QHash<QString, Connection> m_connections;
    /// What ClusterSettings keep: with hundreds of contexts reading them at every change would hold the window up.
    mutable QHash<QString, Remembered> m_remembered;
    std::unique_ptr<QFileSystemWatcher> m_watcher; ///< once watchFiles() was called
    QTimer m_changed; ///< editors write a file in several goes
    bool m_isWanted = false; ///< reloaded() is due even where nothing has changed
    bool m_isChangedAgain = false; ///< since the reading under way began
    QThreadPool m_threads;
    Pending<KubeconfigReading> m_reading;
};
