// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimenames.h"

namespace {

constexpr auto instance = "pennant";
constexpr auto application = "nats";

QString term(const char *label, const char *value)
{
    return QLatin1String(label) + QLatin1Char('=') + QLatin1String(value);
}

} // namespace

QString RuntimeNames::clientSecret(const QString &account)
{
    return QStringLiteral("nats-account-") + account;
}

QString RuntimeNames::managementSecret(const QString &account)
{
    return QStringLiteral("nats-management-") + account;
}

QJsonObject RuntimeNames::labels()
{
    return {{QLatin1String(nameLabel), QLatin1String(application)},
        {QLatin1String(instanceLabel), QLatin1String(instance)},
        {QLatin1String(managedByLabel), QLatin1String(fieldManager)}};
}

QString RuntimeNames::labelSelector()
{
    return term(managedByLabel, fieldManager) + QLatin1Char(',') + term(instanceLabel, instance);
}

QString RuntimeNames::podSelector()
{
    return term(nameLabel, application) + QLatin1Char(',') + term(instanceLabel, instance);
}

bool isManagedByPennant(const QJsonObject &object)
{
    const QJsonObject labels = object[QLatin1String("metadata")][QLatin1String("labels")].toObject();
    return labels[QLatin1String(RuntimeNames::managedByLabel)] == QLatin1String(RuntimeNames::fieldManager);
}
