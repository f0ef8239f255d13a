// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/result.h"
#include "services/domain/bytecount.h"
#include "services/domain/clientconnection.h"
#include "services/domain/consumer.h"

#include <QByteArray>
#include <QMap>
#include <QStringList>

/// What a server says of itself on its monitoring port (`/varz`).
struct ServerVariables {
    QString name;
    QString version;
    QString cluster; ///< empty on a server of its own
    bool isJetStreamOn = false;
    int connections = 0;
    QString id = {}; ///< another one after each start
    QStringList tags = {};

    bool operator==(const ServerVariables &) const = default;
};

/// All that some servers know of JetStream, each stream and consumer once.
struct MonitoredAssets {
    QStringList accounts; ///< by name
    QList<Stream> streams; ///< by id
    QList<Consumer> consumers; ///< by id

    bool operator==(const MonitoredAssets &) const = default;
};

/// One server's answer to `/jsz?accounts=true&streams=true&consumers=true&config=true`.
struct JszAnswer {
    QString server; ///< its name, as leaders are told by
    QByteArray body;
};

/// One page of a server's answer to `/connz?auth=true`.
struct ConnectionsPage {
    QList<ClientConnection> connections; ///< hidden users among them; without the pod's name
    int total = 0; ///< on all pages
};

/// Who is connected to one server. nats-server's monitor.go (Connz, ConnInfo).
Result<ConnectionsPage> connectionsFrom(const QByteArray &connz);

/// How many streams of `account` that server holds, by its answer to `/jsz?acc=...&streams=true`.
Result<int> heldStreams(const QByteArray &jsz, const QString &account);

/// What each account has stored on that server, by its answer to `/jsz?accounts=true`.
Result<QMap<QString, ByteCount>> storageFrom(const QByteArray &jsz);

/// https://docs.nats.io/running-a-nats-service/nats_admin/monitoring, nats-server's monitor.go (Varz).
Result<ServerVariables> serverVariablesFrom(const QByteArray &varz);

/// Puts together what the servers of one NATS answered. Each of them tells of every copy that it has: what counts is
/// its leader's, and where that is not among them the copy that has come furthest. Pure; it takes its time with many
/// streams: for the background. nats-server's monitor.go (JSInfo, AccountDetail, StreamDetail).
Result<MonitoredAssets> assetsFrom(const QList<JszAnswer> &answers);
