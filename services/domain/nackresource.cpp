// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/nackresource.h"

#include "services/domain/assetfields.h"
#include "services/domain/goduration.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>
#include <span>

namespace {

enum class As { Same, Duration, Durations, DeliverPolicy, AckPolicy, Object, List };

/// One field in both worlds.
struct Name {
    const char *api;
    const char *nack;
    As as = As::Same;
    std::span<const Name> inside = {}; ///< of an object, or of each in a list of them
};

// The API nests what NACK has flat: `external` is taken apart before, and put together after.
constexpr Name transform[]{{"src", "source"}, {"dest", "dest"}};
constexpr Name sourceConsumer[]{{"name", "name"}, {"deliver_subject", "deliverSubject"}};
constexpr Name source[]{
    {"name", "name"},
    {"opt_start_seq", "optStartSeq"},
    {"opt_start_time", "optStartTime"},
    {"filter_subject", "filterSubject"},
    {"external.api", "externalApiPrefix"},
    {"external.deliver", "externalDeliverPrefix"},
    {"subject_transforms", "subjectTransforms", As::List, transform},
    {"consumer", "consumer", As::Object, sourceConsumer},
};
constexpr Name placement[]{{"cluster", "cluster"}, {"tags", "tags"}};
constexpr Name republish[]{{"src", "source"}, {"dest", "destination"}, {"headers_only", "headers_only"}};
constexpr Name consumerLimits[]{
    {"inactive_threshold", "inactiveThreshold", As::Duration}, {"max_ack_pending", "maxAckPending"}};

constexpr Name stream[]{
    {"name", "name"},
    {"description", "description"},
    {"subjects", "subjects"},
    {"retention", "retention"},
    {"storage", "storage"},
    {"num_replicas", "replicas"},
    {"max_age", "maxAge", As::Duration},
    {"max_msgs", "maxMsgs"},
    {"max_bytes", "maxBytes"},
    {"discard", "discard"},
    {"max_msg_size", "maxMsgSize"},
    {"duplicate_window", "duplicateWindow", As::Duration},
    {"compression", "compression"},
    {"allow_direct", "allowDirect"},
    {"deny_delete", "denyDelete"},
    {"deny_purge", "denyPurge"},
    {"max_msgs_per_subject", "maxMsgsPerSubject"},
    {"discard_new_per_subject", "discardPerSubject"},
    {"max_consumers", "maxConsumers"},
    {"no_ack", "noAck"},
    {"placement", "placement", As::Object, placement},
    {"mirror", "mirror", As::Object, source},
    {"sources", "sources", As::List, source},
    {"republish", "republish", As::Object, republish},
    {"mirror_direct", "mirrorDirect"},
    {"first_seq", "firstSequence"},
    {"subject_transform", "subjectTransform", As::Object, transform},
    {"consumer_limits", "consumerLimits", As::Object, consumerLimits},
    {"metadata", "metadata"},
    {"allow_rollup_hdrs", "allowRollup"},
    {"sealed", "sealed"},
    {"allow_msg_ttl", "allowMsgTtl"},
    {"subject_delete_marker_ttl", "subjectDeleteMarkerTtl", As::Duration},
    {"allow_msg_counter", "allowMsgCounter"},
    {"allow_atomic", "allowAtomicPublish"},
    {"allow_msg_schedules", "allowMsgSchedules"},
    {"persist_mode", "persistMode"},
    {"allow_batched", "allowBatched"},
};

constexpr Name consumer[]{
    {"durable_name", "durableName"},
    {"description", "description"},
    {"filter_subject", "filterSubject"},
    {"filter_subjects", "filterSubjects"},
    {"ack_policy", "ackPolicy", As::AckPolicy},
    {"ack_wait", "ackWait", As::Duration},
    {"max_deliver", "maxDeliver"},
    {"max_ack_pending", "maxAckPending"},
    {"deliver_policy", "deliverPolicy", As::DeliverPolicy},
    {"opt_start_seq", "optStartSeq"},
    {"opt_start_time", "optStartTime"},
    {"replay_policy", "replayPolicy"},
    {"deliver_subject", "deliverSubject"},
    {"deliver_group", "deliverGroup"},
    {"max_waiting", "maxWaiting"},
    {"max_batch", "maxRequestBatch"},
    {"max_expires", "maxRequestExpires", As::Duration},
    {"max_bytes", "maxRequestMaxBytes"},
    {"backoff", "backoff", As::Durations},
    {"inactive_threshold", "inactiveThreshold", As::Duration},
    {"headers_only", "headersOnly"},
    {"flow_control", "flowControl"},
    {"idle_heartbeat", "heartbeatInterval", As::Duration},
    {"rate_limit_bps", "rateLimitBps"},
    {"sample_freq", "sampleFreq"},
    {"num_replicas", "replicas"},
    {"mem_storage", "memStorage"},
    {"metadata", "metadata"},
    {"pause_until", "pauseUntil"},
    {"priority_groups", "priorityGroups"},
    {"priority_policy", "priorityPolicy"},
    {"priority_timeout", "pinnedTtl", As::Duration},
};

bool isSet(const QJsonValue &value)
{
    return !changesBetween({}, {{QStringLiteral("value"), value}}).isEmpty();
}

QJsonObject flattened(QJsonObject object)
{
    const QJsonObject external = object.take(QLatin1String("external")).toObject();
    for (auto each = external.begin(); each != external.end(); ++each)
        object.insert(QStringLiteral("external.") + each.key(), each.value());
    return object;
}

QJsonObject nested(QJsonObject object)
{
    QJsonObject external;
    for (const char *part : {"api", "deliver"}) {
        const QJsonValue value = object.take(QStringLiteral("external.") + QLatin1String(part));
        if (!value.isUndefined())
            external.insert(QLatin1String(part), value);
    }
    if (!external.isEmpty())
        object.insert(QStringLiteral("external"), external);
    return object;
}

/// "by_start_time" as "byStartTime".
QString inCamelCase(const QString &words)
{
    QString text;
    for (const QString &word : words.split(QLatin1Char('_')))
        text += text.isEmpty() ? word : word.left(1).toUpper() + word.mid(1);
    return text;
}

/// "byStartTime" as "by_start_time".
QString inSnakeCase(const QString &words)
{
    QString text;
    for (const QChar letter : words)
        text += letter.isUpper() ? QString(QLatin1Char('_')) + letter.toLower() : QString(letter);
    return text;
}

QJsonValue durationText(const QJsonValue &value)
{
    return goDuration(std::chrono::nanoseconds(value.toInteger()));
}

QJsonValue durationOf(const QJsonValue &value)
{
    const auto duration = fromGoDuration(value.toString());
    return duration ? QJsonValue(qint64(duration->count())) : QJsonValue(QJsonValue::Undefined);
}

/// Undefined where one of them is none.
QJsonValue durationsOf(const QJsonValue &list)
{
    QJsonArray durations;
    for (const QJsonValue &value : list.toArray()) {
        const QJsonValue duration = durationOf(value);
        if (duration.isUndefined())
            return QJsonValue::Undefined;
        durations.append(duration);
    }
    return list.isArray() ? QJsonValue(durations) : QJsonValue(QJsonValue::Undefined);
}

QJsonValue eachOf(const QJsonValue &list, QJsonValue (*change)(const QJsonValue &))
{
    QJsonArray changed;
    for (const QJsonValue &value : list.toArray())
        changed.append(change(value));
    return changed;
}

class ToNack {
public:
    QJsonObject object(const QJsonObject &from, std::span<const Name> names, const QString &path = {})
    {
        QJsonObject to;
        const QJsonObject flat = flattened(from);
        for (auto each = flat.begin(); each != flat.end(); ++each) {
            if (!isSet(each.value()))
                continue;
            const auto name = std::find_if(names.begin(), names.end(),
                [&each](const Name &known) { return each.key() == QLatin1String(known.api); });
            const QString where = path + each.key();
            const QJsonValue made = name == names.end() ? QJsonValue(QJsonValue::Undefined)
                                                        : value(*name, each.value(), where + QLatin1Char('.'));
            if (made.isUndefined())
                missing.append(where);
            else
                to.insert(QLatin1String(name->nack), made);
        }
        return to;
    }

