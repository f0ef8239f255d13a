// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/base/pending.h"
#include "services/keychain/secretstore.h"

#include <QList>
#include <QObject>

#include <functional>
#include <memory>
#include <optional>

class Clock;

/// A keychain for whoever can't wait for ever: made when it is first needed, opened once for all that ask, and called
/// silent when it has not answered for a while. Remembers what is wrong with it until it is opened again. GUI thread.
class KeychainAccess final : public QObject {
    Q_OBJECT

public:
    using MakeStore = std::function<Result<std::unique_ptr<SecretStore>>()>;

    /// `clock` must outlive it.
    KeychainAccess(MakeStore makeStore, Clock &clock, QObject *parent = nullptr);
    ~KeychainAccess() override;

    /// A person is asked to unlock it, once however many wait. Ends what was wrong, or says what is.
    Pending<void> open();
    /// No person is asked, and nothing is remembered.
    Flow<void> openUnasked();
    /// Once it is open. NotFound is no failure of the keychain; all else is remembered.
    Flow<SecretString> read(const QString &key);
    Flow<void> write(const QString &key, const SecretString &secret);
    Flow<void> remove(const QString &key);

    const std::optional<Error> &problem() const { return m_problem; }
    bool isWaitingForPerson() const { return m_store && m_store->isWaitingForPerson(); }

Q_SIGNALS:
    void problemChanged();
    void waitingForPersonChanged();

private:
    Result<SecretStore *> store();
    void begin();
    void note(const std::optional<Error> &problem);
    template <typename T> Flow<T> answered(Pending<T> question);

    MakeStore m_makeStore;
    Clock &m_clock;
    std::unique_ptr<SecretStore> m_store;
    std::optional<Error> m_problem;
    QList<Pending<void>::Answer> m_waiters;
    Pending<void> m_opening;
};
