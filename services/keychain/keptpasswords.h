// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"
#include "services/keychain/keptpassword.h"

#include <QList>
#include <QObject>

#include <functional>
#include <memory>
#include <optional>

class Clock;
class SecretStore;

/// The passwords that a person has revealed, of all clusters: in the keychain of this workstation, or in memory until
/// the program ends where the keychain is missing, locked or refuses. Never in a file. See docs/adr/0013-keychain.md.
///
/// The keychain is asked for by the first password, not before. Once it has failed it is left alone until a person asks
/// for it (`tryAgain`, or a removal), so that nobody is asked to unlock it again and again. GUI thread.
class KeptPasswords final : public QObject {
    Q_OBJECT

public:
    /// Makes the keychain's side, or says why there is none.
    using MakeStore = std::function<Result<std::unique_ptr<SecretStore>>()>;

    /// `clock` must outlive it.
    KeptPasswords(MakeStore makeKeychain, Clock &clock, QObject *parent = nullptr);
    ~KeptPasswords() override;

    /// Whether passwords are kept at all: a person's choice, remembered. While not, nothing is read or kept; what lies
    /// in the keychain stays there until it is removed, what is in memory goes.
    bool isOn() const;
    void setOn(bool on);

    /// By cluster, namespace and account.
    QList<KeptEntry> entries() const;
    std::optional<KeptEntry> find(const KeptId &id) const;

    /// NotFound where there is none, and where what the keychain holds is not what `entries` say.
    Pending<KeptPassword> read(const KeptId &id);
    /// In place of what is kept for that account. Carried out also where nobody waits; the answer says whether it is in
    /// the keychain, in memory it is for sure.
    Pending<void> keep(const KeptId &id, const QString &clusterName, const KeptPassword &password);
    Pending<void> remove(const KeptId &id);
    /// Ends with the first that can't be removed.
    Pending<void> removeAll();
    /// Of a runtime that is gone. No person is asked to unlock anything for that: what can't be removed stays listed.
    void forgetRuntime(const QString &cluster, const QString &nameSpace);

    /// Why the keychain is not used until a person tries again; nothing: it is, as far as is known.
    const std::optional<Error> &problem() const;
    /// Where it answers now, what is in memory moves there.
    Pending<void> tryAgain();
    /// The keychain has asked a person to unlock it.
    bool isWaitingForPerson() const;

Q_SIGNALS:
    void entriesChanged();
    void problemChanged();
    void waitingForPersonChanged();
    void isOnChanged();

private:
    class Private;
    std::unique_ptr<Private> d;
};
