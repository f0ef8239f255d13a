// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// Why messages that match `source` (empty: all) can't be renamed to `destination`, for people; empty when they can. A
/// wildcard of the source stands in the destination as `{{wildcard(1)}}` or `$1`.
/// Source: nats-server's subject_transform.go and https://docs.nats.io/nats-concepts/subject_mapping.
QString transformProblem(const QString &source, const QString &destination);
