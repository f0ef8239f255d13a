// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/clustercatalog.h"

#include "app/clustersettings.h"
#include "services/base/background.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>

#include <algorithm>
#include <numeric>
#include <utility>

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

/// Without those that stand among `merged` by now: read twice, each context of theirs would have two rows of one id.
QStringList addedBeside(const QStringList &merged)
{
    QStringList files = addedFiles();
    files.removeIf([&merged](const QString &file) { return merged.contains(file); });
    return files;
}

qint64 bytesOf(const QStringList &files)
{
    return std::accumulate(files.begin(), files.end(), qint64(0),
        [](qint64 sum, const QString &file) { return sum + QFileInfo(file).size(); });
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
    , m_merged(m_isRemembering ? Kubeconfig::defaultFiles({}) : QStringList())
    , m_apart(m_isRemembering ? addedBeside(m_merged) : files)
    , m_named(m_isRemembering && !qEnvironmentVariableIsEmpty("KUBECONFIG") ? Kubeconfig::defaultFiles({}) : files)
{
    using namespace std::chrono_literals;
    m_threads.setMaxThreadCount(1);
    m_changed.setSingleShot(true);
    m_changed.setInterval(200ms);
    connect(&m_changed, &QTimer::timeout, this, &ClusterCatalog::read);
    if (bytesOf(this->files()) <= usualBytes)
        adopt(readKubeconfig(m_merged, {}, m_apart));
    else
        read();
}

void ClusterCatalog::watchFiles()
{
    m_watcher = std::make_unique<QFileSystemWatcher>();
    connect(m_watcher.get(), &QFileSystemWatcher::fileChanged, &m_changed, qOverload<>(&QTimer::start));
    connect(m_watcher.get(), &QFileSystemWatcher::directoryChanged, &m_changed, qOverload<>(&QTimer::start));
    watch(m_known.toWatch);
    read();
}

std::optional<ClusterEntry> ClusterCatalog::entry(const QString &id) const
{
    const auto found =
        std::find_if(m_entries.begin(), m_entries.end(), [&id](const ClusterEntry &each) { return each.id == id; });
    return found == m_entries.end() ? std::nullopt : std::optional(*found);
}

QString ClusterCatalog::idOfContext(const QString &name) const
{
    const auto found = std::find_if(m_known.contexts.begin(), m_known.contexts.end(),
        [&name](const KubeconfigContext &context) { return context.name == name; });
    return found == m_known.contexts.end() ? QString() : idOf(*found);
}

QString ClusterCatalog::currentId() const
{
    const auto found = std::find_if(m_known.contexts.begin(), m_known.contexts.end(),
        [](const KubeconfigContext &context) { return context.isCurrent; });
    return found == m_known.contexts.end() ? QString() : idOf(*found);
}

bool ClusterCatalog::isNamedEmpty() const
{
    return !m_named.isEmpty()
        && std::none_of(m_known.contexts.begin(), m_known.contexts.end(),
            [this](const KubeconfigContext &context) { return m_named.contains(context.file); });
}

QList<Error> ClusterCatalog::problems() const
{
    if (m_known.isRead)
        return m_known.kubeconfig.problems();
    return {{Error::Kind::NotReady, tr("The kubeconfig is large: it is being read."), {}, {}, {}}};
}

Result<ClusterAccess> ClusterCatalog::resolve(const QString &id) const
{
    if (const auto broken = m_known.kubeconfig.problemOf(id.chopped(1)); broken && id.endsWith(u'#'))
        return fail(*broken);
    if (const KubeconfigContext *wanted = contextOf(id))
        return m_known.kubeconfig.resolve(wanted->name, wanted->file);
    return fail(problemOfFileOf(id).value_or(goneError()));
}

/// Why the file of this cluster can't be used, if so.
std::optional<Error> ClusterCatalog::problemOfFileOf(const QString &id) const
{
    const QStringList known = files();
    const auto file =
        std::find_if(known.begin(), known.end(), [&id](const QString &each) { return id.startsWith(each + u'#'); });
    return file == known.end() ? std::nullopt : m_known.kubeconfig.problemOf(*file);
}

const KubeconfigContext *ClusterCatalog::contextOf(const QString &id) const
{
    const auto found = std::find_if(m_known.contexts.begin(), m_known.contexts.end(),
        [&id](const KubeconfigContext &each) { return idOf(each) == id; });
    return found == m_known.contexts.end() ? nullptr : &*found;
}

Error ClusterCatalog::goneError() const
{
    if (!m_known.contexts.isEmpty()) {
        return {Error::Kind::NotFound,
            tr("This cluster no longer stands in the kubeconfig. Choose another one on the left."), {}, {}, {}};
    }
    QStringList lines{tr("This cluster no longer stands in the kubeconfig, nor does any other.")};
    for (const Error &problem : problems())
        lines.append(problem.summary);
    return {Error::Kind::NotFound, lines.join(u' '), {}, {}, {}};
}

void ClusterCatalog::addFile(const QString &file)
{
    if (!m_named.isEmpty())
        m_named.append(file);
    if (!files().contains(file)) {
        m_apart.append(file);
        if (m_isRemembering)
            QSettings().setValue(addedFilesKey(), addedFiles() << file);
    }
    reload();
}

void ClusterCatalog::reload()
{
    m_isWanted = true;
    read();
}

void ClusterCatalog::read()
{
    m_isChangedAgain = m_reading.isAsked();
    if (m_isChangedAgain)
        return;
    m_reading = runInBackground<KubeconfigReading>(&m_threads, [merged = m_merged, apart = m_apart, before = m_known] {
        return Result<KubeconfigReading>(readKubeconfig(merged, before, apart));
    });
    m_reading.then(this, [this](const Result<KubeconfigReading> &reading) { adopt(*reading); });
}

void ClusterCatalog::adopt(const KubeconfigReading &reading)
{
    const bool isOther = reading.isOther(m_known);
    m_known = reading;
    if (isOther || m_isWanted)
        m_connections.removeIf(
            [](QHash<QString, Connection>::iterator known) { return known->state == ClusterEntry::State::Broken; });
    watch(reading.toWatch);
    renewEntries();
    // Whoever wants to know asked while this reading was under way: the next one began after that.
    const bool isAwaited = !m_isChangedAgain && std::exchange(m_isWanted, false);
    if (m_isChangedAgain)
        read();
    if (isOther || isAwaited)
        Q_EMIT reloaded();
}

void ClusterCatalog::watch(const QStringList &paths)
{
    if (!m_watcher)
        return;
    const QStringList watched = m_watcher->files() + m_watcher->directories();
    QStringList added;
    for (const QString &path : paths) {
        if (!watched.contains(path))
            added.append(path);
    }
    // What has changed since it was read, and before it was watched, nobody tells.
    if (!added.isEmpty() && m_watcher->addPaths(added).size() < added.size())
        m_changed.start();
}

void ClusterCatalog::renewEntries()
{
    QList<ClusterEntry> entries;
    for (const KubeconfigContext &context : std::as_const(m_known.contexts)) {
        ClusterEntry entry = withWhatIsKnown({idOf(context), context.name, shortPath(context.file), context.server, {},
            context.problem ? context.problem->summary : QString(), context.skipsTlsVerification});
        if (context.problem && !entry.isOpen())
            entry.state = ClusterEntry::State::Broken;
        entries.append(entry);
    }
    entries.append(goneEntries());
    if (!entries.isEmpty())
        entries.append(brokenFiles());
    if (entries == m_entries)
        return;
    m_entries = entries;
    Q_EMIT entriesChanged();
}

/// `entry` as the kubeconfig has it, with what is wrong there; that goes before what is wrong with the connection.
ClusterEntry ClusterCatalog::withWhatIsKnown(ClusterEntry entry) const
{
    const Connection connection = m_connections.value(entry.id);
    entry.state = connection.state;
    if (entry.problem.isEmpty())
        entry.problem = connection.problem;
    entry.runtime = connection.runtime;
    auto remembered = m_remembered.constFind(entry.id);
    if (remembered == m_remembered.constEnd()) {
        const ClusterSettings settings(entry.id);
        remembered = m_remembered.insert(
            entry.id, {settings.environment(), settings.serverVersion(), settings.isArchived(), settings.isReadOnly()});
    }
    entry.environment = remembered->environment;
    entry.serverVersion = remembered->serverVersion;
    entry.archived = remembered->archived;
    entry.readOnly = remembered->readOnly;
    return entry;
}

/// Those that are open though no file has them any more: they stay until a person closes them.
QList<ClusterEntry> ClusterCatalog::goneEntries() const
{
    QList<ClusterEntry> gone;
    for (ClusterEntry entry : m_entries) {
        if (contextOf(entry.id))
            continue;
        const auto broken = problemOfFileOf(entry.id);
        entry.problem = broken
            ? broken->summary
            : tr("It no longer stands in the kubeconfig, and can't be opened again once it is closed.");
        entry = withWhatIsKnown(entry);
        if (entry.isOpen())
            gone.append(entry);
    }
    return gone;
}

/// Files that hold nothing to open. That there is none where kubectl looks by itself is as usual.
QList<ClusterEntry> ClusterCatalog::brokenFiles() const
{
    QList<ClusterEntry> broken;
    for (const QString &file : files()) {
        const std::optional<Error> problem = m_known.kubeconfig.problemOf(file);
        const bool isUsed = std::any_of(m_known.contexts.begin(), m_known.contexts.end(),
            [&file](const KubeconfigContext &context) { return context.file == file; });
        const bool isUsual = problem && problem->kind == Error::Kind::NotFound && m_merged.contains(file);
        if (problem && !isUsed && !isUsual)
            broken.append({file + u'#', QFileInfo(file).fileName(), shortPath(file), {}, ClusterEntry::State::Broken,
                problem->summary, false});
    }
    return broken;
}

void ClusterCatalog::setState(const QString &id, ClusterEntry::State state, const QString &problem)
{
    Connection &connection = m_connections[id];
    connection.state = state;
    connection.problem = problem;
    if (state == ClusterEntry::State::Closed)
        connection.runtime.clear();
    renewEntries();
}

void ClusterCatalog::setRuntime(const QString &id, const QString &word)
{
    if (std::exchange(m_connections[id].runtime, word) != word)
        renewEntries();
}

void ClusterCatalog::setEnvironment(const QString &id, const ClusterEnvironment &environment)
{
    ClusterSettings(id).setEnvironment(environment);
    m_remembered.remove(id);
    renewEntries();
}

void ClusterCatalog::setArchived(const QString &id, bool archived)
{
    ClusterSettings(id).setArchived(archived);
    m_remembered.remove(id);
    renewEntries();
}

void ClusterCatalog::setReadOnly(const QString &id, bool readOnly)
{
    ClusterSettings(id).setReadOnly(readOnly);
    m_remembered.remove(id);
    renewEntries();
}

void ClusterCatalog::setServerVersion(const QString &id, const QString &version)
{
    if (version.isEmpty())
        return;
    ClusterSettings(id).setServerVersion(version);
    m_remembered.remove(id);
    renewEntries();
}
