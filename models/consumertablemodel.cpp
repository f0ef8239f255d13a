// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/consumertablemodel.h"

#include "models/celltext.h"
#include "models/health.h"
#include "models/relativetime.h"

namespace {

CellFace faceOf(int column)
{
    switch (column) {
    case ConsumerTableModel::NameColumn:
        return CellFace::Name;
    case ConsumerTableModel::PendingColumn:
    case ConsumerTableModel::AckPendingColumn:
    case ConsumerTableModel::RedeliveredColumn:
    case ConsumerTableModel::WaitingColumn:
        return CellFace::Number;
    case ConsumerTableModel::StreamColumn:
    case ConsumerTableModel::StateColumn:
        return CellFace::Plain;
    default:
        return CellFace::Soft;
    }
}

CellTone toneOf(const Consumer &consumer, int column)
{
    if (column != ConsumerTableModel::StateColumn && column != ConsumerTableModel::NameColumn)
        return CellTone::Neutral;
    const CellTone tone = healthOf(consumer).tone;
    return tone == CellTone::Good ? CellTone::Neutral : tone;
}

} // namespace

int ConsumerTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ConsumerTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Consumer &consumer = rowAt(index.row());
    const int column = index.column();
    if (role == Qt::DisplayRole)
        return text(consumer, column);
    const CellTone tone = toneOf(consumer, column);
    if (role == Qt::ToolTipRole || role == Qt::AccessibleDescriptionRole) {
        if (column == LastActivityColumn)
            return exactTime(consumer.lastActivity);
        return tone == CellTone::Neutral ? QString() : healthOf(consumer).text;
    }
    return faceData(faceOf(column), tone, column == NameColumn && tone != CellTone::Neutral, role);
}

QVariant ConsumerTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return faceData(faceOf(section), CellTone::Neutral, false, role);
    if (role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case StreamColumn:
        return tr("Stream");
    case NameColumn:
        return tr("Name");
    case AccountColumn:
        return tr("Account");
    case ModeColumn:
        return tr("Mode");
    case AckPolicyColumn:
        return tr("Ack policy");
    case PendingColumn:
        return tr("Pending");
    case AckPendingColumn:
        return tr("Ack pending");
    case RedeliveredColumn:
        return tr("Redelivered");
    case WaitingColumn:
        return tr("Waiting");
    case LastActivityColumn:
        return tr("Last activity");
    case StateColumn:
        return tr("State");
    case ColumnCount:
        break;
    }
    return {};
}

void ConsumerTableModel::setNow(const QDateTime &now, int first, int last)
{
    const QDateTime before = std::exchange(m_now, now);
    for (int row = std::max(first, 0); row <= std::min(last, rowCount() - 1); ++row) {
        const std::optional<QDateTime> &at = rowAt(row).lastActivity;
        const QModelIndex cell = index(row, LastActivityColumn);
        if (relativeTime(at, before) != relativeTime(at, now))
            emit dataChanged(cell, cell, {Qt::DisplayRole});
    }
}

bool ConsumerTableModel::isLetThrough(const Consumer &consumer) const
{
    if (!isFiltered())
        return true;
    if (!account().isEmpty() && consumer.id.stream.account != account())
        return false;
    return containsWords(QStringList{consumer.id.name, consumer.id.stream.name, consumer.id.stream.account,
        consumer.filterSubjects().join(QLatin1Char(' '))}
                             .join(QLatin1Char(' ')));
}

int ConsumerTableModel::compared(const Consumer &left, const Consumer &right, int column) const
{
    switch (Column(column)) {
    case PendingColumn:
        return comparedNumber(left.pending, right.pending);
    case AckPendingColumn:
        return comparedNumber(left.ackPending, right.ackPending);
    case RedeliveredColumn:
        return comparedNumber(left.redelivered, right.redelivered);
    case WaitingColumn:
        return comparedNumber(left.waiting, right.waiting);
    case LastActivityColumn:
        return comparedTime(left.lastActivity, right.lastActivity);
    default:
        return comparedText(text(left, column), text(right, column));
    }
}

QString ConsumerTableModel::text(const Consumer &consumer, int column) const
{
    switch (Column(column)) {
    case StreamColumn:
        return consumer.id.stream.name;
    case NameColumn:
        return consumer.id.name;
    case AccountColumn:
        return consumer.id.stream.account;
    case ModeColumn:
        return toWire(consumer.mode());
    case AckPolicyColumn:
        return toWire(consumer.ackPolicy());
    case PendingColumn:
        return numberText(consumer.pending);
    case AckPendingColumn:
        return numberText(consumer.ackPending);
    case RedeliveredColumn:
        return numberText(consumer.redelivered);
    case WaitingColumn:
        return numberText(consumer.waiting);
    case LastActivityColumn:
        return relativeTime(consumer.lastActivity, m_now);
    case StateColumn:
        return healthOf(consumer).text;
    case ColumnCount:
        break;
    }
    return {};
}
