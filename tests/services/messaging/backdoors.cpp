// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/services/messaging/backdoors.h"

#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/runtimenames.h"
#include "tests/support/awaited.h"
#include "tests/support/rawnats.h"

#include <QJsonObject>

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

} // namespace

bool BackDoors::isClosed(const char *who, const QString &what, bool isRefused, const QString &words)
{
    m_lines.append(
        text("%1 | %2 | %3 | %4")
            .arg(what, -46)
            .arg(isRefused ? text("refused") : text("NOT REFUSED"), text(who), words.simplified().left(110)));
    return isRefused;
}

bool BackDoors::isViolation(const QString &what, const QByteArray &said)
{
    return isClosed("NATS", what, said.contains("-ERR 'Permissions Violation"), QString::fromUtf8(said));
}

bool BackDoors::areClosedAtTheApiServer(KubernetesClient &client, const QString &nameSpace)
{
    bool isAllRefused = true;
    const auto refused = [&](const QString &what, const auto &outcome) {
        const bool isForbidden = !outcome && outcome.error().kind == Error::Kind::Forbidden;
        isAllRefused &= isClosed("API server", what, isForbidden, outcome ? text("done") : outcome.error().detail);
    };
    const QList<ObjectRef> objects{{text("v1"), text("ConfigMap"), nameSpace, text(RuntimeNames::record)},
        {text("v1"), text("Secret"), nameSpace, RuntimeNames::clientSecret(text("default"))},
        {text("v1"), text("Secret"), nameSpace, RuntimeNames::viewingSecret(text("default"))},
        {text("v1"), text("Secret"), nameSpace, text(RuntimeNames::configSecret)},
        {text("v1"), text("Service"), nameSpace, text(RuntimeNames::server)},
        {text("v1"), text("PersistentVolumeClaim"), nameSpace, text("data-nats-0")},
        {text("v1"), text("Pod"), nameSpace, text("nats-0")},
        {text("apps/v1"), text("StatefulSet"), nameSpace, text(RuntimeNames::server)},
        {text("policy/v1"), text("PodDisruptionBudget"), nameSpace, text(RuntimeNames::server)},
        {text("networking.k8s.io/v1"), text("NetworkPolicy"), nameSpace, text(RuntimeNames::server)},
        {text("coordination.k8s.io/v1"), text("Lease"), nameSpace, text(RuntimeNames::lease)},
        {text("rbac.authorization.k8s.io/v1"), text("Role"), nameSpace, text(RuntimeNames::viewerRole)},
        {text("rbac.authorization.k8s.io/v1"), text("RoleBinding"), nameSpace, text("pennant-viewer-vera")},
        {text("v1"), text("Namespace"), {}, nameSpace}};
    for (const ObjectRef &ref : objects) {
        QJsonObject metadata{{text("name"), ref.name}, {text("labels"), QJsonObject{{text("mine"), text("yes")}}}};
        if (!ref.nameSpace.isEmpty())
            metadata[text("namespace")] = ref.nameSpace;
        const QJsonObject change{{text("metadata"), metadata}};
        QJsonObject whole = change;
        whole[text("apiVersion")] = ref.apiVersion;
        whole[text("kind")] = ref.kind;
        refused(text("create ") + ref.text(), awaited(client.create(whole)));
        refused(text("apply ") + ref.text(), awaited(client.apply(whole, true)));
        refused(text("patch ") + ref.text(), awaited(client.patch(ref, change)));
        refused(text("update ") + ref.text(), awaited(client.replace(whole)));
        refused(text("delete ") + ref.text(), awaited(client.remove(ref)));
    }
    for (const QString &secret : {RuntimeNames::clientSecret(text("default")), text(RuntimeNames::configSecret),
             RuntimeNames::managementSecret(text("default")), text(RuntimeNames::systemSecret)})
        refused(text("get Secret ") + secret, awaited(client.read({text("v1"), text("Secret"), nameSpace, secret})));
    refused(text("list Secrets"), awaited(client.list(text("v1"), text("Secret"), nameSpace)));
    return isAllRefused;
}

bool BackDoors::areClosedAtNats(RawNats &nats, const QByteArray &inbox)
{
    bool isAllRefused = true;
    for (const char *verb : {"STREAM.CREATE.mine", "STREAM.UPDATE.orders", "STREAM.DELETE.orders",
             "STREAM.PURGE.orders", "STREAM.MSG.DELETE.orders", "STREAM.SNAPSHOT.orders", "STREAM.RESTORE.mine",
             "STREAM.LEADER.STEPDOWN.orders", "STREAM.PEER.REMOVE.orders", "STREAM.REMOVE.orders",
             "CONSUMER.CREATE.orders", "CONSUMER.CREATE.orders.mine", "CONSUMER.CREATE.orders.mine.orders.>",
             "CONSUMER.DURABLE.CREATE.orders.mine", "CONSUMER.DELETE.orders.billing", "CONSUMER.PAUSE.orders.billing",
             "CONSUMER.LEADER.STEPDOWN.orders.billing", "CONSUMER.MSG.NEXT.orders.billing",
             "CONSUMER.RESET.orders.billing", "CONSUMER.UNPIN.orders.billing", "META.LEADER.STEPDOWN", "SERVER.REMOVE",
             "ACCOUNT.PURGE.default", "ACCOUNT.STREAM.MOVE.default.orders"})
        isAllRefused &= isViolation(text("$JS.API.") + text(verb), nats.publish(QByteArray("$JS.API.") + verb, inbox));
    for (const char *subject : {"orders.1", "orders", "anything", "$JS.ACK.orders.billing.1.1.1.1.0",
             "$JS.FC.orders.billing.x", "$JS.SNAPSHOT.ACK.orders.x", "$SYS.REQ.SERVER.PING", "$SYS.REQ.USER.INFO",
             "$KV.bucket.key", "_INBOX_ADM.x", "_INBOX.x"})
        isAllRefused &= isViolation(text("publish ") + text(subject), nats.publish(subject));
    for (const char *subject :
        {"orders.>", ">", "*", "$JS.>", "$JS.API.>", "$JS.EVENT.>", "$SYS.>", "_INBOX_ADM.>", "_INBOX.>", "_R_.>"})
        isAllRefused &= isViolation(text("subscribe ") + text(subject), nats.subscribe(subject));
    return isAllRefused;
}
