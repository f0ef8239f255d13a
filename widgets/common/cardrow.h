// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

/// A row of a card whose body is flush: a hairline parts it from the next one.
class CardRow : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;

    /// Nothing comes below it.
    void setLast(bool isLast);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    bool m_isLast = false;
};
