// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/realcluster.h"

#include "services/kubernetes/kubeconfig.h"

std::unique_ptr<NetworkTransport> connectAs(const char *variable)
{
    const Kubeconfig config = Kubeconfig::load({qEnvironmentVariable(variable)});
    for (const KubeconfigContext &context : config.contexts()) {
        const auto access = config.resolve(context.name);
        if (!access)
            qWarning() << access.error().text();
        auto transport = NetworkTransport::create(*access);
        if (transport)
            return std::move(*transport);
        qWarning() << transport.error().text();
    }
    return nullptr;
}
