// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/objecttablemodel.h"
#include "services/domain/account.h"
#include "services/domain/bytecount.h"

/// How much of an account is used. Nothing: not known.
struct AccountUse {
    std::optional<int> streams;
    std::optional<int> consumers;
    std::optional<int> mostConsumers; ///< of any one of its streams
    std::optional<ByteCount> storage; ///< as the server counts it against the limit: in a cluster each copy
    std::optional<int> connections; ///< of clients

    bool operator==(const AccountUse &) const = default;
};

/// An account with what is used of it, under the key that tables know it by.
struct AccountRow {
    QString id; ///< the account's name
    Account account;
    AccountUse used = {};

    bool operator==(const AccountRow &) const = default;
};

/// The runtime's application accounts as a table; the filter looks at name, display name and description. Holds no
/// password.
class AccountTableModel final : public ObjectTableModel<AccountRow> {
    Q_OBJECT

public:
    enum Column {
        NameColumn,
        DisplayNameColumn,
        StreamsColumn,
        ConsumersColumn,
        StorageColumn,
        ConnectionsColumn,
        CredentialColumn,
        ColumnCount,
    };

    explicit AccountTableModel(QObject *parent = nullptr);

    QVariant data(const QModelIndex &index, int role) const override;

protected:
    QString searchText(const AccountRow &row) const override;
    int compared(const AccountRow &left, const AccountRow &right, int column) const override;
    QString text(const AccountRow &row, int column) const override;
    QString toolTip(const AccountRow &row, int column) const override;
    CellTone tone(const AccountRow &row, int column) const override;
    std::optional<QDateTime> time(const AccountRow &) const override { return {}; }
};

/// How much of a limit is used: 0 to 1 and beyond; nothing where either isn't known or there is no limit.
std::optional<double> partOfStorage(const AccountRow &row);
std::optional<double> partOfStreams(const AccountRow &row);
/// Nearly all of it is a warning; of storage all of it is worse: clients can't publish.
CellTone toneOfStorage(const AccountRow &row);
CellTone toneOfStreams(const AccountRow &row);