    QStringList missing;

private:
    QJsonValue value(const Name &name, const QJsonValue &from, const QString &path)
    {
        switch (name.as) {
        case As::Same:
            return from;
        case As::Duration:
            return durationText(from);
        case As::Durations:
            return eachOf(from, durationText);
        case As::DeliverPolicy:
            return inCamelCase(from.toString());
        case As::AckPolicy:
            return from.toString() == QLatin1String("flow_control") ? QJsonValue(QJsonValue::Undefined) : from;
        case As::Object:
            return object(from.toObject(), name.inside, path);
        case As::List:
            return list(name, from.toArray(), path);
        }
        return QJsonValue(QJsonValue::Undefined);
    }

    QJsonArray list(const Name &name, const QJsonArray &from, const QString &path)
    {
        QJsonArray to;
        for (const QJsonValue &each : from)
            to.append(object(each.toObject(), name.inside, path));
        return to;
    }
};

class OutOfNack {
public:
    QJsonObject object(const QJsonObject &from, std::span<const Name> names, const QString &path = {})
    {
        QJsonObject to;
        for (auto each = from.begin(); each != from.end(); ++each) {
            const auto name = std::find_if(names.begin(), names.end(),
                [&each](const Name &known) { return each.key() == QLatin1String(known.nack); });
            const QString where = path + each.key();
            const QJsonValue made = name == names.end() ? QJsonValue(QJsonValue::Undefined)
                                                        : value(*name, each.value(), where + QLatin1Char('.'));
            if (!made.isUndefined())
                to.insert(QLatin1String(name->api), made);
            else if (isSet(each.value()))
                unknown.append(where);
        }
        return nested(to);
    }

