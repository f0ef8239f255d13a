// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/network/proxyway.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>

#include <memory>
#include <vector>

/// What requests to one API server go out by. A QNetworkAccessManager keeps to connections that the server or the
/// network has given up, so it is replaced then; the one before stays for as long as something is under way by it. GUI
/// thread.
class Networks final {
public:
    /// Of those that are made from now on; as ProxyWay::set().
    void setProxy(const QUrl &proxy, const QByteArray &authorities);
    /// Of the type DefaultProxy where there is none.
    const QNetworkProxy &proxy() const { return m_way.networkProxy(); }

    QNetworkAccessManager &shared();
    /// For one stream over HTTP/1.1, where six that go on would leave no connection for anything else.
    QNetworkAccessManager &ofItsOwn();
    /// One more, which nobody uses yet.
    std::unique_ptr<QNetworkAccessManager> create() const;
    /// From now on `network` is the shared one.
    void replace(std::unique_ptr<QNetworkAccessManager> network);
    /// Whether `reply` went out by one that is in use.
    bool isCurrent(const QNetworkReply &reply) const;

private:
    ProxyWay m_way;
    std::unique_ptr<QNetworkAccessManager> m_shared;
    std::vector<std::unique_ptr<QNetworkAccessManager>> m_own; ///< each for one stream
    std::vector<std::unique_ptr<QNetworkAccessManager>> m_retired;
};
