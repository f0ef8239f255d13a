// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/error.h"
#include "services/base/secretstring.h"

#include <QList>
#include <QMap>
#include <QString>

#include <optional>

/// One named cluster, user or context of a kubeconfig file, as flat values: nested maps become "exec.command". Every
/// value is kept as a secret, because tokens and keys are among them.
struct KubeconfigEntry {
    QString name;
    QString file;
    QMap<QString, SecretString> values;
    std::optional<Error> problem; ///< why it cannot be used

    bool has(const QString &key) const { return !values.value(key).isEmpty(); }
    QString text(const QString &key) const { return values.value(key).reveal(); }
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
