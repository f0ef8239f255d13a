// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

/// A key-value bucket or an object store that lives on a stream: clients know it by its own name and rely on how its
/// stream is set up (NATS ADR-8 and ADR-20).
struct Bucket {
    enum class Kind { KeyValue, ObjectStore };

    Kind kind;
    QString name; ///< what clients call it: "device-state" of KV_device-state

    bool operator==(const Bucket &) const = default;

    /// The one that a stream of that name and these subjects holds; nothing: it is no bucket. A mirror, which has no
    /// subjects, is one by its name alone.
    static std::optional<Bucket> of(const QString &stream, const QStringList &subjects, bool isMirror);
    /// `subject` is one of its own: "$KV.device-state.>".
    bool owns(const QString &subject) const;
};
