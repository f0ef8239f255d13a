// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/objecttablemodel.h"
#include "services/domain/streammessage.h"

#include <QHash>

#include <memory>

/// A message under the sequence that lists know it by. Shared: rows are compared and kept without its payload's copy.
struct MessageRow {
    quint64 id = 0;
    std::shared_ptr<const StreamMessage> message;
    QString preview; ///< of its payload, made once, as what follows
    qsizetype headerCount = 0;
    QString headersTip = {}; ///< the first of its headers
    QString tag = {}; ///< a word that stands beside its subject; empty: none
    QString reason = {}; ///< what the tag means

    bool operator==(const MessageRow &other) const
    {
        return id == other.id && message == other.message && tag == other.tag && reason == other.reason;
    }
};

/// Messages of one stream, by sequence: a page, or the newest ones.
class MessageTableModel final : public ObjectTableModel<MessageRow> {
    Q_OBJECT

public:
    enum Column { SequenceColumn, TimeColumn, SubjectColumn, HeadersColumn, SizeColumn, PayloadColumn, ColumnCount };

    explicit MessageTableModel(QObject *parent = nullptr);

    /// What a message is marked with.
    struct Mark {
        QString tag;
        QString reason;
    };

    /// Of messages that are there already the row stays. `marks` by sequence.
    void setMessages(const QList<StreamMessage> &messages, const QHash<quint64, Mark> &marks = {});

    QVariant data(const QModelIndex &index, int role) const override;

protected:
    QString searchText(const MessageRow &row) const override { return row.message->subject; }
    int compared(const MessageRow &left, const MessageRow &right, int column) const override;
    bool isSortedByText(int) const override { return false; }
    QString text(const MessageRow &row, int column) const override;
    QString toolTip(const MessageRow &row, int column) const override;
    QString tag(const MessageRow &row, int column) const override
    {
        return column == SubjectColumn ? row.tag : QString();
    }
    CellTone tone(const MessageRow &, int) const override { return CellTone::Neutral; }
    std::optional<QDateTime> time(const MessageRow &row) const override { return row.message->time; }
};
