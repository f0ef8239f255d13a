// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/look.h"

#include <QWidget>

/// A thin bar: how much of a whole is used or done.
class Meter final : public QWidget {
    Q_OBJECT

public:
    explicit Meter(QWidget *parent = nullptr);

    /// 0 to 1; what lies outside is drawn as the nearest end, not a number as nothing.
    void setValue(double value);
    double value() const { return m_value; }
    void setTone(Tone tone);
    Tone tone() const { return m_tone; }

    /// For delegates.
    static void paint(QPainter &painter, const QRect &groove, double value, Tone tone, Qt::LayoutDirection direction);

    QSize sizeHint() const override { return {120, 6}; }
    QSize minimumSizeHint() const override { return {24, 6}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    double m_value = 0;
    Tone m_tone = Tone::Accent;
};
