// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accounts/accountform.h"

#include "services/domain/runtime.h"
#include "widgets/accounts/accountwords.h"
#include "widgets/common/field.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/passwordhint.h"
#include "widgets/common/secretfield.h"

#include <QHideEvent>
#include <QLineEdit>

#include <algorithm>

namespace {

constexpr qint64 mostCount = 1'000'000;

FormPanel::Words newWords()
{
    return {AccountForm::tr("New account"), AccountForm::tr("Crea&te account"),
        AccountForm::tr("Creating the account…"), QStringLiteral("account")};
}

FormPanel::Words editWords(const QString &name)
{
    return {AccountForm::tr("Edit %1").arg(name), AccountForm::tr("Apply c&hanges"),
        AccountForm::tr("Changing the account…"), QStringLiteral("editedAccount")};
}

QString textOf(const std::optional<int> &limit)
{
    return limit ? QString::number(*limit) : QString();
}

/// What can't be a limit is for the validator to judge.
std::optional<int> limitOf(const std::optional<qint64> &typed)
{
    return typed ? std::optional(int(std::clamp<qint64>(*typed, -1, mostCount))) : std::nullopt;
}

} // namespace

AccountForm::AccountForm(QWidget *parent)
    : AccountForm(std::nullopt, newWords(), parent)
{
}

AccountForm::AccountForm(const Account &seen, QWidget *parent)
    : AccountForm(seen, editWords(seen.name), parent)
{
}

AccountForm::AccountForm(const std::optional<Account> &seen, const Words &words, QWidget *parent)
    : FormPanel(words, parent)
    , m_seen(seen)
    , m_warning(new InlineMessage(this))
{
    m_warning->setObjectName(QStringLiteral("loweredLimitMessage"));
    m_warning->hide();
    makeControls();
    fill();
    layOut();
    for (const QLineEdit *limit : {m_maxStreams, m_maxConsumers, m_maxStorage})
        connect(limit, &QLineEdit::textChanged, this, &AccountForm::renewWarning);
    finish();
}

void AccountForm::makeControls()
{
    const QString unlimited = tr("Unlimited");
    m_name = addEdit(QStringLiteral("name"), "accountNameEdit", QStringLiteral("orders"));
    m_displayName = addEdit(QStringLiteral("displayName"), "accountDisplayNameEdit", tr("Same as the name"));
    m_description = addEdit(QStringLiteral("description"), "accountDescriptionEdit");
    m_maxStreams = addNumber(QStringLiteral("maxStreams"), "accountMaxStreamsEdit", unlimited, mostCount);
    m_maxConsumers = addNumber(QStringLiteral("maxConsumers"), "accountMaxConsumersEdit", unlimited, mostCount);
    m_maxStorage = addNumber(QStringLiteral("maxStorageGibibytes"), "accountMaxStorageEdit", unlimited, mostCount);
    if (m_seen)
        return;
    m_password = addSecret(QStringLiteral("password"), "accountPasswordEdit");
    connect(m_password, &SecretField::secretChanged, this, &AccountForm::renewPasswordHint);
}

void AccountForm::layOut()
{
    addSection(tr("Identity"));
    addField(tr("Account na&me"), m_name,
        m_seen ? tr("Fixed once the account is made.")
               : tr("a-z, 0-9 and hyphens. Can't be changed later: Secrets and logins are named after it."));
    addField(tr("Displa&y name"), m_displayName);
    addField(tr("Descri&ption"), m_description);
    addSection(tr("Limits"));
    addNarrowField(tr("Max st&reams"), m_maxStreams);
    addNarrowField(tr("Ma&x consumers"), m_maxConsumers, tr("For each stream."));
    addNarrowField(tr("Max stora&ge (Gi)"), m_maxStorage, tr("Each copy of a stream counts."));
    addWide(m_warning);
    setFirstControl(m_seen ? m_displayName : m_name);
    m_name->setReadOnly(m_seen.has_value());
    if (m_seen) {
        m_name->setFocusPolicy(Qt::ClickFocus);
        return;
    }
    addSection(tr("Default Client Credential"));
    m_passwordField = addField(tr("Pass&word"), m_password);
    renewPasswordHint();
}

