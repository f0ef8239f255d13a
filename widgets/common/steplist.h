// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/runtime.h"

#include <QWidget>

/// The steps of a long operation from top to bottom: what is done and how long it took, what is under way and what it
/// waits for, what is still to come.
class StepList final : public QWidget {
    Q_OBJECT

public:
    using Step = RuntimeStep;

    explicit StepList(QWidget *parent = nullptr);

    void setSteps(const QList<Step> &steps);
    const QList<Step> &steps() const { return m_steps; }

    /// "40 ms", "0.2 s", "12 s", "1 min 04 s".
    static QString elapsedText(std::chrono::milliseconds elapsed);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    int stepHeight(const Step &step, int width) const;
    void paintStep(QPainter *painter, const Step &step, const QRect &rect) const;

    QList<Step> m_steps;
};
