// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/columns.h"

#include "widgets/common/look.h"

#include <QEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace {

/// Cards give way to this; what they hold elides or wraps.
constexpr int leastWidth = 320;

QVBoxLayout *columnLayout(QWidget *column)
{
    auto *layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Look::cardGap);
    return layout;
}

bool isEmpty(const QWidget *column)
{
    return column->layout()->isEmpty();
}

int columnHeight(const QWidget *column, int width)
{
    const QLayout *layout = column->layout();
    return layout->hasHeightForWidth() ? layout->totalHeightForWidth(width) : layout->totalSizeHint().height();
}

} // namespace

Columns::Columns(int firstStretch, int secondStretch, int minimumWidth, QWidget *parent)
    : QWidget(parent)
    , m_firstStretch(firstStretch)
    , m_secondStretch(secondStretch)
    , m_minimumWidth(minimumWidth)
    , m_first(new QWidget(this))
    , m_second(new QWidget(this))
    , m_firstLayout(columnLayout(m_first))
    , m_secondLayout(columnLayout(m_second))
{
}

bool Columns::isStackedAt(int width) const
{
    return width < m_minimumWidth || isEmpty(m_first) || isEmpty(m_second);
}

int Columns::heightForWidth(int width) const
{
    if (isStackedAt(width)) {
        const int gap = isEmpty(m_first) || isEmpty(m_second) ? 0 : Look::cardGap;
        return columnHeight(m_first, width) + gap + columnHeight(m_second, width);
    }
    const int firstWidth = (width - Look::cardGap) * m_firstStretch / (m_firstStretch + m_secondStretch);
    return std::max(columnHeight(m_first, firstWidth), columnHeight(m_second, width - Look::cardGap - firstWidth));
}

QSize Columns::sizeHint() const
{
    return {m_minimumWidth, heightForWidth(m_minimumWidth)};
}

QSize Columns::minimumSizeHint() const
{
    return {leastWidth, 0};
}

bool Columns::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest) {
        updateGeometry();
        arrange();
    }
    return QWidget::event(event);
}

void Columns::resizeEvent(QResizeEvent *)
{
    arrange();
}

void Columns::arrange()
{
    if (isStacked()) {
        const int firstHeight = columnHeight(m_first, width());
        const int secondTop = isEmpty(m_first) ? 0 : firstHeight + Look::cardGap;
        m_first->setGeometry(0, 0, width(), firstHeight);
        m_second->setGeometry(0, secondTop, width(), columnHeight(m_second, width()));
        return;
    }
    const int firstWidth = (width() - Look::cardGap) * m_firstStretch / (m_firstStretch + m_secondStretch);
    const int secondWidth = width() - Look::cardGap - firstWidth;
    QRect firstRect(0, 0, firstWidth, columnHeight(m_first, firstWidth));
    QRect secondRect(firstWidth + Look::cardGap, 0, secondWidth, columnHeight(m_second, secondWidth));
    if (layoutDirection() == Qt::RightToLeft) {
        firstRect.moveRight(width() - 1);
        secondRect.moveLeft(0);
    }
    m_first->setGeometry(firstRect);
    m_second->setGeometry(secondRect);
}
