// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimesteps.h"

#include <QCoreApplication>

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("RuntimeSteps", source);
}

RuntimeStep step(const char *id, const QString &title)
{
    RuntimeStep step;
    step.id = QLatin1String(id);
    step.title = title;
    return step;
}

QList<RuntimeStep> enableSteps(const RuntimeSpec &spec)
{
    namespace Id = RuntimeStepId;
    const bool isCluster = spec.replicas > 1;
    return {step(Id::checkPrerequisites, text("Permissions checked, storage class where it can be read")),
        step(Id::writeSecrets, text("Namespace and secrets written")),
        step(Id::writeServices, text("Services, disruption budget and network policy written")),
        step(Id::writeStatefulSet,
            isCluster ? text("StatefulSet written, %1 replicas").arg(spec.replicas)
                      : text("StatefulSet written, 1 replica")),
        step(Id::waitForPods, text("Volumes bound and pods started")),
        step(Id::waitForJetStream, isCluster ? text("Cluster formed, leader elected") : text("JetStream started")),
        step(Id::waitForAccount, text("Default application account ready")),
        step(Id::verifyLogin, text("Client login verified"))};
}

QList<RuntimeStep> disableSteps()
{
    namespace Id = RuntimeStepId;
    return {step(Id::checkPermissions, text("Permissions checked")), step(Id::deleteServers, text("Servers stopped")),
        step(Id::deleteVolumes, text("Volumes deleted, with every stream and message")),
        step(Id::deleteServices, text("Services, disruption budget and network policy deleted")),
        step(Id::deleteSecrets, text("Credentials deleted")), step(Id::deleteNamespace, text("Namespace cleaned up"))};
}

} // namespace

QList<RuntimeStep> stepsOf(RuntimeOperation::Kind kind, const RuntimeSpec &spec)
{
    return kind == RuntimeOperation::Kind::Enable ? enableSteps(spec) : disableSteps();
}
