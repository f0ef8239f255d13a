// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimenamespace.h"

#include "services/kubernetes/kubernetesclient.h"

Flow<void> ensureNamespace(KubernetesClient &client, QJsonObject nameSpace)
{
    const ObjectRef ref = ObjectRef::of(nameSpace);
    auto found = co_await client.read(ref);
    // Without permission to read namespaces it may well exist: the next write tells.
    if (found || found.error().kind == Error::Kind::Forbidden)
        co_return Result<void>();
    if (found.error().kind != Error::Kind::NotFound)
        co_return fail(found.error());
    auto created = co_await client.create(nameSpace);
    if (!created && created.error().kind != Error::Kind::Conflict)
        co_return fail(created.error());
    co_return Result<void>();
}
