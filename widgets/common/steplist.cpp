// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/steplist.h"

#include "widgets/common/icons.h"
#include "widgets/common/painting.h"

#include <QPainter>

namespace {
constexpr int titleHeight = 30;
} // namespace

StepList::StepList(QWidget *parent)
    : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void StepList::setSteps(const QList<Step> &steps)
{
    if (steps == m_steps)
        return;
    m_steps = steps;
    updateGeometry();
    update();
}

QString StepList::elapsedText(std::chrono::milliseconds elapsed)
{
    const qint64 milliseconds = elapsed.count();
    if (milliseconds < 9'950)
        return tr("%1 s").arg(QLocale().toString(double(milliseconds) / 1000, 'f', 1));
    const qint64 seconds = (milliseconds + 500) / 1000;
    if (seconds < 60)
        return tr("%1 s").arg(seconds);
    return tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

int StepList::stepHeight(const Step &, int) const
{
    return titleHeight;
}

int StepList::heightForWidth(int width) const
{
    int height = 0;
    for (const Step &step : m_steps)
        height += stepHeight(step, width);
    return height;
}

QSize StepList::sizeHint() const
{
    return {480, heightForWidth(qMax(480, width()))};
}

QSize StepList::minimumSizeHint() const
{
    return {200, titleHeight};
}

void StepList::paintStep(QPainter *painter, const Step &step, const QRect &rect) const
{
    painter->setPen(Look::color(Look::Text));
    painter->drawText(rect.adjusted(28, 0, 0, 0), Qt::AlignVCenter, step.title);
}

void StepList::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    int top = 0;
    for (const Step &step : m_steps) {
        const int height = stepHeight(step, width());
        paintStep(&painter, step, QRect(0, top, width(), height));
        top += height;
    }
}
