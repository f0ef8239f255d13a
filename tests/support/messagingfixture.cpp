// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/messagingfixture.h"

#include "services/domain/account.h"
#include "services/messaging/accountrecord.h"
#include "services/messaging/runtimemanifests.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimerecord.h"
#include "services/messaging/runtimeroles.h"

#include <QJsonArray>

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

QJsonObject named(
    const char *apiVersion, const char *kind, const QString &nameSpace, const QString &name, const QJsonObject &labels)
{
    QJsonObject metadata{{text("name"), name}, {text("labels"), labels}};
    if (!nameSpace.isEmpty())
        metadata[text("namespace")] = nameSpace;
    return {{text("apiVersion"), text(apiVersion)}, {text("kind"), text(kind)}, {text("metadata"), metadata}};
}

} // namespace

const QString MessagingFixture::nameSpace = QStringLiteral("pennant-messaging");

MessagingFixture::MessagingFixture()
{
    addStorageClass(text("standard"));
    cluster.afterWrite = [this](const QJsonObject &object) { observe(object); };
}

void MessagingFixture::observe(const QJsonObject &object)
{
    if (object[text("kind")] != text("StatefulSet") || !cluster.object(ObjectRef::of(object)))
        return;
    const QJsonObject seen{{text("observedGeneration"), object[text("metadata")][text("generation")]}};
    cluster.change(ObjectRef::of(object), {{text("status"), seen}});
}

void MessagingFixture::addStorageClass(const QString &name)
{
    QJsonObject object = named("storage.k8s.io/v1", "StorageClass", {}, name, {});
    object[text("provisioner")] = text("test/volumes");
    cluster.put(object);
}

QJsonObject MessagingFixture::pod(const QString &name, bool isReady)
{
    QJsonObject object = named("v1", "Pod", nameSpace, name, RuntimeNames::labels());
    QJsonObject metadata = object[text("metadata")].toObject();
    metadata[text("ownerReferences")] =
        QJsonArray{QJsonObject{{text("kind"), text("StatefulSet")}, {text("name"), text(RuntimeNames::server)}}};
    object[text("metadata")] = metadata;
    object[text("spec")] = QJsonObject{{text("nodeName"), text("node-1")},
        {text("containers"), QJsonArray{QJsonObject{{text("name"), text("nats")}}}}};
    const QJsonObject ready{{text("type"), text("Ready")}, {text("status"), isReady ? text("True") : text("False")}};
    object[text("status")] = QJsonObject{{text("phase"), text("Running")}, {text("conditions"), QJsonArray{ready}}};
    return object;
}

void MessagingFixture::putRuntime(int replicas)
{
    RuntimeRecord record;
    record.spec = request(replicas).spec;
    record.operation.state = RuntimeOperation::State::Done;
    record.operation.id = text("enabled");
    const RuntimeManifests manifests(nameSpace, record.spec);
    const SecretValues systemLogin{{text("username"), "pennant-system"}, {text("password"), "another hidden one"},
        {text("saltKey"), QByteArray(16, 's')}};
    QList<QJsonObject> objects = manifests.services();
    objects << manifests.statefulSet() << manifests.disruptionBudget() << manifests.networkPolicy()
            << manifests.secret(text(RuntimeNames::configSecret), text("config"), {}, {})
            << manifests.secret(text(RuntimeNames::systemSecret), text("system"), {}, systemLogin)
            << record.toConfigMap(nameSpace) << RuntimeRoles::manifests(nameSpace);
    for (const QJsonObject &object : objects)
        observe(cluster.put(object));
    for (int i = 0; i < replicas; ++i)
        cluster.put(pod(QStringLiteral("nats-%1").arg(i), true));
    putAccount(defaultAccountName());
}

void MessagingFixture::eraseRuntime()
{
    cluster.erase({text("apps/v1"), text("StatefulSet"), nameSpace, text(RuntimeNames::server)});
    const QList<QJsonObject> pods = cluster.objects(text("v1"), text("Pod"), nameSpace);
    for (const QJsonObject &each : pods)
        cluster.erase(ObjectRef::of(each));
    cluster.erase({text("v1"), text("ConfigMap"), nameSpace, text(RuntimeNames::record)});
}

