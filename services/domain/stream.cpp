// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/stream.h"

#include "services/domain/assetfields.h"

#include <QJsonArray>

#include <algorithm>
#include <limits>

QStringList subjectsIn(const QJsonObject &config)
{
    QStringList subjects;
    for (const QJsonValue &subject : config.value(QLatin1String("subjects")).toArray())
        subjects.append(subject.toString());
    return subjects;
}

bool Stream::hasWordsOf(const Stream &other) const
{
    return id == other.id && config == other.config && isOffline == other.isOffline && owner == other.owner;
}

QStringList Stream::subjects() const
{
    return subjectsIn(config);
}

bool StreamFeed::isStill() const
{
    return !isKnown || silentFor.count() > 0 || !error.isEmpty();
}

Retention Stream::retention() const
{
    return fromWire<Retention>(config.value(QLatin1String("retention")).toString()).value_or(Retention::Limits);
}

Storage Stream::storage() const
{
    return fromWire<Storage>(config.value(QLatin1String("storage")).toString()).value_or(Storage::File);
}

Discard Stream::discard() const
{
    return fromWire<Discard>(config.value(QLatin1String("discard")).toString()).value_or(Discard::Old);
}

int Stream::replicas() const
{
    return std::max(1, config.value(QLatin1String("num_replicas")).toInt(1));
}

// Both limits are -1 for none; nats-server takes 0 for that, too.
std::optional<quint64> Stream::maxMessages() const
{
    const qint64 most = config.value(QLatin1String("max_msgs")).toInteger(-1);
    return most > 0 ? std::optional(quint64(most)) : std::nullopt;
}

std::optional<ByteCount> Stream::maxBytes() const
{
    const qint64 most = config.value(QLatin1String("max_bytes")).toInteger(-1);
    return most > 0 ? std::optional(ByteCount{most}) : std::nullopt;
}

bool Stream::isFull() const
{
    if (isOffline || messages == 0)
        return false;
    const qint64 usual = bytes.bytes / qint64(std::min<quint64>(messages, std::numeric_limits<qint64>::max()));
    const std::optional<quint64> mostMessages = maxMessages();
    const std::optional<ByteCount> mostBytes = maxBytes();
    return (mostMessages && messages >= *mostMessages) || (mostBytes && mostBytes->bytes - bytes.bytes < usual);
}

QString Stream::description() const
{
    return config.value(QLatin1String("description")).toString();
}

QString Stream::linkedApp() const
{
    return config.value(QLatin1String("metadata")).toObject().value(QLatin1String(linkedAppKey)).toString();
}

std::optional<Bucket> Stream::bucket() const
{
    return Bucket::of(id.name, subjects(), !config.value(QLatin1String("mirror")).toObject().isEmpty());
}

QList<StreamSubjects> subjectsOf(const QList<Stream> &streams)
{
    QList<StreamSubjects> all;
    all.reserve(streams.size());
    for (const Stream &stream : streams)
        all.append({stream.id, stream.subjects()});
    return all;
}
