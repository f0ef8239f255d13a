// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/keyedrowsmodel.h"
#include "services/domain/stream.h"

#include <QDateTime>

/// Streams of all accounts as a table; the filter looks at name, account, subjects and description.
class StreamTableModel final : public KeyedRowsModel<Stream> {
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
        StateColumn,
        ColumnCount,
    };

    using KeyedRowsModel::KeyedRowsModel;

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// What relative times are counted from; of the rows from `first` to `last`, those whose text changes say so.
    void setNow(const QDateTime &now, int first, int last);

protected:
    bool isLetThrough(const Stream &stream) const override;
    int compared(const Stream &left, const Stream &right, int column) const override;

private:
    QString text(const Stream &stream, int column) const;
    QString toolTip(const Stream &stream, int column) const;

    QDateTime m_now;
};
