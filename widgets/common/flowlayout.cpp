// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/flowlayout.h"

#include <QStyle>
#include <QWidget>

#include <algorithm>

FlowLayout::FlowLayout(QWidget *parent)
    : QLayout(parent)
{
    setContentsMargins(0, 0, 0, 0);
}

FlowLayout::~FlowLayout()
{
    qDeleteAll(m_items);
}

void FlowLayout::startTrailing()
{
    m_trailing = m_items.size();
}

void FlowLayout::addItem(QLayoutItem *item)
{
    m_items.append(item);
}

int FlowLayout::count() const
{
    return int(m_items.size());
}

QLayoutItem *FlowLayout::itemAt(int index) const
{
    return m_items.value(index);
}

QLayoutItem *FlowLayout::takeAt(int index)
{
    return index >= 0 && index < m_items.size() ? m_items.takeAt(index) : nullptr;
}

int FlowLayout::heightForWidth(int width) const
{
    return arrange(QRect(0, 0, width, 0), false);
}

QSize FlowLayout::sizeHint() const
{
    const int width = widthOf(0, m_items.size());
    return {width, heightForWidth(width)};
}

QSize FlowLayout::minimumSize() const
{
    QSize widest;
    for (const QLayoutItem *item : m_items)
        widest = widest.expandedTo(item->minimumSize());
    return widest;
}

void FlowLayout::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

int FlowLayout::arrange(const QRect &rect, bool move) const
{
    int top = rect.top();
    for (qsizetype first = 0; first < m_items.size();) {
        const qsizetype end = endOfLine(first, rect.width());
        int height = 0;
        for (qsizetype i = first; i < end; ++i)
            height = std::max(height, m_items[i]->sizeHint().height());
        if (move)
            placeLine(first, end, QRect(rect.left(), top, rect.width(), height));
        top += height + (end < m_items.size() ? spacing() : 0);
        first = end;
    }
    return top - rect.top();
}

qsizetype FlowLayout::endOfLine(qsizetype first, int width) const
{
    qsizetype end = first + 1;
    while (end < m_items.size() && widthOf(first, end + 1) <= width)
        ++end;
    return end;
}

void FlowLayout::placeLine(qsizetype first, qsizetype end, const QRect &line) const
{
    int left = line.left();
    for (qsizetype i = first; i < end; ++i) {
        if (i == m_trailing && i > first)
            left = line.left() + line.width() - widthOf(i, end);
        const QRect place(left, line.top(), std::min(m_items[i]->sizeHint().width(), line.width()), line.height());
        m_items[i]->setGeometry(QStyle::visualRect(parentWidget()->layoutDirection(), line, place));
        left += place.width() + spacing();
    }
}

int FlowLayout::widthOf(qsizetype first, qsizetype end) const
{
    int width = spacing() * int(std::max<qsizetype>(0, end - first - 1));
    for (qsizetype i = first; i < end; ++i)
        width += m_items[i]->sizeHint().width();
    return width;
}
