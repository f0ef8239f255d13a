// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/look.h"

#include <QWidget>

/// A pill with a state: a shape and a word in the tone's colours.
class StatusBadge final : public QWidget {
    Q_OBJECT

public:
    using Tone = ::Tone;
    enum class Shape { None, Dot, Ring, Progress, Check, Cross, Alert };

    explicit StatusBadge(QWidget *parent = nullptr);
    StatusBadge(Tone tone, const QString &text, QWidget *parent = nullptr);

    /// With the shape that goes with the tone.
    void setStatus(Tone tone, const QString &text);
    void setStatus(Tone tone, const QString &text, Shape shape);
    Tone tone() const { return m_tone; }
    QString text() const { return m_text; }

    /// The shape that goes with a tone.
    static Shape usualShape(Tone tone);

    /// For delegates: paints a badge at the left (in the reading direction) of `rect`.
    static void paint(QPainter *painter, const QRect &rect, Tone tone, const QString &text, Shape shape,
        Qt::LayoutDirection direction = Qt::LeftToRight);
    static QSize size(const QString &text, Shape shape);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Tone m_tone = Tone::Neutral;
    QString m_text;
    Shape m_shape = Shape::None;
};
