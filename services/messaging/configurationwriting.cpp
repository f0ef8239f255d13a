// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/configurationwriting.h"

#include "services/base/background.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/retrying.h"
#include "services/messaging/runtimemanifests.h"
#include "services/messaging/runtimenames.h"
#include "services/nats/serverconfig.h"

#include <QCoreApplication>

namespace {

constexpr auto loadComment = "# Load "; // at the end: only asks servers to load once more
constexpr int mostTries = 5; // each time somebody else has changed an account

QString text(const char *value)
{
    return QLatin1String(value);
}

ObjectRef configurationRef(const QString &nameSpace)
{
    return {text("v1"), text("Secret"), nameSpace, text(RuntimeNames::configSecret)};
}

QJsonObject manifestOf(const RuntimeManifests &manifests, const QByteArray &configuration)
{
    QJsonObject manifest = manifests.secret(
        text(RuntimeNames::configSecret), text("config"), QString(), {{text("nats.conf"), configuration}});
    QJsonObject metadata = manifest[text("metadata")].toObject();
    metadata[text("annotations")] =
        QJsonObject{{text(RuntimeNames::configurationAnnotation), configurationTag(configuration)}};
    manifest[text("metadata")] = metadata;
    return manifest;
}

/// Apart from the coroutine that awaits it: GCC 12 destroys a lambda inside a co_await expression twice.
Pending<QByteArray> configurationInBackground(
    const RuntimeSpec &spec, const RuntimeCredentials &credentials, const QByteArray &running)
{
    return runInBackground<QByteArray>(QThreadPool::globalInstance(),
        [spec, credentials, running] { return serverConfiguration(spec, credentials, running); });
}

/// The Secret as it is; empty where there is none.
Flow<QJsonObject> storedConfiguration(KubernetesClient &client, QString nameSpace)
{
    auto stored = co_await client.read(configurationRef(nameSpace));
    if (!stored && stored.error().kind == Error::Kind::NotFound)
        co_return QJsonObject();
    co_return stored;
}

/// What servers would refuse, or not start with; each account was checked alone, and people ask at the same moment.
std::optional<Error> firstWrong(const QList<AccountRecord> &accounts, const RuntimeSpec &spec)
{
    for (const AccountRecord &account : accounts) {
        AccountSurroundings around{{}, spec.replicas, spec.storageGibibytes};
        for (const AccountRecord &other : accounts) {
            if (other.spec.name != account.spec.name)
                around.others.append(other.spec);
        }
        const FieldErrors wrong = validateChange(account.spec, around);
        if (!wrong.isEmpty())
            return Error{Error::Kind::Invalid,
                QCoreApplication::translate("ConfigurationWriting",
                    "Servers are not told of any change while account %1 asks for what can't be (%2): %3 Change that "
                    "first.")
                    .arg(account.spec.name, wrong.constFirst().field, wrong.constFirst().message),
                {}, {}, {}};
    }
    return std::nullopt;
}

Flow<WrittenConfiguration> writeOnce(
    KubernetesClient &client, RuntimeManifests manifests, QString nameSpace, RuntimeSpec spec)
{
    auto stored = co_await storedConfiguration(client, nameSpace);
    if (!stored)
        co_return fail(stored.error());
    const QByteArray running = secretValue(*stored, text("nats.conf"));
    auto accounts = co_await storedAccounts(client, nameSpace);
    if (!accounts)
        co_return fail(accounts.error());
    accounts->removeIf([](const AccountRecord &account) { return account.isEmptied; });
    if (const auto wrong = firstWrong(*accounts, spec))
        co_return fail(*wrong);
    auto credentials = co_await ensureCredentials(client, manifests, nameSpace, *accounts, running);
    if (!credentials)
        co_return fail(credentials.error());
    Pending<QByteArray> hashing = configurationInBackground(spec, *credentials, running);
    auto made = co_await hashing;
    if (!made)
        co_return fail(made.error());
    // a comment at the end only asks for another load; by its tag alone what was changed by hand would pass
    const QByteArray rest = running.mid(made->size());
    if (running.startsWith(*made) && (rest.isEmpty() || rest.startsWith(loadComment)))
        co_return WrittenConfiguration{*credentials, running};
    const QJsonObject manifest = manifestOf(manifests, *made);
    // applied the first time as well: whoever creates an object counts as another manager of its fields
    const QJsonObject based = stored->isEmpty() ? manifest : onlyWhere(Preconditions::unchanged(*stored), manifest);
    auto applied = co_await client.apply(based);
    if (!applied)
        co_return fail(applied.error());
    co_return WrittenConfiguration{*credentials, *made};
}

} // namespace

Flow<WrittenConfiguration> writeConfiguration(
    KubernetesClient &client, Clock &clock, RuntimeManifests manifests, QString nameSpace, RuntimeSpec spec)
{
    const std::function<Flow<WrittenConfiguration>()> ask = [&client, manifests, nameSpace, spec] {
        return writeOnce(client, manifests, nameSpace, spec);
    };
    for (int tries = mostTries;; --tries) {
        auto written = co_await retrying(clock, ask);
        const bool isOvertaken =
            !written && written.error().kind == Error::Kind::Conflict && written.error().fields.isEmpty();
        if (!isOvertaken || tries == 1)
            co_return written;
    }
}

Flow<QByteArray> writeForLoad(
    KubernetesClient &client, Clock &clock, RuntimeManifests manifests, QByteArray text, int load)
{
    const QByteArray again = text + loadComment + QByteArray::number(load) + '\n';
    const QJsonObject manifest = manifestOf(manifests, again);
    const std::function<Pending<QJsonObject>()> ask = [&client, manifest] { return client.apply(manifest); };
    auto applied = co_await retrying(clock, ask);
    if (!applied)
        co_return fail(applied.error());
    co_return again;
}
