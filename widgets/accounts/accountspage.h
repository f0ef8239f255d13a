// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/accounts/accountdetail.h"
#include "widgets/accounts/accountform.h"
#include "widgets/accounts/accountlisting.h"
#include "widgets/objects/objectpageof.h"

#include <QHash>

#include <map>

class AccountService;
class RuntimeService;
class StreamService;
struct RotationRequest;

struct AccountKind {
    using Object = AccountRow;
    using Draft = AccountDraft;
    using Service = AccountListing;
    using Model = AccountTableModel;
    using Detail = AccountDetail;
    using Form = AccountForm;

    static const QList<AccountRow> &all(const AccountListing &listing) { return listing.rows(); }
    static SnapshotStep<AccountRow> step(const AccountListing &) { return {}; }
};

/// The Accounts tab: the application accounts of the runtime, one of them in detail, and the forms that make and
/// change them and their users.
class AccountsPage final : public ObjectPageOf<AccountKind> {
    Q_OBJECT

public:
    /// All must outlive it; `streams` are counted only.
    AccountsPage(AccountService &accounts, RuntimeService &runtime, StreamService &streams, Clock &clock,
        QWidget *parent = nullptr);

    /// How clients connect to the account that is shown in detail: takes ownership.
    void setConnection(QWidget *connection) { detail()->setConnection(connection); }

Q_SIGNALS:
    /// Another account is shown in detail.
    void accountShown(const QString &account);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QString countText() const override;
    Emptiness nothingYet() override;
    Access seeAccess() const override { return Access::yes(); }
    void renewForm() override;
    void completeDetail(const AccountRow &row) override;
    void addOwnActions(QMenu *menu, int row) override;
    ConfirmByTyping::Question deletionOf(const AccountRow &row) const override;
    RemovalWords removalWords(const QString &account) const override;
    CreationWords creationWords(const AccountDraft &draft) const override;

    void connectServices();
    void connectDetail();
    void showState();
    AccountState stateOf(const Account &account) const;
    std::optional<int> connectedAs(const QString &account, const QString &login) const;

    void edit(const QString &account);
    void editUser(const QString &user);
    void addUser();
    /// Brings the form up to what the account is now; false where somebody has changed what was edited in it, which it
    /// then says.
    template <typename EditForm> bool isUpToDate(EditForm *form, const QString &account);
    void keepForm(const QString &key, const QString &account, FormPanel *form);
    void showKept(FormPanel *form);
    void leaveForm(const QString &key, const QString &account);
    void sendForm(const QString &key, const Account &seen, const AccountSpec &spec);
    void showFormsAccess();
    /// What is used goes up and down while somebody thinks about a limit.
    void renewForms();

    void rotate(const QString &account, const QString &user = {});
    void endOverlap();
    void removeUser(const QString &user);
    void kick(const ClientConnection &client);
    void fetchPassword(const QString &user);
    /// Says as `title` where it comes to nothing and the account itself does not tell of it; and `done` at the end,
    /// where nothing else shows it.
    void carryOut(const QString &account, Pending<void> request, const QString &title, const QString &done = {});
    void tellFailure(const QString &account, const QString &title, const Error &error);
    template <typename Dialog> void openWithAccess(Dialog *dialog, const QString &account);

    AccountService &m_accounts;
    RuntimeService &m_runtime;
    StreamService &m_streams;
    QHash<QString, FormPanel *> m_forms; ///< that change something, by what that is
    std::map<QString, Pending<void>> m_changes; ///< what they sent
    std::map<int, Pending<void>> m_actions;
    int m_lastAction = 0;
    std::map<QString, Pending<SecretString>> m_passwords; ///< that are being read, by user
    QString m_shownAccount;
};
