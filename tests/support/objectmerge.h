// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

/// RFC 7386.
QJsonObject mergePatch(QJsonObject target, const QJsonObject &patch);
/// Server-side apply without owners: `manifest` over `target`, minus what `before` (the last manifest) had and this one
/// lacks. Lists are replaced.
QJsonObject applyManifest(QJsonObject target, const QJsonObject &manifest, const QJsonObject &before);
/// With the amounts of `requests`, `limits` and `capacity`, wherever they are, spelled as the API server stores them:
/// "1024Gi" as "1Ti". Whole amounts alone.
QJsonObject withCanonicalQuantities(QJsonObject object);
/// A labelSelector or fieldSelector ("a=b,c,!d,e!=f"; set-based terms are not known).
bool matchesLabels(const QJsonObject &object, const QString &selector);
bool matchesFields(const QJsonObject &object, const QString &selector);
