// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

/// NATS subjects: tokens joined by dots, `*` for one token, `>` for one or more at the end.
/// Source: https://docs.nats.io/nats-concepts/subjects and nats-server's sublist.go (IsValidSubject).

/// Why `subject` can't be a stream's or filter's subject, for people; empty when it can.
QString subjectProblem(const QString &subject);

/// True where some literal subject matches both.
bool subjectsOverlap(const QString &first, const QString &second);

/// True where every subject that matches `inner` also matches `outer`.
bool subjectContains(const QString &outer, const QString &inner);

/// A literal subject that `subject` matches, to show what a wildcard means: `orders.*.paid` → `orders.x.paid`.
QString exampleOf(const QString &subject);

/// "orders.>, billing.*" → its parts, trimmed, empty ones left out.
QStringList splitSubjects(const QString &commaSeparated);

/// Why `name` can't name a stream, consumer or account, for people; empty when it can. At most 255 bytes, no white
/// space,
/// `.`, `*`, `>`, `/`, `\` nor control characters (nats-server, stream.go isValidName; more would break the API
/// subject).
QString assetNameProblem(const QString &name);
