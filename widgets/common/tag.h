// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/look.h"

#include <QWidget>

/// A short label on a ground of its own (PROD, LOCAL, KV).
class Tag final : public QWidget {
    Q_OBJECT

public:
    explicit Tag(const QString &text = {}, Tone tone = Tone::Neutral, QWidget *parent = nullptr);

    void setText(const QString &text);
    void setTone(Tone tone);
    QString text() const { return m_text; }
    Tone tone() const { return m_tone; }

    /// For delegates: paints a tag whose leading edge is that of `rect`, centred in height.
    static void paint(QPainter *painter, const QRect &rect, const QString &text, Tone tone);
    static QSize size(const QString &text);

    QSize sizeHint() const override { return size(m_text); }
    QSize minimumSizeHint() const override { return size(m_text); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    Tone m_tone;
};
