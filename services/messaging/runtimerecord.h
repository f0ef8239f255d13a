// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/result.h"
#include "services/domain/runtime.h"

#include <QDateTime>
#include <QJsonObject>
#include <QMap>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

/// An operation on the runtime, as it is remembered in the cluster.
struct RuntimeOperation {
    enum class Kind { Enable, Disable };
    enum class State {
        Requested, ///< who asks holds the runtime by it, and stores what the operation needs; nothing has begun
        Running,
        Failed,
        Done
    };

    Kind kind = Kind::Enable;
    State state = State::Running;
    QString id; ///< a new one for every request
    QString requestedBy;
    QString driver; ///< identity of whoever wrote this as it carried the operation out; empty: nobody has begun
    QDateTime requestedAt;
    QString currentStep; ///< id of the step under way, or of the one that failed; empty: none begun
    QMap<QString, std::chrono::milliseconds> finishedSteps; ///< how long each took
    std::optional<Error> error; ///< with Failed
    QString rolesProblem; ///< of Enable: why the Roles are not installed; empty: they are
    QStringList owners; ///< of Disable: uids of the StatefulSets and Services that it deletes

    bool operator==(const RuntimeOperation &) const = default;

    /// False where there is no runtime by it: whoever asked went away before anything began, or it was disabled.
    bool hasBegun() const { return state != State::Requested && !(kind == Kind::Disable && state == State::Done); }
};

constexpr auto wireNames(RuntimeOperation::Kind)
{
    return WireNames<RuntimeOperation::Kind, 2>{
        {{RuntimeOperation::Kind::Enable, "enable"}, {RuntimeOperation::Kind::Disable, "disable"}}};
}

constexpr auto wireNames(RuntimeOperation::State)
{
    return WireNames<RuntimeOperation::State, 4>{
        {{RuntimeOperation::State::Requested, "requested"}, {RuntimeOperation::State::Running, "running"},
            {RuntimeOperation::State::Failed, "failed"}, {RuntimeOperation::State::Done, "done"}}};
}

/// What this version asks for and understands. To be raised with whatever an older version would strip, leave behind or
/// carry out wrongly: a field of the spec, an object of the runtime, a rule. It is stored with the spec as `needs`,
/// next to the version that wrote it (`writtenBy`).
///   2: a second hidden user of each account, with a Secret of its own, and the Roles.
///   3: accounts with records of their own, and servers that tell which configuration they run.
inline constexpr int runtimeFormat = 3;
/// Since when there are viewing users and Roles.
inline constexpr int formatWithViewers = 2;

/// `spec` as one line of JSON, as the record and the StatefulSet's annotation hold it.
QString specText(const RuntimeSpec &spec);
/// The inverse; nothing where `text` doesn't say what can be.
std::optional<RuntimeSpec> specFromText(const QString &text);
/// RuntimeRecord::obstacle() for a StatefulSet's annotation.
std::optional<Error> specObstacle(const QString &text);

/// What the cluster remembers of its runtime: ConfigMap `pennant-runtime`, keys `spec.json` and `operation.json`. Holds
/// no secret.
struct RuntimeRecord {
    RuntimeSpec spec;
    RuntimeOperation operation;
    QJsonObject storedSpec; ///< as it was read, so that what a newer version wrote there survives

    bool operator==(const RuntimeRecord &other) const { return spec == other.spec && operation == other.operation; }

    /// Why this version may neither carry out nor ask for anything on that runtime: what a newer one asked for is more
    /// than it knows. Nothing: it may.
    std::optional<Error> obstacle() const;
    /// The format of what runs: an earlier one where an earlier version asked for it last.
    int format() const;

    /// Manifest for server-side apply.
    QJsonObject toConfigMap(const QString &nameSpace) const;
    /// Protocol where the ConfigMap can't be read or asks for what can't be: what is wrong and which key.
    static Result<RuntimeRecord> fromConfigMap(const QJsonObject &configMap);
};
