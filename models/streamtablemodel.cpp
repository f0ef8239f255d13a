// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/streamtablemodel.h"

#include "models/bucketwords.h"
#include "models/celltext.h"
#include "models/health.h"
#include "models/relativetime.h"

namespace {

QString replicasText(const Stream &stream)
{
    const int replicas = stream.replicas();
    if (stream.currentReplicas == replicas || stream.isOffline)
        return QString::number(replicas);
    return QStringLiteral("%1/%2").arg(stream.currentReplicas).arg(replicas);
}

} // namespace

StreamTableModel::StreamTableModel(QObject *parent)
    : ObjectTableModel(
        {{tr("Account"), CellFace::Soft}, {tr("Name"), CellFace::Name}, {tr("Subjects"), CellFace::Code},
            {tr("Retention"), CellFace::Soft}, {tr("Storage"), CellFace::Soft}, {tr("Replicas"), CellFace::Number},
            {tr("Messages"), CellFace::Number}, {tr("Bytes"), CellFace::Number}, {tr("Consumers"), CellFace::Number},
            {tr("Last message"), CellFace::Soft}, {tr("Linked app"), CellFace::Soft}, {tr("State"), CellFace::Plain}},
        LastMessageColumn, parent)
{
}

CellTone StreamTableModel::tone(const Stream &stream, int column) const
{
    if (column != NameColumn && column != ReplicasColumn && column != StateColumn)
        return CellTone::Neutral;
    const CellTone tone = (column == ReplicasColumn ? replicaHealthOf(stream) : healthOf(stream)).tone;
    return tone == CellTone::Good ? CellTone::Neutral : tone;
}

std::optional<QDateTime> StreamTableModel::time(const Stream &stream) const
{
    return stream.lastMessageAt;
}

QString StreamTableModel::searchText(const Stream &stream) const
{
    return QStringList{stream.id.name, stream.id.account, stream.subjects().join(QLatin1Char(' ')), stream.linkedApp(),
        stream.description()}
        .join(QLatin1Char(' '));
}

QString StreamTableModel::accountOf(const Stream &stream) const
{
    return stream.id.account;
}

bool StreamTableModel::isSortedByText(int column) const
{
    return column != StateColumn && ObjectTableModel::isSortedByText(column);
}

int StreamTableModel::compared(const Stream &left, const Stream &right, int column) const
{
    switch (Column(column)) {
    case ReplicasColumn:
        return comparedNumber(left.replicas(), right.replicas());
    case MessagesColumn:
        return comparedNumber(left.messages, right.messages);
    case BytesColumn:
        return comparedNumber(left.bytes.bytes, right.bytes.bytes);
    case ConsumersColumn:
        return comparedNumber(left.consumerCount, right.consumerCount);
    case LastMessageColumn:
        return comparedTime(left.lastMessageAt, right.lastMessageAt);
    case StateColumn:
        return comparedNumber(healthOf(left).tone, healthOf(right).tone);
    default:
        return 0;
    }
}

QString StreamTableModel::text(const Stream &stream, int column) const
{
    const auto known = [&stream](const QString &text) { return stream.isOffline ? QStringLiteral("–") : text; };
    switch (Column(column)) {
    case AccountColumn:
        return stream.id.account;
    case NameColumn:
        return stream.id.name;
    case SubjectsColumn:
        return stream.subjects().join(QStringLiteral(", "));
    case RetentionColumn:
        return toWire(stream.retention());
    case StorageColumn:
        return toWire(stream.storage());
    case ReplicasColumn:
        return replicasText(stream);
    case MessagesColumn:
        return known(numberText(stream.messages));
    case BytesColumn:
        return known(stream.bytes.text());
    case ConsumersColumn:
        return known(numberText(quint64(std::max(stream.consumerCount, 0))));
    case LastMessageColumn:
        return known(relativeTime(stream.lastMessageAt, now()));
    case LinkedAppColumn:
        return stream.linkedApp();
    case StateColumn:
        return healthOf(stream).text;
    case ColumnCount:
        break;
    }
    return {};
}

QString StreamTableModel::tag(const Stream &stream, int column) const
{
    if (column != NameColumn)
        return {};
    const std::optional<Bucket> bucket = stream.bucket();
    QStringList tags{
        stream.owner ? toolName(stream.owner->tool) : QString(), bucket ? BucketWords::tag(*bucket) : QString()};
    tags.removeAll(QString());
    return tags.join(QStringLiteral(" · "));
}

QString StreamTableModel::toolTip(const Stream &stream, int column) const
{
    switch (column) {
    case NameColumn:
    case StateColumn:
    case ReplicasColumn: {
        if (column == NameColumn && stream.owner)
            return ownerToolTip(*stream.owner);
        if (const auto bucket = stream.bucket(); column == NameColumn && bucket)
            return BucketWords::meaning(*bucket);
        const Health health = column == ReplicasColumn ? replicaHealthOf(stream) : healthOf(stream);
        return health.tone == CellTone::Good ? QString() : health.text;
    }
    case MessagesColumn:
        return stream.isOffline || !stream.maxMessages()
            ? QString()
            : tr("%1 of %2 messages").arg(numberText(stream.messages), numberText(*stream.maxMessages()));
    case BytesColumn: {
        const QString stored = tr("%1 bytes").arg(numberText(quint64(stream.bytes.bytes)));
        if (stream.isOffline)
            return {};
        return stream.maxBytes() ? tr("%1 of %2").arg(stored, stream.maxBytes()->text()) : stored;
    }
    case LastMessageColumn:
        return exactTime(stream.lastMessageAt);
    default:
        return {};
    }
}
