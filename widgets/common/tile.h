// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/look.h"

#include <QFrame>

class QLabel;
class Sparkline;

/// One figure on a card: caption, the number, its unit, and how it went of late.
class Tile final : public QFrame {
    Q_OBJECT

public:
    explicit Tile(const QString &caption, QWidget *parent = nullptr);

    void setCaption(const QString &caption);
    void setFigure(const QString &figure, const QString &unit = {});
    QString figure() const;
    /// Neutral is the text colour.
    void setTone(Tone tone);
    /// Without values there is no sparkline.
    void setValues(const QList<double> &values);
    /// Why there is no figure; shown as tooltip, the figure as a dash.
    void setUnknown(const QString &why);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void renewLook();

    QLabel *m_caption;
    QLabel *m_figure;
    QLabel *m_unit;
    Sparkline *m_sparkline;
    Tone m_tone = Tone::Neutral;
};
