// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/kubernetes/kubernetesclient.h"

#include <QStringList>

#include <optional>

/// So many nodes tell whether every pod of the largest runtime gets one of its own, on all but odd clusters.
inline constexpr int nodesToLookAt = 50;

/// The names of the `nodes` (core/v1 Node) that take the runtime's pods now: open, and without a taint that keeps pods
/// away, for those of the runtime tolerate none. Nothing where there are more nodes, and these few don't tell. Pure.
std::optional<QStringList> schedulableNodes(const FirstObjects &nodes);
