// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimechecks.h"
#include "services/messaging/runtimemanifests.h"
#include "services/messaging/runtimestatusrules.h"
#include "tests/support/awaited.h"
#include "tests/support/messagingfixture.h"

namespace {

/// As Flux or Helm marks what it makes.
QJsonObject marked(QJsonObject object, const QJsonObject &labels, const QJsonObject &annotations = {})
{
    QJsonObject metadata = object[u"metadata"_qs].toObject();
    QJsonObject all = metadata[u"labels"_qs].toObject();
    for (auto label = labels.begin(); label != labels.end(); ++label)
        all[label.key()] = label.value();
    metadata[u"labels"_qs] = all;
    metadata[u"annotations"_qs] = annotations;
    object[u"metadata"_qs] = metadata;
    return object;
}

const QJsonObject flux{{u"kustomize.toolkit.fluxcd.io/name"_qs, u"apps"_qs},
    {u"kustomize.toolkit.fluxcd.io/namespace"_qs, u"flux-system"_qs}};
const QJsonObject helm{
    {u"meta.helm.sh/release-name"_qs, u"bus"_qs}, {u"meta.helm.sh/release-namespace"_qs, u"team"_qs}};

RuntimeManifests manifests()
{
    return {MessagingFixture::nameSpace, MessagingFixture::request().spec};
}

/// A runtime that is ready, whose StatefulSet and Services are as given.
RuntimeStatus statusWith(const QJsonObject &statefulSet, const QList<QJsonObject> &services)
{
    RuntimeRecord record;
    record.spec = MessagingFixture::request().spec;
    record.operation.state = RuntimeOperation::State::Done;
    RuntimeObservation seen;
    seen.nameSpace = MessagingFixture::nameSpace;
    seen.record = record;
    seen.pods = {MessagingFixture::pod(u"nats-0"_qs, true)};
    seen.parts.statefulSets = QList{statefulSet};
    seen.parts.services = services;
    return runtimeStatus(seen);
}

} // namespace

/// A runtime whose objects another tool keeps as well: that is said, and nothing is fought over.
class KeptRuntimeTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ownRuntimeIsKeptByNobody()
    {
        const RuntimeStatus status = statusWith(manifests().statefulSet(), manifests().services());
        QVERIFY(!status.kept && status.keptReason().isEmpty() && !status.deviation);
    }

    void whoPutsBackGoesFirst()
    {
        const QJsonObject byHelm = marked(manifests().statefulSet(), {}, helm);
        QList<QJsonObject> services = manifests().services();
        QCOMPARE(statusWith(byHelm, services).kept->owner.text(), u"Helm release bus in namespace team"_qs);
        QVERIFY(statusWith(byHelm, services).keptReason().isEmpty());
        services[0] = marked(services[0], flux);
        QVERIFY(statusWith(byHelm, services).keptReason().startsWith(u"Service nats"_qs));
    }

    void doesNotMendWhatFluxKeeps()
    {
        QVERIFY(statusWith(manifests().statefulSet(), {}).deviation->canBePutBack);
        const RuntimeStatus status = statusWith(marked(manifests().statefulSet(), flux), {});
        QVERIFY(status.deviation && !status.deviation->canBePutBack);
        const Error &told = status.deviation->error;
        QVERIFY(told.summary.contains(
            u"StatefulSet nats is kept by Flux's Kustomization apps in namespace flux-system"_qs));
        QVERIFY(told.detail.contains(u"Somebody deleted"_qs));
    }

    void namesWhoHasTheNames()
    {
        FakeCluster cluster;
        KubernetesClient client(cluster);
        const QJsonObject wanted = manifests().statefulSet();
        QVERIFY(awaited(RuntimeChecks::namesFree(client, {wanted})));
        QJsonObject theirs = wanted;
        QJsonObject metadata = theirs[u"metadata"_qs].toObject();
        metadata[u"labels"_qs] = QJsonObject();
        theirs[u"metadata"_qs] = metadata;
        cluster.put(theirs);
        QVERIFY(
            awaited(RuntimeChecks::namesFree(client, {wanted})).error().summary.contains(u"not made by Pennant"_qs));
        cluster.put(marked(theirs, {}, helm));
        const Error error = awaited(RuntimeChecks::namesFree(client, {wanted})).error();
        QCOMPARE(error.kind, Error::Kind::Conflict);
        QVERIFY(error.summary.contains(u"owned by Helm release bus in namespace team"_qs));
    }
};

QTEST_GUILESS_MAIN(KeptRuntimeTest)
#include "tst_keptruntime.moc"
