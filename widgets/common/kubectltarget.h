// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/shellquote.h"

#include <QString>

struct RuntimeStatus;

/// Which cluster kubectl is to ask: whatever is current in a shell may be another one. Every command that is shown is
/// made for it by what stands here.
struct KubectlTarget {
    QString context; ///< empty: whichever is current
    QString kubeconfig; ///< the path of the file that it stands in; empty: one that kubectl reads by itself

    bool operator==(const KubectlTarget &) const = default;
};

/// "kubectl --context prod", the beginning of a command.
QString kubectlFor(const KubectlTarget &target);
/// The command `kubectl …` asking that cluster.
QString commandFor(const KubectlTarget &target, const QString &command);
/// The text with each `kubectl …` between backticks asking that cluster.
QString aimedAt(const KubectlTarget &target, QString text);
/// The same for all that a status says in sentences.
RuntimeStatus aimedAt(const KubectlTarget &target, RuntimeStatus status);
