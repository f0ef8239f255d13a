// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accounts/userform.h"

#include "widgets/common/field.h"

#include <QLineEdit>

#include <algorithm>
#include <utility>

namespace {

FormPanel::Words wordsFor(const Account &account, const std::optional<AccountUser> &seen)
{
    if (seen)
        return {UserForm::tr("Edit user %1").arg(serverUserName(account.name, seen->name)),
            UserForm::tr("Apply c&hanges"), UserForm::tr("Changing the user…"), QStringLiteral("editedUser")};
    return {UserForm::tr("New user of %1").arg(account.name), UserForm::tr("Crea&te user"),
        UserForm::tr("Creating the user…"), QStringLiteral("user")};
}

QString joined(const QStringList &subjects)
{
    return subjects.join(QStringLiteral(", "));
}

} // namespace

UserForm::UserForm(const Account &account, const std::optional<AccountUser> &seen, QWidget *parent)
    : FormPanel(wordsFor(account, seen), parent)
    , m_account(account)
    , m_seen(seen)
{
    makeControls();
    fill();
    layOut();
    finish();
}

void UserForm::makeControls()
{
    m_name = addEdit(QStringLiteral("name"), "userNameEdit", QStringLiteral("worker"));
    m_publishAllowed = addSubjects(
        QStringLiteral("publishAllowed"), "publishAllowedEdit", "publishAllowedPreview", QStringLiteral("orders.>"));
    m_publishDenied =
        addSubjects(QStringLiteral("publishDenied"), "publishDeniedEdit", "publishDeniedPreview", tr("Nothing"));
    m_subscribeAllowed = addSubjects(QStringLiteral("subscribeAllowed"), "subscribeAllowedEdit",
        "subscribeAllowedPreview", QStringLiteral("orders.>, _INBOX.>"));
    m_subscribeDenied =
        addSubjects(QStringLiteral("subscribeDenied"), "subscribeDeniedEdit", "subscribeDeniedPreview", tr("Nothing"));
}

void UserForm::layOut()
{
    addSection(tr("Identity"));
    addField(tr("User na&me"), m_name,
        m_seen ? tr("Fixed once the user is made.")
               : tr("Servers know it as %1. A password is generated.")
                     .arg(serverUserName(m_account.name, tr("NAME", "stands for a user's name"))));
    m_name->setReadOnly(m_seen.has_value());
    addSection(tr("Publish"));
    addField(tr("May &publish to"), m_publishAllowed,
        tr("Separated by commas; empty: everything. JetStream is asked by $JS.API.>"));
    addField(tr("But not t&o"), m_publishDenied);
    addSection(tr("Subscribe"));
    addField(tr("May su&bscribe to"), m_subscribeAllowed,
        tr("Separated by commas; empty: everything. Whoever waits for answers needs _INBOX.>"));
    addField(tr("B&ut not to"), m_subscribeDenied);
    setFirstControl(m_seen ? m_publishAllowed : m_name);
    if (m_seen)
        m_name->setFocusPolicy(Qt::ClickFocus);
}

void UserForm::fill()
{
    const AccountUser user = m_seen.value_or(AccountUser{});
    setUsualText(m_name, user.name);
    setUsualText(m_publishAllowed, joined(user.permissions.publishAllowed));
    setUsualText(m_publishDenied, joined(user.permissions.publishDenied));
    setUsualText(m_subscribeAllowed, joined(user.permissions.subscribeAllowed));
    setUsualText(m_subscribeDenied, joined(user.permissions.subscribeDenied));
}

QStringList UserForm::renewSeen(const Account &now)
{
    m_account = now;
    const QList<AccountUser> &users = now.spec.users;
    const auto user = std::find_if(users.cbegin(), users.cend(),
        [this](const AccountUser &other) { return m_seen && other.name == m_seen->name; });
    judge();
    const bool wasRemoved = std::exchange(m_isRemoved, m_seen && user == users.cend());
    if (m_isRemoved)
        return wasRemoved ? QStringList() : QStringList{tr("User name (it was removed)")};
    if (!m_seen)
        return {};
    m_seen = *user;
    const SubjectPermissions &permissions = user->permissions;
    QStringList edited;
    const auto renew = [this, &edited](QLineEdit *edit, const QStringList &subjects, const QString &label) {
        if (!renewUsualText(edit, joined(subjects)))
            edited.append(tr("%1: %2").arg(label, subjects.isEmpty() ? tr("empty by now") : joined(subjects)));
    };
    renew(m_publishAllowed, permissions.publishAllowed, tr("May publish to"));
    renew(m_publishDenied, permissions.publishDenied, tr("But not to (publish)"));
    renew(m_subscribeAllowed, permissions.subscribeAllowed, tr("May subscribe to"));
    renew(m_subscribeDenied, permissions.subscribeDenied, tr("But not to (subscribe)"));
    return edited;
}

AccountUser UserForm::draft() const
{
    return {m_seen ? m_seen->name : m_name->text().trimmed(),
        {subjects(m_publishAllowed), subjects(m_publishDenied), subjects(m_subscribeAllowed),
            subjects(m_subscribeDenied)}};
}

FieldErrors UserForm::problems() const
{
    const AccountUser user = draft();
    FieldErrors errors = validate(user);
    const QList<AccountUser> &users = m_account.spec.users;
    const bool isTaken = std::any_of(
        users.cbegin(), users.cend(), [&user](const AccountUser &other) { return other.name == user.name; });
    if (!m_seen && isTaken)
        errors.append({QStringLiteral("name"), tr("There is a user %1 already.").arg(user.name)});
    return errors;
}

void UserForm::submitDraft()
{
    Q_EMIT submitted(draft());
}

void UserForm::emptyControls()
{
    fill();
}
