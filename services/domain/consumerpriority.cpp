// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/consumerpriority.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("Consumer", source);
}

QString policyIn(const QJsonObject &config)
{
    const QString policy = config.value(QLatin1String("priority_policy")).toString();
    return policy == QLatin1String("none") ? QString() : policy;
}

bool isGroupName(const QString &group)
{
    static const QRegularExpression valid(QStringLiteral("\\A[A-Za-z0-9/_=-]{1,16}\\z"));
    return valid.match(group).hasMatch();
}

QString policyProblem(const QJsonObject &config)
{
    return policyIn(config).isEmpty() && !priorityGroupsIn(config).isEmpty()
        ? text("Groups have no use without a policy: choose one, or leave them empty.")
        : QString();
}

QString groupsProblem(const QJsonObject &config)
{
    const QStringList groups = priorityGroupsIn(config);
    if (groups.isEmpty() && !policyIn(config).isEmpty())
        return text("Name the group that workers give when they ask, such as workers.");
    const auto odd = std::find_if_not(groups.cbegin(), groups.cend(), isGroupName);
    return odd == groups.cend() ? QString()
                                : text("\"%1\" can't be a group: use 1 to 16 letters, digits and - _ / =.").arg(*odd);
}

QString timeoutProblem(const QJsonObject &config)
{
    const qint64 timeout = config.value(QLatin1String("priority_timeout")).toInteger();
    if (timeout < 0)
        return text("Enter more than 0, or leave it empty.");
    return timeout > 0 && policyIn(config).isEmpty() ? text("It needs the policy pinned_client, or leave it empty.")
                                                     : QString();
}

} // namespace

bool pinsOneWorker(const QJsonObject &config)
{
    return policyIn(config) == QLatin1String("pinned_client");
}

QStringList priorityGroupsIn(const QJsonObject &config)
{
    QStringList groups;
    for (const QJsonValue &group : config.value(QLatin1String("priority_groups")).toArray())
        groups.append(group.toString());
    return groups;
}

FieldErrors priorityErrors(const QJsonObject &config)
{
    FieldErrors errors;
    const auto add = [&errors](const char *field, const QString &problem) {
        if (!problem.isEmpty())
            errors.append({QLatin1String(field), problem});
    };
    add("priority_policy", policyProblem(config));
    add("priority_groups", groupsProblem(config));
    add("priority_timeout", timeoutProblem(config));
    return errors;
}
