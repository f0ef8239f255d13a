// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/scouts.h"

#include <algorithm>
#include <utility>

Scouts::Scouts(Found found)
    : m_found(std::move(found))
{
}

Scouts::~Scouts()
{
    recall();
}

void Scouts::send(
    std::unique_ptr<QNetworkAccessManager> network, QNetworkRequest request, std::chrono::milliseconds patience)
{
    request.setTransferTimeout(int(patience.count()));
    QNetworkReply *reply = network->get(request);
    connect(reply, &QNetworkReply::finished, this, [this, reply] { hear(reply); });
    m_scouts.push_back({std::move(network), reply});
}

void Scouts::hear(QNetworkReply *reply)
{
    const auto scout =
        std::find_if(m_scouts.begin(), m_scouts.end(), [reply](const Scout &one) { return one.reply == reply; });
    if (scout == m_scouts.end())
        return;
    // its network is in the midst of telling
    std::unique_ptr<QNetworkAccessManager> network = std::move(scout->network);
    m_scouts.erase(scout);
    reply->deleteLater();
    if (!reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).isValid()) {
        network.release()->deleteLater();
        return;
    }
    recall();
    m_found(std::move(network));
}

void Scouts::recall()
{
    for (Scout &scout : std::exchange(m_scouts, {})) {
        scout.reply->disconnect(this);
        scout.reply->abort();
        scout.network.release()->deleteLater();
    }
}
