// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/look.h"

#include <QWidget>

/// A dot that goes before a word: filled in the tone's colour, an empty ring for Neutral (offline, unknown).
class StatusDot final : public QWidget {
    Q_OBJECT

public:
    explicit StatusDot(Tone tone = Tone::Neutral, QWidget *parent = nullptr);

    void setTone(Tone tone);
    Tone tone() const { return m_tone; }

    static void paint(QPainter *painter, const QPointF &centre, Tone tone);

    QSize sizeHint() const override { return {9, 9}; }
    QSize minimumSizeHint() const override { return {9, 9}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Tone m_tone;
};
