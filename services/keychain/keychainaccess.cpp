// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/keychain/keychainaccess.h"

#include "services/keychain/answeredwithin.h"

#include <utility>

namespace {

/// For a person to unlock it.
constexpr std::chrono::milliseconds personLimit = std::chrono::seconds(60);
/// For one that is unlocked.
constexpr std::chrono::milliseconds answerLimit = std::chrono::seconds(10);

Error late(const QString &summary)
{
    return {Error::Kind::Timeout, summary, {}, {}, {}};
}

Error silence()
{
    return late(KeychainAccess::tr("The keychain of this workstation does not answer."));
}

} // namespace

KeychainAccess::KeychainAccess(MakeStore makeStore, Clock &clock, QObject *parent)
    : QObject(parent)
    , m_makeStore(std::move(makeStore))
    , m_clock(clock)
{
}

KeychainAccess::~KeychainAccess() = default;

/// What it stands on is loaded now, and not before.
Result<SecretStore *> KeychainAccess::store()
{
    if (m_store)
        return m_store.get();
    Result<std::unique_ptr<SecretStore>> made = m_makeStore();
    if (!made)
        return fail(made.error());
    m_store = std::move(*made);
    connect(m_store.get(), &SecretStore::waitingForPersonChanged, this, &KeychainAccess::waitingForPersonChanged);
    return m_store.get();
}

Pending<void> KeychainAccess::open()
{
    return Pending<void>::ask([this](Pending<void>::Answer answer) -> std::function<void()> {
        m_waiters.append(answer);
        if (!m_opening.isAsked())
            begin();
        return {};
    });
}

void KeychainAccess::begin()
{
    const Result<SecretStore *> kept = store();
    m_opening = !kept ? Pending<void>::answered(fail(kept.error()))
                      : answeredWithin((*kept)->open(SecretStore::IfLocked::Ask), m_clock, personLimit,
                          late(tr("The keychain of this workstation is locked, and nobody has unlocked it.")));
    m_opening.then(this, [this](const Result<void> &result) {
        note(result ? std::nullopt : std::optional(result.error()));
        const auto waiters = std::exchange(m_waiters, {});
        m_opening.drop();
        for (const auto &answer : waiters)
            answer(result);
    });
}

Flow<void> KeychainAccess::openUnasked()
{
    const Result<SecretStore *> kept = store();
    if (!kept)
        co_return fail(kept.error());
    Pending<void> unasked = answeredWithin((*kept)->open(SecretStore::IfLocked::Fail), m_clock, answerLimit, silence());
    Result<void> opened = co_await unasked;
    co_return opened;
}

template <typename T> Flow<T> KeychainAccess::answered(Pending<T> question)
{
    const auto limit = m_store->mayAskLater() ? personLimit : answerLimit;
    Pending<T> limited = answeredWithin(std::move(question), m_clock, limit, silence());
    Result<T> answer = co_await limited;
    if (!answer && answer.error().kind != Error::Kind::NotFound)
        note(answer.error());
    co_return answer;
}

Flow<SecretString> KeychainAccess::read(const QString &key)
{
    return answered(m_store->read(key));
}

Flow<void> KeychainAccess::write(const QString &key, const SecretString &secret)
{
    return answered(m_store->write(key, secret));
}

Flow<void> KeychainAccess::remove(const QString &key)
{
    return answered(m_store->remove(key));
}

void KeychainAccess::note(const std::optional<Error> &problem)
{
    if (m_problem == problem)
        return;
    m_problem = problem;
    Q_EMIT problemChanged();
}
