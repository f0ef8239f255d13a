// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/configurationrows.h"

#include "services/domain/bytecount.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

#include <algorithm>

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Configuration", text);
}

bool isDuration(const QString &field)
{
    static const QSet<QString> fields{QStringLiteral("max_age"), QStringLiteral("duplicate_window"),
        QStringLiteral("ack_wait"), QStringLiteral("backoff"), QStringLiteral("inactive_threshold"),
        QStringLiteral("idle_heartbeat"), QStringLiteral("max_expires"), QStringLiteral("priority_timeout"),
        QStringLiteral("subject_delete_marker_ttl")};
    return fields.contains(field.section(QLatin1Char('.'), -1)); // also of what stands within another
}

bool isSize(const QString &field)
{
    return field == QLatin1String("max_bytes") || field == QLatin1String("max_msg_size");
}

bool isUnlimitedBelowZero(const QString &field)
{
    return field.startsWith(QLatin1String("max_"));
}

QString durationText(qint64 nanoseconds)
{
    static constexpr std::pair<qint64, const char *> units[] = {{86'400'000'000'000, "d"}, {3'600'000'000'000, "h"},
        {60'000'000'000, "min"}, {1'000'000'000, "s"}, {1'000'000, "ms"}, {1'000, "µs"}};
    for (const auto &[size, unit] : units) {
        if (nanoseconds >= size && nanoseconds % size == 0)
            return QStringLiteral("%1 %2").arg(nanoseconds / size).arg(QString::fromUtf8(unit));
    }
    return {};
}

QString meaningOf(const QString &field, qint64 number)
{
    if (number == -1 && isUnlimitedBelowZero(field))
        return tr("unlimited");
    if (number == 0 && field == QLatin1String("max_age"))
        return tr("unlimited");
    if (isDuration(field))
        return durationText(number);
    return isSize(field) ? ByteCount{number}.text() : QString();
}

QString valueText(const QString &field, const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Bool:
        return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    case QJsonValue::Double: {
        const QString number = value.toVariant().toString();
        const QString meaning = meaningOf(field, value.toInteger());
        return meaning.isEmpty() ? number : QStringLiteral("%1 (%2)").arg(number, meaning);
    }
    case QJsonValue::String:
        return value.toString();
    case QJsonValue::Array:
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
    case QJsonValue::Object:
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    default:
        return QStringLiteral("null");
    }
}

void appendField(QList<ConfigurationRow> &rows, const QString &field, const QJsonValue &value)
{
    QString name = field;
    if (value.isArray() && !value.toArray().isEmpty()) {
        for (const QJsonValue &item : value.toArray())
            rows.append({std::exchange(name, {}), valueText(field, item)});
    } else if (value.isObject() && !value.toObject().isEmpty()) {
        const QJsonObject object = value.toObject();
        for (auto item = object.begin(); item != object.end(); ++item)
            appendField(rows, QStringLiteral("%1.%2").arg(field, item.key()), item.value());
    } else {
        rows.append({name, valueText(field, value)});
    }
}

} // namespace

QList<ConfigurationRow> configurationRows(const QJsonObject &config)
{
    QList<ConfigurationRow> rows;
    QStringList first{QStringLiteral("name"), QStringLiteral("durable_name"), QStringLiteral("description"),
        QStringLiteral("subjects")};
    first.removeIf([&config](const QString &field) { return !config.contains(field); });
    for (const QString &field : std::as_const(first))
        appendField(rows, field, config.value(field));
    for (auto field = config.begin(); field != config.end(); ++field) {
        if (!first.contains(field.key()))
            appendField(rows, field.key(), field.value());
    }
    return rows;
}

QString configurationValueText(const QString &field, const QJsonValue &value)
{
    return value.isUndefined() || value.isNull() ? tr("not set") : valueText(field, value);
}
