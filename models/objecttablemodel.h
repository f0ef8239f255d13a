// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cellroles.h"
#include "models/celltext.h"
#include "models/keyedrowsmodel.h"
#include "models/relativetime.h"

#include <QDateTime>

/// A KeyedRowsModel whose cells are texts: a leaf lists its columns in the order of its enum, and says what stands in a
/// cell and how well that is. Nothing is formatted before a view asks for it.
template <typename Row> class ObjectTableModel : public KeyedRowsModel<Row> {
public:
    struct Heading {
        QString title;
        CellFace face;
    };

    int columnCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : int(m_headings.size());
    }

    QVariant data(const QModelIndex &index, int role) const override
    {
        if (!this->checkIndex(index, QAbstractItemModel::CheckIndexOption::IndexIsValid))
            return {};
        const Row &row = this->rowAt(index.row());
        const int column = index.column();
        switch (role) {
        case Qt::DisplayRole:
            return text(row, column);
        case Qt::ToolTipRole:
        case Qt::AccessibleDescriptionRole:
            return toolTip(row, column);
        case CellTagRole:
            return tag(row, column);
        case CellToneRole:
        case CellMarkRole:
            return cellData(column, tone(row, column), role);
        default:
            return cellData(column, CellTone::Neutral, role);
        }
    }

    QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
            return {};
        if (role == Qt::TextAlignmentRole)
            return cellData(section, CellTone::Neutral, role);
        return role == Qt::DisplayRole ? QVariant(m_headings[section].title) : QVariant();
    }

    /// What relative times are counted from; of the rows from `first` to `last`, those whose text changes say so.
    void setNow(const QDateTime &now, int first, int last)
    {
        const QDateTime before = std::exchange(m_now, now);
        for (int row = std::max(first, 0); row <= std::min(last, this->rowCount() - 1); ++row) {
            const std::optional<QDateTime> at = time(this->rowAt(row));
            const QModelIndex cell = this->index(row, m_timeColumn);
            if (isOtherAt(this->rowAt(row), before, now))
                emit this->dataChanged(this->index(row, 0), this->index(row, columnCount() - 1));
            else if (relativeTime(at, before) != relativeTime(at, now))
                emit this->dataChanged(cell, cell, {Qt::DisplayRole});
        }
    }

protected:
    /// `timeColumn` shows a time relative to now.
    ObjectTableModel(const QList<Heading> &headings, int timeColumn, QObject *parent)
        : KeyedRowsModel<Row>(parent)
        , m_headings(headings)
        , m_timeColumn(timeColumn)
    {
    }

    const QDateTime &now() const { return m_now; }

    /// Numbers and times are sorted by the leaf's `compared`, all else by its text.
    bool isSortedByText(int column) const override
    {
        return m_headings[column].face != CellFace::Number && column != m_timeColumn;
    }
    QString sortText(const Row &row, int column) const override { return text(row, column); }

    virtual QString text(const Row &row, int column) const = 0;
    virtual QString toolTip(const Row &row, int column) const = 0;
    /// A word that stands behind the text; empty: none.
    virtual QString tag(const Row &, int) const { return {}; }
    /// Of cells that say how well the object is.
    virtual CellTone tone(const Row &row, int column) const = 0;
    virtual std::optional<QDateTime> time(const Row &row) const = 0;
    /// More than its time has become another by mere waiting.
    virtual bool isOtherAt(const Row &, const QDateTime &, const QDateTime &) const { return false; }

private:
    QVariant cellData(int column, CellTone tone, int role) const
    {
        const CellFace face = m_headings[column].face;
        return faceData(face, tone, face == CellFace::Name && tone != CellTone::Neutral, role);
    }

    QList<Heading> m_headings;
    int m_timeColumn;
    QDateTime m_now;
};
