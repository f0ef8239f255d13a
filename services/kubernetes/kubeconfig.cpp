// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/kubernetes/kubeconfig.h"

#include "services/kubernetes/kubeconfigdata.h"

#include <QCoreApplication>
#include <QDir>
#include <QSet>

#include <algorithm>
#include <utility>

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Kubeconfig)
};

/// kubectl's rule: of several entries of one name, the first counts as a whole.
void addMissing(QList<KubeconfigEntry> &merged, const QList<KubeconfigEntry> &more)
{
    QSet<QString> known;
    for (const KubeconfigEntry &entry : merged)
        known.insert(entry.name);
    for (const KubeconfigEntry &entry : more) {
        if (!known.contains(entry.name)) {
            known.insert(entry.name);
            merged.append(entry);
        }
    }
}

KubeconfigGroup readGroup(const QStringList &files, QList<std::pair<QString, Error>> &problems)
{
    KubeconfigGroup group;
    QString fileOfCurrent;
    for (const QString &path : files) {
        const KubeconfigFile file = readKubeconfigFile(path);
        for (const Error &problem : file.problems)
            problems.append({path, problem});
        addMissing(group.clusters, file.clusters);
        addMissing(group.users, file.users);
        addMissing(group.contexts, file.contexts);
        if (group.currentContext.isEmpty() && !file.currentContext.isEmpty()) {
            group.currentContext = file.currentContext;
            fileOfCurrent = path;
        }
    }
    if (!group.currentContext.isEmpty() && !findEntry(group.contexts, group.currentContext)) {
        const Error problem{Error::Kind::NotFound,
            Text::tr("The current context “%1” does not exist: “current-context” in %2 names it, and no kubeconfig "
                     "has it. Choose another context, or correct that name.")
                .arg(group.currentContext, QDir::toNativeSeparators(fileOfCurrent)),
            {}, {}, {}};
        problems.append({fileOfCurrent, problem});
    }
    return group;
}

/// The address for people: a password in it is nothing to show. What is no address is not shown at all, because then
/// nobody can tell what of it is secret.
QString shownServer(const KubeconfigEntry &cluster)
{
    const QUrl server(cluster.text(QStringLiteral("server")));
    return server.isValid() && !server.host().isEmpty()
        ? server.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment)
        : QString();
}

} // namespace

QStringList Kubeconfig::defaultFiles(const QString &commandLine)
{
    if (!commandLine.isEmpty())
        return {commandLine};
    QStringList files = qEnvironmentVariable("KUBECONFIG").split(QDir::listSeparator(), Qt::SkipEmptyParts);
    files.removeDuplicates();
    return files.isEmpty() ? QStringList{QDir::homePath() + QStringLiteral("/.kube/config")} : files;
}

Kubeconfig Kubeconfig::load(const QStringList &merged, const QStringList &apart)
{
    auto data = std::make_shared<Data>();
    data->files = merged + apart;
    if (!merged.isEmpty()) {
        data->groups.append(readGroup(merged, data->problems));
        data->groups.last().isMerged = true;
    }
    for (const QString &file : apart)
        data->groups.append(readGroup({file}, data->problems));
    Kubeconfig result;
    result.m_data = std::move(data);
    return result;
}

Kubeconfig::Kubeconfig()
    : m_data(std::make_shared<Data>())
{
}

Kubeconfig::~Kubeconfig() = default;
Kubeconfig::Kubeconfig(const Kubeconfig &) = default;
Kubeconfig &Kubeconfig::operator=(const Kubeconfig &) = default;

QStringList Kubeconfig::files() const
{
    return m_data->files;
}

QList<KubeconfigContext> Kubeconfig::contexts() const
{
    QList<KubeconfigContext> result;
    bool isCurrentKnown = false;
    for (const KubeconfigGroup &group : m_data->groups) {
        for (const KubeconfigEntry &context : group.contexts) {
            const KubeconfigEntry *cluster = findEntry(group.clusters, context.text(QStringLiteral("cluster")));
            const bool isCurrent = !isCurrentKnown && context.name == group.currentContext;
            isCurrentKnown = isCurrentKnown || isCurrent;
            result.append({context.name, context.file, cluster ? shownServer(*cluster) : QString(), isCurrent,
                cluster && skipsTlsVerification(*cluster), contextProblem(context, group)});
        }
    }
    return result;
}

bool Kubeconfig::operator==(const Kubeconfig &other) const
{
    return m_data == other.m_data || *m_data == *other.m_data;
}

QList<Error> Kubeconfig::problems() const
{
    QList<Error> problems;
    for (const auto &[file, problem] : m_data->problems)
        problems.append(problem);
    return problems;
}

std::optional<Error> Kubeconfig::problemOf(const QString &file) const
{
    const auto found = std::find_if(m_data->problems.begin(), m_data->problems.end(),
        [&file](const std::pair<QString, Error> &each) { return each.first == file; });
    return found == m_data->problems.end() ? std::nullopt : std::optional(found->second);
}
