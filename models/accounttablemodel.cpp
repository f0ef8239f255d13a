// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/accounttablemodel.h"

#include "models/celltext.h"

namespace {

QString text(const Account &account, int column)
{
    switch (AccountTableModel::Column(column)) {
    case AccountTableModel::NameColumn:
        return account.name;
    case AccountTableModel::DisplayNameColumn:
        return account.displayName;
    case AccountTableModel::UsernameColumn:
        return account.connection.username;
    case AccountTableModel::SecretColumn:
        return account.connection.nameSpace + u'/' + account.connection.secretName;
    case AccountTableModel::ColumnCount:
        break;
    }
    return {};
}

CellFace faceOf(int column)
{
    switch (column) {
    case AccountTableModel::NameColumn:
        return CellFace::Name;
    case AccountTableModel::UsernameColumn:
    case AccountTableModel::SecretColumn:
        return CellFace::Code;
    default:
        return CellFace::Plain;
    }
}

} // namespace

void AccountTableModel::setAccounts(const QList<Account> &accounts)
{
    QList<AccountRow> rows;
    rows.reserve(accounts.size());
    for (const Account &account : accounts)
        rows.append({account.name, account});
    setRows(rows);
}

int AccountTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant AccountTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::DisplayRole)
        return text(rowAt(index.row()).account, index.column());
    return faceData(faceOf(index.column()), CellTone::Neutral, false, role);
}

QVariant AccountTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case NameColumn:
        return tr("Name");
    case DisplayNameColumn:
        return tr("Display name");
    case UsernameColumn:
        return tr("Username");
    case SecretColumn:
        return tr("Secret");
    case ColumnCount:
        break;
    }
    return {};
}

bool AccountTableModel::isLetThrough(const AccountRow &row) const
{
    return !isFiltered() || containsWords(row.account.name + u' ' + row.account.displayName);
}

int AccountTableModel::compared(const AccountRow &left, const AccountRow &right, int column) const
{
    return comparedText(text(left.account, column), text(right.account, column));
}
