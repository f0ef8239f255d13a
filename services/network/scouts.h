// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

/// Requests that find out whether somebody answers again, each by a connection of its own: packets that vanish hold up
/// the connection that sent them for longer the more often they did, and the one that sets out after the way is mended
/// arrives first. GUI thread.
class Scouts final : public QObject {
    Q_OBJECT

public:
    /// Called with the network by which the first answer came, of whatever HTTP status. All others are recalled.
    using Found = std::function<void(std::unique_ptr<QNetworkAccessManager>)>;

    explicit Scouts(Found found);
    ~Scouts() override;

    /// Sends `request` (GET) by `network`, which nothing else uses; given up once nothing came for `patience`.
    void send(
        std::unique_ptr<QNetworkAccessManager> network, QNetworkRequest request, std::chrono::milliseconds patience);
    /// Whatever they find is not waited for any more.
    void recall();

private:
    struct Scout {
        std::unique_ptr<QNetworkAccessManager> network;
        QNetworkReply *reply; ///< a child of `network`
    };

    void hear(QNetworkReply *reply);

    Found m_found;
    std::vector<Scout> m_scouts;
};
