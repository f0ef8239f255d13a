// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/error.h"
#include "services/domain/bytecount.h"
#include "services/domain/owner.h"
#include "services/domain/wireenum.h"

#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

/// Where the runtime of a cluster stands. `Absent`: never enabled, or disabled to the end.
enum class RuntimePhase {
    Absent,
    Pending,
    WaitingForPrerequisites,
    Provisioning,
    Updating,
    Deleting,
    Ready,
    Failed,
};

constexpr auto wireNames(RuntimePhase)
{
    return WireNames<RuntimePhase, 8>{{
        {RuntimePhase::Absent, "absent"},
        {RuntimePhase::Pending, "pending"},
        {RuntimePhase::WaitingForPrerequisites, "waiting_for_prerequisites"},
        {RuntimePhase::Provisioning, "provisioning"},
        {RuntimePhase::Updating, "updating"},
        {RuntimePhase::Deleting, "deleting"},
        {RuntimePhase::Ready, "ready"},
        {RuntimePhase::Failed, "failed"},
    }};
}

/// What an operator asks the runtime to be.
struct RuntimeSpec {
    QString storageClass; ///< name of a StorageClass; fixed after provisioning
    int storageGibibytes = 10; ///< JetStream storage of each replica, Gi; 1 to 65,536
    int replicas = 3; ///< 1 (standalone server), 3 or 5 (cluster)
    bool webSocketEnabled = false; ///< listener for browsers, port 8080

    bool operator==(const RuntimeSpec &) const = default;
};

/// What is wrong with `spec`; fields are named `storageClass`, `storageGibibytes`, `replicas`.
FieldErrors validate(const RuntimeSpec &spec);

/// Which changes from `running` to `wanted` a running runtime can't take, and why; fields as in validate(), and
/// `webSocketEnabled`. Empty where all of them can be carried out.
FieldErrors refusedChanges(const RuntimeSpec &running, const RuntimeSpec &wanted);

/// What is wrong with a password that a person typed for a client (field `password`). NATS takes any text; what is
/// refused here is too short for a low bcrypt cost (docs/adr/0004) or cannot be typed back.
FieldErrors validateClientPassword(const QString &password);

/// One step of an operation on the runtime, as the lifecycle card lists it.
struct RuntimeStep {
    enum class State { Waiting, Current, Done, Failed };

    QString id; ///< stable, stored in the cluster: "write_secrets"
    QString title; ///< what is to be done
    State state = State::Waiting;
    std::optional<std::chrono::milliseconds> elapsed;
    QString note; ///< why it waits, in the cluster's own words
    QString doneTitle = {}; ///< what has been done; empty: as `title`

    bool operator==(const RuntimeStep &) const = default;

    /// The title as it is true now: nothing is called done before it is.
    QString text() const { return state == State::Done && !doneTitle.isEmpty() ? doneTitle : title; }
};

/// One pod of the runtime.
struct RuntimePod {
    QString name;
    QString uid; ///< another one where a pod of that name was made anew
    QString node;
    QString state; ///< as kubectl's STATUS column: "Running", "Pending", "ContainerCreating", "ImagePullBackOff"
    QString reason; ///< the sentence that explains a state that isn't well
    QStringList containers;
    QStringList unstartedContainers; ///< those of them that have never run: there is no log of them yet
    QString defaultContainer; ///< kubectl.kubernetes.io/default-container, or the first
    int restarts = 0;
    bool ready = false;
    bool isEnding = false; ///< it is being deleted, and is not ready for that

    bool operator==(const RuntimePod &) const = default;
};

/// How what is in the cluster differs from what Enable made there: somebody deleted or changed it by hand.
struct RuntimeDeviation {
    Error error; ///< what differs, and what to do
    QString undoneStep; ///< of Enable: the step whose work is gone
    bool canBePutBack = false; ///< by carrying Enable out again, without losing anything

