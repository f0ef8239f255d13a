// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/statusbadge.h"

#include "widgets/common/painting.h"

#include <QPainter>
#include <QStyle>

namespace {

constexpr int pillHeight = 22;
constexpr int sidePadding = 9;
constexpr int shapeWidth = 14;

StatusBadge::Shape usualShape(Tone tone)
{
    switch (tone) {
    case Tone::Neutral:
        return StatusBadge::Shape::Ring;
    case Tone::Accent:
        return StatusBadge::Shape::Progress;
    case Tone::Good:
        return StatusBadge::Shape::Dot;
    case Tone::Warning:
        return StatusBadge::Shape::Alert;
    case Tone::Bad:
        return StatusBadge::Shape::Cross;
    }
    return StatusBadge::Shape::None;
}

QFont badgeFont()
{
    QFont font = Look::captionFont();
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace

StatusBadge::StatusBadge(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

StatusBadge::StatusBadge(Tone tone, const QString &text, QWidget *parent)
    : StatusBadge(parent)
{
    setStatus(tone, text);
}

void StatusBadge::setStatus(Tone tone, const QString &text)
{
    setStatus(tone, text, usualShape(tone));
}

void StatusBadge::setStatus(Tone tone, const QString &text, Shape shape)
{
    m_tone = tone;
    m_text = text;
    m_shape = shape;
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize StatusBadge::size(const QString &text, Shape shape)
{
    const int textWidth = QFontMetrics(badgeFont()).horizontalAdvance(text);
    return {textWidth + 2 * sidePadding + (shape == Shape::None ? 0 : shapeWidth), pillHeight};
}

QSize StatusBadge::sizeHint() const
{
    return size(m_text, m_shape);
}

QSize StatusBadge::minimumSizeHint() const
{
    return sizeHint();
}

void StatusBadge::paint(
    QPainter *painter, const QRect &rect, Tone tone, const QString &text, Shape shape, Qt::LayoutDirection direction)
{
    const QRect pill = QStyle::alignedRect(direction, Qt::AlignLeft | Qt::AlignVCenter, size(text, shape), rect);
    paintRounded(*painter, pill, pillHeight / 2.0, Look::toneGround(tone), {});
    painter->setFont(badgeFont());
    painter->setPen(Look::toneColor(tone));
    painter->drawText(pill, Qt::AlignCenter, text);
}

void StatusBadge::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paint(&painter, rect(), m_tone, m_text, m_shape, layoutDirection());
}
