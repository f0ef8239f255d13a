// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/tabs.h"
#include "services/base/result.h"
#include "widgets/common/look.h"

#include <QString>
#include <QStringList>

#include <optional>

/// What a person asked for when starting the program. Nothing secret is ever taken from here: arguments are visible to
/// every user of the machine.
struct CommandLine {
    QStringList kubeconfigFiles; ///< empty: those that kubectl would read
    QString context; ///< empty: the one opened last, else the kubeconfig's current one
    std::optional<Tab> tab;
    QString nameSpace; ///< empty: where each cluster has its runtime
    bool isReadOnly = false; ///< nothing is changed on any cluster
    std::optional<Look::Scheme> scheme; ///< nothing: as the desktop
    QString answer; ///< of --help and --version: print it and leave

    /// Invalid with a sentence for people where the arguments make no sense. Needs a QCoreApplication.
    static Result<CommandLine> parse(const QStringList &arguments);
};
