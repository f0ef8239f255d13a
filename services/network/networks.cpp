// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/networks.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace {

bool isIdle(const std::unique_ptr<QNetworkAccessManager> &network)
{
    return !network->findChild<QNetworkReply *>();
}

} // namespace

void Networks::setProxy(const QUrl &proxy, const QByteArray &authorities)
{
    m_way.set(proxy, authorities);
}

QNetworkAccessManager &Networks::shared()
{
    if (!m_shared)
        m_shared = create();
    return *m_shared;
}

QNetworkAccessManager &Networks::ofItsOwn()
{
    std::erase_if(m_own, isIdle);
    m_own.push_back(create());
    return *m_own.back();
}

std::unique_ptr<QNetworkAccessManager> Networks::create() const
{
    auto network = std::make_unique<QNetworkAccessManager>();
    network->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    if (proxy().type() != QNetworkProxy::DefaultProxy)
        network->setProxy(proxy());
    return network;
}

void Networks::replace(std::unique_ptr<QNetworkAccessManager> network)
{
    std::erase_if(m_retired, isIdle);
    if (auto before = std::exchange(m_shared, std::move(network)))
        m_retired.push_back(std::move(before));
    std::move(m_own.begin(), m_own.end(), std::back_inserter(m_retired));
    m_own.clear();
}

bool Networks::isCurrent(const QNetworkReply &reply) const
{
    return reply.manager() == m_shared.get() || std::any_of(m_own.begin(), m_own.end(), [&reply](const auto &network) {
        return network.get() == reply.manager();
    });
}
