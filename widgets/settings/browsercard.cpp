// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/settings/browsercard.h"

#include "widgets/common/card.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/painting.h"
#include "widgets/common/switch.h"

#include <QLabel>
#include <QVBoxLayout>

BrowserCard::BrowserCard(QWidget *parent)
    : QWidget(parent)
    , m_webSocket(new Switch(tr("&WebSocket listener")))
{
    m_webSocket->setObjectName(QStringLiteral("webSocketSwitch"));
    m_webSocket->setAccessibleName(tr("WebSocket listener"));
    auto *hint = new QLabel(
        tr("For browser and edge clients; leave it off for server-only workloads. It listens inside the cluster: to "
           "reach it from outside takes an Ingress, which can add TLS, or a port-forward."));
    hint->setFont(Look::captionFont());
    hint->setWordWrap(true);
    setTextRole(hint, Look::SoftText);
    auto *card = new Card(tr("Browser Connectivity"), this);
    card->body()->addWidget(m_webSocket);
    card->body()->addWidget(hint);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(card);
    connect(m_webSocket, &Switch::toggled, this, [this] { Q_EMIT edited(QStringLiteral("webSocketEnabled")); });
}

bool BrowserCard::isWebSocketEnabled() const
{
    return m_webSocket->isChecked();
}

void BrowserCard::setWebSocketEnabled(bool enabled)
{
    m_webSocket->setChecked(enabled);
}

void BrowserCard::setLocked(const QString &reason)
{
    setDisabledReason(m_webSocket, reason);
}
