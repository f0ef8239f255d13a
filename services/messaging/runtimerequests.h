// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/messaging/runtimerecord.h"
#include "services/messaging/runtimeservice.h"

class Clock;
class KubernetesClient;

/// Puts what an operator asks for into the cluster's record, after checking that it can be carried out. Until the
/// record says "running" nothing has begun; afterwards whoever holds the Lease carries it out. What may pass is asked
/// again for a while. References must outlive the flows.
namespace RuntimeRequests {

/// Writes namespace, record and client credential, in this order: who has written the record holds the runtime, and
/// says in it that it may begin once the credential is stored. One that never came so far is taken over by the next.
/// Conflict says who was faster.
Flow<void> enable(
    KubernetesClient &client, Clock &clock, QString nameSpace, QString workstation, EnableRequest request);

/// Replaces the operation in the record; `current` is the record as it was seen.
Flow<void> begin(KubernetesClient &client, Clock &clock, QString nameSpace, QString workstation, RuntimeRecord current,
    RuntimeOperation::Kind kind);

/// Writes a record for servers that run without one. Credentials stay as they are.
Flow<void> adopt(KubernetesClient &client, Clock &clock, QString nameSpace, QString workstation, RuntimeSpec spec,
    RuntimeOperation::Kind kind);

} // namespace RuntimeRequests
