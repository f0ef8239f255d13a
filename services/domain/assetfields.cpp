// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/assetfields.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace {

using Value = AssetField::Value;
using Later = AssetField::Later;

constexpr AssetField stream[]{
    {"name", Value::Text, {2, 2, 0}, Later::Fixed},
    {"description", Value::Text, {2, 3, 3}, Later::Editable},
    {"subjects", Value::Subjects, {2, 2, 0}, Later::Editable},
    {"retention", Value::Word, {2, 2, 0}, Later::Editable}, // but to and from a work queue
    {"storage", Value::Word, {2, 2, 0}, Later::Fixed},
    {"num_replicas", Value::Count, {2, 2, 0}, Later::Editable},
    {"max_age", Value::Duration, {2, 2, 0}, Later::Editable},
    {"max_msgs", Value::Count, {2, 2, 0}, Later::Editable},
    {"max_bytes", Value::Bytes, {2, 2, 0}, Later::Editable},
    {"discard", Value::Word, {2, 2, 0}, Later::Editable},
    {"max_msg_size", Value::Bytes, {2, 2, 0}, Later::Editable},
    {"duplicate_window", Value::Duration, {2, 2, 0}, Later::Editable},
    {"compression", Value::Word, {2, 10, 0}, Later::Editable},
    {"allow_direct", Value::Flag, {2, 9, 0}, Later::Editable},
    {"deny_delete", Value::Flag, {2, 6, 2}, Later::OnlyOn},
    {"deny_purge", Value::Flag, {2, 6, 2}, Later::OnlyOn},
    {"max_msgs_per_subject", Value::Count, {2, 3, 0}, Later::Editable},
    {"discard_new_per_subject", Value::Flag, {2, 9, 1}, Later::Editable},
    {"max_consumers", Value::Count, {2, 2, 0}, Later::Editable}, // since 2.12.5
    {"no_ack", Value::Flag, {2, 2, 0}, Later::Editable},
    {"placement", Value::Document, {2, 2, 0}, Later::Editable},
    {"mirror", Value::Document, {2, 2, 0}, Later::Editable}, // only to be taken away, since 2.12
    {"sources", Value::Document, {2, 2, 0}, Later::Editable},
    {"republish", Value::Document, {2, 8, 3}, Later::Editable},
    {"mirror_direct", Value::Flag, {2, 9, 0}, Later::Editable},
    {"first_seq", Value::Count, {2, 10, 0}, Later::Fixed},
    {"subject_transform", Value::Document, {2, 10, 0}, Later::Editable},
    {"consumer_limits", Value::Document, {2, 10, 0}, Later::Editable},
    {"metadata", Value::Document, {2, 10, 0}, Later::Editable},
    {"allow_rollup_hdrs", Value::Flag, {2, 6, 2}, Later::Editable},
    {"sealed", Value::Flag, {2, 6, 2}, Later::OnlyOn},
    {"allow_msg_ttl", Value::Flag, {2, 11, 0}, Later::OnlyOn},
    {"subject_delete_marker_ttl", Value::Duration, {2, 11, 0}, Later::Editable},
    {"allow_msg_counter", Value::Flag, {2, 12, 0}, Later::Fixed},
    {"allow_atomic", Value::Flag, {2, 12, 0}, Later::Editable},
    {"allow_msg_schedules", Value::Flag, {2, 12, 0}, Later::OnlyOn},
    {"persist_mode", Value::Word, {2, 12, 0}, Later::Fixed},
    {"allow_batched", Value::Flag, {2, 14, 0}, Later::Editable},
};

