// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimeroles.h"

#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimepermissions.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

namespace {

constexpr auto rbacGroup = "rbac.authorization.k8s.io";
/// https://kubernetes.io/docs/reference/labels-annotations-taints/#description
constexpr auto descriptionAnnotation = "kubernetes.io/description";
// In the language of the API, for every workstation writes them.
constexpr auto viewerReach =
    "To look at NATS with Pennant. Reads the logs of the pods nats-0 to nats-4 and reaches each of their ports, reads "
    "the "
    "Secrets nats-viewing-ACCOUNT of its accounts, and lists everything else in this namespace but Secrets, whoever "
    "made it.";
constexpr auto editorReach =
    "To enable, change and disable NATS with Pennant. Reads, changes or deletes all Secrets, StatefulSets, Services, "
    "ConfigMaps, PersistentVolumeClaims, PodDisruptionBudgets, NetworkPolicies and Leases in this namespace, whoever "
    "made "
    "them: RBAC can't tell what is to be created by its name, and accounts are named by people. Keep what is not NATS "
    "in "
    "another namespace.";

QString text(const char *value)
{
    return QLatin1String(value);
}

QString say(const char *source)
{
    return QCoreApplication::translate("RuntimeRoles", source);
}

/// One rule of a Role: what shares all else stands together.
struct Rule {
    QString group;
    QStringList resources;
    QStringList verbs;
    QStringList names; ///< empty: any

