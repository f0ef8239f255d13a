// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/tableview.h"

#include "widgets/common/look.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QSettings>

TableView::TableView(QWidget *parent)
    : QTableView(parent)
{
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setSelectionBehavior(SelectRows);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerPixel);
    setWordWrap(false);
    setTextElideMode(Qt::ElideRight);
    setCornerButtonEnabled(false);
    setTabKeyNavigation(false);
    setEditTriggers(NoEditTriggers);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(Look::rowHeight);
    verticalHeader()->setMinimumSectionSize(Look::rowHeight);
    horizontalHeader()->setFixedHeight(Look::headerHeight);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    horizontalHeader()->setSectionsMovable(true);
    horizontalHeader()->setStretchLastSection(true);
    setSortingEnabled(true);
}

TableView::~TableView()
{
    remember();
}

void TableView::setModel(QAbstractItemModel *newModel)
{
    if (model())
        model()->disconnect(this);
    QTableView::setModel(newModel);
    if (!newModel)
        return;
    connect(newModel, &QAbstractItemModel::rowsInserted, this, &TableView::showEmptyWidget);
    connect(newModel, &QAbstractItemModel::rowsRemoved, this, &TableView::showEmptyWidget);
    connect(newModel, &QAbstractItemModel::modelReset, this, &TableView::showEmptyWidget);
    showEmptyWidget();
}

void TableView::setSettingsKey(const QString &key)
{
    m_settingsKey = key;
    const QByteArray state = QSettings().value(key).toByteArray();
    if (!state.isEmpty())
        horizontalHeader()->restoreState(state);
}

void TableView::remember() const
{
    if (!m_settingsKey.isEmpty() && model())
        QSettings().setValue(m_settingsKey, horizontalHeader()->saveState());
}

void TableView::setStretchColumn(int column)
{
    horizontalHeader()->setStretchLastSection(false);
    horizontalHeader()->setSectionResizeMode(column, QHeaderView::Stretch);
}

void TableView::setEmptyWidget(QWidget *widget)
{
    m_emptyWidget = widget;
    widget->setParent(viewport());
    showEmptyWidget();
}

void TableView::showEmptyWidget()
{
    if (!m_emptyWidget)
        return;
    m_emptyWidget->setGeometry(viewport()->rect());
    m_emptyWidget->setVisible(!model() || model()->rowCount() == 0);
}

void TableView::setMenuBuilder(std::function<void(QMenu *, const QModelIndex &)> builder)
{
    m_menuBuilder = std::move(builder);
}

QString TableView::selectedText() const
{
    QStringList lines;
    if (!selectionModel())
        return {};
    QModelIndexList rows = selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    for (const QModelIndex &row : rows) {
        QStringList cells;
        for (int visual = 0; visual < horizontalHeader()->count(); ++visual) {
            const int column = horizontalHeader()->logicalIndex(visual);
            if (!isColumnHidden(column))
                cells.append(row.siblingAtColumn(column).data().toString());
        }
        lines.append(cells.join(QLatin1Char('\t')));
    }
    return lines.join(QLatin1Char('\n'));
}

void TableView::copySelection() const
{
    const QString text = selectedText();
    if (!text.isEmpty())
        QGuiApplication::clipboard()->setText(text);
}

void TableView::contextMenuEvent(QContextMenuEvent *event)
{
    const QModelIndex index = indexAt(event->pos());
    if (!index.isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (m_menuBuilder) {
        m_menuBuilder(menu, index);
        menu->addSeparator();
    }
    const QString cell = index.data().toString();
    menu->addAction(tr("Copy cell"), this, [cell] { QGuiApplication::clipboard()->setText(cell); });
    menu->addAction(tr("Copy row"), QKeySequence::Copy, this, &TableView::copySelection);
    menu->popup(event->globalPos());
}

void TableView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
        return;
    }
    QTableView::keyPressEvent(event);
}

void TableView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    showEmptyWidget();
}
