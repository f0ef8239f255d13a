// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/listcolumns.h"

#include "widgets/common/tableview.h"

#include <QEvent>
#include <QHeaderView>
#include <QScopedValueRollback>

#include <algorithm>

namespace {

constexpr int mostTextWidth = 200;
constexpr int rowsToFitTo = 60; // all of 10,000 would be formatted for each snapshot

} // namespace

ListColumns::ListColumns(TableView *table)
    : QObject(table)
    , m_table(table)
{
    m_table->viewport()->installEventFilter(this);
    m_table->horizontalHeader()->setResizeContentsPrecision(rowsToFitTo);
    connect(m_table->horizontalHeader(), &QHeaderView::sectionResized, this, [this](int column, int, int size) {
        if (!m_isFitting && size > 0)
            m_sizedByPerson.insert(column);
    });
}

void ListColumns::arrange(int stretch, int leastWidth, const QList<int> &givingWay)
{
    const QScopedValueRollback fitting(m_isFitting, true);
    m_stretch = stretch;
    m_leastStretchWidth = leastWidth;
    m_givingWay = givingWay;
    m_table->setStretchColumn(stretch);
    fit();
}

bool ListColumns::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && watched == m_table->viewport())
        hideGiving();
    return QObject::eventFilter(watched, event);
}

void ListColumns::fit()
{
    const QScopedValueRollback fitting(m_isFitting, true);
    QHeaderView *header = m_table->horizontalHeader();
    const QAbstractItemModel *model = m_table->model();
    for (const int column : std::as_const(m_givingWay))
        header->showSection(column);
    for (int column = 0; column < model->columnCount(); ++column) {
        if (column == m_stretch || m_sizedByPerson.contains(column) || m_table->isColumnHidden(column))
            continue;
        const int before = header->sectionSize(column);
        const auto side = model->headerData(column, Qt::Horizontal, Qt::TextAlignmentRole).toInt();
        m_table->resizeColumnToContents(column);
        const int wanted = (side & Qt::AlignTrailing) ? header->sectionSize(column)
                                                      : std::min(header->sectionSize(column), mostTextWidth);
        header->resizeSection(column, model->rowCount() > 0 && !m_isFitted ? wanted : std::max(before, wanted));
    }
    m_isFitted = m_isFitted || model->rowCount() > 0;
    hideGiving();
}

void ListColumns::hideGiving()
{
    const QScopedValueRollback fitting(m_isFitting, true);
    QHeaderView *header = m_table->horizontalHeader();
    for (const int column : std::as_const(m_givingWay))
        header->showSection(column);
    int needed = m_leastStretchWidth;
    for (int column = 0; column < header->count(); ++column)
        needed += column == m_stretch ? 0 : header->sectionSize(column);
    for (const int column : std::as_const(m_givingWay)) {
        if (needed <= m_table->viewport()->width())
            return;
        needed -= header->sectionSize(column);
        header->hideSection(column);
    }
}
