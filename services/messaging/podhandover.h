// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

class KubernetesClient;

/// Has the kubelets hand `configuration`, which was just written into its Secret, to `pods` (their names) now: a
/// changed annotation of a pod makes its kubelet look again at once, where it would otherwise take more than a minute.
/// It only hastens what comes anyway: without the permission to patch pods, or where a patch fails, nothing is done and
/// nothing is wrong. Answers whether every one was told. `client` must outlive the flow.
Flow<bool> hastenConfiguration(KubernetesClient &client, QString nameSpace, QStringList pods, QByteArray configuration);
