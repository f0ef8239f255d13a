// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/accountrecord.h"

#include "services/messaging/runtimenames.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

namespace {

constexpr QLatin1String specKey("spec.json");
constexpr QLatin1String operationKey("operation.json");

QString text(const char *value)
{
    return QLatin1String(value);
}

QString compact(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QString isoTime(const QDateTime &time)
{
    return time.toString(Qt::ISODateWithMs);
}

QDateTime timeFrom(const QJsonValue &value)
{
    return QDateTime::fromString(value.toString(), Qt::ISODateWithMs).toUTC();
}

void put(QJsonObject &json, const char *key, const std::optional<int> &value)
{
    if (value)
        json[text(key)] = *value;
    else
        json.remove(text(key));
}

std::optional<int> countFrom(const QJsonValue &value)
{
    return value.isDouble() ? std::optional(value.toInt()) : std::nullopt;
}

QStringList stringsFrom(const QJsonValue &value)
{
    QStringList strings;
    for (const QJsonValue &each : value.toArray())
        strings.append(each.toString());
    return strings;
}

QJsonObject toJson(const AccountUser &user)
{
    QJsonObject json{{text("name"), user.name}};
    const auto add = [&json](const char *key, const QStringList &subjects) {
        if (!subjects.isEmpty())
            json[text(key)] = QJsonArray::fromStringList(subjects);
    };
    add("publishAllowed", user.permissions.publishAllowed);
    add("publishDenied", user.permissions.publishDenied);
    add("subscribeAllowed", user.permissions.subscribeAllowed);
    add("subscribeDenied", user.permissions.subscribeDenied);
    return json;
}

AccountUser userFrom(const QJsonObject &json)
{
    return {json[text("name")].toString(),
        {stringsFrom(json[text("publishAllowed")]), stringsFrom(json[text("publishDenied")]),
            stringsFrom(json[text("subscribeAllowed")]), stringsFrom(json[text("subscribeDenied")])}};
}

QJsonObject specToJson(const AccountRecord &record)
{
    QJsonObject json = record.storedSpec;
    json[text("name")] = record.spec.name;
    json[text("displayName")] = record.spec.displayName;
    json[text("description")] = record.spec.description;
    put(json, "maxStreams", record.spec.limits.maxStreams);
    put(json, "maxConsumers", record.spec.limits.maxConsumers);
    put(json, "maxStorageGibibytes", record.spec.limits.maxStorageGibibytes);
    QJsonArray users;
    for (const AccountUser &user : record.spec.users)
        users.append(toJson(user));
    json[text("users")] = users;
    json[text("clientUsername")] = record.clientUsername;
    json[text("loads")] = record.loads;
    json.remove(text("hasLostPassword"));
    if (record.hasLostPassword)
        json[text("hasLostPassword")] = true;
    json.remove(text("retiring"));
    if (record.retiring)
        json[text("retiring")] =
            QJsonObject{{text("username"), record.retiring->username}, {text("since"), isoTime(record.retiring->since)},
                {text("endsWhenUnused"), record.retiring->endsWhenUnused}};
    return json;
}

void adoptSpec(AccountRecord &record, const QJsonObject &json)
{
    record.storedSpec = json;
    record.spec.name = json[text("name")].toString();
    record.spec.displayName = json[text("displayName")].toString();
    record.spec.description = json[text("description")].toString();
    record.spec.limits = {countFrom(json[text("maxStreams")]), countFrom(json[text("maxConsumers")]),
        countFrom(json[text("maxStorageGibibytes")])};
    for (const QJsonValue &user : json[text("users")].toArray())
        record.spec.users.append(userFrom(user.toObject()));
    record.clientUsername = json[text("clientUsername")].toString(record.spec.name);
    record.loads = json[text("loads")].toInt(1);
    record.hasLostPassword = json[text("hasLostPassword")].toBool();
    const QJsonObject retiring = json[text("retiring")].toObject();
    if (!retiring.isEmpty())
        record.retiring = RetiringLogin{retiring[text("username")].toString(), timeFrom(retiring[text("since")]),
            retiring[text("endsWhenUnused")].toBool()};
}

QJsonObject operationToJson(const AccountRecord &record)
{
    const AccountOperation &operation = record.operation;
    QJsonObject json{{text("kind"), toWire(operation.kind)}, {text("state"), toWire(operation.state)},
        {text("id"), operation.id}, {text("requestedBy"), operation.requestedBy},
        {text("requestedAt"), isoTime(operation.requestedAt)}};
    for (const auto &[key, isSet] :
        {std::pair{"isEmptied", record.isEmptied}, std::pair{"isOverlapBegun", record.isOverlapBegun},
            std::pair{"isUndone", record.isUndone}, std::pair{"takesSecrets", record.takesSecrets}}) {
        if (isSet)
            json[text(key)] = true;
    }
    if (!record.rotatedUser.isEmpty())
        json[text("rotatedUser")] = record.rotatedUser;
    if (operation.error)
        json[text("error")] = QJsonObject{{text("kind"), toWire(operation.error->kind)},
            {text("summary"), operation.error->summary}, {text("detail"), operation.error->detail}};
    return json;
}

std::optional<AccountOperation> operationFrom(const QJsonObject &json)
{
    const auto kind = fromWire<AccountOperation::Kind>(json[text("kind")].toString());
    const auto state = fromWire<AccountOperation::State>(json[text("state")].toString());
    if (!kind || !state)
        return std::nullopt;
    AccountOperation operation{*kind, *state, json[text("id")].toString(), json[text("requestedBy")].toString(),
        timeFrom(json[text("requestedAt")]), {}};
    if (const QJsonObject error = json[text("error")].toObject(); !error.isEmpty())
        operation.error = Error{errorKindFromWire(error[text("kind")].toString()).value_or(Error::Kind::Server),
            error[text("summary")].toString(), error[text("detail")].toString(), {}, {}};
    return operation;
}

QJsonObject objectAt(const QJsonObject &configMap, QLatin1String key)
{
    return QJsonDocument::fromJson(configMap[text("data")][key].toString().toUtf8()).object();
}

Error unreadable(const QString &name, QLatin1String key)
{
    return {Error::Kind::Protocol,
        QCoreApplication::translate("AccountRecord",
            "What the cluster remembers of an account can't be read: key %1 of ConfigMap %2 is not what this version "
            "of "
            "Pennant knows. Correct it with kubectl or use a newer Pennant; what runs is not touched by that.")
            .arg(key, name),
        {}, {}, {}};
}

} // namespace

AccountRecord AccountRecord::ofDefaultAccount()
{
    AccountRecord record;
    record.spec.name = defaultAccountName();
    record.clientUsername = defaultAccountName();
    record.operation.state = AccountOperation::State::Done;
    return record;
}

QJsonObject AccountRecord::toConfigMap(const QString &nameSpace) const
{
    QJsonObject labels = RuntimeNames::labels();
    labels[text(RuntimeNames::roleLabel)] = text("account");
    labels[text(RuntimeNames::accountLabel)] = spec.name;
    QJsonObject metadata{{text("name"), RuntimeNames::accountRecord(spec.name)}, {text("namespace"), nameSpace},
        {text("labels"), labels}};
    if (!resourceVersion.isEmpty()) {
        metadata[text("uid")] = uid;
        metadata[text("resourceVersion")] = resourceVersion;
    }
    return {{text("apiVersion"), text("v1")}, {text("kind"), text("ConfigMap")}, {text("metadata"), metadata},
        {text("data"),
            QJsonObject{{specKey, compact(specToJson(*this))}, {operationKey, compact(operationToJson(*this))}}}};
}

Result<AccountRecord> AccountRecord::fromConfigMap(const QJsonObject &configMap)
{
    const QJsonObject metadata = configMap[text("metadata")].toObject();
    const QString name = metadata[text("name")].toString();
    AccountRecord record;
    adoptSpec(record, objectAt(configMap, specKey));
    if (name != RuntimeNames::accountRecord(record.spec.name))
        return fail(unreadable(name, specKey));
    const QJsonObject asked = objectAt(configMap, operationKey);
    const auto operation = operationFrom(asked);
    if (!operation)
        return fail(unreadable(name, operationKey));
    record.operation = *operation;
    record.isEmptied = asked[text("isEmptied")].toBool();
    record.isOverlapBegun = asked[text("isOverlapBegun")].toBool();
    record.isUndone = asked[text("isUndone")].toBool();
    record.takesSecrets = asked[text("takesSecrets")].toBool();
    record.rotatedUser = asked[text("rotatedUser")].toString();
    record.uid = metadata[text("uid")].toString();
    record.resourceVersion = metadata[text("resourceVersion")].toString();
    return record;
}
