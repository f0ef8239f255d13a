// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/sparkline.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace {

void paintLine(QPainter *painter, const QRectF &rect, const QList<double> &values, Look::Role role)
{
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (const double value : values) {
        if (std::isfinite(value)) {
            low = std::min(low, value);
            high = std::max(high, value);
        }
    }
    if (values.size() < 2 || low > high)
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const double span = high > low ? high - low : 1;
    QPainterPath line;
    double runStart = 0;
    double lastX = 0;
    bool isDrawing = false;
    const QColor color = Look::color(role);
    QColor ground = color;
    ground.setAlphaF(0.1f);
    QPainterPath area;
    const auto closeArea = [&] {
        if (!isDrawing)
            return;
        area.lineTo(lastX, rect.bottom());
        area.lineTo(runStart, rect.bottom());
        area.closeSubpath();
    };
    for (qsizetype i = 0; i < values.size(); ++i) {
        if (!std::isfinite(values[i])) {
            closeArea();
            isDrawing = false;
            continue;
        }
        const double x = rect.left() + rect.width() * double(i) / double(values.size() - 1);
        const double y = rect.bottom() - 2 - (rect.height() - 4) * (values[i] - low) / span;
        if (isDrawing) {
            line.lineTo(x, y);
            area.lineTo(x, y);
        } else {
            line.moveTo(x, y);
            area.moveTo(x, y);
            runStart = x;
        }
        lastX = x;
        isDrawing = true;
    }
    closeArea();
    painter->fillPath(area, ground);
    painter->strokePath(line, QPen(color, 1.3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->restore();
}

} // namespace

Sparkline::Sparkline(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void Sparkline::setValues(const QList<double> &values)
{
    if (values == m_values)
        return;
    m_values = values;
    update();
}

void Sparkline::setRole(Look::Role role)
{
    m_role = role;
    update();
}

void Sparkline::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintLine(&painter, rect(), m_values, m_role);
}
