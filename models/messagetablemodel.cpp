// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messagetablemodel.h"

#include "services/domain/bytecount.h"
#include "services/domain/messagepayload.h"

namespace {

/// The same one, not another that has its sequence after the stream was made anew.
bool isSame(const StreamMessage &left, const StreamMessage &right)
{
    return left.timestamp == right.timestamp && left.subject == right.subject;
}

constexpr qsizetype mostHeadersTold = 20;
constexpr int mostOfHeader = 200;

/// One column's worth of it: what a subject holds is for people to see, not to act on.
QString plain(const QString &text)
{
    return payloadPreview(text.toUtf8(), int(text.size()));
}

QString headersTip(const StreamMessage &message, qsizetype count)
{
    // of a single header that fills a block of megabytes the beginning is enough
    constexpr qsizetype mostOfBlock = 16 * 1024;
    QStringList lines;
    for (const MessageHeader &header : headersIn(message.headerBlock.left(mostOfBlock), mostHeadersTold))
        lines.append(plain(QStringLiteral("%1: %2").arg(header.name, header.value)).left(mostOfHeader));
    if (count > lines.size())
        lines.append(QString(QChar(0x2026)));
    return lines.join(QLatin1Char('\n'));
}

MessageRow rowOf(const StreamMessage &message)
{
    const qsizetype count = headerCount(message.headerBlock);
    return {message.sequence, std::make_shared<const StreamMessage>(message), payloadPreview(message.payload), count,
        headersTip(message, count)};
}

} // namespace

MessageTableModel::MessageTableModel(QObject *parent)
    : ObjectTableModel(
        {{tr("Sequence"), CellFace::Number}, {tr("Stored"), CellFace::Soft}, {tr("Subject"), CellFace::Code},
            {tr("Headers"), CellFace::Number}, {tr("Size"), CellFace::Number}, {tr("Payload"), CellFace::Code}},
        TimeColumn, parent)
{
}

void MessageTableModel::setMessages(const QList<StreamMessage> &messages, const QHash<quint64, Mark> &marks)
{
    QList<MessageRow> next;
    next.reserve(messages.size());
    for (const StreamMessage &message : messages) {
        const std::optional<MessageRow> known = find(message.sequence);
        if (known && isSame(*known->message, message))
            next.append(*known);
        else
            next.append(rowOf(message));
        const Mark mark = marks.value(message.sequence);
        next.last().tag = mark.tag;
        next.last().reason = mark.reason;
    }
    setRows(std::move(next));
}

QVariant MessageTableModel::data(const QModelIndex &index, int role) const
{
    if (role == CellBeginningRole)
        return index.column() == PayloadColumn;
    return ObjectTableModel::data(index, role);
}

int MessageTableModel::compared(const MessageRow &left, const MessageRow &right, int column) const
{
    return column == SequenceColumn ? comparedNumber(left.id, right.id) : 0;
}

QString MessageTableModel::text(const MessageRow &row, int column) const
{
    const StreamMessage &message = *row.message;
    switch (Column(column)) {
    case SequenceColumn:
        return numberText(row.id);
    case TimeColumn:
        return relativeTime(message.time, now());
    case SubjectColumn:
        return plain(message.subject);
    case HeadersColumn:
        return message.headerBlock.isEmpty() ? QString() : numberText(quint64(row.headerCount));
    case SizeColumn:
        return ByteCount{message.payload.size()}.text();
    case PayloadColumn:
        return row.preview;
    case ColumnCount:
        break;
    }
    return {};
}

QString MessageTableModel::toolTip(const MessageRow &row, int column) const
{
    const StreamMessage &message = *row.message;
    switch (column) {
    case TimeColumn:
        return exactTime(message.time);
    case SubjectColumn:
        return row.reason;
    case HeadersColumn:
        return row.headersTip;
    case SizeColumn:
        return tr("%1 bytes of payload").arg(numberText(quint64(message.payload.size())));
    default:
        return {};
    }
}
