// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/keychain/keptpasswords.h"

#include "services/base/mapped.h"
#include "services/base/mutations.h"
#include "services/keychain/keptindex.h"
#include "services/keychain/keychainaccess.h"
#include "services/keychain/memorystore.h"
#include "services/keychain/secretstore.h"

#include <QSettings>

#include <algorithm>
#include <utility>

namespace {

QString switchKey()
{
    return QStringLiteral("keychain/isUsed");
}

bool isSameAccount(const KeptEntry &one, const KeptEntry &other)
{
    return one.id == other.id;
}

} // namespace

class KeptPasswords::Private final {
public:
    Private(KeptPasswords &owner, MakeStore makeKeychain, Clock &clock)
        : passwords(owner)
        , keychain(std::move(makeKeychain), clock)
    {
    }

    std::optional<KeptEntry> inMemory(const KeptId &id) const
    {
        const auto found =
            std::find_if(session.cbegin(), session.cend(), [&id](const KeptEntry &entry) { return entry.id == id; });
        return found == session.cend() ? std::nullopt : std::optional(*found);
    }

    Flow<SecretString> readKeychain(KeptId id)
    {
        if (keychain.problem())
            co_return fail(*keychain.problem());
        Result<void> ready = co_await keychain.open();
        if (!ready)
            co_return fail(ready.error());
        Result<SecretString> text = co_await keychain.read(id.key());
        co_return text;
    }

    Flow<KeptPassword> read(KeptId id)
    {
        Result<SecretString> text = co_await memory.read(id.key());
        if (!text)
            text = co_await readKeychain(id);
        const std::optional<KeptPassword> password = text ? decoded(*text) : std::nullopt;
        if (password)
            co_return *password;
        if (!text && text.error().kind != Error::Kind::NotFound)
            co_return fail(text.error());
        co_return fail(Error::Kind::NotFound, tr("The keychain holds no password of Pennant for that account."));
    }

    Flow<void> keep(KeptEntry entry, KeptPassword password)
    {
        const std::optional<KeptEntry> before = index.find(entry.id);
        Result<void> stored;
        if (keychain.problem()) {
            stored = fail(*keychain.problem());
        } else {
            // listed before it is there: what lies in the keychain can always be found and removed
            index.put(entry);
            Q_EMIT passwords.entriesChanged();
            stored = co_await keychain.open();
            if (stored)
                stored = co_await keychain.write(entry.id.key(), encoded(password));
        }
        if (stored)
            forgetInMemory(entry.id);
        else if (stored.error().kind != Error::Kind::Timeout) // after a silence it may be there
            listAsBefore(entry, before);
        if (!stored && passwords.isOn())
            keepInMemory(entry, password);
        co_return stored;
    }

    /// Unless somebody has removed or replaced it meanwhile.
    void listAsBefore(const KeptEntry &entry, const std::optional<KeptEntry> &before)
    {
        if (index.find(entry.id) != entry)
            return;
        if (before)
            index.put(*before);
        else
            index.remove(entry.id);
        Q_EMIT passwords.entriesChanged();
    }

    void keepInMemory(KeptEntry entry, const KeptPassword &password)
    {
        entry.isSessionOnly = true;
        memory.write(entry.id.key(), encoded(password));
        session.removeIf([&entry](const KeptEntry &other) { return isSameAccount(entry, other); });
        session.append(entry);
        Q_EMIT passwords.entriesChanged();
    }

    void forgetInMemory(const KeptId &id)
    {
        memory.remove(id.key());
        if (session.removeIf([&id](const KeptEntry &entry) { return entry.id == id; }) > 0)
            Q_EMIT passwords.entriesChanged();
    }

    Flow<void> remove(KeptId id)
    {
        forgetInMemory(id);
        if (!index.find(id))
            co_return Result<void>();
        Result<void> removed = co_await keychain.open();
        if (removed)
            removed = co_await keychain.remove(id.key());
        if (removed)
            unlist(id);
        co_return removed;
    }

    void unlist(const KeptId &id)
    {
        index.remove(id);
        Q_EMIT passwords.entriesChanged();
    }

    Flow<void> removeAll()
    {
        const QList<KeptEntry> all = passwords.entries();
        for (const KeptEntry &entry : all) {
            Flow<void> one = remove(entry.id);
            Result<void> removed = co_await one;
            if (!removed)
                co_return removed;
        }
        co_return Result<void>();
    }

