// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/tableview.h"

#include "widgets/common/celldelegate.h"
#include "widgets/common/look.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QMouseEvent>
#include <QSettings>

namespace {

/// Puts each title where its cells stand: numbers at the right.
class TableHeader final : public QHeaderView {
public:
    explicit TableHeader(QWidget *parent)
        : QHeaderView(Qt::Horizontal, parent)
    {
        setSectionsClickable(true);
        setHighlightSections(false);
        setSectionsMovable(true);
        setStretchLastSection(true);
        setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
        setFixedHeight(Look::headerHeight);
    }

protected:
    void initStyleOptionForIndex(QStyleOptionHeader *option, int logicalIndex) const override
    {
        QHeaderView::initStyleOptionForIndex(option, logicalIndex);
        if (!model() || model()->headerData(logicalIndex, Qt::Horizontal, Qt::TextAlignmentRole).isValid())
            return;
        const QVariant alignment = model()->index(0, logicalIndex).data(Qt::TextAlignmentRole);
        if (alignment.isValid())
            option->textAlignment = Qt::Alignment(alignment.toInt());
    }
};

} // namespace

TableView::TableView(QWidget *parent)
    : QTableView(parent)
{
    setHorizontalHeader(new TableHeader(this));
    setItemDelegate(new CellDelegate(this));
    setMouseTracking(true);
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
    verticalHeader()->setMinimumSectionSize(Look::rowHeight);
    verticalHeader()->setDefaultSectionSize(Look::rowHeight);
    horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    setSortingEnabled(true);
}

TableView::~TableView()
{
    remember();
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
    if (!m_settingsKey.isEmpty() && horizontalHeader()->count() > 0)
        QSettings().setValue(m_settingsKey, horizontalHeader()->saveState());
}

void TableView::sortByAtFirst(int column)
{
    if (horizontalHeader()->sortIndicatorSection() < 0)
        sortByColumn(column, Qt::AscendingOrder);
}

void TableView::setStretchColumn(int column)
{
    horizontalHeader()->setStretchLastSection(false);
    horizontalHeader()->setSectionResizeMode(column, QHeaderView::Stretch);
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

QModelIndex TableView::selectedRow() const
{
    return selectionModel() ? selectionModel()->selectedRows().value(0) : QModelIndex();
}

/// QAbstractItemView would select the next row.
void TableView::rowsAboutToBeRemoved(const QModelIndex &parent, int first, int last)
{
    if (const int row = currentIndex().row(); selectionMode() == SingleSelection && row >= first && row <= last) {
        const int beside = last + 1 < model()->rowCount() ? last + 1 : first - 1;
        selectionModel()->clearSelection();
        selectionModel()->setCurrentIndex(
            beside < 0 ? QModelIndex() : currentIndex().siblingAtRow(beside), QItemSelectionModel::NoUpdate);
    }
    QTableView::rowsAboutToBeRemoved(parent, first, last);
}

void TableView::copySelection() const
{
    const QString text = selectedText();
    if (!text.isEmpty())
        QGuiApplication::clipboard()->setText(text);
}

void TableView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool isByKeyboard = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = isByKeyboard ? currentIndex() : indexAt(event->pos());
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
    const bool isOneRow = selectionModel()->selectedRows().size() <= 1;
    menu->addAction(isOneRow ? tr("Copy row") : tr("Copy rows"), QKeySequence::Copy, this, &TableView::copySelection);
    menu->popup(isByKeyboard ? viewport()->mapToGlobal(visualRect(index).center()) : event->globalPos());
}

void TableView::mouseMoveEvent(QMouseEvent *event)
{
    QTableView::mouseMoveEvent(event);
    hoverRow(rowAt(event->pos().y()));
}

void TableView::leaveEvent(QEvent *event)
{
    QTableView::leaveEvent(event);
    hoverRow(-1);
}

void TableView::wheelEvent(QWheelEvent *event)
{
    QTableView::wheelEvent(event);
    hoverRow(rowAt(viewport()->mapFromGlobal(event->globalPosition().toPoint()).y()));
}

void TableView::hoverRow(int row)
{
    const int previous = m_hoveredRow;
    if (row == previous)
        return;
    m_hoveredRow = row;
    updateRow(previous);
    updateRow(row);
}

void TableView::updateRow(int row)
{
    if (row >= 0)
        viewport()->update(0, rowViewportPosition(row), viewport()->width(), rowHeight(row));
}

void TableView::focusInEvent(QFocusEvent *event)
{
    QTableView::focusInEvent(event);
    const bool isByMouse = event->reason() == Qt::MouseFocusReason;
    if (selectionModel() && !currentIndex().isValid() && !isByMouse && model()->rowCount() > 0)
        selectionModel()->setCurrentIndex(model()->index(0, 0), QItemSelectionModel::NoUpdate);
    updateRow(currentIndex().row());
}

void TableView::focusOutEvent(QFocusEvent *event)
{
    QTableView::focusOutEvent(event);
    updateRow(currentIndex().row());
}

/// The whole rows: QTableView renews a cell.
void TableView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    updateRow(previous.row());
    updateRow(current.row());
}

void TableView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
        return;
    }
    // where keyboards have no key for it
    if (event->key() == Qt::Key_F10 && event->modifiers() == Qt::ShiftModifier) {
        QContextMenuEvent asked(QContextMenuEvent::Keyboard, QPoint(), mapToGlobal(QPoint()));
        return contextMenuEvent(&asked);
    }
    QTableView::keyPressEvent(event);
}
