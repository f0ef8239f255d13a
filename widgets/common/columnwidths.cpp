// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/columnwidths.h"

#include <QEvent>
#include <QHeaderView>
#include <QScopedValueRollback>
#include <QSettings>
#include <QTableView>

#include <algorithm>

namespace {

constexpr int mostTextWidth = 200;
constexpr int rowsToFitTo = 60; // all of 10,000 would be formatted for each snapshot

} // namespace

ColumnWidths::ColumnWidths(QTableView *table, const QString &settingsKey)
    : QObject(table)
    , m_table(table)
    , m_settingsKey(settingsKey)
{
    m_table->viewport()->installEventFilter(this);
    m_table->horizontalHeader()->setResizeContentsPrecision(rowsToFitTo);
    connect(m_table->horizontalHeader(), &QHeaderView::sectionResized, this,
        [this](int column, int, int size) { noteResized(column, size); });
    const QVariantList sized = QSettings().value(m_settingsKey).toList();
    for (const QVariant &column : sized)
        m_sizedByPerson.insert(column.toInt());
}

ColumnWidths::~ColumnWidths()
{
    QVariantList sized;
    for (const int column : std::as_const(m_sizedByPerson))
        sized.append(column);
    QSettings().setValue(m_settingsKey, sized);
}

/// By a person, unless it is one that changes with the table.
void ColumnWidths::noteResized(int column, int size)
{
    if (!m_isFitting && size > 0 && m_columns.stretch >= 0 && column != m_columns.stretch)
        m_sizedByPerson.insert(column);
}

void ColumnWidths::setColumns(const Columns &columns)
{
    m_columns = columns;
    m_sizedByPerson.remove(columns.stretch);
    fit();
}

void ColumnWidths::fit()
{
    const QScopedValueRollback fitting(m_isFitting, true);
    for (const int column : std::as_const(m_columns.givingWay))
        m_table->showColumn(column);
    for (int column = 0; column < m_table->model()->columnCount(); ++column) {
        if (!m_sizedByPerson.contains(column) && !m_table->isColumnHidden(column))
            fitColumn(column);
    }
    m_isFitted = m_isFitted || m_table->model()->rowCount() > 0;
    share();
}

/// Once rows are known a column only grows: it does not jump with what is in sight.
void ColumnWidths::fitColumn(int column)
{
    const QAbstractItemView *rows = m_table;
    const int content = std::max(rows->sizeHintForColumn(column), m_table->horizontalHeader()->sectionSizeHint(column));
    const bool isFirstFit = m_table->model()->rowCount() > 0 && !m_isFitted;
    m_contents[column] = isFirstFit ? content : std::max(m_contents.value(column), content);
    if (column == m_columns.stretch)
        return;
    const auto side = m_table->model()->headerData(column, Qt::Horizontal, Qt::TextAlignmentRole).toInt();
    const int wanted = (side & Qt::AlignTrailing) ? content : std::min(content, mostTextWidth);
    const int before = m_fits.value(column, m_table->columnWidth(column));
    m_fits[column] = isFirstFit ? wanted : std::max(before, wanted);
    m_table->setColumnWidth(column, m_fits[column]);
}

void ColumnWidths::share()
{
    const QScopedValueRollback fitting(m_isFitting, true);
    for (const int name : std::as_const(m_columns.names)) {
        if (!m_sizedByPerson.contains(name) && m_fits.contains(name))
            m_table->setColumnWidth(name, m_fits[name]);
    }
    hideGiving();
    widenNames();
}

void ColumnWidths::hideGiving()
{
    for (const int column : std::as_const(m_columns.givingWay))
        m_table->showColumn(column);
    int needed = m_columns.leastStretch;
    for (int column = 0; column < m_table->model()->columnCount(); ++column)
        needed += column == m_columns.stretch ? 0 : m_table->columnWidth(column);
    for (const int column : std::as_const(m_columns.givingWay)) {
        if (needed <= m_table->viewport()->width())
            return;
        if (m_table->isSortingEnabled() && column == m_table->horizontalHeader()->sortIndicatorSection())
            continue; // by what the rows are in order
        needed -= m_table->columnWidth(column);
        m_table->hideColumn(column);
    }
}

void ColumnWidths::widenNames()
{
    const int stretchNeeds = std::min(m_contents.value(m_columns.stretch), m_columns.leastStretch);
    int spare = m_table->viewport()->width() - stretchNeeds;
    for (int column = 0; column < m_table->model()->columnCount(); ++column)
        spare -= column == m_columns.stretch ? 0 : m_table->columnWidth(column);
    for (const int name : std::as_const(m_columns.names)) {
        const int width = m_table->columnWidth(name);
        const int more = std::clamp(m_contents.value(name) - width, 0, std::max(spare, 0));
        if (more == 0 || m_sizedByPerson.contains(name) || m_table->isColumnHidden(name))
            continue;
        m_table->setColumnWidth(name, width + more);
        spare -= more;
    }
}

bool ColumnWidths::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && watched == m_table->viewport())
        share();
    return QObject::eventFilter(watched, event);
}
