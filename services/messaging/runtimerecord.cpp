// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimerecord.h"

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

constexpr QLatin1String needsKey("needs");
constexpr QLatin1String writerKey("writtenBy");

int formatNeededBy(const QJsonObject &spec)
{
    return spec[needsKey].toInt(1);
}

QStringList unknownKeys(const QJsonObject &spec)
{
    static const QStringList known{text("storageClass"), text("storageGibibytes"), text("replicas"),
        text("webSocketEnabled"), needsKey, writerKey};
    QStringList unknown = spec.keys();
    unknown.removeIf([](const QString &key) { return known.contains(key); });
    return unknown;
}

std::optional<Error> obstacleIn(const QJsonObject &spec)
{
    const QStringList unknown = unknownKeys(spec);
    if (formatNeededBy(spec) <= runtimeFormat && unknown.isEmpty())
        return std::nullopt;
    const QString writer = spec[writerKey].toString();
    const QString summary = writer.isEmpty()
        ? QCoreApplication::translate("RuntimeRecord",
            "A newer Pennant set this runtime up, with more than this version knows. Use that one, or a newer one, to "
            "change or remove the runtime: this version would strip what it doesn't know.")
        : QCoreApplication::translate("RuntimeRecord",
            "Pennant %1 set this runtime up, with more than this version knows. Use Pennant %1 or a newer one to "
            "change or remove the runtime: this version would strip what it doesn't know.")
              .arg(writer);
    const QString detail = QCoreApplication::translate("RuntimeRecord", "Format %1 is needed, this version has %2. %3")
                               .arg(formatNeededBy(spec))
                               .arg(runtimeFormat)
                               .arg(unknown.join(QStringLiteral(", ")));
    return Error{Error::Kind::NotReady, summary, detail.trimmed(), {}, {}};
}

QJsonObject toJson(const RuntimeSpec &spec, QJsonObject json)
{
    if (formatNeededBy(json) <= runtimeFormat) {
        json[needsKey] = runtimeFormat;
        if (const QString version = QCoreApplication::applicationVersion(); !version.isEmpty())
            json[writerKey] = version;
    }
    json[text("storageClass")] = spec.storageClass;
    json[text("storageGibibytes")] = spec.storageGibibytes;
    json[text("replicas")] = spec.replicas;
    json[text("webSocketEnabled")] = spec.webSocketEnabled;
    return json;
}

RuntimeSpec specFromJson(const QJsonObject &json)
{
    RuntimeSpec spec;
    spec.storageClass = json[text("storageClass")].toString();
    spec.storageGibibytes = json[text("storageGibibytes")].toInt();
    spec.replicas = json[text("replicas")].toInt();
    spec.webSocketEnabled = json[text("webSocketEnabled")].toBool();
    return spec;
}

QJsonObject toJson(const RuntimeOperation &operation)
{
    QJsonObject steps;
    for (auto it = operation.finishedSteps.cbegin(); it != operation.finishedSteps.cend(); ++it)
        steps[it.key()] = qint64(it.value().count());
    QJsonObject json{{text("kind"), toWire(operation.kind)}, {text("state"), toWire(operation.state)},
        {text("id"), operation.id}, {text("requestedBy"), operation.requestedBy}, {text("driver"), operation.driver},
        {text("requestedAt"), operation.requestedAt.toString(Qt::ISODateWithMs)},
        {text("currentStep"), operation.currentStep}, {text("finishedStepsMilliseconds"), steps}};
    if (!operation.owners.isEmpty())
        json[text("owners")] = QJsonArray::fromStringList(operation.owners);
    if (!operation.rolesProblem.isEmpty())
        json[text("rolesProblem")] = operation.rolesProblem;
    if (operation.error) {
        json[text("error")] = QJsonObject{{text("kind"), toWire(operation.error->kind)},
            {text("summary"), operation.error->summary}, {text("detail"), operation.error->detail}};
    }
    return json;
}

std::optional<Error> errorFromJson(const QJsonObject &json)
{
    if (json.isEmpty())
        return std::nullopt;
    return Error{errorKindFromWire(json[text("kind")].toString()).value_or(Error::Kind::Server),
        json[text("summary")].toString(), json[text("detail")].toString(), {}, {}};
}

