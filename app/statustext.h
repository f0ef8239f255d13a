// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/freshness.h"
#include "services/domain/cluster.h"
#include "services/domain/runtime.h"
#include "widgets/common/look.h"

class QFontMetrics;
struct ClusterAccess;

// How the frame around the tabs puts the state of things in words.

/// "Live", "Stale for 12 s"; why is told by WorkspaceBanners.
QString freshnessText(const Freshness &freshness, const QDateTime &now);
Tone freshnessTone(const Freshness &freshness);
/// "Ready when last seen" while nobody knows whether `text` still holds.
QString lastSeenText(const QString &text, const Freshness &freshness);

/// How the connection to a cluster stands, after how true its picture is.
ClusterEntry::State connectionState(const Freshness &freshness);
/// The colour of a cluster's environment, where its label stands.
Tone environmentTone(ClusterEnvironment::Color color);
/// The word beside a cluster of the list; empty where all is well.
QString stateWord(ClusterEntry::State state);
/// A path in `width` pixels: without its first folders where it is longer, and only where its name alone is too long
/// with a gap in that.
QString elidedPath(const QString &path, const QFontMetrics &metrics, int width);

/// What is to be known of it in the list of clusters: "failed", "down", "degraded", "changing"; empty: nothing.
QString runtimeWord(const RuntimeStatus &status);
/// "Ready", "Ready · 1 of 3 pods" while others are down, "Down · 0 of 3 pods" while all are.
QString phaseText(const RuntimeStatus &status);
Tone phaseTone(const RuntimeStatus &status);
/// "Enable NATS · step 5 of 8"; empty while nothing is under way.
QString operationText(const RuntimeStatus &status);
/// "NATS 2.14.9 · 3 of 3 pods"; empty while nothing runs.
QString runtimeText(const RuntimeStatus &status);

/// What kubectl has to be told by --kubeconfig to come by the same names to the same cluster as `access`: a whole path.
/// Empty where it does by itself. A file that was read for itself is named even where kubectl reads it among others:
/// merged with them its names may lead elsewhere.
QString kubeconfigToTell(const ClusterAccess &access);
