// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/look.h"

#include <QList>
#include <QWidget>

/// A small line of values over time, without axes. What is not a number is a gap.
class Sparkline final : public QWidget {
    Q_OBJECT

public:
    explicit Sparkline(QWidget *parent = nullptr);

    void setValues(const QList<double> &values);
    const QList<double> &values() const { return m_values; }
    void setRole(Look::Role role);

    QSize sizeHint() const override { return {120, 24}; }
    QSize minimumSizeHint() const override { return {24, 12}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QList<double> m_values;
    Look::Role m_role = Look::Series1;
};
