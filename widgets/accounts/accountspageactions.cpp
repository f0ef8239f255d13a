// SPDX-License-Identifier: GPL-3.0-or-later
// What a person does with an account that there is: the forms and questions of AccountsPage.
#include "widgets/accounts/accountspage.h"

#include "models/clientlistmodel.h"
#include "services/messaging/accountservice.h"
#include "widgets/accounts/accountwords.h"
#include "widgets/accounts/rotatedialog.h"
#include "widgets/accounts/userform.h"
#include "widgets/accounts/usersview.h"
#include "widgets/common/actionquestion.h"
#include "widgets/common/words.h"

#include <algorithm>

namespace {

/// Keys of m_forms: names have no blanks.
QString userKey(const QString &account, const QString &user)
{
    return account + u' ' + user;
}

std::optional<AccountUser> userOf(const Account &account, const QString &name)
{
    const QList<AccountUser> &users = account.spec.users;
    const auto found =
        std::find_if(users.cbegin(), users.cend(), [&name](const AccountUser &user) { return user.name == name; });
    return found == users.cend() ? std::nullopt : std::optional(*found);
}

AccountSpec without(AccountSpec spec, const QString &user)
{
    spec.users.removeIf([&user](const AccountUser &other) { return other.name == user; });
    return spec;
}

AccountSpec with(const AccountSpec &spec, const AccountUser &user)
{
    AccountSpec changed = without(spec, user.name);
    changed.users.append(user);
    std::sort(changed.users.begin(), changed.users.end(),
        [](const AccountUser &left, const AccountUser &right) { return left.name < right.name; });
    return changed;
}

} // namespace

void AccountsPage::edit(const QString &account)
{
    const std::optional<AccountRow> row = model().find(account);
    if (!row || !m_accounts.changeAccess(row->account))
        return;
    auto *form = static_cast<AccountForm *>(m_forms.value(account));
    if (!form) {
        form = new AccountForm(row->account);
        keepForm(account, account, form);
        connect(form, &AccountForm::submitted, this, [this, form, account] {
            if (isUpToDate(form, account))
                sendForm(account, *form->seen(), form->draft().spec);
        });
    }
    form->setSurroundings(m_accounts.surroundings(account));
    form->setUsed(row->used);
    showKept(form);
    isUpToDate(form, account);
}

template <typename EditForm> bool AccountsPage::isUpToDate(EditForm *form, const QString &account)
{
    const std::optional<Account> now = m_accounts.find(account);
    const QStringList overtaken = now ? form->renewSeen(*now) : QStringList();
    if (overtaken.isEmpty())
        return true; // of one that is gone the service says so
    form->showError({Error::Kind::Conflict,
        tr("Somebody has changed the same meanwhile (%1). What was entered here is kept: look at it, and apply it "
           "to put it in the place of theirs.")
            .arg(overtaken.join(QStringLiteral(", "))),
        {}, {}, {}});
    return false;
}

void AccountsPage::editUser(const QString &user)
{
    const Account &account = detail()->row().account;
    const QString key = userKey(account.name, user);
    const std::optional<AccountUser> seen = userOf(account, user);
    auto *form = static_cast<UserForm *>(m_forms.value(key));
    if (!form) {
        form = new UserForm(account, seen);
        keepForm(key, account.name, form);
        connect(form, &UserForm::submitted, this, [this, key, form, name = account.name] {
            if (isUpToDate(form, name))
                sendForm(key, form->account(), with(form->account().spec, form->draft()));
        });
    }
    showKept(form);
    isUpToDate(form, account.name);
}

void AccountsPage::addUser()
{
    editUser({});
}

void AccountsPage::keepForm(const QString &key, const QString &account, FormPanel *form)
{
    m_forms.insert(key, form);
    list()->addPanel(form);
    const auto leave = [this, key, account] { leaveForm(key, account); };
    connect(form, &FormPanel::cancelled, this, leave);
    connect(form, &FormPanel::closeRequested, this, leave);
}

void AccountsPage::showKept(FormPanel *form)
{
    showFormsAccess();
    showPanel(form);
    form->begin();
}

/// Back to the account; what was entered and not sent is kept.
void AccountsPage::leaveForm(const QString &key, const QString &account)
{
    FormPanel *form = m_forms.value(key);
    const bool isShown = form && list()->panel() == form;
    if (form && !form->hasDraft() && !form->isBusy()) {
        m_forms.remove(key);
        form->deleteLater();
    }
    if (!isShown)
        return;
    if (!model().find(account))
        return closePanel();
    open(account);
    detail()->setFocus(Qt::OtherFocusReason);
}

void AccountsPage::sendForm(const QString &key, const Account &seen, const AccountSpec &spec)
{
    FormPanel *form = m_forms.value(key);
    form->setBusy(true);
    Pending<void> &kept = m_changes[key] = service().accepted(seen, m_accounts.change(seen, spec));
    kept.then(this, [this, key, account = seen.name](const Result<void> &outcome) {
        m_changes.erase(key);
        FormPanel *sent = m_forms.value(key);
        sent->setBusy(false);
        if (outcome) {
            sent->clear();
            return leaveForm(key, account);
        }
        sent->showError(outcome.error());
        if (list()->panel() != sent)
            tellFailure(account, tr("The account %1 was not changed; the draft is kept").arg(account), outcome.error());
    });
}

void AccountsPage::renewForms()
{
    for (auto form = m_forms.cbegin(); form != m_forms.cend(); ++form) {
        auto *edited = qobject_cast<AccountForm *>(form.value());
        const std::optional<AccountRow> row = edited ? model().find(form.key()) : std::nullopt;
        if (row)
            edited->setUsed(row->used);
    }
}

