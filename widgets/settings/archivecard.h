// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/error.h"
#include "services/domain/access.h"
#include "services/domain/protection.h"
#include "services/domain/runtime.h"

#include <QPointer>
#include <QWidget>

#include <optional>

class ArchiveDialog;
class DangerCard;
class InlineMessage;
class UnarchiveDialog;

/// Archives the cluster, with a reason that is asked for, or takes that back, asking before: says who archived it, when
/// and why.
class ArchiveCard final : public QWidget {
    Q_OBJECT

public:
    explicit ArchiveCard(QWidget *parent = nullptr);

    void setCluster(const QString &cluster, const RuntimeStatus &status);
    /// `access` is that to whichever of the two can be asked for: archiving, where there is no mark.
    void setMark(const std::optional<ArchiveMark> &mark, const Access &access);
    /// Whether who archives could unarchive afterwards.
    void setUndoAccess(const Access &access);
    /// As by Tab, where it can be pressed.
    void takeKeyboard();
    void setError(const std::optional<Error> &error);

Q_SIGNALS:
    void archiveRequested(const QString &reason);
    /// Of the mark that was shown.
    void unarchiveRequested(const ArchiveMark &seen);

private:
    void ask();
    void askWhetherToUnarchive(const ArchiveMark &seen);

    QString m_cluster;
    QString m_nameSpace;
    RuntimePhase m_phase = RuntimePhase::Absent;
    std::optional<ArchiveMark> m_mark;
    Access m_access;
    Access m_undoAccess = Access::yes();
    DangerCard *m_danger;
    InlineMessage *m_error;
    QPointer<ArchiveDialog> m_dialog; ///< while somebody is being asked
    QPointer<UnarchiveDialog> m_question; ///< the same, of a cluster that is archived
};
