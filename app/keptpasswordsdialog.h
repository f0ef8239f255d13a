// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"
#include "services/keychain/keptpassword.h"

#include <QDialog>
#include <QList>

class EmptyState;
class InlineMessage;
class KeptPasswords;
class QPushButton;
class QStandardItemModel;
class QStackedWidget;
class Switch;
class TableView;

/// What is kept of revealed passwords on this workstation, without any of them: of all clusters, to be removed one by
/// one or all together; and whether any are kept. Shown with open(); deletes itself when closed.
class KeptPasswordsDialog final : public QDialog {
    Q_OBJECT

public:
    /// `passwords` must outlive it.
    explicit KeptPasswordsDialog(KeptPasswords &passwords, QWidget *parent = nullptr);

private:
    void createTable();
    void layOut();
    void follow();
    void renew();
    void renewRows(const QList<KeptEntry> &entries);
    void renewMessage();
    void renewButtons();
    QList<KeptId> selectedIds() const;
    void removeSelected();
    void removeAll();
    void await(Pending<void> removal);
    void tryAgain();

    KeptPasswords &m_passwords;
    QList<KeptEntry> m_entries;
    QStandardItemModel *m_model;
    Switch *m_switch;
    InlineMessage *m_message;
    QStackedWidget *m_stack;
    TableView *m_table;
    EmptyState *m_empty;
    QPushButton *m_remove;
    QPushButton *m_removeAll;
    QPushButton *m_close;
    Pending<void> m_running; ///< a removal, or another try
    QList<KeptId> m_toRemove; ///< after that
};
