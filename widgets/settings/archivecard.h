// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/error.h"
#include "services/domain/access.h"
#include "services/domain/protection.h"

#include <QPointer>
#include <QWidget>

#include <optional>

class ArchiveDialog;
class DangerCard;
class InlineMessage;

/// Archives the cluster, with a reason that is asked for, or takes that back: says who archived it, when and why.
class ArchiveCard final : public QWidget {
    Q_OBJECT

public:
    explicit ArchiveCard(QWidget *parent = nullptr);

    void setCluster(const QString &cluster, const QString &nameSpace);
    /// `access` is that to whichever of the two can be asked for: archiving, where there is no mark.
    void setMark(const std::optional<ArchiveMark> &mark, const Access &access);
    /// As by Tab, where it can be pressed.
    void takeKeyboard();
    void setError(const std::optional<Error> &error);

Q_SIGNALS:
    void archiveRequested(const QString &reason);
    /// Of the mark that was shown.
    void unarchiveRequested(const ArchiveMark &seen);

private:
    void ask();

    QString m_cluster;
    QString m_nameSpace;
    std::optional<ArchiveMark> m_mark;
    Access m_access;
    DangerCard *m_danger;
    InlineMessage *m_error;
    QPointer<ArchiveDialog> m_dialog; ///< while somebody is being asked
};