    QStringList unknown;

private:
    QJsonValue value(const Name &name, const QJsonValue &from, const QString &path)
    {
        switch (name.as) {
        case As::Same:
        case As::AckPolicy:
            return from;
        case As::Duration:
            return durationOf(from);
        case As::Durations:
            return durationsOf(from);
        case As::DeliverPolicy:
            return from.isString() ? QJsonValue(inSnakeCase(from.toString())) : from;
        case As::Object:
            return object(from.toObject(), name.inside, path);
        case As::List:
            return list(name, from.toArray(), path);
        }
        return QJsonValue(QJsonValue::Undefined);
    }

    QJsonArray list(const Name &name, const QJsonArray &from, const QString &path)
    {
        QJsonArray to;
        for (const QJsonValue &each : from)
            to.append(object(each.toObject(), name.inside, path));
        return to;
    }
};

/// A name that Kubernetes takes (RFC 1123).
QString objectName(const QString &name)
{
    static const QRegularExpression others(QStringLiteral("[^a-z0-9.-]+"));
    static const QRegularExpression edges(QStringLiteral("\\A[.-]+|[.-]+\\z"));
    constexpr int longest = 253;
    const QString plain = name.toLower().replace(others, QStringLiteral("-")).left(longest).remove(edges);
    return plain.isEmpty() ? QStringLiteral("unnamed") : plain;
}

QJsonObject resource(const QString &kind, const QString &name, const QJsonObject &spec)
{
    return {{QStringLiteral("apiVersion"), QStringLiteral("jetstream.nats.io/v1beta2")}, {QStringLiteral("kind"), kind},
        {QStringLiteral("metadata"), QJsonObject{{QStringLiteral("name"), objectName(name)}}},
        {QStringLiteral("spec"), spec}};
}

bool isOfNack(const QJsonObject &document, QLatin1String kind)
{
    return document.value(QLatin1String("apiVersion")).toString().startsWith(QLatin1String("jetstream.nats.io/"))
        && document.value(QLatin1String("kind")).toString() == kind;
}

/// Without how NACK connects, and what it may do: that is no part of what it keeps.
QJsonObject specOf(const QJsonObject &document)
{
    QJsonObject spec = document.value(QLatin1String("spec")).toObject();
    for (const char *own :
        {"account", "creds", "nkey", "servers", "tls", "tlsFirst", "jsDomain", "preventDelete", "preventUpdate"})
        spec.remove(QLatin1String(own));
    return spec;
}

} // namespace

NackResource nackStream(const QJsonObject &config)
{
    ToNack conversion;
    QJsonObject portable = portableConfig(config);
    // its schema takes no "unlimited" there, and takes what is left out for that
    if (portable.value(QLatin1String("max_msgs_per_subject")).toInteger() < 0)
        portable.remove(QLatin1String("max_msgs_per_subject"));
    const QJsonObject spec = conversion.object(portable, stream);
    const QString name = config.value(QLatin1String("name")).toString();
    return {resource(QStringLiteral("Stream"), name, spec), conversion.missing};
}

NackResource nackConsumer(const QString &streamName, const QJsonObject &config)
{
    ToNack conversion;
    QJsonObject portable = portableConfig(config);
    const QString durable = portable.value(QLatin1String("durable_name")).toString();
    const QString name = portable.value(QLatin1String("name")).toString(durable);
    if (name == durable)
        portable.remove(QLatin1String("name"));
    QJsonObject spec = conversion.object(portable, consumer);
    spec.insert(QStringLiteral("streamName"), streamName);
    return {resource(QStringLiteral("Consumer"), streamName + QLatin1Char('-') + name, spec), conversion.missing};
}

bool isNackStream(const QJsonObject &document)
{
    return isOfNack(document, QLatin1String("Stream"));
}

bool isNackConsumer(const QJsonObject &document)
{
    return isOfNack(document, QLatin1String("Consumer"));
}

FromNack streamFromNack(const QJsonObject &document)
{
    OutOfNack conversion;
    const QJsonObject config = conversion.object(specOf(document), stream);
    return {config, conversion.unknown};
}

FromNack consumerFromNack(const QJsonObject &document)
{
    OutOfNack conversion;
    QJsonObject spec = specOf(document);
    const QString streamName = spec.take(QLatin1String("streamName")).toString();
    const QJsonObject config = conversion.object(spec, consumer);
    return {config, conversion.unknown, streamName};
}
