// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"
#include "services/messaging/accountpasswords.h"

#include <QObject>

class ConnectionCard;

/// Joins the passwords that a ConnectionCard reveals and copies to where they come from: the keychain of this
/// workstation, or the cluster. Ends with its parent.
class ConnectionPasswords final : public QObject {
    Q_OBJECT

public:
    /// Both must outlive it.
    ConnectionPasswords(ConnectionCard &card, AccountPasswords &passwords, QObject *parent);

    /// Shows anew what is kept of the account.
    void renew();

Q_SIGNALS:
    /// Of what is to be known on every tab.
    void warned(const QString &text);

private:
    void fetch(const QString &account);
    void show(const QString &account, const RevealedPassword &password);
    void removeKept();

    ConnectionCard &m_card;
    AccountPasswords &m_passwords;
    bool m_isWarned = false; ///< of a keychain that fails
    Pending<RevealedPassword> m_password;
    Pending<void> m_removal; ///< of a kept password
};
