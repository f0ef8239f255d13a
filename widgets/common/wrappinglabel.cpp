// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/wrappinglabel.h"

#include <QPainter>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace {

constexpr int usualWidth = 320;
constexpr int leastWidth = 40;

/// Breaks the text into lines of `width`; answers the height of all.
double layOut(QTextLayout &lines, const QLabel &label, double width)
{
    QTextOption option(label.alignment() & Qt::AlignHorizontal_Mask);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(label.layoutDirection());
    lines.setText(label.text().replace(QLatin1Char('\n'), QChar::LineSeparator));
    lines.setFont(label.font());
    lines.setTextOption(option);
    double height = 0;
    lines.beginLayout();
    for (QTextLine line = lines.createLine(); line.isValid(); line = lines.createLine()) {
        line.setLineWidth(width);
        line.setPosition({0, height});
        height += line.height();
    }
    lines.endLayout();
    return height;
}

} // namespace

WrappingLabel::WrappingLabel(QWidget *parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
}

int WrappingLabel::heightForWidth(int width) const
{
    QTextLayout lines;
    return int(std::ceil(layOut(lines, *this, std::max(width, leastWidth))));
}

QSize WrappingLabel::sizeHint() const
{
    const int natural = fontMetrics().horizontalAdvance(text()) + 1;
    const int width = std::clamp(natural, leastWidth, usualWidth);
    return {width, heightForWidth(width)};
}

QSize WrappingLabel::minimumSizeHint() const
{
    return {leastWidth, fontMetrics().height()};
}

void WrappingLabel::paintEvent(QPaintEvent *)
{
    QTextLayout lines;
    layOut(lines, *this, width());
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    lines.draw(&painter, {0, 0});
}
