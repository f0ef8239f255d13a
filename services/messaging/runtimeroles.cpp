// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimeroles.h"

#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimepermissions.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>

namespace {

constexpr auto rbacGroup = "rbac.authorization.k8s.io";

QString text(const char *value)
{
    return QLatin1String(value);
}

QString say(const char *source)
{
    return QCoreApplication::translate("RuntimeRoles", source);
}

/// One rule of a Role: what shares group, verbs and name stands together.
struct Rule {
    QString group;
    QStringList resources;
    QStringList verbs;
    QString name;

    bool isOfSameObjects(const Rule &other) const
    {
        return group == other.group && resources == other.resources && name == other.name;
    }
    bool isOfSameVerbs(const Rule &other) const
    {
        return group == other.group && verbs == other.verbs && name == other.name;
    }
};

template <typename IsSame> void merge(QList<Rule> &rules, const Rule &next, QStringList Rule::*part, IsSame isSame)
{
    const auto found = std::find_if(rules.begin(), rules.end(), [&](const Rule &rule) { return isSame(rule, next); });
    if (found == rules.end())
        return rules.append(next);
    (*found).*part += next.*part;
    ((*found).*part).removeDuplicates();
}

QList<Rule> rulesFor(const QList<Permission> &permissions)
{
    QList<Rule> byObject;
    for (const Permission &each : permissions) {
        const QString resource =
            each.subresource.isEmpty() ? each.resource : each.resource + QLatin1Char('/') + each.subresource;
        merge(byObject, {each.group, {resource}, {each.verb}, each.name}, &Rule::verbs,
            [](const Rule &a, const Rule &b) { return a.isOfSameObjects(b); });
    }
    QList<Rule> rules;
    for (Rule &rule : byObject) {
        rule.verbs.sort();
        merge(rules, rule, &Rule::resources, [](const Rule &a, const Rule &b) { return a.isOfSameVerbs(b); });
    }
    return rules;
}

QJsonObject manifest(const char *name, const QString &nameSpace, const QList<Permission> &permissions)
{
    QJsonArray rules;
    for (const Rule &each : rulesFor(permissions)) {
        QJsonObject rule{{text("apiGroups"), QJsonArray{each.group}},
            {text("resources"), QJsonArray::fromStringList(each.resources)},
            {text("verbs"), QJsonArray::fromStringList(each.verbs)}};
        if (!each.name.isEmpty())
            rule[text("resourceNames")] = QJsonArray{each.name};
        rules.append(rule);
    }
    const QJsonObject metadata{
        {text("name"), text(name)}, {text("namespace"), nameSpace}, {text("labels"), RuntimeNames::labels()}};
    return {{text("apiVersion"), text(rbacGroup) + text("/v1")}, {text("kind"), text("Role")},
        {text("metadata"), metadata}, {text("rules"), rules}};
}

/// A string of JSON is one of YAML as well.
QString quoted(QString value)
{
    value.replace(QLatin1Char('\\'), text("\\\\")).replace(QLatin1Char('"'), text("\\\""));
    value.remove(QRegularExpression(text("[\\x00-\\x1f\\x7f]")));
    return QLatin1Char('"') + value + QLatin1Char('"');
}

QString quotedList(const QStringList &values)
{
    QStringList parts;
    for (const QString &value : values)
        parts.append(quoted(value));
    return QLatin1Char('[') + parts.join(text(", ")) + QLatin1Char(']');
}

QString head(const char *kind, const QString &name, const QString &nameSpace)
{
    return text("apiVersion: %1/v1\nkind: %2\nmetadata:\n  name: %3\n  namespace: %4\n")
        .arg(text(rbacGroup), text(kind), name, quoted(nameSpace));
}

/// What can stand in an object's name, of `user`.
QString nameFor(const QString &user)
{
    QString name = user.toLower();
    name.replace(QRegularExpression(text("[^a-z0-9.-]+")), text("-"));
    name.remove(QRegularExpression(text("\\A[.-]+|[.-]+\\z")));
    return name.left(200);
}

QString labelsText()
{
    QString lines = text("  labels:\n");
    const QJsonObject labels = RuntimeNames::labels();
    for (auto label = labels.begin(); label != labels.end(); ++label)
        lines += text("    %1: %2\n").arg(label.key(), label->toString());
    return lines;
}

QString rulesText(const QList<Permission> &permissions)
{
    QString lines = text("rules:\n");
    for (const Rule &rule : rulesFor(permissions)) {
        lines += text("- apiGroups: [%1]\n  resources: %2\n").arg(quoted(rule.group), quotedList(rule.resources));
        if (!rule.name.isEmpty())
            lines += text("  resourceNames: [%1]\n").arg(quoted(rule.name));
        lines += text("  verbs: %1\n").arg(quotedList(rule.verbs));
    }
    return lines;
}

/// Another one for other permissions: applied under the same name a Role would take back what one before it gave. Never
/// that of an installed Role.
QString grantName(const QList<Permission> &permissions, const QString &user)
{
    const QByteArray digest = QCryptographicHash::hash(rulesText(permissions).toUtf8(), QCryptographicHash::Sha256);
    return text("pennant-grant-%1-%2").arg(nameFor(user), QString::fromLatin1(digest.toHex().left(8)));
}

QList<Permission> distinct(const QList<Permission> &permissions)
{
    QList<Permission> list;
    for (const Permission &each : permissions) {
        if (!list.contains(each))
            list.append(each);
    }
    return list;
}

} // namespace

