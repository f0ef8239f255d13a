// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"
#include "services/kubernetes/kubernetesclient.h"

#include <QList>

class KubernetesTransport;

/// Asks the API server which namespaced resources can be listed: by aggregated discovery
/// (https://kubernetes.io/docs/concepts/overview/kubernetes-api/#aggregated-discovery), or group by group where the
/// server is too old for it. A resource that a group serves in several versions is there once; one that several groups
/// serve is there for each. `metrics.k8s.io` is left out: it stores nothing. A group that can't be asked at present is
/// an error (NotReady), because what it holds is not known. `transport` must outlive it.
Pending<QList<ApiResource>> discoverResources(KubernetesTransport &transport);
