// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/clock.h"
#include "services/messaging/messaging.h"
#include "tests/support/rawnats.h"
#include "tests/support/realcluster.h"

#include <QJsonObject>

#include <functional>
#include <memory>

class PortForward;

/// A runtime of one server on the real cluster, made by Pennant's own services, and beside them an independent client
/// of its default account.
class EnabledRuntime final {
public:
    EnabledRuntime();
    ~EnabledRuntime();

    /// Why it is not there; empty where it is.
    QString start();
    Messaging &messaging() { return *m_messaging; }

    /// What the server answers the independent client.
    QJsonObject ask(const QString &subject, const QJsonObject &body = {});
    /// True where the server has stored it.
    bool publish(const QByteArray &subject, const QByteArray &payload = {});
    static bool eventually(const std::function<bool()> &condition);

private:
    QString enable();

    SystemClock m_clock;
    std::unique_ptr<NetworkTransport> m_transport;
    std::unique_ptr<Messaging> m_messaging;
    std::unique_ptr<PortForward> m_forward;
    std::unique_ptr<RawNats> m_nats;
};