QList<Permission> RuntimeRoles::viewerPermissions(const QString &nameSpace)
{
    return RuntimePermissions::toView(nameSpace) + RuntimePermissions::toInspect(nameSpace)
        + RuntimePermissions::toKnowOwners(nameSpace);
}

QList<Permission> RuntimeRoles::editorPermissions(const QString &nameSpace)
{
    return distinct(viewerPermissions(nameSpace) + RuntimePermissions::toWrite(nameSpace)
        + RuntimePermissions::toDelete(nameSpace) + RuntimePermissions::toReveal(nameSpace)
        + RuntimePermissions::usefulToWrite(nameSpace));
}

QList<QJsonObject> RuntimeRoles::manifests(const QString &nameSpace)
{
    return {manifest(RuntimeNames::viewerRole, nameSpace, viewerPermissions(nameSpace)),
        manifest(RuntimeNames::editorRole, nameSpace, editorPermissions(nameSpace))};
}

QJsonObject RuntimeRoles::withoutOwners(const QJsonObject &role)
{
    const QString group = RuntimePermissions::toKnowOwners({}).constFirst().group;
    QJsonArray kept;
    for (const QJsonValue &rule : role[text("rules")].toArray()) {
        if (!rule[text("apiGroups")].toArray().contains(group))
            kept.append(rule);
    }
    QJsonObject less = role;
    less[text("rules")] = kept;
    return less;
}

QString RuntimeRoles::installText(const QString &nameSpace)
{
    QStringList documents;
    for (const QJsonObject &role : manifests(nameSpace)) {
        const QString name = role[text("metadata")][text("name")].toString();
        const bool isViewer = name == text(RuntimeNames::viewerRole);
        documents.append(head("Role", name, nameSpace) + labelsText()
            + rulesText(isViewer ? viewerPermissions(nameSpace) : editorPermissions(nameSpace)));
    }
    return documents.join(text("---\n"));
}

QString RuntimeRoles::grantText(const QList<Permission> &permissions, const QString &user)
{
    if (permissions.isEmpty())
        return {};
    const QString nameSpace = permissions.constFirst().nameSpace;
    const QString name = grantName(permissions, user);
    const QString comment = say(
        "What Pennant needs for %1 in namespace %2, which must be there. Apply it with: kubectl apply --filename FILE")
                                .arg(quoted(user), nameSpace);
    return text("# ") + comment + QLatin1Char('\n') + head("Role", name, nameSpace) + rulesText(permissions)
        + text("---\n") + head("RoleBinding", name, nameSpace)
        + text("roleRef:\n  apiGroup: %1\n  kind: Role\n  name: %2\nsubjects:\n- apiGroup: %1\n  kind: User\n  name: ")
              .arg(text(rbacGroup), name)
        + quoted(user) + QLatin1Char('\n');
}

QString RuntimeRoles::bindCommand(const QString &role, const QString &nameSpace, const QString &user)
{
    QString shell = user;
    shell.replace(QLatin1Char('\''), text("'\\''"));
    return text("kubectl --namespace %1 create rolebinding %2-%3 --role=%2 --user='%4'")
        .arg(nameSpace, role, nameFor(user), shell);
}