void AccountForm::fill()
{
    const AccountSpec spec = m_seen ? m_seen->spec : AccountSpec{};
    setUsualText(m_name, m_seen ? m_seen->name : QString());
    setUsualText(m_displayName, spec.displayName);
    setUsualText(m_description, spec.description);
    setUsualText(m_maxStreams, textOf(spec.limits.maxStreams));
    setUsualText(m_maxConsumers, textOf(spec.limits.maxConsumers));
    setUsualText(m_maxStorage, textOf(spec.limits.maxStorageGibibytes));
    if (m_password)
        setUsualSecret(m_password, isVisible() ? generatePassword() : SecretString());
}

/// A password is about only while somebody sees the form or has entered something.
void AccountForm::showEvent(QShowEvent *event)
{
    if (m_password && !hasDraft() && m_password->secret().isEmpty())
        setUsualSecret(m_password, generatePassword());
    FormPanel::showEvent(event);
}

void AccountForm::hideEvent(QHideEvent *event)
{
    FormPanel::hideEvent(event);
    if (m_password && !event->spontaneous() && !hasDraft() && !isBusy())
        setUsualSecret(m_password, {});
}

QStringList AccountForm::renewSeen(const Account &now)
{
    m_seen = now;
    const AccountSpec &spec = now.spec;
    QStringList edited;
    const auto renew = [this, &edited](QLineEdit *edit, const QString &text, const QString &label) {
        if (!renewUsualText(edit, text))
            edited.append(tr("%1: %2").arg(label, text.isEmpty() ? tr("empty by now") : text));
    };
    renew(m_displayName, spec.displayName, tr("Display name"));
    renew(m_description, spec.description, tr("Description"));
    renew(m_maxStreams, textOf(spec.limits.maxStreams), tr("Max streams"));
    renew(m_maxConsumers, textOf(spec.limits.maxConsumers), tr("Max consumers"));
    renew(m_maxStorage, textOf(spec.limits.maxStorageGibibytes), tr("Max storage (Gi)"));
    return edited;
}

void AccountForm::setSurroundings(const AccountSurroundings &around)
{
    m_around = around;
    judge();
    renewWarning();
}

void AccountForm::setUsed(const AccountUse &used)
{
    m_used = used;
    renewWarning();
}

AccountDraft AccountForm::draft() const
{
    AccountDraft draft;
    if (m_seen)
        draft.spec = m_seen->spec;
    draft.spec.name = m_seen ? m_seen->name : m_name->text().trimmed();
    draft.spec.displayName = m_displayName->text().trimmed();
    draft.spec.description = m_description->text().trimmed();
    draft.spec.limits = {limitOf(number(m_maxStreams)), limitOf(number(m_maxConsumers)), limitOf(number(m_maxStorage))};
    if (m_password)
        draft.password = m_password->secret();
    return draft;
}

void AccountForm::renewPasswordHint()
{
    if (m_passwordField)
        m_passwordField->setHint(passwordHint(
            m_password->secret(), tr("Kept in a Secret of the cluster; the account's Connection shows it again.")));
}

void AccountForm::renewWarning()
{
    const AccountLimits limits = draft().spec.limits;
    const QStringList below = belowUsed(limits, m_used);
    const int all = m_around.replicas * m_around.storageGibibytes;
    if (!below.isEmpty())
        m_warning->showStanding(Tone::Warning, tr("Less than is used: nothing is deleted"), below.join(u'\n'));
    else if (all > 0 && limits.maxStorageGibibytes.value_or(0) > all)
        m_warning->showStanding(Tone::Warning, tr("More than there is"),
            tr("All servers together have less than %1 Gi for all accounts: the limit is never reached before they are "
               "full.")
                .arg(all));
    else
        m_warning->hide();
}

FieldErrors AccountForm::problems() const
{
    const AccountDraft entered = draft();
    if (m_seen)
        return validateChange(entered.spec, m_around);
    return validateNew(entered.spec, m_around) + validateClientPassword(entered.password.reveal());
}

void AccountForm::submitDraft()
{
    Q_EMIT submitted(draft());
}

void AccountForm::emptyControls()
{
    fill();
    if (m_password)
        m_password->setRevealed(false);
}
