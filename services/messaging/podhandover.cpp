// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/podhandover.h"

#include "services/base/logging.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/runtimenames.h"

#include <QCryptographicHash>

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

} // namespace

Flow<bool> hastenConfiguration(KubernetesClient &client, QString nameSpace, QStringList pods, QByteArray configuration)
{
    if (pods.isEmpty())
        co_return true;
    const Permission patching{text("patch"), {}, text("pods"), {}, nameSpace, pods.constFirst()};
    auto may = co_await client.review(patching);
    if (!may || !may->allowed)
        co_return false;
    bool isToldEach = true;
    const QString digest =
        QString::fromLatin1(QCryptographicHash::hash(configuration, QCryptographicHash::Sha256).toHex());
    const QJsonObject annotations{{text(RuntimeNames::configurationAnnotation), digest}};
    const QJsonObject change{{text("metadata"), QJsonObject{{text("annotations"), annotations}}}};
    for (const QString &pod : pods) {
        const ObjectRef ref{text("v1"), text("Pod"), nameSpace, pod};
        auto patched = co_await client.patch(ref, change);
        isToldEach = isToldEach && patched;
        if (!patched)
            qCInfo(lcMessaging) << ref.text() << "takes the configuration in its own time:" << patched.error().text();
    }
    co_return isToldEach;
}
