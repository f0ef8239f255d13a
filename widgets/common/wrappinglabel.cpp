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
double layOut(QTextLayout &lines, const QLabel &label, QString text, double width)
{
    QTextOption option(label.alignment() & Qt::AlignHorizontal_Mask);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(label.layoutDirection());
    lines.setText(text.replace(QLatin1Char('\n'), QChar::LineSeparator));
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

void WrappingLabel::setRoomFor(const QString &text, int wider)
{
    if (m_roomFor == text && m_wider == wider)
        return;
    m_roomFor = text;
    m_wider = wider;
    updateGeometry();
}

int WrappingLabel::heightForWidth(int width) const
{
    QTextLayout lines;
    const double shown = layOut(lines, *this, text(), std::max(width, leastWidth));
    const double kept =
        m_roomFor.isEmpty() ? 0 : layOut(lines, *this, m_roomFor, std::max(width + m_wider, leastWidth));
    return int(std::ceil(std::max(shown, kept)));
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
    layOut(lines, *this, text(), width());
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    lines.draw(&painter, {0, 0});
}
