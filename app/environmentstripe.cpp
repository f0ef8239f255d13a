// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/environmentstripe.h"

#include "app/statustext.h"

#include <QPainter>

namespace {

constexpr int stripeHeight = 4;

}

EnvironmentStripe::EnvironmentStripe(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("environmentStripe"));
    setFixedHeight(stripeHeight);
    hide();
}

void EnvironmentStripe::setEnvironment(const ClusterEnvironment &environment)
{
    m_environment = environment;
    setVisible(!environment.label.isEmpty());
    update();
}

void EnvironmentStripe::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), Look::toneColor(environmentTone(m_environment.color)));
}
