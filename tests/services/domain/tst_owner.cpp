// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/owner.h"

#include <QJsonArray>
#include <QTest>

namespace {

QJsonObject object(const QJsonObject &labels, const QJsonObject &annotations = {}, const QJsonObject &more = {})
{
    QJsonObject metadata = more;
    metadata[u"labels"_qs] = labels;
    metadata[u"annotations"_qs] = annotations;
    return {{u"metadata"_qs, metadata}};
}

const QJsonObject helmLabels{
    {u"app.kubernetes.io/managed-by"_qs, u"Helm"_qs}, {u"app.kubernetes.io/instance"_qs, u"bus"_qs}};
const QJsonObject helmNotes{
    {u"meta.helm.sh/release-name"_qs, u"nats"_qs}, {u"meta.helm.sh/release-namespace"_qs, u"messaging"_qs}};

QJsonObject reference(const char *apiVersion, const char *kind, bool isController)
{
    return {{u"ownerReferences"_qs,
        QJsonArray{QJsonObject{{u"apiVersion"_qs, QLatin1String(apiVersion)}, {u"kind"_qs, QLatin1String(kind)},
            {u"name"_qs, u"bus"_qs}, {u"controller"_qs, isController}}}}};
}

QJsonObject managedBy(const char *manager)
{
    return {{u"managedFields"_qs, QJsonArray{QJsonObject{{u"manager"_qs, QLatin1String(manager)}}}}};
}

} // namespace

/// Who keeps an object, by the marks that tools leave on it.
class OwnerTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isRecognised_data()
    {
        QTest::addColumn<QJsonObject>("marked");
        QTest::addColumn<QString>("expected");
        QTest::newRow("nobody") << object({{u"app"_qs, u"nats"_qs}}) << QString();
        QTest::newRow("Pennant") << object(
            {{u"app.kubernetes.io/managed-by"_qs, u"pennant"_qs}, {u"app.kubernetes.io/instance"_qs, u"pennant"_qs}})
                                 << QString();
        QTest::newRow("Helm") << object(helmLabels, helmNotes) << u"Helm release nats in namespace messaging"_qs;
        QTest::newRow("Helm's label alone") << object(helmLabels) << u"Helm release bus"_qs;
        QTest::newRow("a chart by Flux") << object(
            {{u"app.kubernetes.io/managed-by"_qs, u"Helm"_qs}, {u"helm.toolkit.fluxcd.io/name"_qs, u"bus"_qs},
                {u"helm.toolkit.fluxcd.io/namespace"_qs, u"flux-system"_qs}},
            helmNotes) << u"Flux's HelmRelease bus in namespace flux-system"_qs;
        QTest::newRow("Flux") << object({{u"kustomize.toolkit.fluxcd.io/name"_qs, u"apps"_qs},
            {u"kustomize.toolkit.fluxcd.io/namespace"_qs, u"flux-system"_qs}})
                              << u"Flux's Kustomization apps in namespace flux-system"_qs;
        QTest::newRow("Argo CD") << object(
            helmLabels, {{u"argocd.argoproj.io/tracking-id"_qs, u"bus:apps/StatefulSet:messaging/nats"_qs}})
                                 << u"Argo CD application bus"_qs;
        QTest::newRow("an application elsewhere")
            << object({}, {{u"argocd.argoproj.io/tracking-id"_qs, u"team_bus:apps/StatefulSet:messaging/nats"_qs}})
            << u"Argo CD application bus in namespace team"_qs;
        QTest::newRow("Argo CD's own label")
            << object({{u"argocd.argoproj.io/instance"_qs, u"bus"_qs}}) << u"Argo CD application bus"_qs;
        QTest::newRow("everybody's label") << object({{u"app.kubernetes.io/instance"_qs, u"bus"_qs}}) << QString();
        QTest::newRow("everybody's label by Argo CD") << object({{u"app.kubernetes.io/instance"_qs, u"bus"_qs}}, {},
            managedBy("argocd-controller")) << u"Argo CD application bus"_qs;
        QTest::newRow("an operator") << object({}, {}, reference("nats.io/v1alpha2", "NatsCluster", true))
                                     << u"NatsCluster bus"_qs;
        QTest::newRow("not its controller")
            << object({}, {}, reference("nats.io/v1alpha2", "NatsCluster", false)) << QString();
        QTest::newRow("Kubernetes itself") << object({}, {}, reference("apps/v1", "StatefulSet", true)) << QString();
    }

    void isRecognised()
    {
        QFETCH(QJsonObject, marked);
        const std::optional<Owner> owner = ownerOf(marked);
        QTEST(owner ? owner->text() : QString(), "expected");
    }

    void tellsWhetherChangesArePutBack()
    {
        QVERIFY(!ownerOf(object(helmLabels, helmNotes))->isPuttingBack());
        QVERIFY(ownerOf(object({{u"argocd.argoproj.io/instance"_qs, u"bus"_qs}}))->isPuttingBack());
        QCOMPARE(ownerOf(object(helmLabels, helmNotes))->tag(), u"Helm nats"_qs);
    }

    void knowsFieldManagers()
    {
        QCOMPARE(toolOfManager(u"helm"_qs), Owner::Tool::Helm);
        QCOMPARE(toolOfManager(u"helm-controller"_qs), Owner::Tool::Flux);
        QCOMPARE(toolOfManager(u"argocd-application-controller"_qs), Owner::Tool::ArgoCd);
        QVERIFY(!toolOfManager(u"kubectl-edit"_qs));
    }
};

QTEST_GUILESS_MAIN(OwnerTest)
#include "tst_owner.moc"
