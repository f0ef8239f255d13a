// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/meter.h"

#include "widgets/common/painting.h"

#include <QPainter>
#include <QStyle>

#include <cmath>

Meter::Meter(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void Meter::setValue(double value)
{
    m_value = std::isfinite(value) ? qBound(0.0, value, 1.0) : 0;
    update();
}

void Meter::setTone(Tone tone)
{
    m_tone = tone;
    update();
}

void Meter::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRect groove = rect();
    const double radius = groove.height() / 2.0;
    paintRounded(painter, groove, radius, Look::color(Look::FaintLine), {});
    if (m_value <= 0)
        return;
    const int filled = qMax(groove.height(), int(std::lround(m_value * groove.width())));
    const QRect bar = QStyle::visualRect(layoutDirection(), groove, QRect(0, 0, filled, groove.height()));
    paintRounded(painter, bar, radius, Look::toneColor(m_tone), {});
}
