// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/result.h"
#include "services/kubernetes/clusteraccess.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>

/// One context as it stands in a file. It may be broken; the others of the file stay usable.
struct KubeconfigContext {
    QString name;
    QString file;
    QString server; ///< for the list, before anything is opened; without user and password
    bool isCurrent = false;
    bool skipsTlsVerification = false;
    std::optional<Error> problem;

    bool operator==(const KubeconfigContext &) const = default;
};

/// The kubeconfig files that kubectl would read, merged by its rules (the first file that sets a value wins; relative
/// paths belong to the file they stand in), and others, each of which stands for itself: half of all kubeconfigs call
/// their cluster `kubernetes`, and no context may lead to the cluster of another file by mistake. Certificates and keys
/// are read when a context is resolved. Any thread.
class Kubeconfig final {
public:
    /// Files named by `--kubeconfig`, else by KUBECONFIG, else ~/.kube/config.
    static QStringList defaultFiles(const QString &commandLine);
    /// `merged` as kubectl merges them, and `apart` each for itself. A file that is missing or broken becomes a problem
    /// and leaves the others usable.
    static Kubeconfig load(const QStringList &merged, const QStringList &apart = {});

    Kubeconfig();
    ~Kubeconfig();
    Kubeconfig(const Kubeconfig &);
    Kubeconfig &operator=(const Kubeconfig &);

    QStringList files() const;
    QList<KubeconfigContext> contexts() const;
    /// What is wrong with whole files: file, line where known, reason, what to do.
    QList<Error> problems() const;
    /// The same of one file; nothing where it is well.
    std::optional<Error> problemOf(const QString &file) const;

    /// Certificates, keys and tokens that are named by their path. resolve() reads those of one context.
    QStringList namedFiles() const;

    /// The context of that name, in `file` where one is given; else the first.
    Result<ClusterAccess> resolve(const QString &contextName, const QString &file = {}) const;

    /// Says the same, credentials among it.
    bool operator==(const Kubeconfig &other) const;

private:
    struct Data;
    std::shared_ptr<const Data> m_data;
};
