// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/kubernetes/transportdecorator.h"

#include <list>
#include <vector>

class DriverLease;

/// The way to the API server for operations that are carried out under a Lease: what asks passes, what changes
/// something is refused once the Lease is not held any more. That is asked of the clock each time, immediately before
/// the request leaves: a flow that slept with the machine, or whose retry comes due, changes nothing of what a
/// successor has done meanwhile. Refused is Cancelled, which no flow takes for an answer of the cluster's.
///
/// A change that has left is waited for no longer than nobody else may take the Lease, and the API server is told to
/// give it up by then. It is counted until its end, also where the flow that asked for it has died: settled() says when
/// another operation may begin, or another driver. What a server carries out after its own time limit nobody here can
/// know of: Disable looks for that (docs/adr/0002). GUI thread.
class LeaseFence final : public TransportDecorator {
    Q_OBJECT

public:
    /// Both must outlive it.
    LeaseFence(KubernetesTransport &transport, const DriverLease &lease);

    Pending<ApiResponse> send(const ApiRequest &request) override;

    /// Answers once no change is under way.
    Pending<void> settled();

private:
    Pending<ApiResponse> sendCounted(const ApiRequest &request);
    void forget(const Pending<ApiResponse> *change);

    const DriverLease &m_lease;
    std::list<Pending<ApiResponse>> m_underWay;
    std::vector<Pending<void>::Answer> m_waiting;
};
