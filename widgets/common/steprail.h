// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

/// The way from nothing to a first working thing, left to right. Narrow, it stands from top to bottom.
class StepRail final : public QWidget {
    Q_OBJECT

public:
    enum class State { Done, Current, Locked };
    struct Step {
        QString title;
        QString text;
        State state = State::Locked;

        bool operator==(const Step &) const = default;
    };

    explicit StepRail(QWidget *parent = nullptr);

    void setSteps(const QList<Step> &steps);
    const QList<Step> &steps() const { return m_steps; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QRect stepRect(qsizetype index, const QSize &size) const;
    void paintStep(QPainter *painter, qsizetype index, const QRect &rect) const;
    int stepHeight() const;
    bool isStacked(int width) const;

    QList<Step> m_steps;
};
