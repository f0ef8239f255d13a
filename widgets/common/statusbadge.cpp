// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/statusbadge.h"

#include "widgets/common/icons.h"
#include "widgets/common/painting.h"

#include <QPainter>
#include <QStyle>

namespace {

constexpr int pillHeight = 22;
constexpr int sidePadding = 9;
constexpr int shapeWidth = 14;

void paintShape(QPainter *painter, const QRectF &box, StatusBadge::Shape shape, const QColor &color)
{
    const QPointF centre = box.center();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(color, 1.4));
    painter->setBrush(Qt::NoBrush);
    switch (shape) {
    case StatusBadge::Shape::None:
        break;
    case StatusBadge::Shape::Dot:
        painter->setPen(Qt::NoPen);
        painter->setBrush(color);
        painter->drawEllipse(centre, 4, 4);
        break;
    case StatusBadge::Shape::Ring:
        painter->drawEllipse(centre, 3.5, 3.5);
        break;
    case StatusBadge::Shape::Progress:
        painter->drawEllipse(centre, 4, 4);
        painter->setPen(Qt::NoPen);
        painter->setBrush(color);
        painter->drawPie(QRectF(centre.x() - 4, centre.y() - 4, 8, 8), 90 * 16, -90 * 16);
        break;
    case StatusBadge::Shape::Check:
        Icons::paint(painter, box, Icons::Name::Check, color);
        break;
    case StatusBadge::Shape::Cross:
        Icons::paint(painter, box, Icons::Name::Cross, color);
        break;
    case StatusBadge::Shape::Alert:
        Icons::paint(painter, box, Icons::Name::Alert, color);
        break;
    }
    painter->restore();
}

QFont badgeFont()
{
    QFont font = Look::captionFont();
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace

StatusBadge::Shape StatusBadge::usualShape(Tone tone)
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
    const int shapeRoom = shape == Shape::None ? 0 : shapeWidth;
    const QRect content = pill.adjusted(sidePadding, 0, -sidePadding, 0);
    const QRect mark(content.left(), pill.center().y() - 5, 12, 12);
    const QRect words = content.adjusted(shapeRoom, 0, 0, 0);
    paintShape(painter, QStyle::visualRect(direction, pill, mark), shape, Look::toneColor(tone));
    painter->setFont(badgeFont());
    painter->setPen(Look::toneColor(tone));
    painter->drawText(QStyle::visualRect(direction, pill, words), Qt::AlignVCenter | Qt::TextSingleLine, text);
}

void StatusBadge::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paint(&painter, rect(), m_tone, m_text, m_shape, layoutDirection());
}
