// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/kubernetes/kubeconfig.h"
#include "services/kubernetes/kubeconfigfile.h"

#include <utility>

/// Files whose entries know one another.
struct KubeconfigGroup {
    QString currentContext;
    QList<KubeconfigEntry> clusters;
    QList<KubeconfigEntry> users;
    QList<KubeconfigEntry> contexts;
    bool isMerged = false; ///< of all files that kubectl reads; else of one that stands for itself

    bool operator==(const KubeconfigGroup &) const = default;
};

/// Part of Kubeconfig.
struct Kubeconfig::Data {
    QStringList files;
    QList<KubeconfigGroup> groups; ///< those merged first
    QList<std::pair<QString, Error>> problems; ///< by file

    bool operator==(const Data &) const = default;
};

/// The entry of that name; null where there is none.
const KubeconfigEntry *findEntry(const QList<KubeconfigEntry> &entries, const QString &name);
/// True where whoever answers at the cluster's address is taken for its API server.
bool skipsTlsVerification(const KubeconfigEntry &cluster);
/// The user has a plugin that hands out credentials, well described or not.
bool isExec(const KubeconfigEntry &user);
/// The values of `interactiveMode`, in the order of ExecPlugin::Interaction.
QStringList execInteractions();
/// Why `context` cannot be used, as far as can be told without opening another file.
std::optional<Error> contextProblem(const KubeconfigEntry &context, const KubeconfigGroup &group);
