// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/switch.h"

#include "widgets/common/colortable.h"
#include "widgets/common/icons.h"
#include "widgets/common/painting.h"

#include <QPainter>
#include <QStyle>

namespace {
constexpr QSize track(32, 18);
} // namespace

Switch::Switch(QWidget *parent)
    : QAbstractButton(parent)
{
    setCheckable(true);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

Switch::Switch(const QString &text, QWidget *parent)
    : Switch(parent)
{
    setText(text);
}

QSize Switch::sizeHint() const
{
    const int textWidth =
        text().isEmpty() ? 0 : Look::spaceS + fontMetrics().size(Qt::TextShowMnemonic, text()).width();
    return {track.width() + 4 + textWidth, qMax(track.height() + 4, fontMetrics().height())};
}

bool Switch::hitButton(const QPoint &position) const
{
    return rect().contains(position);
}

QColor Switch::trackColor() const
{
    const QColor surface = Look::color(Look::Surface);
    // Paler, but at 3:1 against the surface: it is what tells on from off at a glance.
    if (!isEnabled())
        return isChecked() ? mixed(Look::color(Look::Accent), surface, 0.25) : Look::color(Look::Line);
    const QColor ground = isChecked() ? Look::color(Look::Accent) : mixed(surface, Look::color(Look::FaintText), 0.55);
    return underMouse() ? mixed(ground, Look::color(Look::Text), 0.1) : ground;
}

void Switch::paintKnob(QPainter &painter, const QRect &box) const
{
    const bool isKnobRight = isChecked() == (layoutDirection() == Qt::LeftToRight);
    QRectF knob(box.left() + 2, box.top() + 2, box.height() - 4, box.height() - 4);
    if (isKnobRight)
        knob.moveRight(box.right() - 1);
    paintRounded(painter, knob, knob.height() / 2, isEnabled() ? QColor(Qt::white) : Look::color(Look::Surface), {});
    if (!isEnabled())
        Icons::paint(&painter, knob.adjusted(1.5, 1.5, -1.5, -1.5), Icons::Name::Lock, Look::color(Look::Text));
    if (!isChecked())
        return;
    // The knob alone would say it by place only: a stroke stands for on, as on hardware.
    const double x = isKnobRight ? box.left() + 9 : box.right() - 8;
    painter.fillRect(QRectF(x - 0.75, box.center().y() - 2.5, 1.5, 6), Look::color(Look::OnAccent));
}

void Switch::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRect content = rect().adjusted(2, 0, -2, 0);
    const QRect box = QStyle::alignedRect(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter, track, content);
    const double radius = track.height() / 2.0;
    paintRounded(painter, box, radius, trackColor(), {});
    paintKnob(painter, box);
    if (hasFocus())
        paintFocusRing(painter, QRectF(box).adjusted(-2, -2, 2, 2), radius + 2);
    if (text().isEmpty())
        return;
    painter.setPen(palette().color(isEnabled() ? QPalette::Normal : QPalette::Disabled, QPalette::WindowText));
    const QRect words = content.adjusted(track.width() + Look::spaceS, 0, 0, 0);
    painter.drawText(QStyle::visualRect(layoutDirection(), content, words),
        Qt::AlignVCenter | Qt::TextHideMnemonic | Qt::TextSingleLine, text());
}
