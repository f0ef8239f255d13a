// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/assetimport.h"

#include "services/domain/assetfields.h"
#include "services/domain/nackresource.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <cmath>
#include <span>

namespace {

constexpr qsizetype mostAssets = 10'000;

QString text(const char *source)
{
    return QCoreApplication::translate("AssetImport", source);
}

tl::unexpected<Error> invalid(const QString &why)
{
    return fail(Error::Kind::Invalid, why);
}

bool isText(const QJsonValue &value)
{
    return value.isString();
}

bool isWholeNumber(const QJsonValue &value)
{
    return value.isDouble() && std::floor(value.toDouble()) == value.toDouble();
}

bool areTexts(const QJsonValue &value)
{
    const QJsonArray list = value.toArray();
    return value.isArray()
        && std::all_of(list.begin(), list.end(), [](const QJsonValue &each) { return each.isString(); });
}

bool areWholeNumbers(const QJsonValue &value)
{
    const QJsonArray list = value.toArray();
    return value.isArray() && std::all_of(list.begin(), list.end(), isWholeNumber);
}

bool areObjects(const QJsonValue &value)
{
    const QJsonArray list = value.toArray();
    return value.isArray()
        && std::all_of(list.begin(), list.end(), [](const QJsonValue &each) { return each.isObject(); });
}

QString wrongDocument(const QLatin1String &name, const QJsonValue &value)
{
    if (name == QLatin1String("backoff"))
        return areWholeNumbers(value) ? QString() : text("%1 is no list of whole numbers of nanoseconds");
    if (name == QLatin1String("priority_groups"))
        return areTexts(value) ? QString() : text("%1 is no list of texts");
    const bool isRight = name == QLatin1String("sources") ? areObjects(value) : value.isObject();
    return isRight ? QString() : text("%1 is no object");
}

QString wrongText(const QLatin1String &name, const QJsonValue &value)
{
    if (!isText(value))
        return text("%1 is no text");
    const bool isTime = name == QLatin1String("opt_start_time") || name == QLatin1String("pause_until");
    const QString written = value.toString();
    return !isTime || written.isEmpty() || QDateTime::fromString(written, Qt::ISODateWithMs).isValid()
        ? QString()
        : text("%1 is no time");
}

/// What stands there instead; empty where it is of the right kind.
QString wrongKind(const AssetField &field, const QJsonValue &value)
{
    if (value.isNull())
        return {};
    switch (field.value) {
    case AssetField::Value::Text:
        return wrongText(QLatin1String(field.name), value);
    case AssetField::Value::Word:
        return isText(value) ? QString() : text("%1 is no text");
    case AssetField::Value::Count:
    case AssetField::Value::Bytes:
        return isWholeNumber(value) ? QString() : text("%1 is no whole number");
    case AssetField::Value::Duration:
        return isWholeNumber(value) ? QString() : text("%1 is no whole number of nanoseconds");
    case AssetField::Value::Flag:
        return value.isBool() ? QString() : text("%1 is neither true nor false");
    case AssetField::Value::Subjects:
        return areTexts(value) ? QString() : text("%1 is no list of texts");
    case AssetField::Value::Document:
        return wrongDocument(QLatin1String(field.name), value);
    }
    return {};
}

QStringList wrongKinds(const QJsonObject &config, std::span<const AssetField> fields)
{
    QStringList wrong;
    for (const AssetField &field : fields) {
        const QLatin1String name(field.name);
        const QString problem = config.contains(name) ? wrongKind(field, config.value(name)) : QString();
        if (!problem.isEmpty())
            wrong.append(problem.arg(name));
    }
    return wrong;
}

bool isConsumer(const QJsonObject &config)
{
    return config.contains(QLatin1String("durable_name")) || config.contains(QLatin1String("ack_policy"))
        || config.contains(QLatin1String("deliver_policy"));
}

Result<ImportedStream> streamOf(const QJsonObject &config, const QStringList &unknown = {})
{
    if (isConsumer(config))
        return invalid(text("This is a consumer. Here streams are imported."));
    const QString name = config.value(QLatin1String("name")).toString();
    const QStringList wrong = wrongKinds(config, streamFields());
    if (!wrong.isEmpty() && !name.isEmpty())
        return invalid(text("The stream %1 can't be read: %2.").arg(name, wrong.join(QLatin1String(", "))));
    if (!wrong.isEmpty())
        return invalid(text("The stream can't be read: %1.").arg(wrong.join(QLatin1String(", "))));
    const bool isStream = !name.isEmpty() || config.contains(QLatin1String("subjects"))
        || config.contains(QLatin1String("mirror")) || config.contains(QLatin1String("sources"));
    if (!isStream)
        return invalid(text("There is no stream in it: it has neither a name nor subjects."));
    ImportedStream stream{portableConfig(config), unknown};
    // what servers, and the defaults in NACK's schema, say for no limit
    for (const char *limit : {"max_msgs", "max_bytes", "max_msg_size", "max_msgs_per_subject", "max_consumers"}) {
        const QLatin1String field(limit);
        if (stream.config.contains(field) && stream.config.value(field).toInteger() == 0)
            stream.config.insert(field, -1);
    }
    // servers refuse what they have no field for, and say no more than that
    const QStringList fields = stream.config.keys();
    for (const QString &field : fields) {
        if (!fieldNamed(streamFields(), field)) {
            stream.config.remove(field);
            stream.unknown.append(field);
        }
    }
    return stream;
}

/// It has a field that only those of `fields` have.
bool hasFieldOnlyOf(std::span<const AssetField> fields, std::span<const AssetField> others, const QJsonObject &config)
{
    return std::any_of(fields.begin(), fields.end(), [&](const AssetField &field) {
        const QString name = QLatin1String(field.name);
        return config.contains(name) && !fieldNamed(others, name);
    });
}

/// What servers refuse or what means nothing to them is left out.
void leaveOutUnknown(ImportedConsumer &consumer)
{
    for (const QString &key : consumer.config.keys()) {
        const QJsonValue value = consumer.config.value(key);
        const bool isKnown = fieldNamed(consumerFields(), key) != nullptr;
        if (isKnown && !value.isNull())
            continue;
        consumer.config.remove(key);
        if (!isKnown && !changesBetween({}, {{key, value}}).isEmpty())
            consumer.unknown.append(key);
    }
}

/// A durable one has its name in both fields, or in one of them; any other has it in `name` alone, or was given one.
void adoptName(ImportedConsumer &consumer, const QString &givenName)
{
    const QString named = consumer.config.take(QLatin1String("name")).toString();
    const QString durable = consumer.name();
    if (!durable.isEmpty() && !named.isEmpty() && named != durable)
        consumer.unknown.append(QStringLiteral("name"));
    if (!durable.isEmpty())
        return;
    consumer.config.remove(QLatin1String("durable_name"));
    consumer.wasEphemeral = true;
    if (const QString name = named.isEmpty() ? givenName : named; !name.isEmpty())
        consumer.config.insert(QStringLiteral("durable_name"), name);
}

/// The document's part beside the configuration.
struct ConsumerFrame {
    QString stream;
    QString name;
    QStringList unknown;
    bool isSure = false; ///< that it is a consumer, whatever is in the configuration
};

Result<ImportedConsumer> consumerOf(const QJsonObject &config, const ConsumerFrame &frame, const QDateTime &now)
{
    const bool isConsumer = frame.isSure || hasFieldOnlyOf(consumerFields(), streamFields(), config);
    if (!isConsumer && hasFieldOnlyOf(streamFields(), consumerFields(), config))
        return invalid(text("This is a stream. Here consumers are imported."));
    if (!isConsumer)
        return invalid(text("There is no consumer in it: it has neither a durable_name nor an ack_policy."));
    ImportedConsumer consumer{frame.stream, portableConfig(config), frame.unknown};
    const QStringList wrong = wrongKinds(config, consumerFields());
    const QString given = frame.name.isEmpty() ? config.value(QLatin1String("name")).toString() : frame.name;
    const QString name = consumer.name().isEmpty() ? given : consumer.name();
    if (!wrong.isEmpty() && !name.isEmpty())
        return invalid(text("The consumer %1 can't be read: %2.").arg(name, wrong.join(QLatin1String(", "))));
    if (!wrong.isEmpty())
        return invalid(text("The consumer can't be read: %1.").arg(wrong.join(QLatin1String(", "))));
    leaveOutUnknown(consumer);
    adoptName(consumer, frame.name);
    const QString pause = consumer.config.value(QLatin1String("pause_until")).toString();
    if (pause.isEmpty() || QDateTime::fromString(pause, Qt::ISODateWithMs) <= now)
        consumer.config.remove(QLatin1String("pause_until"));
    return consumer;
}

/// Goes through what a document may be, and what may be in it. `Kind` names the Asset, the `list` in which answers have
/// several, says that there is `nothing()`, and reads one from an object and from a resource of NACK.
template <typename Kind> class Reading {
public:
    using Asset = typename Kind::Asset;

    explicit Reading(Kind kind)
        : m_kind(std::move(kind))
    {
    }

    Result<void> read(const QJsonValue &document, int depth = 0)
    {
        constexpr int deepest = 3; // a list of answers, each with a list of them
        if (m_assets.size() >= mostAssets || depth > deepest)
            return invalid(text("It holds more than is read."));
        if (document.isArray())
            return readAll(document.toArray(), depth);
        if (!document.isObject())
            return invalid(Kind::nothing());
        return readObject(document.toObject(), depth);
    }

    Result<QList<Asset>> readAll(const QList<QJsonValue> &documents)
    {
        for (const QJsonValue &document : documents) {
            if (auto read = this->read(document); !read)
                return fail(std::move(read.error()));
        }
        if (m_assets.isEmpty())
            return invalid(Kind::nothing());
        return m_assets;
    }

private:
    Result<void> readAll(const QJsonArray &documents, int depth)
    {
        for (const QJsonValue &document : documents) {
            if (const auto read = this->read(document, depth + 1); !read)
                return read;
        }
        return {};
    }

    Result<void> readObject(const QJsonObject &object, int depth)
    {
        if (object.contains(QLatin1String("apiVersion"))) {
            const QJsonValue items = object.value(QLatin1String("items"));
            return items.isArray() ? readAll(items.toArray(), depth) : add(m_kind.ofResource(object));
        }
        if (const QJsonValue list = object.value(QLatin1String(Kind::list)); list.isArray())
            return readAll(list.toArray(), depth);
        return add(m_kind.ofObject(object));
    }

    Result<void> add(Result<Asset> asset)
    {
        if (!asset)
            return fail(std::move(asset.error()));
        m_assets.append(std::move(*asset));
        return {};
    }

    Kind m_kind;
    QList<Asset> m_assets;
};

tl::unexpected<Error> isAnother(const QJsonObject &resource, const QString &words)
{
    return invalid(words.arg(resource.value(QLatin1String("kind")).toString(QStringLiteral("?")),
        resource.value(QLatin1String("apiVersion")).toString(QStringLiteral("?"))));
}

struct StreamDocuments {
    using Asset = ImportedStream;
    static constexpr char list[] = "streams";

