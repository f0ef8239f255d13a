// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

/// `document` in YAML's block style, as Kubernetes' tools write it. Texts that YAML could take for something else stand
/// in double quotes.
QString toYaml(const QJsonObject &document);
