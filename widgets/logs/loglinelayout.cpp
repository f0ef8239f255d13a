// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/logs/loglinelayout.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace {

/// Beyond this a line that isn't ASCII is laid out as if each character took one cell: shaping it would take longer
/// than a frame.
constexpr qsizetype longestShaped = 4096;

bool isAscii(QByteArrayView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](char byte) { return uchar(byte) < 0x80; });
}

QChar shownFor(QChar character)
{
    constexpr char16_t pictures = u'\u2400';
    if (character == u'\t')
        return u' ';
    if (character.unicode() < 0x20)
        return QChar(char16_t(pictures + character.unicode()));
    if (character.unicode() == 0x7f)
        return u'\u2421';
    // C1 controls, and what would turn the direction of the line around.
    if ((character.unicode() >= 0x80 && character.unicode() < 0xa0) || character.category() == QChar::Other_Format
        || character == QChar::LineSeparator || character == QChar::ParagraphSeparator)
        return QChar::ReplacementCharacter;
    return character;
}

} // namespace

LogLineLayout::LogLineLayout(QByteArrayView bytes, const QFont &font, double cellWidth)
    : m_bytes(bytes)
    , m_font(font)
    , m_cellWidth(cellWidth)
    , m_isAscii(isAscii(bytes))
{
    if (m_isAscii) {
        // One glyph a cell: ligatures would tear what is lined up in columns.
        m_font.setStyleStrategy(QFont::PreferNoShaping);
        return;
    }
    m_text = QString::fromUtf8(bytes);
    if (m_text.size() > longestShaped)
        return;
    m_layout = std::make_unique<QTextLayout>(shown(0, m_text.size()), m_font);
    m_layout->setCacheEnabled(true);
    m_layout->beginLayout();
    QTextLine line = m_layout->createLine();
    line.setNumColumns(int(m_text.size()));
    m_layout->endLayout();
}

qsizetype LogLineLayout::length() const
{
    return m_isAscii ? m_bytes.size() : m_text.size();
}

double LogLineLayout::xOf(qsizetype column) const
{
    column = std::clamp<qsizetype>(column, 0, length());
    return m_layout ? m_layout->lineAt(0).cursorToX(int(column)) : double(column) * m_cellWidth;
}

qsizetype LogLineLayout::columnAt(double x) const
{
    if (m_layout)
        return m_layout->lineAt(0).xToCursor(x);
    return std::clamp<qsizetype>(qsizetype(std::lround(x / m_cellWidth)), 0, length());
}

qsizetype LogLineLayout::columnOfByte(qsizetype position) const
{
    return m_isAscii ? position : QString::fromUtf8(m_bytes.first(position)).size();
}

QString LogLineLayout::text(qsizetype from, qsizetype to) const
{
    from = std::clamp<qsizetype>(from, 0, length());
    to = std::clamp<qsizetype>(to, from, length());
    return m_isAscii ? QString::fromLatin1(m_bytes.sliced(from, to - from)) : m_text.mid(from, to - from);
}

QString LogLineLayout::shown(qsizetype from, qsizetype to) const
{
    QString part = text(from, to);
    std::transform(part.begin(), part.end(), part.begin(), shownFor);
    return part;
}

void LogLineLayout::paint(QPainter &painter, const QPointF &origin, double left, double right, const QColor &color,
    const QList<LogSpan> &spans) const
{
    const qsizetype first = std::max<qsizetype>(columnAt(left) - 1, 0);
    const qsizetype last = std::min(columnAt(right) + 1, length());
    qsizetype next = first;
    const auto paintUpTo = [&](qsizetype end, const QColor &pen, bool isBold) {
        end = std::min(end, last);
        if (end <= next)
            return;
        QFont font = m_font;
        font.setBold(isBold);
        painter.setFont(font);
        painter.setPen(pen);
        paintPart(painter, origin, next, end);
        next = end;
    };
    for (const LogSpan &span : spans) {
        paintUpTo(span.start, color, false);
        paintUpTo(span.start + span.length, span.color, span.isBold);
    }
    paintUpTo(last, color, false);
}

void LogLineLayout::paintPart(QPainter &painter, const QPointF &origin, qsizetype from, qsizetype to) const
{
    const QPointF baseline = origin + QPointF(xOf(from), painter.fontMetrics().ascent());
    painter.drawText(baseline, shown(from, to));
}
