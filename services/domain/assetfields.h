// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/serverversion.h"

#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>
#include <span>

/// One field of a stream's or consumer's configuration, as nats-server treats it (stream.go and consumer.go of 2.2 to
/// 2.15).
struct AssetField {
    enum class Value {
        Text,
        Count,
        Bytes,
        Duration, ///< an integer of nanoseconds
        Flag,
        Word, ///< one of a few
        Subjects, ///< a list of them
        Document, ///< an object, or a list of objects
    };
    enum class Later {
        Editable,
        Fixed,
        OnlyOn, ///< may be switched on, and never off again
    };

    const char *name; ///< the API's
    Value value;
    ServerVersion since; ///< servers before leave it out or refuse it
    Later later;
};

/// What this program knows of streams, and of consumers. What else a server tells is kept as it came.
std::span<const AssetField> streamFields();
std::span<const AssetField> consumerFields();
/// Nothing for a name that isn't known.
const AssetField *fieldNamed(std::span<const AssetField> fields, const QString &name);

/// One value that is another in a second configuration; undefined where it isn't there.
struct FieldChange {
    QString field; ///< "max_age", and "metadata.team" of what is inside metadata
    QJsonValue before;
    QJsonValue after;

    bool operator==(const FieldChange &) const = default;
};

/// The metadata key in which the workload stands that a stream or consumer belongs to.
inline constexpr char linkedAppKey[] = "pennant.app/linked-app";
/// What is wrong with the linked app that `config` names in its metadata, where it is another than `before`: workloads
/// are named by namespace and name. Empty where nothing is.
QString linkedAppProblem(const QJsonObject &config, const QJsonObject &before);
/// As errors and controls name the field.
QString linkedAppField();
/// What the server itself writes into metadata.
bool isServersOwn(const QString &metadataKey);

/// "republish.src" → where it stands in a configuration: {"republish", "src"}.
QStringList fieldPath(const QString &field);
/// Undefined where it isn't there.
QJsonValue valueAt(const QJsonObject &config, const QStringList &path);
/// An undefined value leaves it out, and the object around it that nothing is left of.
QJsonObject withValueAt(QJsonObject config, const QStringList &path, const QJsonValue &value);

/// What differs between two configurations, by field. What the server itself writes into metadata (`_nats.…`) doesn't
/// count, nor that a value which means nothing (0, false, "", an empty list) is left out of one of them.
QList<FieldChange> changesBetween(const QJsonObject &before, const QJsonObject &after);

/// What is left of a configuration in another cluster, or under another name: without what the server wrote into its
/// metadata.
QJsonObject portableConfig(QJsonObject config);

/// What of `asked` the server did not take, as it `answered`: an older one leaves out what it doesn't know, and says
/// that all is well. What it filled in itself is none of that.
QList<FieldChange> notTaken(const QJsonObject &asked, const QJsonObject &answered);
