// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/switch.h"

#include "widgets/common/colortable.h"
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

void Switch::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRect content = rect().adjusted(2, 0, -2, 0);
    const QRect box = QStyle::alignedRect(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter, track, content);
    const double radius = track.height() / 2.0;
    QColor ground = mixed(Look::color(Look::Surface), Look::color(Look::FaintText), 0.55);
    if (isChecked())
        ground = Look::color(Look::Accent);
    if (!isEnabled())
        ground = Look::color(Look::Line);
    else if (underMouse())
        ground = mixed(ground, Look::color(Look::Text), 0.1);
    paintRounded(painter, box, radius, ground, {});

    // The knob alone would say it by place only: a stroke stands for on, as on hardware.
    const bool isKnobRight = isChecked() == (layoutDirection() == Qt::LeftToRight);
    QRectF knob(box.left() + 2, box.top() + 2, box.height() - 4, box.height() - 4);
    if (isKnobRight)
        knob.moveRight(box.right() - 1);
    paintRounded(painter, knob, knob.height() / 2, isEnabled() ? QColor(Qt::white) : Look::color(Look::Surface), {});
    if (isChecked()) {
        const double x = isKnobRight ? box.left() + 9 : box.right() - 8;
        painter.fillRect(QRectF(x - 0.75, box.center().y() - 2.5, 1.5, 6),
            Look::color(isEnabled() ? Look::OnAccent : Look::FaintText));
    }
    if (hasFocus())
        paintFocusRing(painter, QRectF(box).adjusted(-2, -2, 2, 2), radius + 2);
    if (text().isEmpty())
        return;
    painter.setPen(palette().color(isEnabled() ? QPalette::Normal : QPalette::Disabled, QPalette::WindowText));
    const QRect words = content.adjusted(track.width() + Look::spaceS, 0, 0, 0);
    painter.drawText(QStyle::visualRect(layoutDirection(), content, words),
        Qt::AlignVCenter | Qt::TextHideMnemonic | Qt::TextSingleLine, text());
}
