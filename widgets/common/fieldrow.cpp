// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/fieldrow.h"

#include "widgets/common/look.h"

#include <QResizeEvent>
#include <QStyle>

namespace {

int heightOf(const QWidget *widget, int width)
{
    const int wanted = widget->hasHeightForWidth() ? widget->heightForWidth(width) : widget->sizeHint().height();
    return qMax(wanted, widget->minimumSizeHint().height());
}

} // namespace

FieldRow::FieldRow(int minimumColumnWidth, QWidget *parent)
    : QWidget(parent)
    , m_minimumColumnWidth(minimumColumnWidth)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void FieldRow::addField(QWidget *field, bool wide)
{
    field->setParent(this);
    field->show();
    m_items.append({field, wide});
    updateGeometry();
}

int FieldRow::arrange(int width, bool move) const
{
    const int fitting = qMax(1, (width + Look::spaceM) / (m_minimumColumnWidth + Look::spaceM));
    int narrow = 0;
    for (const Item &item : m_items)
        narrow += item.wide ? 0 : 1;
    const int columns = qBound(1, fitting, qMax(1, narrow));
    const int columnWidth = (width - (columns - 1) * Look::spaceM) / columns;

    int top = 0;
    int column = 0;
    int lineHeight = 0;
    const auto endLine = [&] {
        if (lineHeight > 0)
            top += lineHeight + Look::spaceM;
        column = 0;
        lineHeight = 0;
    };
    for (const Item &item : m_items) {
        if (item.widget->isHidden())
            continue;
        if (column == columns || (item.wide && column > 0))
            endLine();
        const int itemWidth = item.wide ? width : columnWidth;
        const int height = heightOf(item.widget, itemWidth);
        const QRect place(column * (columnWidth + Look::spaceM), top, itemWidth, height);
        if (move)
            item.widget->setGeometry(QStyle::visualRect(layoutDirection(), rect(), place));
        lineHeight = qMax(lineHeight, height);
        column = item.wide ? columns : column + 1;
    }
    endLine();
    return qMax(0, top - Look::spaceM);
}

int FieldRow::heightForWidth(int width) const
{
    return arrange(width, false);
}

QSize FieldRow::sizeHint() const
{
    const int wanted = 2 * m_minimumColumnWidth + Look::spaceM;
    return {wanted, arrange(width() > 0 ? width() : wanted, false)};
}

QSize FieldRow::minimumSizeHint() const
{
    return {m_minimumColumnWidth, 0};
}

bool FieldRow::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest) {
        updateGeometry();
        arrange(width(), true);
    }
    return QWidget::event(event);
}

void FieldRow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange(width(), true);
    // Layouts take the height of the width before for the most there may be.
    if (event->size().width() != event->oldSize().width())
        updateGeometry();
}
