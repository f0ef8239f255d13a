// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/accounttablemodel.h"
#include "services/base/secretstring.h"
#include "widgets/common/formpanel.h"

class SecretField;

/// What a person asks an account to be, and the password of its managed login where it is a new one.
struct AccountDraft {
    AccountSpec spec;
    SecretString password;
};

/// Asks what a new account is to be, or what is to be changed of one. Says before anything is sent what a limit below
/// what is used does.
class AccountForm final : public FormPanel {
    Q_OBJECT

public:
    /// For a new one.
    explicit AccountForm(QWidget *parent = nullptr);
    /// For a change of `seen`, whose name stays.
    explicit AccountForm(const Account &seen, QWidget *parent = nullptr);

    /// Judges again.
    void setSurroundings(const AccountSurroundings &around);
    void setUsed(const AccountUse &used);

    AccountDraft draft() const;
    /// As it was when the form was opened, or renewed; nothing of a new one.
    const std::optional<Account> &seen() const { return m_seen; }
    /// The account as it is now: what nobody has edited here follows it. Answers the labels of fields that were edited
    /// here and are another there too.
    QStringList renewSeen(const Account &now);

Q_SIGNALS:
    /// By a person, with a draft that holds up.
    void submitted(const AccountDraft &draft);

private:
    AccountForm(const std::optional<Account> &seen, const Words &words, QWidget *parent);

    void makeControls();
    void layOut();
    void fill();
    void renewPasswordHint();
    void renewWarning();
    FieldErrors problems() const override;
    void submitDraft() override;
    void emptyControls() override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

    std::optional<Account> m_seen;
    AccountSurroundings m_around;
    AccountUse m_used;
    QLineEdit *m_name;
    QLineEdit *m_displayName;
    QLineEdit *m_description;
    QLineEdit *m_maxStreams;
    QLineEdit *m_maxConsumers;
    QLineEdit *m_maxStorage;
    InlineMessage *m_warning;
    SecretField *m_password = nullptr; ///< of a new one
    Field *m_passwordField = nullptr;
};
