// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/access.h"
#include "services/messaging/accountservice.h"
#include "widgets/common/questiondialog.h"

class Field;
class QPushButton;
class SecretField;
class SegmentedChoice;
class WrappingLabel;

/// Asks for another password of a login, and says before what becomes of the clients that use the one there is. Shown
/// with open(); deletes itself when closed.
class RotateDialog final : public QuestionDialog {
    Q_OBJECT

public:
    /// The managed login of `account`.
    explicit RotateDialog(const Account &account, QWidget *parent = nullptr);
    /// That of one of its other users: there is no overlap.
    RotateDialog(const Account &account, const AccountUser &user, QWidget *parent = nullptr);

    /// How many clients are connected by it; nothing: not known.
    void setConnected(const std::optional<int> &connected);
    /// What was entered stays while it can't be sent.
    void setAccess(const Access &access);

Q_SIGNALS:
    void confirmed(const RotationRequest &request);

private:
    RotateDialog(const Account &account, const QString &user, const QString &login, QWidget *parent);

    void layOut();
    void renew();
    QString clientsText() const;
    QString meaning() const;
    RotationRequest::Overlap overlap() const;

    Account m_account;
    QString m_user;
    QString m_login; ///< as servers know it
    std::optional<int> m_connected;
    Access m_access = Access::yes();
    SecretField *m_password;
    Field *m_passwordField;
    SegmentedChoice *m_overlap;
    WrappingLabel *m_meaning;
    QPushButton *m_rotate;
    QPushButton *m_cancel;
};
