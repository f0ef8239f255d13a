// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/overview/runtimecard.h"

#include "widgets/common/card.h"
#include "widgets/common/factlist.h"
#include "widgets/common/icons.h"

#include <QPushButton>
#include <QVBoxLayout>

RuntimeCard::RuntimeCard(QWidget *parent)
    : QWidget(parent)
    , m_facts(new FactList)
{
    auto *settings = new QPushButton(tr("Settings"));
    settings->setObjectName(QStringLiteral("runtimeSettingsButton"));
    settings->setAccessibleName(tr("Open Settings"));
    settings->setProperty("flat", true);
    settings->setIcon(Icons::icon(Icons::Name::Settings));
    m_facts->setObjectName(QStringLiteral("runtimeFactList"));
    auto *card = new Card(tr("Runtime"), this);
    card->addHeaderWidget(settings);
    card->body()->addWidget(m_facts);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(card);
    connect(settings, &QPushButton::clicked, this, &RuntimeCard::settingsRequested);
}

void RuntimeCard::setStatus(const RuntimeStatus &status)
{
    const RuntimeSpec spec = status.spec.value_or(RuntimeSpec{});
    QList<FactList::Fact> facts{
        {tr("Replicas"), tr("%1 of %2 ready").arg(status.readyPods()).arg(spec.replicas)},
        {tr("Server"), status.serverImage},
        {tr("Storage class"), spec.storageClass},
        {tr("JetStream storage"),
            spec.replicas == 1 ? tr("%1 GiB").arg(spec.storageGibibytes)
                               : tr("%1 GiB each replica").arg(spec.storageGibibytes)},
        {tr("WebSocket"), spec.webSocketEnabled ? tr("on") : tr("off")},
        {tr("Namespace"), status.nameSpace},
    };
    if (status.kept)
        facts.append({tr("Also kept by"), status.kept->owner.text()});
    m_facts->setFacts(facts);
}
