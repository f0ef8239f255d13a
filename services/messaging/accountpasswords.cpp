// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/accountpasswords.h"

#include "services/base/clock.h"
#include "services/base/mapped.h"
#include "services/kubernetes/clusteraccess.h"
#include "services/messaging/accountservice.h"
#include "services/messaging/clientsecrets.h"
#include "services/messaging/runtimeservice.h"

#include <QCryptographicHash>

#include <utility>

namespace {

QByteArray plainAddress(QUrl url)
{
    if (url.path() == QLatin1String("/"))
        url.setPath({});
    return url.toEncoded(QUrl::RemoveUserInfo | QUrl::StripTrailingSlash | QUrl::NormalizePathSegments);
}

} // namespace

QString clusterDigest(const ClusterAccess &access)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const QByteArrayList parts{plainAddress(access.server), plainAddress(access.proxy), access.tlsServerName.toUtf8(),
        access.certificateAuthority.trimmed()};
    for (const QByteArray &part : parts)
        hash.addData(QCryptographicHash::hash(part, QCryptographicHash::Sha256));
    return QString::fromLatin1(hash.result().toHex().left(32));
}

class AccountPasswords::Private final {
public:
    Private(AccountPasswords &owner, ClientSecrets &clientSecrets, RuntimeService &runtimeService,
        AccountService &accountService, Clock &time, Keeping given)
        : passwords(owner)
        , secrets(clientSecrets)
        , runtime(runtimeService)
        , accounts(accountService)
        , clock(time)
        , keeping(std::move(given))
        , phase(runtime.status().phase)
    {
    }

    KeptId idOf(const QString &account) const { return {keeping.cluster, runtime.status().nameSpace, account}; }

    bool keeps() const { return keeping.passwords && keeping.passwords->isOn(); }

    /// Whoever may not read it in the cluster is not shown it from elsewhere.
    std::optional<KeptEntry> usable(const QString &account) const
    {
        return keeps() && accounts.revealAccess(account) ? keeping.passwords->find(idOf(account)) : std::nullopt;
    }

    Flow<RevealedPassword> password(QString account)
    {
        const std::optional<KeptEntry> entry = usable(account);
        if (entry && entry->version == secrets.version(account)) {
            Flow<KeptPassword> reading = readKept(account);
            Result<KeptPassword> found = co_await reading;
            // asked again: a person may have taken his time with the keychain
            if (found && accounts.revealAccess(account) && found->credential.version == secrets.version(account))
                co_return RevealedPassword{
                    found->credential.username, found->credential.password, std::nullopt, found->fetchedAt};
        }
        Result<ClientCredential> current = co_await secrets.read(account);
        if (current)
            co_return keptFromNowOn(account, *current);
        if (!current.error().isTransient() || !usable(account))
            co_return fail(current.error());
        Flow<KeptPassword> reading = readKept(account);
        Result<KeptPassword> found = co_await reading;
        // where it is known that the Secret is another by now, the kept one is shown to nobody
        const std::optional<SecretVersion> known = secrets.version(account);
        const bool isOld = found && known && found->credential.version != *known;
        if (!found || isOld || !accounts.revealAccess(account))
            co_return fail(current.error());
        co_return RevealedPassword{
            found->credential.username, found->credential.password, current.error(), found->fetchedAt};
    }

    Flow<KeptPassword> readKept(QString account)
    {
        const bool wasWell = !keeping.passwords->problem();
        Result<KeptPassword> found = co_await keeping.passwords->read(idOf(account));
        tellFailure(wasWell);
        co_return found;
    }

    RevealedPassword keptFromNowOn(const QString &account, const ClientCredential &credential)
    {
        const QDateTime now = clock.now();
        if (keeps()) {
            const bool wasWell = !keeping.passwords->problem();
            stored = keeping.passwords->keep(idOf(account), keeping.clusterName, {credential, now});
            stored.then(&passwords, [this, wasWell](const Result<void> &) { tellFailure(wasWell); });
        }
        return {credential.username, credential.password, std::nullopt, now};
    }

    void tellFailure(bool wasWell)
    {
        if (const std::optional<Error> problem = keeping.passwords->problem(); problem && wasWell)
            Q_EMIT passwords.keychainFailed(*problem);
    }

    /// Somebody has disabled it, and this program has seen it go: nothing of it is of use any more.
    void noteStatus()
    {
        const RuntimePhase before = std::exchange(phase, runtime.status().phase);
        if (before == RuntimePhase::Deleting && phase == RuntimePhase::Absent && keeping.passwords)
            keeping.passwords->forgetRuntime(keeping.cluster, runtime.status().nameSpace);
    }

    AccountPasswords &passwords;
    ClientSecrets &secrets;
    RuntimeService &runtime;
    AccountService &accounts;
    Clock &clock;
    Keeping keeping;
    RuntimePhase phase;
    Pending<void> stored;
    Pending<void> forgotten;
};

AccountPasswords::AccountPasswords(ClientSecrets &secrets, RuntimeService &runtime, AccountService &accounts,
    Clock &clock, Keeping keeping, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, secrets, runtime, accounts, clock, std::move(keeping)))
{
    connect(&runtime, &RuntimeService::statusChanged, this, [this] { d->noteStatus(); });
    connect(&secrets, &ClientSecrets::versionsChanged, this, &AccountPasswords::keptChanged);
    if (const KeptPasswords *passwords = d->keeping.passwords) {
        connect(passwords, &KeptPasswords::entriesChanged, this, &AccountPasswords::keptChanged);
        connect(passwords, &KeptPasswords::isOnChanged, this, &AccountPasswords::keptChanged);
        connect(passwords, &KeptPasswords::waitingForPersonChanged, this, &AccountPasswords::keptChanged);
    }
}

AccountPasswords::~AccountPasswords() = default;

Pending<RevealedPassword> AccountPasswords::password(const QString &account)
{
    return asPending(d->password(account));
}

std::optional<KeptEntry> AccountPasswords::kept(const QString &account) const
{
    return d->keeping.passwords ? d->keeping.passwords->find(d->idOf(account)) : std::nullopt;
}

bool AccountPasswords::isOutOfDate(const QString &account) const
{
    const std::optional<KeptEntry> entry = kept(account);
    const std::optional<SecretVersion> current = d->secrets.version(account);
    return entry && current && entry->version != *current;
}

Pending<void> AccountPasswords::removeKept(const QString &account)
{
    return d->keeping.passwords ? d->keeping.passwords->remove(d->idOf(account)) : Pending<void>::answered({});
}

void AccountPasswords::forget(const QString &account)
{
    if (kept(account))
        d->forgotten = removeKept(account);
}

std::optional<Error> AccountPasswords::keychainProblem() const
{
    return d->keeps() ? d->keeping.passwords->problem() : std::nullopt;
}

bool AccountPasswords::isWaitingForPerson() const
{
    return d->keeping.passwords && d->keeping.passwords->isWaitingForPerson();
}
