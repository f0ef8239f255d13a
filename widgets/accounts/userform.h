// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/account.h"
#include "widgets/common/formpanel.h"

/// Asks what a login of an account, beside the managed one, is to be allowed. A new one gets a generated password.
class UserForm final : public FormPanel {
    Q_OBJECT

public:
    /// `seen`: the user that is changed; nothing: a new one.
    UserForm(const Account &account, const std::optional<AccountUser> &seen, QWidget *parent = nullptr);

    AccountUser draft() const;
    /// As it was when the form was opened, or renewed.
    const Account &account() const { return m_account; }
    /// As AccountForm::renewSeen().
    QStringList renewSeen(const Account &now);

Q_SIGNALS:
    /// By a person, with a draft that holds up.
    void submitted(const AccountUser &user);

private:
    void makeControls();
    void layOut();
    void fill();
    FieldErrors problems() const override;
    void submitDraft() override;
    void emptyControls() override;

    Account m_account;
    std::optional<AccountUser> m_seen;
    bool m_isRemoved = false; ///< by somebody, since the form was opened
    QLineEdit *m_name;
    QLineEdit *m_publishAllowed;
    QLineEdit *m_publishDenied;
    QLineEdit *m_subscribeAllowed;
    QLineEdit *m_subscribeDenied;
};
