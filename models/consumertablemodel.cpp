// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/consumertablemodel.h"

#include "models/celltext.h"
#include "models/health.h"
#include "models/relativetime.h"

ConsumerTableModel::ConsumerTableModel(QObject *parent)
    : ObjectTableModel(
        {{tr("Stream"), CellFace::Plain}, {tr("Name"), CellFace::Name}, {tr("Account"), CellFace::Soft},
            {tr("Mode"), CellFace::Soft}, {tr("Ack policy"), CellFace::Soft}, {tr("Pending"), CellFace::Number},
            {tr("Ack pending"), CellFace::Number}, {tr("Redelivered"), CellFace::Number},
            {tr("Waiting"), CellFace::Number}, {tr("Last activity"), CellFace::Soft}, {tr("State"), CellFace::Plain}},
        LastActivityColumn, parent)
{
}

CellTone ConsumerTableModel::tone(const Consumer &consumer, int column) const
{
    if (column != StateColumn && column != NameColumn)
        return CellTone::Neutral;
    const CellTone tone = healthOf(consumer, now()).tone;
    return tone == CellTone::Good ? CellTone::Neutral : tone;
}

std::optional<QDateTime> ConsumerTableModel::time(const Consumer &consumer) const
{
    return consumer.lastActivity;
}

bool ConsumerTableModel::isOtherAt(const Consumer &consumer, const QDateTime &before, const QDateTime &now) const
{
    return consumer.isBetweenPulls() && healthOf(consumer, before) != healthOf(consumer, now);
}

QString ConsumerTableModel::searchText(const Consumer &consumer) const
{
    return QStringList{consumer.id.name, consumer.id.stream.name, consumer.id.stream.account,
        consumer.filterSubjects().join(QLatin1Char(' '))}
        .join(QLatin1Char(' '));
}

QString ConsumerTableModel::accountOf(const Consumer &consumer) const
{
    return consumer.id.stream.account;
}

QString ConsumerTableModel::sortText(const Consumer &consumer, int column) const
{
    return column == StateColumn ? QString::number(int(healthOf(consumer, now()).tone)) : text(consumer, column);
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
        return 0;
    }
}

QString ConsumerTableModel::text(const Consumer &consumer, int column) const
{
    const auto known = [&consumer](const QString &text) { return consumer.isOffline ? QStringLiteral("–") : text; };
    switch (Column(column)) {
    case StreamColumn:
        return consumer.id.stream.name;
    case NameColumn:
        return consumer.id.name;
    case AccountColumn:
        return consumer.id.stream.account;
    case ModeColumn:
        return known(toWire(consumer.mode()));
    case AckPolicyColumn:
        return known(toWire(consumer.ackPolicy()));
    case PendingColumn:
        return known(numberText(consumer.pending));
    case AckPendingColumn:
        return known(numberText(consumer.ackPending));
    case RedeliveredColumn:
        return known(numberText(consumer.redelivered));
    case WaitingColumn:
        return known(numberText(consumer.waiting));
    case LastActivityColumn:
        return known(relativeTime(consumer.lastActivity, now()));
    case StateColumn:
        return healthOf(consumer, now()).text;
    case ColumnCount:
        break;
    }
    return {};
}

QString ConsumerTableModel::tag(const Consumer &consumer, int column) const
{
    return column == NameColumn && consumer.owner ? toolName(consumer.owner->tool) : QString();
}

QString ConsumerTableModel::toolTip(const Consumer &consumer, int column) const
{
    if (column == LastActivityColumn)
        return exactTime(consumer.lastActivity);
    if (column == NameColumn && consumer.owner)
        return ownerToolTip(*consumer.owner);
    return tone(consumer, column) == CellTone::Neutral ? QString() : healthOf(consumer, now()).text;
}
