// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/error.h"
#include "services/base/secretstring.h"

#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

/// One named cluster, user or context of a kubeconfig file, as flat values: nested maps become "exec.command", the
/// items of lists "exec.args.0" and "exec.env.0.name". Every value is kept as a secret, because tokens and keys are
/// among them.
struct KubeconfigEntry {
    QString name;
    QString file;
    QMap<QString, SecretString> values;
    std::optional<Error> problem; ///< why it cannot be used
    QByteArray execConfig; ///< of a cluster: what its exec plugins are to know of it, as JSON; empty: nothing
    int line = 0; ///< where it begins in the file, from 1

    bool has(const QString &key) const { return !values.value(key).isEmpty(); }
    QString text(const QString &key) const { return values.value(key).reveal(); }
    /// The items of the list `key`, to the first that is no scalar.
    QStringList list(const QString &key) const;
    bool operator==(const KubeconfigEntry &) const = default;
};

/// What one kubeconfig file says, in its order. Part of Kubeconfig.
struct KubeconfigFile {
    QString currentContext;
    QList<KubeconfigEntry> clusters;
    QList<KubeconfigEntry> users;
    QList<KubeconfigEntry> contexts;
    QList<Error> problems;
};

/// Reads and parses `path`. What cannot be read becomes a problem that names the file, line and column.
KubeconfigFile readKubeconfigFile(const QString &path);
