// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/switch.h"

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
    painter.setRenderHint(QPainter::Antialiasing);
    const QRect box =
        QStyle::alignedRect(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter, track, rect().adjusted(2, 0, -2, 0));
    paintRounded(painter, box, track.height() / 2.0, Look::color(isChecked() ? Look::Accent : Look::Line), {});
}
