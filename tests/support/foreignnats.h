// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>

class FakeCluster;

/// The NATS "bus" in namespace "team", as somebody else's Helm release has made it: two pods with a sidecar.
namespace ForeignNats {

QJsonObject statefulSet(const QString &nameSpace, const QString &image = QStringLiteral("nats:2.12.3-alpine"));
/// Ready.
QJsonObject pod(const QString &name, const QString &owner = QStringLiteral("bus"));
/// Where the API server leads to a page of the pod's monitoring port.
QString monitorOf(const QString &pod, const char *page);
/// /jsz with a stream of account APP and its consumer "worker", which `leader` alone has.
QByteArray jsz(const char *stream, const char *leader);
/// Answers `pod`'s /varz.
void serveVariables(FakeCluster &cluster, const QString &pod, int connections);
/// StatefulSet and pods, whose monitoring ports answer: bus-0 has "orders", bus-1 "audit", each one connection.
void put(FakeCluster &cluster);

} // namespace ForeignNats
