// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/access.h"
#include "services/kubernetes/transportdecorator.h"

/// Whether `request` changes something in the cluster. Reviews are POSTs that store nothing.
bool isChange(const ApiRequest &request);

/// The way to the API server for all of Messaging: what asks passes, tunnels too; what changes something is refused as
/// Forbidden, with the reason, while the cluster is not to be changed. Told so by ClusterProtection, which alone knows
/// the way around. Streams only read. GUI thread.
class WriteGuard final : public TransportDecorator {
    Q_OBJECT

public:
    /// `transport` must outlive it. Lets all pass until setAccess().
    explicit WriteGuard(KubernetesTransport &transport);

    void setAccess(const Access &access) { m_access = access; }

    Pending<ApiResponse> send(const ApiRequest &request) override;

private:
    Access m_access = Access::yes();
};
