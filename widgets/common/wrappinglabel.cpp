// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/wrappinglabel.h"
#include "widgets/common/plaintooltip.h"

#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
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

/// How many of the lines fit into `height`, at least one where there is any.
int shownLines(const QTextLayout &lines, int height)
{
    int shown = std::min(1, lines.lineCount());
    while (shown < lines.lineCount() && lines.lineAt(shown).rect().bottom() < height + 1)
        ++shown;
    return shown;
}

} // namespace

WrappingLabel::WrappingLabel(QWidget *parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
}

void WrappingLabel::setRoomFor(const QList<Kept> &texts)
{
    if (m_roomFor == texts)
        return;
    m_roomFor = texts;
    updateGeometry();
}

bool WrappingLabel::isElided() const
{
    QTextLayout lines;
    layOut(lines, *this, text(), width());
    return shownLines(lines, height()) < lines.lineCount();
}

int WrappingLabel::heightForWidth(int width) const
{
    const auto heightOf = [this, width](const Kept &kept) {
        QTextLayout lines;
        return layOut(lines, *this, kept.text, std::max(width + kept.wider, leastWidth));
    };
    double height = m_roomFor.isEmpty() ? heightOf({text()}) : 0;
    for (const Kept &kept : m_roomFor)
        height = std::max(height, heightOf(kept));
    return int(std::ceil(height));
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
    const int shown = shownLines(lines, height());
    const bool isWhole = shown == lines.lineCount();
    for (int i = 0; i < (isWhole ? shown : shown - 1); ++i)
        lines.lineAt(i).draw(&painter, {0, 0});
    if (isWhole)
        return;
    const QTextLine last = lines.lineAt(shown - 1);
    const QString rest = fontMetrics().elidedText(lines.text().mid(last.textStart()), Qt::ElideRight, width());
    painter.drawText(QRectF(0, last.y(), width(), last.height()),
        int(QStyle::visualAlignment(layoutDirection(), alignment())) | Qt::TextSingleLine, rest);
}

bool WrappingLabel::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty() && isElided()) {
        showPlainToolTip(static_cast<QHelpEvent *>(event)->globalPos(), text(), this);
        return true;
    }
    return QLabel::event(event);
}
