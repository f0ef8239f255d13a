// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/kubernetes/kubeconfig.h"

#include "services/kubernetes/kubeconfigdata.h"

#include <QCoreApplication>
#include <QDir>
#include <QSet>

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

Kubeconfig Kubeconfig::load(const QStringList &files)
{
    auto data = std::make_shared<Data>();
    data->files = files;
    QString fileOfCurrent;
    for (const QString &path : files) {
        const KubeconfigFile file = readKubeconfigFile(path);
        data->problems += file.problems;
        addMissing(data->clusters, file.clusters);
        addMissing(data->users, file.users);
        addMissing(data->contexts, file.contexts);
        if (data->currentContext.isEmpty() && !file.currentContext.isEmpty()) {
            data->currentContext = file.currentContext;
            fileOfCurrent = path;
        }
    }
    if (!data->currentContext.isEmpty() && !findEntry(data->contexts, data->currentContext)) {
        data->problems.append({Error::Kind::NotFound,
            Text::tr("The current context “%1” does not exist: “current-context” in %2 names it, and no kubeconfig "
                     "has it. Choose another context, or correct that name.")
                .arg(data->currentContext, QDir::toNativeSeparators(fileOfCurrent)),
            {}, {}, {}});
    }
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
    for (const KubeconfigEntry &context : m_data->contexts) {
        const KubeconfigEntry *cluster = findEntry(m_data->clusters, context.text(QStringLiteral("cluster")));
        result.append({context.name, context.file, cluster ? shownServer(*cluster) : QString(),
            context.name == m_data->currentContext, cluster && skipsTlsVerification(*cluster),
            contextProblem(context, m_data->clusters, m_data->users)});
    }
    return result;
}

bool Kubeconfig::operator==(const Kubeconfig &other) const
{
    return m_data == other.m_data || *m_data == *other.m_data;
}

QList<Error> Kubeconfig::problems() const
{
    return m_data->problems;
}
