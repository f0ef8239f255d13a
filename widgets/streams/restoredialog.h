// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/access.h"
#include "services/domain/streamdraft.h"
#include "services/messaging/backupfolder.h"
#include "widgets/common/questiondialog.h"

class InlineMessage;
class QComboBox;

/// Says what a backup holds, and asks into which account it is to be restored. In front of the page; shown with open();
/// deletes itself when closed.
class RestoreDialog final : public QuestionDialog {
    Q_OBJECT

public:
    RestoreDialog(BackupFolder backup, const QStringList &accounts, QWidget *parent = nullptr);

    /// What is there already.
    void setContext(const StreamContext &context);
    void setAccess(const Access &access);

Q_SIGNALS:
    void confirmed(const QString &account, const BackupFolder &backup);

private:
    void layOut(const QStringList &accounts);
    void renew();
    QString obstacle() const;

    BackupFolder m_backup;
    StreamContext m_context;
    Access m_access = Access::yes();
    QComboBox *m_account;
    InlineMessage *m_note;
    QPushButton *m_restore;
    QPushButton *m_cancel;
};
