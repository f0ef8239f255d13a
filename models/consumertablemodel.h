// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/objecttablemodel.h"
#include "services/domain/consumer.h"

/// Consumers of all streams as a table; the filter looks at name, stream, account and filter subjects.
class ConsumerTableModel final : public ObjectTableModel<Consumer> {
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

    explicit ConsumerTableModel(QObject *parent = nullptr);

protected:
    /// Messages wait for it.
    bool isCounted(const Consumer &consumer) const override { return consumer.pending > 0; }
    QString searchText(const Consumer &consumer) const override;
    QString accountOf(const Consumer &consumer) const override;
    QString sortText(const Consumer &consumer, int column) const override;
    /// How well a consumer is may change while nothing happens to it.
    bool isOrderedByNow(int column) const override { return column == StateColumn; }
    int compared(const Consumer &left, const Consumer &right, int column) const override;
    QString text(const Consumer &consumer, int column) const override;
    QString toolTip(const Consumer &consumer, int column) const override;
    QString tag(const Consumer &consumer, int column) const override;
    CellTone tone(const Consumer &consumer, int column) const override;
    bool isOtherAt(const Consumer &consumer, const QDateTime &before, const QDateTime &now) const override;
    std::optional<QDateTime> time(const Consumer &consumer) const override;
};
