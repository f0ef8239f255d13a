// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/error.h"
#include "services/base/secretstring.h"
#include "services/domain/access.h"
#include "services/domain/account.h"

#include <QWidget>

class EmptyState;
class InlineMessage;
class QPushButton;
class QVBoxLayout;

/// The logins of an account beside the managed one: what each may publish and subscribe to, its password on demand,
/// and what is done with it.
class UsersView final : public QWidget {
    Q_OBJECT

public:
    explicit UsersView(QWidget *parent = nullptr);
    ~UsersView() override;

    void setAccount(const Account &account);
    void setAccess(const Access &change, const Access &reveal);
    /// The answer to passwordWanted().
    void setPassword(const QString &user, const SecretString &password);
    void setPasswordError(const QString &user, const Error &error);

Q_SIGNALS:
    void newRequested();
    void editRequested(const QString &user);
    void rotateRequested(const QString &user);
    void removeRequested(const QString &user);
    void passwordWanted(const QString &user);

private:
    class Row;
    Row *rowOf(const QString &user) const;
    void addRow(const AccountUser &user);

    QString m_account;
    QList<AccountUser> m_users;
    Access m_change = Access::yes();
    Access m_reveal = Access::yes();
    QPushButton *m_new;
    InlineMessage *m_problem;
    EmptyState *m_empty;
    QVBoxLayout *m_layout;
    QList<Row *> m_rows;
};