void MessagingFixture::putAccount(const QString &name)
{
    const RuntimeManifests manifests(nameSpace, request().spec);
    cluster.put(manifests.clientSecret(manifests.connection(name), request().clientPassword));
    const SecretValues login{{text("username"), name.toUtf8()}, {text("password"), "a hidden one"}};
    cluster.put(manifests.secret(RuntimeNames::managementSecret(name), text("management"), name, login));
    const SecretValues viewing{{text("username"), name.toUtf8() + "-viewing"}, {text("password"), "a third one"}};
    cluster.put(manifests.secret(RuntimeNames::viewingSecret(name), text("viewing"), name, viewing));
    if (name == defaultAccountName())
        return;
    AccountRecord record;
    record.spec.name = name;
    record.clientUsername = name;
    record.operation.state = AccountOperation::State::Done;
    record.operation.id = text("made with the fixture");
    cluster.put(record.toConfigMap(nameSpace));
}

void MessagingFixture::eraseAccount(const QString &name)
{
    for (const QString &secret :
        {RuntimeNames::clientSecret(name), RuntimeNames::managementSecret(name), RuntimeNames::viewingSecret(name)})
        cluster.erase({text("v1"), text("Secret"), nameSpace, secret});
    cluster.erase({text("v1"), text("ConfigMap"), nameSpace, RuntimeNames::accountRecord(name)});
}

void MessagingFixture::playControllers()
{
    cluster.afterWrite = [this](const QJsonObject &object) {
        if (object[text("kind")] != text("StatefulSet"))
            return;
        observe(object);
        const ObjectRef ref = ObjectRef::of(object);
        const bool isThere = cluster.object(ref).has_value();
        const int replicas = object[text("spec")][text("replicas")].toInt();
        for (int i = 0; i < replicas; ++i) {
            const QString name = QStringLiteral("nats-%1").arg(i);
            if (isThere) {
                cluster.put(pod(name, true));
                QJsonObject claim =
                    named("v1", "PersistentVolumeClaim", nameSpace, text("data-") + name, RuntimeNames::labels());
                claim[text("status")] = QJsonObject{{text("phase"), text("Bound")}};
                cluster.put(claim);
            } else {
                cluster.erase({text("v1"), text("Pod"), nameSpace, name});
            }
        }
    };
}

void MessagingFixture::playServers(const QStringList &pods)
{
    cluster.afterWrite = [this, pods](const QJsonObject &object) {
        if (object[text("metadata")][text("name")] != text(RuntimeNames::configSecret))
            return;
        const QString tag =
            object[text("metadata")][text("annotations")][text(RuntimeNames::configurationAnnotation)].toString();
        for (const QString &pod : pods)
            cluster.servePage(nameSpace, pod, 8222, text("/varz"),
                "{\"server_id\":\"" + pod.toUtf8() + "\",\"tags\":[\"" + tag.toUtf8() + "\"]}");
    };
}

QStringList MessagingFixture::objectNames() const
{
    static constexpr std::pair<const char *, const char *> kinds[]{{"v1", "Secret"}, {"v1", "Service"},
        {"policy/v1", "PodDisruptionBudget"}, {"networking.k8s.io/v1", "NetworkPolicy"}, {"apps/v1", "StatefulSet"}};
    QStringList names;
    for (const auto &[apiVersion, kind] : kinds) {
        const QList<QJsonObject> found = cluster.objects(text(apiVersion), text(kind), nameSpace);
        for (const QJsonObject &object : found)
            names.append(text(kind) + QLatin1Char('/') + object[text("metadata")][text("name")].toString());
    }
    names.sort();
    return names;
}

std::optional<QJsonObject> MessagingFixture::secret(const QString &name) const
{
    return cluster.object({text("v1"), text("Secret"), nameSpace, name});
}

EnableRequest MessagingFixture::request(int replicas)
{
    EnableRequest request;
    request.spec.storageClass = text("standard");
    request.spec.storageGibibytes = 1;
    request.spec.replicas = replicas;
    request.clientPassword = SecretString(QByteArray("correct horse battery"));
    return request;
}
