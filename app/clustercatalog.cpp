// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/clustercatalog.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>

#include <algorithm>

namespace {

QString idOf(const KubeconfigContext &context)
{
    return context.file + u'#' + context.name;
}

QString addedFilesKey()
{
    return QStringLiteral("clusters/addedFiles");
}

QStringList addedFiles()
{
    return QSettings().value(addedFilesKey()).toStringList();
}

QString shortPath(const QString &file)
{
    const QString home = QDir::homePath() + u'/';
    return file.startsWith(home) ? QStringLiteral("~/") + file.mid(home.size()) : file;
}

} // namespace

ClusterCatalog::ClusterCatalog(const QStringList &files, QObject *parent)
    : QObject(parent)
    , m_isRemembering(files.isEmpty())
    , m_files(m_isRemembering ? Kubeconfig::defaultFiles({}) + addedFiles() : files)
{
    using namespace std::chrono_literals;
    m_reloadSoon.setSingleShot(true);
    m_reloadSoon.setInterval(200ms);
    connect(&m_reloadSoon, &QTimer::timeout, this, &ClusterCatalog::reload);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, &m_reloadSoon, qOverload<>(&QTimer::start));
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, &m_reloadSoon, qOverload<>(&QTimer::start));
    reload();
}

std::optional<ClusterEntry> ClusterCatalog::entry(const QString &id) const
{
    const auto found =
        std::find_if(m_entries.begin(), m_entries.end(), [&id](const ClusterEntry &each) { return each.id == id; });
    return found == m_entries.end() ? std::nullopt : std::optional(*found);
}

QString ClusterCatalog::idOfContext(const QString &name) const
{
    const auto found = std::find_if(
        m_entries.begin(), m_entries.end(), [&name](const ClusterEntry &each) { return each.name == name; });
    return found == m_entries.end() ? QString() : found->id;
}

QString ClusterCatalog::currentId() const
{
    const QList<KubeconfigContext> contexts = m_kubeconfig.contexts();
    const auto found = std::find_if(
        contexts.begin(), contexts.end(), [](const KubeconfigContext &context) { return context.isCurrent; });
    return found == contexts.end() ? QString() : idOf(*found);
}

Result<ClusterAccess> ClusterCatalog::resolve(const QString &id) const
{
    const std::optional<ClusterEntry> wanted = entry(id);
    if (!wanted) {
        return fail(Error::Kind::NotFound,
            tr("This cluster no longer stands in the kubeconfig. Choose another one on the left."));
    }
    return m_kubeconfig.resolve(wanted->name);
}

void ClusterCatalog::addFile(const QString &file)
{
    if (!m_files.contains(file)) {
        m_files.append(file);
        if (m_isRemembering)
            QSettings().setValue(addedFilesKey(), addedFiles() << file);
    }
    reload();
}

void ClusterCatalog::reload()
{
    m_kubeconfig = Kubeconfig::load(m_files);
    watchFiles();
    renewEntries();
    Q_EMIT reloaded();
}

void ClusterCatalog::watchFiles()
{
    // The folders too: most programs replace the file, which ends the watch on it.
    QStringList wanted;
    for (const QString &file : std::as_const(m_files)) {
        const QFileInfo info(file);
        for (const QString &path : {info.absoluteFilePath(), info.absolutePath()}) {
            if (QFileInfo::exists(path) && !m_watcher.files().contains(path) && !m_watcher.directories().contains(path)
                && !wanted.contains(path))
                wanted.append(path);
        }
    }
    if (!wanted.isEmpty())
        m_watcher.addPaths(wanted);
}

void ClusterCatalog::renewEntries()
{
    QList<ClusterEntry> entries;
    const QList<KubeconfigContext> contexts = m_kubeconfig.contexts();
    for (const KubeconfigContext &context : contexts) {
        const Connection connection = m_connections.value(idOf(context));
        ClusterEntry entry{idOf(context), context.name, shortPath(context.file), context.server, connection.state,
            connection.problem, context.skipsTlsVerification, {}};
        if (context.problem) {
            entry.state = ClusterEntry::State::Broken;
            entry.problem = context.problem->summary;
        }
        entries.append(entry);
    }
    if (entries == m_entries)
        return;
    m_entries = entries;
    Q_EMIT entriesChanged();
}

void ClusterCatalog::setState(const QString &id, ClusterEntry::State state, const QString &problem)
{
    m_connections.insert(id, {state, problem});
    renewEntries();
}
