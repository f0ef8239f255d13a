// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimepodtemplate.h"

#include "services/messaging/runtimenames.h"

#include <QJsonArray>

namespace {

constexpr auto configFolder = "/etc/nats-config";
constexpr auto pidFolder = "/var/run/nats";

QString text(const char *value)
{
    return QLatin1String(value);
}

QJsonArray strings(std::initializer_list<const char *> values)
{
    QJsonArray array;
    for (const char *value : values)
        array.append(text(value));
    return array;
}

QJsonObject containerPort(const char *name, int number)
{
    return {{text("name"), text(name)}, {text("containerPort"), number}, {text("protocol"), text("TCP")}};
}

QJsonObject mount(const char *volume, const char *path)
{
    return {{text("name"), text(volume)}, {text("mountPath"), text(path)}};
}

QJsonObject probe(const char *path, int period, int failures)
{
    return {{text("httpGet"), QJsonObject{{text("path"), text(path)}, {text("port"), text("monitor")}}},
        {text("periodSeconds"), period}, {text("timeoutSeconds"), 5}, {text("failureThreshold"), failures}};
}

QJsonObject resources(const char *cpu, const char *memory, const char *memoryLimit)
{
    return {{text("requests"), QJsonObject{{text("cpu"), text(cpu)}, {text("memory"), text(memory)}}},
        {text("limits"), QJsonObject{{text("memory"), text(memoryLimit)}}}};
}

QJsonObject unprivileged()
{
    return {{text("allowPrivilegeEscalation"), false},
        {text("capabilities"), QJsonObject{{text("drop"), strings({"ALL"})}}}};
}

QJsonObject environment()
{
    return {{text("name"), text("POD_NAME")},
        {text("valueFrom"), QJsonObject{{text("fieldRef"), QJsonObject{{text("fieldPath"), text("metadata.name")}}}}}};
}

QJsonObject server(const RuntimeSpec &spec)
{
    QJsonArray ports{containerPort("nats", 4222), containerPort("cluster", 6222), containerPort("monitor", 8222)};
    if (spec.webSocketEnabled)
        ports.append(containerPort("websocket", 8080));
    const QJsonObject stop{
        {text("exec"), QJsonObject{{text("command"), strings({"nats-server", "-sl=ldm=/var/run/nats/nats.pid"})}}}};
    return {{text("name"), text(RuntimeNames::serverContainer)}, {text("image"), text(RuntimePodTemplate::serverImage)},
        {text("args"), strings({"--config", "/etc/nats-config/nats.conf"})}, {text("ports"), ports},
        // GOMEMLIMIT at 80 % of the limit: the collector works harder before the kernel kills.
        {text("env"),
            QJsonArray{
                environment(), QJsonObject{{text("name"), text("GOMEMLIMIT")}, {text("value"), text("1638MiB")}}}},
        {text("volumeMounts"),
            QJsonArray{mount("config", configFolder), mount("pid", pidFolder), mount("data", "/data")}},
        // Started means: streams have caught up. Later probes never ask that, or one slow stream would take the pod
        // away.
        {text("startupProbe"), probe("/healthz", 2, 450)},
        {text("readinessProbe"), probe("/healthz?js-server-only=true", 5, 3)},
        {text("livenessProbe"), probe("/healthz?js-enabled-only=true", 30, 3)},
        {text("lifecycle"), QJsonObject{{text("preStop"), stop}}},
        {text("resources"), resources("100m", "512Mi", "2Gi")}, {text("securityContext"), unprivileged()}};
}

QJsonObject reloader()
{
    return {{text("name"), text("reloader")}, {text("image"), text(RuntimePodTemplate::reloaderImage)},
        {text("args"), strings({"-pid", "/var/run/nats/nats.pid", "-config", "/etc/nats-config/nats.conf"})},
        {text("volumeMounts"), QJsonArray{mount("config", configFolder), mount("pid", pidFolder)}},
        {text("resources"), resources("10m", "32Mi", "64Mi")}, {text("securityContext"), unprivileged()}};
}

QJsonObject exporter()
{
    return {{text("name"), text("exporter")}, {text("image"), text(RuntimePodTemplate::exporterImage)},
        {text("args"),
            strings({"-port=7777", "-connz", "-routez", "-subz", "-varz", "-healthz", "-jsz=all", "-prefix=nats",
                "-use_internal_server_name", "http://localhost:8222/"})},
        {text("ports"), QJsonArray{containerPort("metrics", 7777)}},
        {text("resources"), resources("10m", "64Mi", "256Mi")}, {text("securityContext"), unprivileged()}};
}

QJsonArray volumes()
{
    const QJsonObject config{{text("name"), text("config")},
        {text("secret"), QJsonObject{{text("secretName"), text(RuntimeNames::configSecret)}}}};
    return {config, QJsonObject{{text("name"), text("pid")}, {text("emptyDir"), QJsonObject{}}}};
}

QJsonObject spread(const QJsonObject &labels)
{
    // Not DoNotSchedule: a cluster with fewer nodes than replicas still gets its runtime.
    return {{text("maxSkew"), 1}, {text("topologyKey"), text("kubernetes.io/hostname")},
        {text("whenUnsatisfiable"), text("ScheduleAnyway")},
        {text("labelSelector"), QJsonObject{{text("matchLabels"), labels}}}};
}

} // namespace

QJsonObject RuntimePodTemplate::podTemplate(const RuntimeSpec &spec, const QJsonObject &labels)
{
    const QJsonObject annotations{
        {text("kubectl.kubernetes.io/default-container"), text(RuntimeNames::serverContainer)},
        {text("prometheus.io/scrape"), text("true")}, {text("prometheus.io/port"), text("7777")}};
    const QJsonObject pod{{text("containers"), QJsonArray{server(spec), reloader(), exporter()}},
        {text("volumes"), volumes()}, {text("shareProcessNamespace"), true}, {text("enableServiceLinks"), false},
        {text("automountServiceAccountToken"), false}, {text("terminationGracePeriodSeconds"), 60},
        {text("topologySpreadConstraints"), QJsonArray{spread(labels)}},
        {text("securityContext"),
            QJsonObject{{text("seccompProfile"), QJsonObject{{text("type"), text("RuntimeDefault")}}}}}};
    return {{text("metadata"), QJsonObject{{text("labels"), labels}, {text("annotations"), annotations}}},
        {text("spec"), pod}};
}
