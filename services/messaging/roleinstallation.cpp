// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/roleinstallation.h"

#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/retrying.h"
#include "services/messaging/runtimecredentials.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimeroles.h"

#include <QCoreApplication>

namespace {

bool hasRulesOf(const QJsonObject &role, const QJsonObject &other)
{
    return role[QLatin1String("rules")] == other[QLatin1String("rules")];
}

Flow<void> installRole(KubernetesClient &client, Clock &clock, QJsonObject role)
{
    const QJsonObject less = RuntimeRoles::withoutOwners(role);
    const ObjectRef ref = ObjectRef::of(role);
    auto found = co_await client.read(ref);
    if (found && !isManagedByPennant(*found))
        co_return fail(Error::Kind::Conflict,
            QCoreApplication::translate(
                "RoleInstallation", "%1 exists already and was not made by Pennant. It is left as it is.")
                .arg(ref.text()));
    // whoever may not change Roles may find them as they should be
    if (found && hasRulesOf(*found, role))
        co_return Result<void>();
    const std::function<Pending<QJsonObject>()> ask = [&client, role] { return client.apply(role); };
    auto applied = co_await retrying(clock, ask);
    if (!applied && applied.error().kind == Error::Kind::Forbidden) {
        if (found && hasRulesOf(*found, less))
            co_return Result<void>();
        const std::function<Pending<QJsonObject>()> askForLess = [&client, less] { return client.apply(less); };
        applied = co_await retrying(clock, askForLess);
    }
    if (!applied)
        co_return fail(applied.error());
    co_return Result<void>();
}

} // namespace

Flow<QString> installRoles(KubernetesClient &client, Clock &clock, QString nameSpace)
{
    auto accounts = co_await storedAccounts(client, nameSpace);
    if (!accounts)
        co_return fail(accounts.error());
    QStringList names;
    for (const AccountRecord &account : std::as_const(*accounts))
        names.append(account.spec.name);
    const QList<QJsonObject> roles = RuntimeRoles::manifests(nameSpace, names);
    QString problem;
    for (const QJsonObject &role : roles) {
        auto installed = co_await installRole(client, clock, role);
        if (installed)
            continue;
        const Error::Kind kind = installed.error().kind;
        if (kind != Error::Kind::Forbidden && kind != Error::Kind::Conflict)
            co_return fail(installed.error());
        problem = installed.error().summary;
    }
    co_return problem;
}
