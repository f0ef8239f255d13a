// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/objecttablemodel.h"
#include "services/domain/stream.h"

/// Streams of all accounts as a table; the filter looks at name, account, subjects, linked app and
/// description.
class StreamTableModel final : public ObjectTableModel<Stream> {
    Q_OBJECT

public:
    enum Column {
        AccountColumn,
        NameColumn,
        SubjectsColumn,
        RetentionColumn,
        StorageColumn,
        ReplicasColumn,
        MessagesColumn,
        BytesColumn,
        ConsumersColumn,
        LastMessageColumn,
        LinkedAppColumn,
        StateColumn,
        ColumnCount,
    };

    explicit StreamTableModel(QObject *parent = nullptr);

protected:
    QString searchText(const Stream &stream) const override;
    QString accountOf(const Stream &stream) const override;
    bool isSortedByText(int column) const override;
    int compared(const Stream &left, const Stream &right, int column) const override;
    QString text(const Stream &stream, int column) const override;
    QString toolTip(const Stream &stream, int column) const override;
    QString tag(const Stream &stream, int column) const override;
    CellTone tone(const Stream &stream, int column) const override;
    std::optional<QDateTime> time(const Stream &stream) const override;
};
