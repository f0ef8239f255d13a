// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/tag.h"

#include "widgets/common/painting.h"

#include <QPainter>

namespace {

QFont tagFont()
{
    QFont font = Look::captionFont();
    font.setPointSizeF(font.pointSizeF() - 0.5);
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace

Tag::Tag(const QString &text, Tone tone, QWidget *parent)
    : QWidget(parent)
    , m_text(text)
    , m_tone(tone)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(text);
}

void Tag::setText(const QString &text)
{
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void Tag::setTone(Tone tone)
{
    m_tone = tone;
    update();
}

QSize Tag::size(const QString &text)
{
    return {QFontMetrics(tagFont()).horizontalAdvance(text) + 10, 17};
}

void Tag::paint(QPainter *painter, const QRect &rect, const QString &text, Tone tone)
{
    QRect box(QPoint(), size(text));
    box.moveCenter(rect.center());
    box.moveLeft(rect.left());
    paintRounded(*painter, box, 4, Look::toneGround(tone), {});
    painter->setFont(tagFont());
    painter->setPen(Look::toneColor(tone));
    painter->drawText(box, Qt::AlignCenter, text);
}

void Tag::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paint(&painter, rect(), m_text, m_tone);
}
