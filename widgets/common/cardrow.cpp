// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/cardrow.h"

#include "widgets/common/look.h"
#include "widgets/common/painting.h"

#include <QPainter>

void CardRow::setLast(bool isLast)
{
    m_isLast = isLast;
    update();
}

void CardRow::paintEvent(QPaintEvent *)
{
    if (m_isLast)
        return;
    QPainter painter(this);
    paintHairline(painter, 0, width(), height() - 1, Look::color(Look::FaintLine));
}
