// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimenames.h"

#include <QRegularExpression>

namespace {

constexpr auto instance = "pennant";
constexpr auto application = "nats";
constexpr int mostReplicas = 5; // validate(RuntimeSpec)

QString term(const char *label, const char *value)
{
    return QLatin1String(label) + QLatin1Char('=') + QLatin1String(value);
}

bool isOwnSecret(const QString &name, const QString &account)
{
    if (name == QLatin1String(RuntimeNames::configSecret) || name == QLatin1String(RuntimeNames::systemSecret))
        return true;
    return !account.isEmpty()
        && (name == RuntimeNames::clientSecret(account) || name == RuntimeNames::managementSecret(account)
            || name == RuntimeNames::viewingSecret(account) || name == RuntimeNames::retiringSecret(account)
            || name.startsWith(RuntimeNames::userSecret(account, {})));
}

bool isOwnClaim(const QString &name)
{
    static const QRegularExpression claim(
        QStringLiteral("\\A%1-%2-[0-9]+\\z")
            .arg(QLatin1String(RuntimeNames::volume), QLatin1String(RuntimeNames::server)));
    return claim.match(name).hasMatch();
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

QString RuntimeNames::viewingSecret(const QString &account)
{
    return QStringLiteral("nats-viewing-") + account;
}

QString RuntimeNames::retiringSecret(const QString &account)
{
    return QStringLiteral("nats-retiring-") + account;
}

QString RuntimeNames::userSecret(const QString &account, const QString &user)
{
    return clientSecret(account) + QLatin1Char('.') + user; // no account's name has a dot
}

QString RuntimeNames::accountRecord(const QString &account)
{
    return QStringLiteral("pennant-account-") + account;
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

QString RuntimeNames::recordSelector()
{
    return labelSelector() + QLatin1Char(',') + term(roleLabel, "account");
}

QString RuntimeNames::accountSelector(const QString &account)
{
    return labelSelector() + QLatin1Char(',') + QLatin1String(accountLabel) + QLatin1Char('=') + account;
}

QString RuntimeNames::podSelector()
{
    return term(nameLabel, application) + QLatin1Char(',') + term(instanceLabel, instance);
}

QStringList RuntimeNames::podNames()
{
    QStringList names;
    for (int ordinal = 0; ordinal < mostReplicas; ++ordinal)
        names.append(QStringLiteral("%1-%2").arg(QLatin1String(server)).arg(ordinal));
    return names;
}

bool RuntimeNames::isOwnName(const QJsonObject &object)
{
    const QString kind = object[QLatin1String("kind")].toString();
    const QJsonObject metadata = object[QLatin1String("metadata")].toObject();
    const QString name = metadata[QLatin1String("name")].toString();
    if (kind == QLatin1String("PersistentVolumeClaim"))
        return isOwnClaim(name);
    if (kind == QLatin1String("Secret"))
        return isOwnSecret(name, metadata[QLatin1String("labels")][QLatin1String(accountLabel)].toString());
    if (kind == QLatin1String("ConfigMap"))
        return name
            == RuntimeNames::accountRecord(metadata[QLatin1String("labels")][QLatin1String(accountLabel)].toString());
    if (kind == QLatin1String("Role"))
        return name == QLatin1String(viewerRole) || name == QLatin1String(editorRole);
    static const QStringList kinds{QStringLiteral("StatefulSet"), QStringLiteral("Service"),
        QStringLiteral("PodDisruptionBudget"), QStringLiteral("NetworkPolicy")};
    return kinds.contains(kind)
        && (name == QLatin1String(server) || (kind == kinds[1] && name == QLatin1String(headlessService)));
}

bool isManagedByPennant(const QJsonObject &object)
{
    const QJsonObject labels = object[QLatin1String("metadata")][QLatin1String("labels")].toObject();
    return labels[QLatin1String(RuntimeNames::managedByLabel)] == QLatin1String(RuntimeNames::fieldManager);
}
