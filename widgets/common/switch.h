// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

/// On or off, at once. Space toggles. Its text stands beside it. Disabled, it still shows which of both, and a lock.
class Switch final : public QAbstractButton {
    Q_OBJECT

public:
    explicit Switch(QWidget *parent = nullptr);
    explicit Switch(const QString &text, QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    bool hitButton(const QPoint &position) const override;
    void paintEvent(QPaintEvent *event) override;

private:
    QColor trackColor() const;
    void paintKnob(QPainter &painter, const QRect &box) const;
};
