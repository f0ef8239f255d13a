// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/keyedrowsmodel.h"
#include "services/domain/account.h"

/// An account under the key that tables know it by.
struct AccountRow {
    QString id; ///< the account's name
    Account account;

    bool operator==(const AccountRow &) const = default;
};

/// The runtime's application accounts as a table. Holds no password.
class AccountTableModel final : public KeyedRowsModel<AccountRow> {
    Q_OBJECT

public:
    enum Column { NameColumn, DisplayNameColumn, UsernameColumn, SecretColumn, ColumnCount };

    using KeyedRowsModel::KeyedRowsModel;

    void setAccounts(const QList<Account> &accounts);

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    bool isLetThrough(const AccountRow &row) const override;
    int compared(const AccountRow &left, const AccountRow &right, int column) const override;
};