void AccountsPage::showFormsAccess()
{
    for (auto form = m_forms.cbegin(); form != m_forms.cend(); ++form) {
        const QString account = form.key().section(u' ', 0, 0);
        const std::optional<Account> known = m_accounts.find(account);
        const QString gone = tr("There is no account %1 any more.").arg(account);
        form.value()->setSubmitAccess(known ? m_accounts.changeAccess(*known) : Access::no(gone));
        const bool isToTell = !known && !form.value()->property("saysThatItIsGone").toBool();
        form.value()->setProperty("saysThatItIsGone", !known);
        if (isToTell)
            form.value()->showError({Error::Kind::NotFound, gone, {}, {}, {}});
    }
}

template <typename Dialog> void AccountsPage::openWithAccess(Dialog *dialog, const QString &account)
{
    const auto renew = [this, dialog, account] {
        const std::optional<Account> known = m_accounts.find(account);
        dialog->setAccess(
            known ? m_accounts.changeAccess(*known) : Access::no(tr("There is no account %1 any more.").arg(account)));
    };
    connect(&service(), &AccountListing::accessChanged, dialog, renew);
    renew();
    dialog->open();
}

void AccountsPage::rotate(const QString &account, const QString &user)
{
    const std::optional<Account> seen = m_accounts.find(account);
    if (!seen || !m_accounts.changeAccess(*seen))
        return;
    const std::optional<AccountUser> other = userOf(*seen, user);
    auto *dialog = other ? new RotateDialog(*seen, *other, this) : new RotateDialog(*seen, this);
    const QString login = other ? serverUserName(account, user) : seen->connection.username;
    dialog->setConnected(connectedAs(account, login));
    connect(&m_accounts, &AccountService::usageChanged, dialog,
        [this, dialog, account, login] { dialog->setConnected(connectedAs(account, login)); });
    connect(dialog, &RotateDialog::confirmed, this, [this, seen = *seen, login](const RotationRequest &request) {
        if (isDetailShown())
            detail()->setFocus(
                Qt::OtherFocusReason); // its button is locked in a moment, and would pass the keyboard on
        carryOut(seen.name, m_accounts.rotate(seen, request), tr("The password of %1 was not changed").arg(login));
    });
    openWithAccess(dialog, account);
}

void AccountsPage::endOverlap()
{
    const Account seen = detail()->row().account;
    if (!seen.retiring)
        return;
    const QString login = seen.retiring->username;
    const std::optional<int> clients = connectedAs(seen.name, login);
    const QString who = !clients ? tr("How many clients still use it is not known.")
        : *clients == 0          ? tr("No client uses it any more.")
                                 : counted(*clients, tr("1 client still uses it."), tr("%1 clients still use it."));
    auto *question = new ActionQuestion({tr("End %1 with the old password").arg(login),
                                            tr("%1 Whoever does is disconnected, and refused until it logs in as %2 "
                                               "with the new password.")
                                                .arg(who, seen.connection.username),
                                            tr("&End overlap")},
        this);
    connect(question, &ActionQuestion::confirmed, this,
        [this, seen, login] { carryOut(seen.name, m_accounts.endOverlap(seen), tr("%1 was not ended").arg(login)); });
    openWithAccess(question, seen.name);
}

void AccountsPage::removeUser(const QString &user)
{
    const Account seen = detail()->row().account;
    const QString login = serverUserName(seen.name, user);
    const std::optional<int> clients = connectedAs(seen.name, login);
    const QString who = !clients ? tr("How many clients are connected as it is not known.")
        : *clients == 0          ? tr("No client is connected as it now.")
                        : counted(*clients, tr("1 client is connected as it."), tr("%1 clients are connected as it."));
    auto *question = new ActionQuestion({tr("Remove the user %1").arg(login),
                                            tr("%1 Whoever logs in as it is disconnected and refused from then on; its "
                                               "password is deleted. Streams and messages stay.")
                                                .arg(who),
                                            tr("&Remove user")},
        this);
    connect(question, &ActionQuestion::confirmed, this, [this, seen, user, login] {
        carryOut(seen.name, m_accounts.change(seen, without(seen.spec, user)), tr("%1 was not removed").arg(login));
    });
    openWithAccess(question, seen.name);
}

void AccountsPage::kick(const ClientConnection &client)
{
    const QString account = shownId();
    const QString name = ClientListModel::nameOf(client);
    auto *question = new ActionQuestion(
        {tr("Disconnect %1").arg(name),
            tr("Its connection from %1 as %2 is closed. Most clients connect anew at once: to keep it away, rotate the "
               "password or remove its user.")
                .arg(client.address, client.user),
            tr("&Kick")},
        this);
    connect(question, &ActionQuestion::confirmed, this, [this, account, client, name] {
        carryOut(account, m_accounts.kick(client), tr("%1 was not disconnected").arg(name),
            tr("%1 was disconnected. It may connect anew.").arg(name));
    });
    question->setAccess(m_accounts.createAccess());
    question->open();
}

void AccountsPage::fetchPassword(const QString &user)
{
    const QString account = shownId();
    m_passwords[user] = m_accounts.clientPassword(account, user);
    m_passwords[user].then(this, [this, account, user](const Result<SecretString> &password) {
        if (account != shownId())
            return;
        if (password)
            detail()->users()->setPassword(user, *password);
        else
            detail()->users()->setPasswordError(user, password.error());
    });
}
