// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimesteps.h"

#include <QCoreApplication>

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("RuntimeSteps", source);
}

RuntimeStep step(const char *id, const QString &title, const QString &doneTitle)
{
    RuntimeStep step;
    step.id = QLatin1String(id);
    step.title = title;
    step.doneTitle = doneTitle;
    return step;
}

QList<RuntimeStep> enableSteps(const RuntimeSpec &spec)
{
    namespace Id = RuntimeStepId;
    const bool isCluster = spec.replicas > 1;
    return {step(Id::checkPrerequisites, text("Check permissions, and the storage class where it can be read"),
                text("Permissions checked, storage class where it can be read")),
        step(Id::writeSecrets, text("Write namespace and secrets"), text("Namespace and secrets written")),
        step(Id::writeServices, text("Write services, disruption budget and network policy"),
            text("Services, disruption budget and network policy written")),
        step(Id::writeStatefulSet,
            isCluster ? text("Write StatefulSet, %1 replicas").arg(spec.replicas)
                      : text("Write StatefulSet, 1 replica"),
            isCluster ? text("StatefulSet written, %1 replicas").arg(spec.replicas)
                      : text("StatefulSet written, 1 replica")),
        step(Id::waitForPods, text("Bind volumes and start pods"), text("Volumes bound and pods started")),
        step(Id::waitForJetStream, isCluster ? text("Form the cluster, elect a leader") : text("Start JetStream"),
            isCluster ? text("Cluster formed, leader elected") : text("JetStream started")),
        step(Id::waitForAccount, text("Prepare the default application account"),
            text("Default application account ready")),
        step(Id::verifyLogin, text("Verify the client login"), text("Client login verified"))};
}

QList<RuntimeStep> disableSteps()
{
    namespace Id = RuntimeStepId;
    return {step(Id::checkPermissions, text("Check permissions"), text("Permissions checked")),
        step(Id::deleteServers, text("Stop the servers"), text("Servers stopped")),
        step(Id::deleteVolumes, text("Delete the volumes, with every stream and message"),
            text("Volumes deleted, with every stream and message")),
        step(Id::deleteServices, text("Delete services, disruption budget and network policy"),
            text("Services, disruption budget and network policy deleted")),
        step(Id::deleteSecrets, text("Delete the credentials"), text("Credentials deleted")),
        step(Id::deleteNamespace, text("Clean up the namespace"), text("Namespace cleaned up"))};
}

} // namespace

QList<RuntimeStep> stepsOf(RuntimeOperation::Kind kind, const RuntimeSpec &spec)
{
    return kind == RuntimeOperation::Kind::Enable ? enableSteps(spec) : disableSteps();
}
