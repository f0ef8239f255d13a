// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/runtime.h"

#include <QJsonObject>

/// The pod that runs one server: nats-server, the reloader that applies a changed configuration, and the exporter that
/// VictoriaMetrics scrapes. Pure; the choices are explained in docs/adr/0002-runtime-shape.md.
namespace RuntimePodTemplate {

inline constexpr auto serverImage = "nats:2.14.9-alpine";
inline constexpr auto reloaderImage = "natsio/nats-server-config-reloader:0.23.0";
inline constexpr auto exporterImage = "natsio/prometheus-nats-exporter:0.20.1";

/// PodTemplateSpec for `spec`; the pods carry `labels`.
QJsonObject podTemplate(const RuntimeSpec &spec, const QJsonObject &labels);

} // namespace RuntimePodTemplate
