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

QString headersText(const StreamMessage &message)
{
    QStringList lines;
    for (const MessageHeader &header : message.headers())
        lines.append(QStringLiteral("%1: %2").arg(header.name, header.value));
    return lines.join(QLatin1Char('\n'));
}

/// One column's worth of it: what a subject holds is for people to see, not to act on.
QString plain(const QString &text)
{
    return payloadPreview(text.toUtf8(), int(text.size()));
}

} // namespace

MessageTableModel::MessageTableModel(QObject *parent)
    : ObjectTableModel(
        {{tr("Sequence"), CellFace::Number}, {tr("Stored"), CellFace::Soft}, {tr("Subject"), CellFace::Code},
            {tr("Headers"), CellFace::Number}, {tr("Size"), CellFace::Number}, {tr("Payload"), CellFace::Code}},
        TimeColumn, parent)
{
}

void MessageTableModel::setMessages(const QList<StreamMessage> &messages)
{
    QList<MessageRow> next;
    next.reserve(messages.size());
    for (const StreamMessage &message : messages) {
        const std::optional<MessageRow> known = find(message.sequence);
        if (known && isSame(*known->message, message))
            next.append(*known);
        else
            next.append(
                {message.sequence, std::make_shared<const StreamMessage>(message), payloadPreview(message.payload)});
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
        return message.headerBlock.isEmpty() ? QString() : numberText(quint64(message.headers().size()));
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
    case HeadersColumn:
        return headersText(message);
    case SizeColumn:
        return tr("%1 bytes of payload").arg(numberText(quint64(message.payload.size())));
    default:
        return {};
    }
}
