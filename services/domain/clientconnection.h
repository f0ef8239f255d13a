// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

/// One client that is connected to a server, as that tells of it (`/connz`).
struct ClientConnection {
    QString pod;
    quint64 id = 0; ///< `cid`, unique on its server
    QString account;
    QString user; ///< as which it has logged in
    QString name; ///< as it calls itself; empty: it doesn't
    QString address; ///< "10.0.0.7:51234"
    QString library; ///< "nats.js 2.28.2"
    QDateTime since; ///< UTC
    quint64 messagesIn = 0; ///< from the client
    quint64 messagesOut = 0;
    int subscriptions = 0;

    bool operator==(const ClientConnection &) const = default;
};
