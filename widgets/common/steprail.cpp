// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/steprail.h"

#include "widgets/common/icons.h"
#include "widgets/common/painting.h"

#include <QPainter>
#include <QStyle>

namespace {
constexpr int stackedStepWidth = 210;
constexpr int discSize = 20;
} // namespace

StepRail::StepRail(QWidget *parent)
    : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void StepRail::setSteps(const QList<Step> &steps)
{
    if (steps == m_steps)
        return;
    m_steps = steps;
    updateGeometry();
    update();
}

int StepRail::stepHeight() const
{
    return 2 * QFontMetrics(Look::bodyFont()).height() + 2 * Look::spaceM + 6;
}

bool StepRail::isStacked(int width) const
{
    return width < stackedStepWidth * m_steps.size();
}

QRect StepRail::stepRect(qsizetype index, const QSize &size) const
{
    const qsizetype count = m_steps.size();
    if (isStacked(size.width()))
        return QRect(0, int(index) * stepHeight(), size.width(), stepHeight());
    const int left = int(size.width() * index / count);
    return QStyle::visualRect(layoutDirection(), QRect(QPoint(), size),
        QRect(left, 0, int(size.width() * (index + 1) / count) - left, size.height()));
}

int StepRail::heightForWidth(int width) const
{
    return isStacked(width) ? int(m_steps.size()) * stepHeight() : stepHeight();
}

QSize StepRail::sizeHint() const
{
    return {int(m_steps.size()) * 300, stepHeight()};
}

QSize StepRail::minimumSizeHint() const
{
    return {stackedStepWidth, stepHeight()};
}

void StepRail::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintRounded(painter, rect(), Look::cardRadius, Look::color(Look::Surface), Look::color(Look::Line));
    for (qsizetype i = 0; i < m_steps.size(); ++i) {
        const QRect step = stepRect(i, size());
        painter.setFont(Look::titleFont());
        painter.setPen(Look::color(Look::Text));
        painter.drawText(step.adjusted(46, Look::spaceM, 0, 0), m_steps[i].title);
        painter.setFont(Look::bodyFont());
        painter.drawText(step.adjusted(46, Look::spaceM + 20, 0, 0), m_steps[i].text);
    }
}