    static QString nothing() { return text("There is no stream in it."); }

    Result<ImportedStream> ofResource(const QJsonObject &object) const
    {
        if (!isNackStream(object))
            return isAnother(object, text("%1 of %2 is no stream of NACK."));
        const FromNack stream = streamFromNack(object);
        return streamOf(stream.config, stream.unknown);
    }

    Result<ImportedStream> ofObject(const QJsonObject &object) const
    {
        const QJsonValue config = object.value(QLatin1String("config"));
        return streamOf(config.isObject() ? config.toObject() : object);
    }
};

struct ConsumerDocuments {
    using Asset = ImportedConsumer;
    static constexpr char list[] = "consumers";

    QDateTime now;

    static QString nothing() { return text("There is no consumer in it."); }

    Result<ImportedConsumer> ofResource(const QJsonObject &object) const
    {
        if (isNackStream(object))
            return invalid(text("This is a stream. Here consumers are imported."));
        if (!isNackConsumer(object))
            return isAnother(object, text("%1 of %2 is no consumer of NACK."));
        const FromNack consumer = consumerFromNack(object);
        return consumerOf(consumer.config, {consumer.stream, {}, consumer.unknown, true}, now);
    }

    Result<ImportedConsumer> ofObject(const QJsonObject &object) const
    {
        if (object.value(QLatin1String("streams")).isArray())
            return invalid(text("These are streams. Here consumers are imported."));
        const QJsonValue config = object.value(QLatin1String("config"));
        if (!config.isObject())
            return consumerOf(object, {}, now);
        const QString stream = object.value(QLatin1String("stream_name")).toString();
        const QString name = object.value(QLatin1String("name")).toString();
        return consumerOf(config.toObject(), {stream, name, {}, !stream.isEmpty()}, now);
    }
};

} // namespace

QString ImportedStream::name() const
{
    return config.value(QLatin1String("name")).toString();
}

QString ImportedConsumer::name() const
{
    return config.value(QLatin1String("durable_name")).toString();
}

Result<QList<ImportedStream>> importedStreams(const QList<QJsonValue> &documents)
{
    return Reading(StreamDocuments()).readAll(documents);
}

Result<QList<ImportedConsumer>> importedConsumers(const QList<QJsonValue> &documents, const QDateTime &now)
{
    return Reading(ConsumerDocuments{now}).readAll(documents);
}
