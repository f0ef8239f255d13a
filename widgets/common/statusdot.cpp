// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/statusdot.h"

#include <QPainter>

StatusDot::StatusDot(Tone tone, QWidget *parent)
    : QWidget(parent)
    , m_tone(tone)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StatusDot::setTone(Tone tone)
{
    m_tone = tone;
    update();
}

void StatusDot::paint(QPainter *painter, const QPointF &centre, Tone tone)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QColor color = tone == Tone::Neutral ? Look::color(Look::FaintText) : Look::toneColor(tone);
    if (tone == Tone::Neutral) {
        painter->setPen(QPen(color, 1.4));
        painter->setBrush(Qt::NoBrush);
        painter->drawEllipse(centre, 3.3, 3.3);
    } else {
        painter->setPen(Qt::NoPen);
        painter->setBrush(color);
        painter->drawEllipse(centre, 4, 4);
    }
    painter->restore();
}

void StatusDot::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paint(&painter, QRectF(rect()).center(), m_tone);
}
