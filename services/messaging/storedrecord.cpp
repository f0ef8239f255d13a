// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/storedrecord.h"

#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/runtimenames.h"

Flow<std::optional<StoredRecord>> storedRecord(KubernetesClient &client, QString nameSpace)
{
    const ObjectRef ref{
        QStringLiteral("v1"), QStringLiteral("ConfigMap"), nameSpace, QLatin1String(RuntimeNames::record)};
    auto stored = co_await client.read(ref);
    if (!stored && stored.error().kind == Error::Kind::NotFound)
        co_return std::optional<StoredRecord>();
    if (!stored)
        co_return fail(stored.error());
    co_return std::optional(StoredRecord{*stored, RuntimeRecord::fromConfigMap(*stored)});
}