constexpr AssetField consumer[]{
    {"name", Value::Text, {2, 9, 0}, Later::Fixed},
    {"durable_name", Value::Text, {2, 2, 0}, Later::Fixed},
    {"description", Value::Text, {2, 3, 3}, Later::Editable},
    {"filter_subject", Value::Text, {2, 2, 0}, Later::Editable},
    {"filter_subjects", Value::Subjects, {2, 10, 0}, Later::Editable},
    {"ack_policy", Value::Word, {2, 2, 0}, Later::Fixed},
    {"ack_wait", Value::Duration, {2, 2, 0}, Later::Editable},
    {"max_deliver", Value::Count, {2, 2, 0}, Later::Editable},
    {"max_ack_pending", Value::Count, {2, 2, 0}, Later::Editable},
    {"deliver_policy", Value::Word, {2, 2, 0}, Later::Fixed},
    {"opt_start_seq", Value::Count, {2, 2, 0}, Later::Fixed},
    {"opt_start_time", Value::Text, {2, 2, 0}, Later::Fixed},
    {"replay_policy", Value::Word, {2, 2, 0}, Later::Fixed},
    {"deliver_subject", Value::Text, {2, 2, 0}, Later::Editable},
    {"deliver_group", Value::Text, {2, 4, 0}, Later::Fixed},
    {"max_waiting", Value::Count, {2, 2, 0}, Later::Fixed},
    {"max_batch", Value::Count, {2, 7, 0}, Later::Editable},
    {"max_expires", Value::Duration, {2, 7, 0}, Later::Editable},
    {"max_bytes", Value::Bytes, {2, 8, 3}, Later::Editable},
    {"backoff", Value::Document, {2, 7, 1}, Later::Editable},
    {"inactive_threshold", Value::Duration, {2, 7, 0}, Later::Editable},
    {"headers_only", Value::Flag, {2, 6, 2}, Later::Editable},
    {"flow_control", Value::Flag, {2, 2, 0}, Later::Fixed},
    {"idle_heartbeat", Value::Duration, {2, 2, 0}, Later::Fixed},
    {"rate_limit_bps", Value::Count, {2, 2, 0}, Later::Editable},
    {"sample_freq", Value::Text, {2, 2, 0}, Later::Editable},
    {"num_replicas", Value::Count, {2, 8, 3}, Later::Editable},
    {"mem_storage", Value::Flag, {2, 8, 3}, Later::Fixed},
    {"metadata", Value::Document, {2, 10, 0}, Later::Editable},
    {"pause_until", Value::Text, {2, 11, 0}, Later::Editable},
    {"priority_groups", Value::Document, {2, 11, 0}, Later::Editable},
    {"priority_policy", Value::Word, {2, 11, 0}, Later::Editable},
    {"priority_timeout", Value::Duration, {2, 11, 0}, Later::Editable},
};

/// What Go's clients write for a moment that is not set.
constexpr QLatin1String goZeroTime("0001-01-01T00:00:00Z");

/// Servers leave out what means nothing, and take what is left out for that.
bool meansNothing(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Undefined:
    case QJsonValue::Null:
        return true;
    case QJsonValue::Bool:
        return !value.toBool();
    case QJsonValue::Double:
        return value.toDouble() == 0;
    case QJsonValue::String:
        return value.toString().isEmpty() || value.toString() == goZeroTime;
    case QJsonValue::Array:
        return value.toArray().isEmpty();
    case QJsonValue::Object:
        return value.toObject().isEmpty();
    }
    return true;
}

QStringList keysOf(const QJsonObject &before, const QJsonObject &after)
{
    QStringList keys = before.keys() + after.keys();
    keys.removeDuplicates();
    keys.sort();
    return keys;
}

using Compared = bool(const QJsonValue &, const QJsonValue &);

bool areItems(const QJsonArray &before, const QJsonArray &after, Compared *compared)
{
    return before.size() == after.size()
        && std::equal(before.begin(), before.end(), after.begin(),
            [compared](const QJsonValue &one, const QJsonValue &other) { return compared(one, other); });
}

bool isSame(const QJsonValue &before, const QJsonValue &after)
{
    if (before == after || (meansNothing(before) && meansNothing(after)))
        return true;
    if (before.isArray() && after.isArray())
        return areItems(before.toArray(), after.toArray(), isSame);
    if (!before.isObject() || !after.isObject())
        return false;
    const QStringList keys = keysOf(before.toObject(), after.toObject());
    return std::all_of(keys.cbegin(), keys.cend(),
        [&](const QString &key) { return isSame(before.toObject().value(key), after.toObject().value(key)); });
}

