// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/error.h"
#include "services/domain/access.h"

#include <QDateTime>
#include <QString>

#include <optional>

/// Says in a cluster that it is archived: nobody is to change its messaging. One that is there archives, whatever can
/// be read of it.
struct ArchiveMark {
    QString by; ///< "ana@laptop"; empty: it does not say
    QDateTime since; ///< UTC; invalid: it does not say
    QString reason; ///< in one line; empty: it does not say
    QString uid; ///< with `version`, which one it is
    QString version;
    QString elsewhere = {}; ///< the namespace that holds it, where that is not the runtime's

    bool operator==(const ArchiveMark &) const = default;
};

/// A reason as it is kept: in one line, without what can't be shown, no longer than can be read at a glance.
QString archiveReason(const QString &typed);
/// Field `reason`. Empty: it can be kept.
FieldErrors validateArchiveReason(const QString &typed);
/// Who archived a cluster, when and why, in one sentence; in another one where the mark is, if one has to look for it.
QString archivedText(const ArchiveMark &mark);

/// What keeps this program from changing a cluster, whatever the person may do there. An archived cluster is so for
/// everybody; read-only is this workstation alone.
struct Protection {
    enum class ReadOnly {
        No,
        Cluster, ///< chosen for this cluster
        Program, ///< the program was started so
    };

    std::optional<ArchiveMark> archived;
    ReadOnly readOnly = ReadOnly::No;

    bool operator==(const Protection &) const = default;

    /// Whether anything may be changed, the mark aside. The archive's reason goes before.
    Access access() const;
    /// Why this workstation changes nothing, not even the mark.
    Access readOnlyAccess() const;
};
