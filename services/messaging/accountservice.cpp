// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/accountservice.h"

#include "services/base/mapped.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/kubernetes/resourcewatch.h"
#include "services/messaging/runtimecredentials.h"
#include "services/messaging/runtimemanifests.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimeservice.h"

namespace {

ResourceWatch::Query clientSecretQuery(const QString &nameSpace)
{
    ResourceWatch::Query query;
    query.apiVersion = QStringLiteral("v1");
    query.kind = QStringLiteral("Secret");
    query.nameSpace = nameSpace;
    query.labelSelector = RuntimeNames::labelSelector() + QLatin1Char(',') + QLatin1String(RuntimeNames::roleLabel)
        + QStringLiteral("=client");
    query.isMetadataOnly = true;
    return query;
}

} // namespace

class AccountService::Private final {
public:
    Private(AccountService &owner, KubernetesTransport &transport, Clock &clock, RuntimeService &runtimeService)
        : service(owner)
        , runtime(runtimeService)
        , client(transport)
        , secrets(transport, clock, clientSecretQuery(runtimeService.status().nameSpace))
    {
    }

    void update()
    {
        const bool isLive = secrets.freshness().state == Freshness::State::Live;
        const auto secretsProblem = isLive ? std::nullopt : secrets.lastError();
        const bool isRefused = secretsProblem && secretsProblem->kind == Error::Kind::Forbidden;
        const QList<Account> next = isRefused ? accountsOfRecord() : accountsOfSecrets();
        const auto nextProblem = isRefused ? std::nullopt : secretsProblem;
        const Freshness nextFreshness = isRefused ? runtime.freshness() : secrets.freshness();
        if (next == accounts && nextProblem == problem && nextFreshness.state == freshness.state)
            return;
        accounts = next;
        problem = nextProblem;
        freshness = nextFreshness;
        Q_EMIT service.accountsChanged();
    }

    QList<Account> accountsOfSecrets() const
    {
        QList<Account> found;
        const auto &spec = runtime.status().spec;
        for (const QJsonObject &secret : spec ? secrets.snapshot() : QList<QJsonObject>()) {
            const QJsonObject labels = secret[QLatin1String("metadata")][QLatin1String("labels")].toObject();
            found.append(accountNamed(labels[QLatin1String(RuntimeNames::accountLabel)].toString(), *spec));
        }
        return found;
    }

    /// Whoever may list Secrets may read them: who may not knows the accounts by what was asked for.
    QList<Account> accountsOfRecord() const
    {
        QList<Account> found;
        const auto &spec = runtime.status().spec;
        for (const QString &name : spec ? accountsMadeWith(*spec) : QStringList())
            found.append(accountNamed(name, *spec));
        return found;
    }

    Account accountNamed(const QString &name, const RuntimeSpec &spec) const
    {
        const RuntimeManifests manifests(runtime.status().nameSpace, spec);
        Account account;
        account.name = name;
        account.displayName = account.name == defaultAccountName() ? tr("Default application account") : account.name;
        account.connection = manifests.connection(account.name);
        return account;
    }

    /// Whoever was refused before may list them now.
    void noteAccess()
    {
        if (secrets.lastError() && secrets.lastError()->kind == Error::Kind::Forbidden && runtime.access().remove)
            secrets.refresh();
    }

    Flow<SecretString> clientPassword(QString account)
    {
        const ObjectRef ref{QStringLiteral("v1"), QStringLiteral("Secret"), runtime.status().nameSpace,
            RuntimeNames::clientSecret(account)};
        auto secret = co_await client.read(ref);
        if (!secret) {
            runtime.noteRefusal(secret.error());
            co_return fail(secret.error());
        }
        const SecretString password = loginFromSecret(*secret).password;
        if (password.isEmpty())
            co_return fail(Error::Kind::NotFound,
                tr("Secret %1 holds no password: its key \"password\" is missing or empty. Put it back from a backup.")
                    .arg(ref.name));
        co_return password;
    }

    AccountService &service;
    RuntimeService &runtime;
    KubernetesClient client;
    ResourceWatch secrets;
    QList<Account> accounts;
    std::optional<Error> problem;
    Freshness freshness; ///< as told last
};

AccountService::AccountService(KubernetesTransport &transport, Clock &clock, RuntimeService &runtime, QObject *parent)
    : AccountSource(parent)
    , d(std::make_unique<Private>(*this, transport, clock, runtime))
{
    connect(&d->secrets, &ResourceWatch::snapshotChanged, this, [this] { d->update(); });
    connect(&d->secrets, &ResourceWatch::freshnessChanged, this, [this] { d->update(); });
    connect(&runtime, &RuntimeService::statusChanged, this, [this] { d->update(); });
    connect(&runtime, &RuntimeService::freshnessChanged, this, [this] { d->update(); });
    connect(&runtime, &RuntimeService::accessChanged, this, [this] { d->noteAccess(); });
}

AccountService::~AccountService() = default;

void AccountService::start()
{
    d->secrets.start();
}

void AccountService::refresh()
{
    d->secrets.refresh();
}

const QList<Account> &AccountService::accounts() const
{
    return d->accounts;
}

const std::optional<Error> &AccountService::problem() const
{
    return d->problem;
}

Freshness AccountService::freshness() const
{
    return d->freshness;
}

Access AccountService::revealAccess() const
{
    return d->runtime.access().reveal;
}

Pending<SecretString> AccountService::clientPassword(const QString &account)
{
    return asPending(d->clientPassword(account));
}
