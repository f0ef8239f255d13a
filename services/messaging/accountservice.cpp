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
        QList<Account> next;
        if (const auto &spec = runtime.status().spec) {
            const RuntimeManifests manifests(runtime.status().nameSpace, *spec);
            for (const QJsonObject &secret : secrets.snapshot())
                next.append(accountFrom(secret, manifests));
        }
        const auto nextProblem =
            secrets.freshness().state == Freshness::State::Live ? std::nullopt : secrets.lastError();
        if (next == accounts && nextProblem == problem && secrets.freshness().state == freshness.state)
            return;
        accounts = std::move(next);
        problem = nextProblem;
        freshness = secrets.freshness();
        Q_EMIT service.accountsChanged();
    }

    static Account accountFrom(const QJsonObject &secret, const RuntimeManifests &manifests)
    {
        const QJsonObject labels = secret[QLatin1String("metadata")][QLatin1String("labels")].toObject();
        Account account;
        account.name = labels[QLatin1String(RuntimeNames::accountLabel)].toString();
        account.displayName = account.name == defaultAccountName() ? tr("Default application account") : account.name;
        account.connection = manifests.connection(account.name);
        return account;
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

Pending<SecretString> AccountService::clientPassword(const QString &account)
{
    const ObjectRef ref{QStringLiteral("v1"), QStringLiteral("Secret"), d->runtime.status().nameSpace,
        RuntimeNames::clientSecret(account)};
    return mapped<SecretString, QJsonObject>(
        d->client.read(ref), [name = ref.name](const QJsonObject &secret) -> Result<SecretString> {
            SecretString password = loginFromSecret(secret).password;
            if (password.isEmpty())
                return fail(Error::Kind::NotFound,
                    tr("Secret %1 holds no password: its key \"password\" is missing or empty. Put it back from a "
                       "backup.")
                        .arg(name));
            return password;
        });
}
