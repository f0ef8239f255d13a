// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/namespacefate.h"
#include "services/domain/runtime.h"
#include "services/domain/runtimeusage.h"

#include <optional>

/// Follows the runtime of one cluster, and says what came of an operation once it has ended: "Enabled NATS on prod: …".
/// What failed is not told here: that stays in sight on Overview. Knows no service.
class RuntimeOutcome final {
public:
    /// `workstation` is this one: of what others asked for it says who did.
    RuntimeOutcome(QString cluster, QString workstation);

    /// What the cluster is known to hold; nothing that was assumed before it has answered.
    void observe(const RuntimeStatus &status, const RuntimeUsage &usage);
    void dismiss();
    /// True once Disable has ended, until it is told what became of the namespace.
    bool isFateWanted() const;
    /// Nothing: it can't be known.
    void setFate(const std::optional<NamespaceFate> &fate);
    /// Empty before anything has ended, and from when the runtime is another than it was then.
    QString text() const;

private:
    QString enabledText(const RuntimeStatus &status) const;
    QString disabledText() const;
    QString askedBy(const RuntimeStatus &status) const;

    QString m_cluster;
    QString m_workstation;
    RuntimeStatus m_last;
    RuntimeUsage m_usage; ///< as last counted while it was ready
    qsizetype m_pods = 0; ///< that Disable found
    bool m_hasSeenItWhole = false; ///< before it was being deleted
    QString m_text;
    RuntimeStatus m_told; ///< what `m_text` was true of
    bool m_isFateWanted = false;
};
