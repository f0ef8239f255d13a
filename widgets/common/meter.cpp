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

void Meter::paint(QPainter &painter, const QRect &groove, double value, Tone tone, Qt::LayoutDirection direction)
{
    const double radius = groove.height() / 2.0;
    paintRounded(painter, groove, radius, Look::color(Look::FaintLine), {});
    if (value <= 0)
        return;
    const int filled = qMax(groove.height(), int(std::lround(qMin(value, 1.0) * groove.width())));
    const QRect bar(groove.topLeft(), QSize(filled, groove.height()));
    paintRounded(painter, QStyle::visualRect(direction, groove, bar), radius, Look::toneColor(tone), {});
}

void Meter::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paint(painter, rect(), m_value, m_tone, layoutDirection());
}
