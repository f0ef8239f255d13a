// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/accounttablemodel.h"

#include "models/accountstanding.h"
#include "models/celltext.h"

namespace {

constexpr int noColumn = -1;
constexpr double nearlyAll = 0.9;

QString countText(const std::optional<int> &count)
{
    return count ? numberText(quint64(std::max(*count, 0))) : QStringLiteral("–");
}

QString ofLimit(const QString &used, const QString &limit)
{
    return QStringLiteral("%1 / %2").arg(used, limit);
}

QString storageText(const AccountRow &row)
{
    const QString used = row.used.storage ? row.used.storage->text() : QStringLiteral("–");
    const std::optional<ByteCount> most = row.account.spec.limits.maxStorage();
    return most ? ofLimit(used, most->text()) : used;
}

QString storageTip(const AccountRow &row)
{
    const std::optional<ByteCount> most = row.account.spec.limits.maxStorage();
    if (!row.used.storage)
        return {};
    const QString bytes = AccountTableModel::tr("%1 bytes").arg(numberText(quint64(row.used.storage->bytes)));
    return most ? AccountTableModel::tr("%1 of at most %2; each copy of a stream counts").arg(bytes, most->text())
                : AccountTableModel::tr("%1; each copy of a stream counts. Unlimited").arg(bytes);
}

template <typename T> int comparedKnown(const std::optional<T> &left, const std::optional<T> &right)
{
    if (!left || !right)
        return comparedNumber(int(left.has_value()), int(right.has_value()));
    return comparedNumber(*left, *right);
}

} // namespace

std::optional<double> partOfStorage(const AccountRow &row)
{
    const std::optional<ByteCount> most = row.account.spec.limits.maxStorage();
    if (!most || !row.used.storage || most->bytes <= 0)
        return std::nullopt;
    return double(row.used.storage->bytes) / double(most->bytes);
}

std::optional<double> partOfStreams(const AccountRow &row)
{
    const std::optional<int> &most = row.account.spec.limits.maxStreams;
    if (!most || !row.used.streams || *most <= 0)
        return std::nullopt;
    return double(*row.used.streams) / double(*most);
}

CellTone toneOfStorage(const AccountRow &row)
{
    const double part = partOfStorage(row).value_or(0);
    return part >= 1 ? CellTone::Bad : part >= nearlyAll ? CellTone::Warning : CellTone::Neutral;
}

CellTone toneOfStreams(const AccountRow &row)
{
    return partOfStreams(row).value_or(0) >= nearlyAll ? CellTone::Warning : CellTone::Neutral;
}

AccountTableModel::AccountTableModel(QObject *parent)
    : ObjectTableModel(
        {{tr("Name"), CellFace::Name}, {tr("Display name"), CellFace::Plain}, {tr("Streams"), CellFace::Number},
            {tr("Consumers"), CellFace::Number}, {tr("Storage"), CellFace::Number},
            {tr("Connections"), CellFace::Number}, {tr("Credential"), CellFace::Plain}},
        noColumn, parent)
{
}

QVariant AccountTableModel::data(const QModelIndex &index, int role) const
{
    if (role != CellBadgeRole && role != CellMeterRole)
        return ObjectTableModel::data(index, role);
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == CellBadgeRole)
        return index.column() == CredentialColumn;
    const std::optional<double> part = partOfStorage(rowAt(index.row()));
    return index.column() == StorageColumn && part ? QVariant(*part) : QVariant();
}

QString AccountTableModel::searchText(const AccountRow &row) const
{
    return QStringList{row.id, row.account.displayName, row.account.spec.description}.join(u' ');
}

int AccountTableModel::compared(const AccountRow &left, const AccountRow &right, int column) const
{
    switch (Column(column)) {
    case StreamsColumn:
        return comparedKnown(left.used.streams, right.used.streams);
    case ConsumersColumn:
        return comparedKnown(left.used.consumers, right.used.consumers);
    case StorageColumn:
        return comparedKnown(left.used.storage, right.used.storage);
    case ConnectionsColumn:
        return comparedKnown(left.used.connections, right.used.connections);
    default:
        return 0;
    }
}

QString AccountTableModel::text(const AccountRow &row, int column) const
{
    const AccountLimits &limits = row.account.spec.limits;
    switch (Column(column)) {
    case NameColumn:
        return row.id;
    case DisplayNameColumn:
        return row.account.displayName;
    case StreamsColumn: {
        const QString used = countText(row.used.streams);
        return limits.maxStreams ? ofLimit(used, countText(limits.maxStreams)) : used;
    }
    case ConsumersColumn: {
        const QString used = countText(row.used.consumers);
        return limits.maxConsumers ? tr("%1 · %2 a stream").arg(used, countText(limits.maxConsumers)) : used;
    }
    case StorageColumn:
        return storageText(row);
    case ConnectionsColumn:
        return countText(row.used.connections);
    case CredentialColumn:
        return standingOf(row.account).text;
    case ColumnCount:
        break;
    }
    return {};
}

QString AccountTableModel::toolTip(const AccountRow &row, int column) const
{
    const AccountLimits &limits = row.account.spec.limits;
    switch (column) {
    case NameColumn:
        return row.account.spec.description;
    case StreamsColumn:
        return limits.maxStreams
            ? tr("%1 of at most %2 streams").arg(countText(row.used.streams), countText(limits.maxStreams))
            : tr("Unlimited");
    case ConsumersColumn:
        return limits.maxConsumers ? tr("At most %1 consumers for each stream").arg(countText(limits.maxConsumers))
                                   : tr("Unlimited");
    case StorageColumn:
        return storageTip(row);
    case CredentialColumn:
        return standingOf(row.account).explanation;
    default:
        return {};
    }
}

CellTone AccountTableModel::tone(const AccountRow &row, int column) const
{
    switch (column) {
    case StreamsColumn:
        return toneOfStreams(row);
    case StorageColumn:
        return toneOfStorage(row);
    case CredentialColumn:
        return standingOf(row.account).tone;
    default:
        return CellTone::Neutral;
    }
}