    bool operator==(const RuntimeDeviation &) const = default;
};

/// Whoever carries an operation out is not heard of. He may still do so until his Lease ends; nobody else does before.
struct DriverSilence {
    QDateTime leaseEnd; ///< UTC
    bool isEarlierRun = false; ///< it was Pennant on this workstation

    bool operator==(const DriverSilence &) const = default;
};

/// Which runtime a person has looked at: another one has taken its place where the operation is another.
struct RuntimeIdentity {
    QString nameSpace;
    QString operation; ///< id of the last one, under way or done; empty where the cluster remembers none

    bool operator==(const RuntimeIdentity &) const = default;
};

/// An Enable that somebody has begun to ask for, and that has come no further: nothing of it is carried out.
struct UnbegunEnable {
    QString requestedBy;
    QDateTime requestedAt; ///< UTC

    bool operator==(const UnbegunEnable &) const = default;
};

/// What runs, and how far an operation on it has come.
struct RuntimeStatus {
    RuntimePhase phase = RuntimePhase::Absent;
    std::optional<RuntimeSpec> spec; ///< what was asked; nothing while absent
    QList<RuntimeStep> steps; ///< of the operation under way, or of the last one
    QList<RuntimePod> pods; ///< by ordinal
    std::optional<Error> error; ///< with Failed: what failed
    bool isOfEarlierFormat = false; ///< an earlier version made it: what this one relies on is missing
    std::optional<Error> obstacle; ///< why this version of Pennant may neither change nor remove it
    std::optional<RuntimeDeviation> deviation; ///< with Ready; with Failed where it is the reason
    std::optional<KeptObject> kept; ///< one of its objects that another tool keeps as well
    QDateTime since; ///< when the operation began, UTC
    QString requestedBy; ///< who asked for it
    QString drivenBy; ///< the workstation that carries it out; empty when none does
    bool isDrivenHere = false; ///< this program carries it out
    bool goesOnHere = false; ///< this program will, as soon as nobody else does
    std::optional<DriverSilence> silence; ///< of `drivenBy`
    std::optional<UnbegunEnable> unbegun; ///< with Absent
    bool isNoVolumeBound = false; ///< with Failed: Enable waits for volumes, and nothing is stored so far
    QString serverImage; ///< "nats:2.14.9-alpine"
    QString nameSpace; ///< where the runtime lives
    QString operation; ///< as RuntimeIdentity says
    QStringList missingRoles; ///< of the Roles for people, as far as that is known
    QString rolesProblem; ///< why Enable did not install them; empty: it did

    bool operator==(const RuntimeStatus &) const = default;

    RuntimeIdentity identity() const { return {nameSpace, operation}; }
    /// 0 to 100: done steps over all steps; 100 when ready.
    int percent() const;
    /// Number of the current step, 1 to steps.size(); 0 when none is current.
    int currentStep() const;
    /// True while an operation is under way (not absent, ready or failed).
    bool isInProgress() const;
    int readyPods() const;
    QStringList readyPodNames() const;
    int wantedPods() const;
    /// True where the runtime is ready, but not all of its pods are.
    bool isShortOfPods() const;
    /// True where the runtime was made, but no pod of it is ready: nobody is served.
    bool isDown() const;
    /// True where it is ready, but not as it was asked for: it needs attention.
    bool isDegraded() const;
    /// Why nothing of it is made, mended or removed here: another tool would put it back. Empty where none would.
    QString keptReason() const;
    /// True where so many pods are ready that a cluster of all of them can decide anything.
    bool hasQuorum() const;
};

/// A class of volumes the cluster offers (storage.k8s.io/v1 StorageClass).
struct StorageClass {
    QString name;
    QString provisioner;
    bool isDefault = false;
    bool allowsExpansion = false;
    bool waitsForFirstConsumer = false; ///< volumeBindingMode WaitForFirstConsumer

    bool operator==(const StorageClass &) const = default;
};
