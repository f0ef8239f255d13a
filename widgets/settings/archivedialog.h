// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/access.h"
#include "widgets/common/questiondialog.h"

class InlineMessage;
class QLineEdit;
class QPushButton;

/// Asks why a cluster is to be archived, and says before what that does. Shown with open(); deletes itself when closed.
class ArchiveDialog final : public QuestionDialog {
    Q_OBJECT

public:
    /// `nameSpace` is where the mark will be kept.
    ArchiveDialog(const QString &cluster, const QString &nameSpace, QWidget *parent = nullptr);

    /// What was typed stays while it can't be sent.
    void setAccess(const Access &access);
    /// Whether this person could unarchive it again.
    void setUndoAccess(const Access &access);

Q_SIGNALS:
    void confirmed(const QString &reason);

private:
    void renew();

    QLineEdit *m_reason;
    InlineMessage *m_undo;
    QPushButton *m_archive;
    QPushButton *m_cancel;
    Access m_access = Access::yes();
};
