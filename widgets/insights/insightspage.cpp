// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/insights/insightspage.h"

#include "widgets/common/emptystate.h"

#include <QVBoxLayout>

InsightsPage::InsightsPage(QWidget *parent)
    : QWidget(parent)
{
    auto *empty = new EmptyState(Icons::Name::Chart, tr("Insights come with a later version"),
        tr("Here will stand the runtime's CPU, memory, connections, message rates, JetStream storage and slow "
           "consumers over time, for the cluster and for each pod. They will be read from VictoriaMetrics, which must "
           "scrape the "
           "exporter that already runs beside each NATS server (port 7777)."),
        this);
    empty->setObjectName(QStringLiteral("insightsEmptyState"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(empty);
}
