// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/keyedrowsmodel.h"
#include "services/domain/consumer.h"

#include <QDateTime>

/// Consumers of all streams as a table; the filter looks at name, stream, account and filter subjects.
class ConsumerTableModel final : public KeyedRowsModel<Consumer> {
    Q_OBJECT

public:
    enum Column {
        StreamColumn,
        NameColumn,
        AccountColumn,
        ModeColumn,
        AckPolicyColumn,
        PendingColumn,
        AckPendingColumn,
        RedeliveredColumn,
        WaitingColumn,
        LastActivityColumn,
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
    bool isLetThrough(const Consumer &consumer) const override;
    int compared(const Consumer &left, const Consumer &right, int column) const override;

private:
    QString text(const Consumer &consumer, int column) const;

    QDateTime m_now;
};