    Flow<void> forget(QList<KeptEntry> gone)
    {
        for (const KeptEntry &entry : std::as_const(gone))
            forgetInMemory(entry.id);
        for (const KeptEntry &entry : std::as_const(gone)) {
            if (keychain.problem())
                co_return fail(*keychain.problem());
            Result<void> removed = co_await keychain.openUnasked();
            if (removed)
                removed = co_await keychain.remove(entry.id.key());
            if (!removed)
                co_return removed;
            unlist(entry.id);
        }
        co_return Result<void>();
    }

    Flow<void> tryAgain()
    {
        Result<void> ready = co_await keychain.open();
        if (!ready)
            co_return ready;
        const QList<KeptEntry> waiting = session;
        for (const KeptEntry &entry : waiting) {
            Result<SecretString> text = co_await memory.read(entry.id.key());
            const std::optional<KeptPassword> password = text ? decoded(*text) : std::nullopt;
            if (!password)
                continue;
            KeptEntry moved = entry;
            moved.isSessionOnly = false;
            Flow<void> keeping = keep(moved, *password);
            Result<void> kept = co_await keeping;
            if (!kept)
                co_return kept;
        }
        co_return Result<void>();
    }

    KeptPasswords &passwords;
    KeptIndex index;
    MemoryStore memory;
    QList<KeptEntry> session; ///< what `memory` holds
    KeychainAccess keychain;
    Mutations mutations; ///< last: what is under way goes before what it stands on
};

KeptPasswords::KeptPasswords(MakeStore makeKeychain, Clock &clock, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, std::move(makeKeychain), clock))
{
    connect(&d->keychain, &KeychainAccess::problemChanged, this, &KeptPasswords::problemChanged);
    connect(&d->keychain, &KeychainAccess::waitingForPersonChanged, this, &KeptPasswords::waitingForPersonChanged);
}

KeptPasswords::~KeptPasswords() = default;

bool KeptPasswords::isOn() const
{
    return QSettings().value(switchKey(), true).toBool();
}

void KeptPasswords::setOn(bool on)
{
    if (on == isOn())
        return;
    QSettings().setValue(switchKey(), on);
    if (!on) {
        d->memory.clear();
        d->session.clear();
        Q_EMIT entriesChanged();
    }
    Q_EMIT isOnChanged();
}

QList<KeptEntry> KeptPasswords::entries() const
{
    QList<KeptEntry> all = d->index.entries();
    for (const KeptEntry &held : std::as_const(d->session)) {
        all.removeIf([&held](const KeptEntry &entry) { return isSameAccount(entry, held); });
        all.append(held);
    }
    return all;
}

std::optional<KeptEntry> KeptPasswords::find(const KeptId &id) const
{
    const std::optional<KeptEntry> held = d->inMemory(id);
    return held ? held : d->index.find(id);
}

Pending<KeptPassword> KeptPasswords::read(const KeptId &id)
{
    return asPending(d->read(id));
}

Pending<void> KeptPasswords::keep(const KeptId &id, const QString &clusterName, const KeptPassword &password)
{
    if (!isOn())
        return Pending<void>::answered({});
    const KeptEntry entry{id, clusterName, password.credential.version, password.fetchedAt};
    return d->mutations.run(d->keep(entry, password));
}

Pending<void> KeptPasswords::remove(const KeptId &id)
{
    return d->mutations.run(d->remove(id));
}

Pending<void> KeptPasswords::removeAll()
{
    return d->mutations.run(d->removeAll());
}

void KeptPasswords::forgetRuntime(const QString &cluster, const QString &nameSpace)
{
    QList<KeptEntry> gone = entries();
    gone.removeIf(
        [&](const KeptEntry &entry) { return entry.id.cluster != cluster || entry.id.nameSpace != nameSpace; });
    if (!gone.isEmpty())
        d->mutations.run(d->forget(gone));
}

const std::optional<Error> &KeptPasswords::problem() const
{
    return d->keychain.problem();
}

Pending<void> KeptPasswords::tryAgain()
{
    return d->mutations.run(d->tryAgain());
}

bool KeptPasswords::isWaitingForPerson() const
{
    return d->keychain.isWaitingForPerson();
}