Result<RuntimeOperation> operationFromJson(const QJsonObject &json)
{
    const auto kind = fromWire<RuntimeOperation::Kind>(json[text("kind")].toString());
    const auto state = fromWire<RuntimeOperation::State>(json[text("state")].toString());
    if (!kind || !state)
        return fail(Error::Kind::Protocol,
            QCoreApplication::translate("RuntimeRecord",
                "The cluster remembers an operation on the runtime that this version of Pennant does not know. Use the "
                "version that began it, or a newer one."),
            compact(json));
    RuntimeOperation operation;
    operation.kind = *kind;
    operation.state = *state;
    operation.id = json[text("id")].toString();
    operation.requestedBy = json[text("requestedBy")].toString();
    operation.driver = json[text("driver")].toString();
    operation.requestedAt = QDateTime::fromString(json[text("requestedAt")].toString(), Qt::ISODateWithMs).toUTC();
    operation.currentStep = json[text("currentStep")].toString();
    const QJsonObject steps = json[text("finishedStepsMilliseconds")].toObject();
    for (auto it = steps.constBegin(); it != steps.constEnd(); ++it)
        operation.finishedSteps[it.key()] = std::chrono::milliseconds(it.value().toInteger());
    operation.error = errorFromJson(json[text("error")].toObject());
    operation.rolesProblem = json[text("rolesProblem")].toString();
    for (const QJsonValue &owner : json[text("owners")].toArray())
        operation.owners.append(owner.toString());
    return operation;
}

Result<QJsonObject> parse(const QJsonObject &configMap, QLatin1String key)
{
    QJsonParseError problem;
    const QString stored = configMap[text("data")][key].toString();
    const QJsonDocument document = QJsonDocument::fromJson(stored.toUtf8(), &problem);
    if (document.isObject())
        return document.object();
    return fail(Error::Kind::Protocol,
        QCoreApplication::translate("RuntimeRecord",
            "What the cluster remembers of its runtime can't be read: key %1 of ConfigMap %2 is not a JSON object. "
            "Correct it with kubectl, what runs is not touched by that.")
            .arg(key, QLatin1String(RuntimeNames::record)),
        problem.errorString());
}

} // namespace

QString specText(const RuntimeSpec &spec)
{
    return compact(toJson(spec, {}));
}

std::optional<RuntimeSpec> specFromText(const QString &text)
{
    const RuntimeSpec spec = specFromJson(QJsonDocument::fromJson(text.toUtf8()).object());
    return validate(spec).isEmpty() ? std::optional(spec) : std::nullopt;
}

std::optional<Error> specObstacle(const QString &text)
{
    return obstacleIn(QJsonDocument::fromJson(text.toUtf8()).object());
}

std::optional<Error> RuntimeRecord::obstacle() const
{
    return obstacleIn(storedSpec);
}

int RuntimeRecord::format() const
{
    return storedSpec.isEmpty() ? runtimeFormat : formatNeededBy(storedSpec);
}

QJsonObject RuntimeRecord::toConfigMap(const QString &nameSpace) const
{
    return {{text("apiVersion"), text("v1")}, {text("kind"), text("ConfigMap")},
        {text("metadata"),
            QJsonObject{{text("name"), text(RuntimeNames::record)}, {text("namespace"), nameSpace},
                {text("labels"), RuntimeNames::labels()}}},
        {text("data"),
            QJsonObject{{specKey, compact(toJson(spec, storedSpec))}, {operationKey, compact(toJson(operation))}}}};
}

Result<RuntimeRecord> RuntimeRecord::fromConfigMap(const QJsonObject &configMap)
{
    const auto spec = parse(configMap, specKey);
    if (!spec)
        return fail(spec.error());
    const auto stored = parse(configMap, operationKey);
    if (!stored)
        return fail(stored.error());
    auto operation = operationFromJson(*stored);
    if (!operation)
        return fail(operation.error());
    RuntimeRecord record{specFromJson(*spec), std::move(*operation), *spec};
    if (const FieldErrors wrong = validate(record.spec); !wrong.isEmpty())
        return fail(Error::Kind::Protocol,
            QCoreApplication::translate("RuntimeRecord",
                "What the cluster remembers of its runtime can't be: %1 of key %2 in ConfigMap %3 is wrong. Correct it "
                "with kubectl, what runs is not touched by that.")
                .arg(wrong.constFirst().field, specKey, QLatin1String(RuntimeNames::record)),
            wrong.constFirst().message);
    return record;
}
