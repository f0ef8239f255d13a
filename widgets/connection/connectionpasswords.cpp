// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/connection/connectionpasswords.h"

#include "widgets/common/momenttext.h"
#include "widgets/connection/connectioncard.h"
#include "widgets/connection/keptpasswordline.h"

namespace {

/// Empty where nothing is kept.
QString keptText(const std::optional<KeptEntry> &kept, bool isOutOfDate)
{
    if (!kept)
        return {};
    if (isOutOfDate)
        return ConnectionPasswords::tr(
            "The password has been changed since it was kept on this workstation: it is fetched anew when you reveal "
            "or copy it.");
    const QString since = momentText(kept->fetchedAt);
    return kept->isSessionOnly
        ? ConnectionPasswords::tr("Kept in memory since %1, until Pennant is closed.").arg(since)
        : ConnectionPasswords::tr("Kept in the keychain of this workstation since %1.").arg(since);
}

} // namespace

ConnectionPasswords::ConnectionPasswords(ConnectionCard &card, AccountPasswords &passwords, QObject *parent)
    : QObject(parent)
    , m_card(card)
    , m_passwords(passwords)
{
    connect(&card, &ConnectionCard::passwordWanted, this, &ConnectionPasswords::fetch);
    connect(&card, &ConnectionCard::detailsChanged, this, &ConnectionPasswords::renew);
    connect(card.kept(), &KeptPasswordLine::removeRequested, this, &ConnectionPasswords::removeKept);
    connect(&passwords, &AccountPasswords::keptChanged, this, &ConnectionPasswords::renew);
    connect(&passwords, &AccountPasswords::keychainFailed, this, [this](const Error &why) {
        m_isWarned = true;
        Q_EMIT warned(tr("%1 Passwords that you reveal are kept in memory until Pennant is closed, and in no file.")
                          .arg(why.summary));
    });
    renew();
}

void ConnectionPasswords::renew()
{
    const QString account = m_card.currentAccount();
    m_card.kept()->setKept(keptText(m_passwords.kept(account), m_passwords.isOutOfDate(account)));
    m_card.kept()->setWaiting(m_passwords.isWaitingForPerson());
    m_card.kept()->setRemovable(!m_removal.isAsked());
    if (m_isWarned && !m_passwords.keychainProblem()) {
        m_isWarned = false;
        Q_EMIT warned({}); // it keeps them by now
    }
}

void ConnectionPasswords::fetch(const QString &account)
{
    m_card.kept()->setUnconfirmed({});
    m_password = m_passwords.password(account);
    m_password.then(this, [this, account](const Result<RevealedPassword> &password) {
        if (password)
            show(account, *password);
        else
            m_card.setPasswordError(account, password.error());
    });
}

void ConnectionPasswords::show(const QString &account, const RevealedPassword &password)
{
    if (account != m_card.currentAccount())
        return;
    // one is told by the account, the other by its Secret, and a rotation writes them one after the other
    const ConnectionDetails &shown = m_card.details();
    if (!password.username.isEmpty() && password.username != shown.username)
        return m_card.setPasswordError(account,
            {Error::Kind::NotReady,
                tr("Secret %1 holds the password of %2, not of %3: it is being rotated, or was changed by hand. Try "
                   "again in a moment; rotate the password where that does not help.")
                    .arg(shown.secretName, password.username, shown.username),
                {}, {}, {}});
    m_card.setPassword(account, password.password);
    if (!password.unconfirmed)
        return;
    m_card.kept()->setUnconfirmed(
        tr("The cluster does not answer. It is as it was fetched at %1, and may have been changed since.")
            .arg(momentText(password.fetchedAt)),
        password.unconfirmed->text());
}

void ConnectionPasswords::removeKept()
{
    m_removal = m_passwords.removeKept(m_card.currentAccount());
    m_removal.then(this, [this](const Result<void> &removed) {
        m_removal.drop();
        renew();
        if (!removed)
            Q_EMIT warned(tr("The password was not removed. %1").arg(removed.error().summary));
    });
    renew();
}