/// The same, or with more than was asked for.
bool isTaken(const QJsonValue &asked, const QJsonValue &answered)
{
    if (isSame(asked, answered))
        return true;
    if (asked.isArray() && answered.isArray())
        return areItems(asked.toArray(), answered.toArray(), isTaken);
    const QStringList keys = asked.toObject().keys();
    return asked.isObject() && answered.isObject() && std::all_of(keys.cbegin(), keys.cend(), [&](const QString &key) {
        return isTaken(asked.toObject().value(key), answered.toObject().value(key));
    });
}

void appendMetadata(QList<FieldChange> &changes, const QJsonObject &before, const QJsonObject &after)
{
    for (const QString &key : keysOf(before, after)) {
        if (!isServersOwn(key) && before.value(key) != after.value(key))
            changes.append({QStringLiteral("metadata.") + key, before.value(key), after.value(key)});
    }
}

} // namespace

std::span<const AssetField> streamFields()
{
    return stream;
}

std::span<const AssetField> consumerFields()
{
    return consumer;
}

const AssetField *fieldNamed(std::span<const AssetField> fields, const QString &name)
{
    const auto found = std::find_if(
        fields.begin(), fields.end(), [&name](const AssetField &field) { return name == QLatin1String(field.name); });
    return found == fields.end() ? nullptr : &*found;
}

QList<FieldChange> changesBetween(const QJsonObject &before, const QJsonObject &after)
{
    QList<FieldChange> changes;
    for (const QString &key : keysOf(before, after)) {
        const QJsonValue was = before.value(key);
        const QJsonValue is = after.value(key);
        if (key == QLatin1String("metadata"))
            appendMetadata(changes, was.toObject(), is.toObject());
        else if (!isSame(was, is))
            changes.append({key, was, is});
    }
    return changes;
}

QJsonObject portableConfig(QJsonObject config)
{
    QJsonObject metadata = config.value(QLatin1String("metadata")).toObject();
    for (const QString &key : metadata.keys()) {
        if (isServersOwn(key))
            metadata.remove(key);
    }
    if (metadata.isEmpty())
        config.remove(QLatin1String("metadata"));
    else
        config.insert(QLatin1String("metadata"), metadata);
    return config;
}

QList<FieldChange> notTaken(const QJsonObject &asked, const QJsonObject &answered)
{
    QList<FieldChange> missing = changesBetween(asked, answered);
    missing.removeIf(
        [](const FieldChange &change) { return change.before.isUndefined() || isTaken(change.before, change.after); });
    return missing;
}

bool isServersOwn(const QString &metadataKey)
{
    return metadataKey.startsWith(QLatin1String("_nats."));
}

QStringList fieldPath(const QString &field)
{
    const qsizetype dot = field.indexOf(u'.');
    if (field.startsWith(QLatin1String("metadata."))) // whose keys hold dots
        return {field.left(dot), field.mid(dot + 1)};
    return field.split(u'.');
}

QJsonValue valueAt(const QJsonObject &config, const QStringList &path)
{
    const QJsonValue value = config.value(path.constFirst());
    return path.size() == 1 ? value : valueAt(value.toObject(), path.mid(1));
}

QJsonObject withValueAt(QJsonObject config, const QStringList &path, const QJsonValue &value)
{
    const QString &key = path.constFirst();
    QJsonValue inner = value;
    if (path.size() > 1) {
        const QJsonObject object = withValueAt(config.value(key).toObject(), path.mid(1), value);
        inner = object.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(object);
    }
    if (inner.isUndefined())
        config.remove(key);
    else
        config.insert(key, inner);
    return config;
}

QString linkedAppField()
{
    return QStringLiteral("metadata.") + QLatin1String(linkedAppKey);
}

QString linkedAppProblem(const QJsonObject &config, const QJsonObject &before)
{
    const auto appOf = [](const QJsonObject &of) {
        return of.value(QLatin1String("metadata")).toObject().value(QLatin1String(linkedAppKey)).toString();
    };
    static const QRegularExpression workload(
        QStringLiteral("\\A[a-z0-9]([-a-z0-9]*[a-z0-9])?/[a-z0-9]([-.a-z0-9]*[a-z0-9])?\\z"));
    const QString app = appOf(config);
    return app.isEmpty() || app == appOf(before) || workload.match(app).hasMatch()
        ? QString()
        : QCoreApplication::translate("Stream", "Name the workload by its namespace and name, such as shop/checkout.");
}
