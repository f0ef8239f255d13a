// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/error.h"
#include "services/domain/access.h"
#include "services/domain/account.h"
#include "widgets/common/kubectltarget.h"

#include <QList>
#include <QWidget>

#include <optional>

class Card;
class CopyableRow;
class ExamplesView;
class InlineMessage;
class KeptPasswordLine;
class QComboBox;
class QLabel;
class SecretRow;
class SegmentedChoice;
class TestView;

/// How clients connect as an account: parameters, client URL, examples.
///
/// On a page about one account it goes without its picker, and bears 420 pixels. Holds no password: `passwordWanted`
/// asks for one when a person presses Reveal or Copy, the answer comes in by setPassword() or setPasswordError(), and
/// it is forgotten once hidden.
class ConnectionCard final : public QWidget {
    Q_OBJECT

public:
    explicit ConnectionCard(QWidget *parent = nullptr);

    /// Without it the card is about the only account that it was given. At first it is there.
    void setPicker(bool isShown);
    /// Where the test of the connection is shown and asked for; hidden until somebody joins it to a service.
    TestView *test() const { return m_test; }
    /// The cluster that the commands shown here are for.
    void setKubectl(const KubectlTarget &kubectl);
    /// Keeps the account that is chosen while there is one of that name.
    void setAccounts(const QList<Account> &accounts, const std::optional<Error> &problem = {});
    /// Whether the password may be revealed and copied; `grant`: a Role that would allow it.
    void setRevealAccess(const Access &access, const QString &grant);
    void setPassword(const QString &account, const SecretString &password);
    void setPasswordError(const QString &account, const Error &error);
    QString currentAccount() const;
    /// How clients connect as that account.
    const ConnectionDetails &details() const { return m_shown; }
    /// What is kept of that account's password.
    KeptPasswordLine *kept() const { return m_kept; }

Q_SIGNALS:
    void passwordWanted(const QString &account);
    /// Another account was chosen, or it is reached in another way.
    void detailsChanged();

private:
    QWidget *buildParameters();
    QWidget *buildClientUrl();
    void showProblem(const std::optional<Error> &problem);
    void showView(int view);
    void renewAccount();
    void renewCommands();
    void askForPassword();
    std::optional<Account> current() const;

    QList<Account> m_accounts;
    KubectlTarget m_kubectl;
    ConnectionDetails m_shown;
    Card *m_card;
    SegmentedChoice *m_view;
    QWidget *m_content;
    QWidget *m_accountLine;
    QComboBox *m_account;
    InlineMessage *m_problem;
    InlineMessage *m_passwordError;
    InlineMessage *m_passwordRefused;
    KeptPasswordLine *m_kept;
    QString m_grant;
    QLabel *m_nothing;
    QList<QWidget *> m_views;
    CopyableRow *m_host;
    CopyableRow *m_port;
    CopyableRow *m_username;
    SecretRow *m_password;
    CopyableRow *m_webSocketUrl;
    QLabel *m_webSocketHint;
    CopyableRow *m_forwarding;
    CopyableRow *m_secretName;
    SecretRow *m_clientUrl;
    QLabel *m_encodedNote;
    ExamplesView *m_examples;
    TestView *m_test;
};
