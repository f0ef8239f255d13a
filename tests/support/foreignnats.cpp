// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/foreignnats.h"

#include "tests/support/fakecluster.h"

#include <QJsonArray>

namespace {

const QJsonObject selected{{u"app.kubernetes.io/name"_qs, u"nats"_qs}};

} // namespace

QJsonObject ForeignNats::statefulSet(const QString &nameSpace, const QString &image)
{
    const QJsonObject monitor{{u"name"_qs, u"monitor"_qs}, {u"containerPort"_qs, 8222}};
    const QJsonObject server{{u"name"_qs, u"server"_qs}, {u"image"_qs, image}, {u"ports"_qs, QJsonArray{monitor}}};
    const QJsonObject first{{u"name"_qs, u"mesh"_qs}, {u"image"_qs, u"mesh:1"_qs}};
    const QJsonObject podTemplate{{u"spec"_qs, QJsonObject{{u"containers"_qs, QJsonArray{first, server}}}}};
    return {{u"apiVersion"_qs, u"apps/v1"_qs}, {u"kind"_qs, u"StatefulSet"_qs},
        {u"metadata"_qs,
            QJsonObject{{u"name"_qs, u"bus"_qs}, {u"namespace"_qs, nameSpace},
                {u"labels"_qs, QJsonObject{{u"helm.sh/chart"_qs, u"nats-1.3.2"_qs}}},
                {u"annotations"_qs, QJsonObject{{u"meta.helm.sh/release-name"_qs, u"bus"_qs}}}}},
        {u"spec"_qs,
            QJsonObject{{u"replicas"_qs, 2}, {u"selector"_qs, QJsonObject{{u"matchLabels"_qs, selected}}},
                {u"template"_qs, podTemplate}}}};
}

QJsonObject ForeignNats::pod(const QString &name, const QString &owner)
{
    const QJsonArray containers{QJsonObject{{u"name"_qs, u"mesh"_qs}}, QJsonObject{{u"name"_qs, u"server"_qs}}};
    const QJsonObject ready{{u"type"_qs, u"Ready"_qs}, {u"status"_qs, u"True"_qs}};
    return {{u"apiVersion"_qs, u"v1"_qs}, {u"kind"_qs, u"Pod"_qs},
        {u"metadata"_qs,
            QJsonObject{{u"name"_qs, name}, {u"namespace"_qs, u"team"_qs}, {u"labels"_qs, selected},
                {u"ownerReferences"_qs,
                    QJsonArray{QJsonObject{{u"kind"_qs, u"StatefulSet"_qs}, {u"name"_qs, owner}}}}}},
        {u"spec"_qs, QJsonObject{{u"containers"_qs, containers}}},
        {u"status"_qs, QJsonObject{{u"phase"_qs, u"Running"_qs}, {u"conditions"_qs, QJsonArray{ready}}}}};
}

QString ForeignNats::monitorOf(const QString &pod, const char *page)
{
    return u"/api/v1/namespaces/team/pods/%1:8222/proxy/%2"_qs.arg(pod, QLatin1String(page));
}

QByteArray ForeignNats::jsz(const char *stream, const char *leader)
{
    return QByteArray(R"({"account_details":[{"name":"APP","stream_detail":[{"name":"%1","cluster":{"leader":"%2"},)"
                      R"("config":{"name":"%1"},"state":{"messages":3,"last_seq":3},"consumer_detail":[)"
                      R"({"name":"worker","config":{},"cluster":{"leader":"%2"},"num_pending":2}]}]}]})")
        .replace("%1", stream)
        .replace("%2", leader);
}

void ForeignNats::serveVariables(FakeCluster &cluster, const QString &pod, int connections)
{
    cluster.serve(monitorOf(pod, "varz"),
        R"({"server_name":")" + pod.toUtf8() + R"(","version":"2.12.3","jetstream":{"config":{"a":1}},)"
            + R"("connections":)" + QByteArray::number(connections) + '}');
}

void ForeignNats::put(FakeCluster &cluster)
{
    cluster.put(statefulSet(u"team"_qs));
    for (const auto &[name, stream] : {std::pair{"bus-0", "orders"}, std::pair{"bus-1", "audit"}}) {
        const QString server = QLatin1String(name);
        cluster.put(pod(server));
        serveVariables(cluster, server, 1);
        cluster.serve(monitorOf(server, "jsz"), jsz(stream, name));
    }
}
