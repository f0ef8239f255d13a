// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/secretstring.h"

#include <QList>
#include <QTcpSocket>

#include <utility>

/// A NATS client by hand: it sends what no library would, and shows what the server says to it.
/// https://docs.nats.io/reference/reference-protocols/nats-protocol
class RawNats final {
public:
    /// Logs in at this machine's `port`; isOpen() says whether that worked.
    RawNats(quint16 port, const QString &user, const SecretString &password);

    bool isOpen() const { return m_isOpen; }
    /// All that the server says to these lines, up to its answer to a PING after them.
    QByteArray say(const QByteArray &lines);
    QByteArray publish(const QByteArray &subject, const QByteArray &reply = {}, const QByteArray &payload = {});
    /// What comes to `inbox`, which was subscribed to, also where that takes a moment.
    QByteArray ask(const QByteArray &subject, const QByteArray &inbox, const QByteArray &payload = {});
    /// All that comes to `inbox`, which was subscribed to, until each of `requests` (subject and payload), which are
    /// sent as one, was answered.
    QByteArray askAll(const QList<std::pair<QByteArray, QByteArray>> &requests, const QByteArray &inbox);
    QByteArray subscribe(const QByteArray &subject);

private:
    QTcpSocket m_socket;
    bool m_isOpen = false;
    int m_subscriptions = 0;
};