    bool isOfSameObjects(const Rule &other) const
    {
        return group == other.group && resources == other.resources && names == other.names;
    }
    bool isOfSameVerbs(const Rule &other) const
    {
        return group == other.group && verbs == other.verbs && names == other.names;
    }
    bool isOfOtherNames(const Rule &other) const
    {
        return group == other.group && resources == other.resources && verbs == other.verbs
            && names.isEmpty() == other.names.isEmpty();
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
        const QStringList names = each.name.isEmpty() ? QStringList() : QStringList{each.name};
        merge(byObject, {each.group, {resource}, {each.verb}, names}, &Rule::verbs,
            [](const Rule &a, const Rule &b) { return a.isOfSameObjects(b); });
    }
    QList<Rule> byVerbs;
    for (Rule &rule : byObject) {
        rule.verbs.sort();
        merge(byVerbs, rule, &Rule::resources, [](const Rule &a, const Rule &b) { return a.isOfSameVerbs(b); });
    }
    QList<Rule> rules;
    for (const Rule &rule : std::as_const(byVerbs))
        merge(rules, rule, &Rule::names, [](const Rule &a, const Rule &b) { return a.isOfOtherNames(b); });
    return rules;
}

QJsonObject metadata(const QString &name, const QString &nameSpace)
{
    return {{text("name"), name}, {text("namespace"), nameSpace}};
}

QJsonArray rulesOf(const QList<Permission> &permissions)
{
    QJsonArray rules;
    for (const Rule &each : rulesFor(permissions)) {
        QJsonObject rule{{text("apiGroups"), QJsonArray{each.group}},
            {text("resources"), QJsonArray::fromStringList(each.resources)},
            {text("verbs"), QJsonArray::fromStringList(each.verbs)}};
        if (!each.names.isEmpty())
            rule[text("resourceNames")] = QJsonArray::fromStringList(each.names);
        rules.append(rule);
    }
    return rules;
}

QJsonObject roleManifest(const QString &name, const QString &nameSpace, const QList<Permission> &permissions)
{
    return {{text("apiVersion"), text(rbacGroup) + text("/v1")}, {text("kind"), text("Role")},
        {text("metadata"), metadata(name, nameSpace)}, {text("rules"), rulesOf(permissions)}};
}

QJsonObject bindingManifest(const QString &role, const QString &nameSpace, const QString &user)
{
    const QJsonObject roleRef{{text("apiGroup"), text(rbacGroup)}, {text("kind"), text("Role")}, {text("name"), role}};
    const QJsonObject subject{{text("apiGroup"), text(rbacGroup)}, {text("kind"), text("User")}, {text("name"), user}};
    return {{text("apiVersion"), text(rbacGroup) + text("/v1")}, {text("kind"), text("RoleBinding")},
        {text("metadata"), metadata(role, nameSpace)}, {text("roleRef"), roleRef},
        {text("subjects"), QJsonArray{subject}}};
}

QJsonObject installedManifest(
    const char *name, const QString &nameSpace, const QList<Permission> &permissions, const char *reach)
{
    QJsonObject role = roleManifest(text(name), nameSpace, permissions);
    QJsonObject described = metadata(text(name), nameSpace);
    described[text("labels")] = RuntimeNames::labels();
    described[text("annotations")] = QJsonObject{{text(descriptionAnnotation), text(reach)}};
    role[text("metadata")] = described;
    return role;
}

/// A string of JSON is one of YAML as well.
QString quoted(QString value)
{
    value.replace(QLatin1Char('\\'), text("\\\\")).replace(QLatin1Char('"'), text("\\\""));
    value.remove(QRegularExpression(text("[\\x00-\\x1f\\x7f]")));
    return QLatin1Char('"') + value + QLatin1Char('"');
}

QString quotedList(const QJsonArray &values)
{
    QStringList parts;
    for (const QJsonValue &value : values)
        parts.append(quoted(value.toString()));
    return QLatin1Char('[') + parts.join(text(", ")) + QLatin1Char(']');
}

/// As kubectl writes it: of strings, lists of strings, objects and lists of objects, which are all that manifests hold.
QString yaml(const QJsonObject &object, int indent = 0)
{
    QString lines;
    for (auto entry = object.begin(); entry != object.end(); ++entry) {
        const QJsonArray list = entry->toArray();
        lines += QString(indent, QLatin1Char(' ')) + entry.key() + QLatin1Char(':');
        if (entry->isObject()) {
            lines += QLatin1Char('\n') + yaml(entry->toObject(), indent + 2);
        } else if (list.first().isObject()) {
            lines += QLatin1Char('\n');
            for (const QJsonValue &each : list)
                lines += yaml(each.toObject(), indent + 2).replace(indent, 1, QLatin1Char('-'));
        } else {
            lines += QLatin1Char(' ') + (entry->isArray() ? quotedList(list) : quoted(entry->toString()))
                + QLatin1Char('\n');
        }
    }
    return lines;
}

/// What can stand in an object's name, of `user`.
QString nameFor(const QString &user)
{
    QString name = user.toLower();
    name.replace(QRegularExpression(text("[^a-z0-9.-]+")), text("-"));
    name.remove(QRegularExpression(text("\\A[.-]+|[.-]+\\z")));
    return name.left(200);
}

/// Another one for other permissions: applied under the same name a Role would take back what one before it gave. Never
/// that of an installed Role.
QString grantName(const QList<Permission> &permissions, const QString &user)
{
    const QByteArray rules = QJsonDocument(rulesOf(permissions)).toJson(QJsonDocument::Compact);
    const QByteArray digest = QCryptographicHash::hash(rules, QCryptographicHash::Sha256);
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

QList<Permission> RuntimeRoles::viewerPermissions(const QString &nameSpace, const QStringList &accounts)
{
    QList<Permission> list = RuntimePermissions::toView(nameSpace) + RuntimePermissions::toInspect(nameSpace);
    for (const QString &account : accounts)
        list.append(RuntimePermissions::toLookAt(account, nameSpace));
    return distinct(list + RuntimePermissions::toKnowOwners(nameSpace));
}

QList<Permission> RuntimeRoles::editorPermissions(const QString &nameSpace, const QStringList &accounts)
{
    return distinct(viewerPermissions(nameSpace, accounts) + RuntimePermissions::toWrite(nameSpace)
        + RuntimePermissions::toDelete(nameSpace) + RuntimePermissions::toManageAccounts(nameSpace)
        + RuntimePermissions::toReveal(nameSpace) + RuntimePermissions::usefulToWrite(nameSpace));
}

QList<QJsonObject> RuntimeRoles::manifests(const QString &nameSpace, const QStringList &accounts)
{
    return {installedManifest(RuntimeNames::viewerRole, nameSpace, viewerPermissions(nameSpace, accounts), viewerReach),
        installedManifest(RuntimeNames::editorRole, nameSpace, editorPermissions(nameSpace, accounts), editorReach)};
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
    for (const QJsonObject &role : manifests(nameSpace))
        documents.append(yaml(role));
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
    return text("# ") + comment + QLatin1Char('\n') + yaml(roleManifest(name, nameSpace, permissions)) + text("---\n")
        + yaml(bindingManifest(name, nameSpace, user));
}

QString RuntimeRoles::bindCommand(const QString &role, const QString &nameSpace, const QString &user)
{
    QString shell = user;
    shell.replace(QLatin1Char('\''), text("'\\''"));
    return text("kubectl --namespace %1 create rolebinding %2-%3 --role=%2 --user='%4'")
        .arg(nameSpace, role, nameFor(user), shell);
}
