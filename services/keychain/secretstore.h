// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"
#include "services/base/secretstring.h"

#include <QObject>
#include <QString>

/// Where secrets are kept by a key: the keychain of this workstation, or memory for as long as the program runs. GUI
/// thread; nothing here blocks it.
///
/// Errors: Offline where there is no keychain, Forbidden where a person or the keychain refused, Timeout where no
/// answer came, Local for whatever else a keychain says. A write or a removal that is not waited for any more is
/// carried out all the same.
class SecretStore : public QObject {
    Q_OBJECT

public:
    enum class IfLocked {
        Ask, ///< a person, by the keychain's own window; that is waited for without a limit
        Fail, ///< with Forbidden
    };

    using QObject::QObject;

    /// Answers once what is kept can be reached, with what hinders that else. To be asked before each of the others: a
    /// locked keychain may call what it holds NotFound. Dropping it leaves the question to the person.
    virtual Pending<void> open(IfLocked ifLocked) = 0;
    /// NotFound where there is none of that key.
    virtual Pending<SecretString> read(const QString &key) = 0;
    virtual Pending<void> write(const QString &key, const SecretString &secret) = 0;
    /// What is not there is removed already.
    virtual Pending<void> remove(const QString &key) = 0;
    /// Reading and the rest may have to wait for a person as well.
    virtual bool mayAskLater() const { return false; }
    /// The keychain has asked a person to unlock it.
    virtual bool isWaitingForPerson() const { return false; }

Q_SIGNALS:
    void waitingForPersonChanged();
};
