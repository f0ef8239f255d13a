// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/assetimport.h"

#include "services/domain/assetfields.h"
#include "services/domain/nackresource.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <cmath>

namespace {

constexpr qsizetype mostStreams = 10'000;

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

bool isDocument(const AssetField &field, const QJsonValue &value)
{
    if (qstrcmp(field.name, "sources") != 0)
        return value.isObject();
    const QJsonArray list = value.toArray();
    return value.isArray()
        && std::all_of(list.begin(), list.end(), [](const QJsonValue &each) { return each.isObject(); });
}

/// What stands there instead; empty where it is of the right kind.
QString wrongKind(const AssetField &field, const QJsonValue &value)
{
    if (value.isNull())
        return {};
    switch (field.value) {
    case AssetField::Value::Text:
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
        return isDocument(field, value) ? QString() : text("%1 is no object");
    }
    return {};
}

QStringList wrongKinds(const QJsonObject &config)
{
    QStringList wrong;
    for (const AssetField &field : streamFields()) {
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
    const QStringList wrong = wrongKinds(config);
    if (!wrong.isEmpty() && !name.isEmpty())
        return invalid(text("The stream %1 can't be read: %2.").arg(name, wrong.join(QLatin1String(", "))));
    if (!wrong.isEmpty())
        return invalid(text("The stream can't be read: %1.").arg(wrong.join(QLatin1String(", "))));
    const bool isStream = !name.isEmpty() || config.contains(QLatin1String("subjects"))
        || config.contains(QLatin1String("mirror")) || config.contains(QLatin1String("sources"));
    if (!isStream)
        return invalid(text("There is no stream in it: it has neither a name nor subjects."));
    return ImportedStream{portableConfig(config), unknown};
}

/// Goes through what a document may be, and what may be in it.
class Reading {
public:
    Result<void> read(const QJsonValue &document, int depth = 0)
    {
        constexpr int deepest = 3; // a list of answers, each with a list of streams
        if (m_streams.size() >= mostStreams || depth > deepest)
            return invalid(text("It holds more than is read."));
        if (document.isArray())
            return readAll(document.toArray(), depth);
        if (!document.isObject())
            return invalid(text("There is no stream in it."));
        return readObject(document.toObject(), depth);
    }

    const QList<ImportedStream> &streams() const { return m_streams; }

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
        if (object.contains(QLatin1String("apiVersion")))
            return readResource(object, depth);
        if (const QJsonValue list = object.value(QLatin1String("streams")); list.isArray())
            return readAll(list.toArray(), depth);
        const QJsonValue config = object.value(QLatin1String("config"));
        return add(streamOf(config.isObject() ? config.toObject() : object));
    }

    Result<void> readResource(const QJsonObject &object, int depth)
    {
        if (const QJsonValue items = object.value(QLatin1String("items")); items.isArray())
            return readAll(items.toArray(), depth);
        if (!isNackStream(object))
            return invalid(text("%1 of %2 is no stream of NACK.")
                               .arg(object.value(QLatin1String("kind")).toString(QStringLiteral("?")),
                                   object.value(QLatin1String("apiVersion")).toString(QStringLiteral("?"))));
        const FromNack stream = streamFromNack(object);
        return add(streamOf(stream.config, stream.unknown));
    }

    Result<void> add(Result<ImportedStream> stream)
    {
        if (!stream)
            return fail(std::move(stream.error()));
        m_streams.append(std::move(*stream));
        return {};
    }

    QList<ImportedStream> m_streams;
};

} // namespace

QString ImportedStream::name() const
{
    return config.value(QLatin1String("name")).toString();
}

Result<QList<ImportedStream>> importedStreams(const QList<QJsonValue> &documents)
{
    Reading reading;
    for (const QJsonValue &document : documents) {
        if (auto read = reading.read(document); !read)
            return fail(std::move(read.error()));
    }
    if (reading.streams().isEmpty())
        return invalid(text("There is no stream in it."));
    return reading.streams();
}
