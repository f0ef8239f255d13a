// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>

/// The forms in which a stream's or consumer's configuration leaves the program.
enum class AssetForm {
    Json, ///< of the API, which `nats stream add --config` takes
    Command, ///< of the nats CLI
    Nack, ///< a resource of NACK, in YAML
};

struct ExportedAsset {
    QString text; ///< ends with a line's end; says in comments what it lacks
    QStringList missing; ///< fields that are set, and that the form can't hold

    bool operator==(const ExportedAsset &) const = default;
};

/// Without what the server wrote into the metadata.
ExportedAsset exportStream(const QJsonObject &config, AssetForm form);
ExportedAsset exportConsumer(const QString &stream, const QJsonObject &config, AssetForm form);

/// A name for a file that holds it: "ORDERS.json".
QString exportFileName(const QString &name, AssetForm form);

/// The same as a command, with flags of nats CLI 0.5 (`nats stream add --help`, `nats consumer add --help`). What no
/// flag can set, or is set otherwise by it than it says, is missing.
ExportedAsset streamCommand(const QJsonObject &config);
ExportedAsset consumerCommand(const QString &stream, const QJsonObject &config);
