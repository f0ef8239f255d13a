// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/streamtablemodel.h"

#include "models/celltext.h"
#include "models/health.h"
#include "models/relativetime.h"

namespace {

CellFace faceOf(int column)
{
    switch (column) {
    case StreamTableModel::NameColumn:
        return CellFace::Name;
    case StreamTableModel::SubjectsColumn:
        return CellFace::Code;
    case StreamTableModel::ReplicasColumn:
    case StreamTableModel::MessagesColumn:
    case StreamTableModel::BytesColumn:
    case StreamTableModel::ConsumersColumn:
        return CellFace::Number;
    case StreamTableModel::StateColumn:
        return CellFace::Plain;
    default:
        return CellFace::Soft;
    }
}

CellTone toneOf(const Stream &stream, int column)
{
    switch (column) {
    case StreamTableModel::NameColumn:
    case StreamTableModel::ReplicasColumn:
    case StreamTableModel::StateColumn: {
        const CellTone tone = healthOf(stream).tone;
        return tone == CellTone::Good ? CellTone::Neutral : tone;
    }
    default:
        return CellTone::Neutral;
    }
}

QString replicasText(const Stream &stream)
{
    const int replicas = stream.replicas();
    if (stream.currentReplicas == replicas || stream.isOffline)
        return QString::number(replicas);
    return QStringLiteral("%1/%2").arg(stream.currentReplicas).arg(replicas);
}

} // namespace

int StreamTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant StreamTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Stream &stream = rowAt(index.row());
    const int column = index.column();
    if (role == Qt::DisplayRole)
        return text(stream, column);
    if (role == Qt::ToolTipRole || role == Qt::AccessibleDescriptionRole)
        return toolTip(stream, column);
    const CellTone tone = toneOf(stream, column);
    return faceData(faceOf(column), tone, column == NameColumn && tone != CellTone::Neutral, role);
}

QVariant StreamTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return faceData(faceOf(section), CellTone::Neutral, false, role);
    if (role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case AccountColumn:
        return tr("Account");
    case NameColumn:
        return tr("Name");
    case SubjectsColumn:
        return tr("Subjects");
    case RetentionColumn:
        return tr("Retention");
    case StorageColumn:
        return tr("Storage");
    case ReplicasColumn:
        return tr("Replicas");
    case MessagesColumn:
        return tr("Messages");
    case BytesColumn:
        return tr("Bytes");
    case ConsumersColumn:
        return tr("Consumers");
    case LastMessageColumn:
        return tr("Last message");
    case StateColumn:
        return tr("State");
    case ColumnCount:
        break;
    }
    return {};
}

void StreamTableModel::setNow(const QDateTime &now, int first, int last)
{
    const QDateTime before = std::exchange(m_now, now);
    for (int row = std::max(first, 0); row <= std::min(last, rowCount() - 1); ++row) {
        const std::optional<QDateTime> &at = rowAt(row).lastMessageAt;
        const QModelIndex cell = index(row, LastMessageColumn);
        if (relativeTime(at, before) != relativeTime(at, now))
            emit dataChanged(cell, cell, {Qt::DisplayRole});
    }
}

bool StreamTableModel::isLetThrough(const Stream &stream) const
{
    if (!isFiltered())
        return true;
    if (!account().isEmpty() && stream.id.account != account())
        return false;
    return containsWords(
        QStringList{stream.id.name, stream.id.account, stream.subjects().join(QLatin1Char(' ')), stream.description()}
            .join(QLatin1Char(' ')));
}

int StreamTableModel::compared(const Stream &left, const Stream &right, int column) const
{
    switch (Column(column)) {
    case AccountColumn:
        return comparedText(left.id.account, right.id.account);
    case NameColumn:
        return comparedText(left.id.name, right.id.name);
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
        return comparedText(text(left, column), text(right, column));
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
        return known(relativeTime(stream.lastMessageAt, m_now));
    case StateColumn:
        return healthOf(stream).text;
    case ColumnCount:
        break;
    }
    return {};
}

QString StreamTableModel::toolTip(const Stream &stream, int column) const
{
    switch (column) {
    case NameColumn:
    case ReplicasColumn: {
        const Health health = healthOf(stream);
        return health.tone == CellTone::Good ? QString() : health.text;
    }
    case BytesColumn:
        return stream.isOffline ? QString() : tr("%1 bytes").arg(numberText(quint64(stream.bytes.bytes)));
    case LastMessageColumn:
        return exactTime(stream.lastMessageAt);
    default:
        return {};
    }
}
