// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// What is wrong with `name` as the name of a namespace, in a sentence; empty: nothing. An RFC 1123 label, as the API
/// server checks it: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names
QString namespaceNameProblem(const QString &name);
