// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimeroles.h"

#include "services/messaging/roleinstallation.h"
#include "services/messaging/runtimeaccess.h"
#include "services/messaging/runtimepermissions.h"
#include "tests/support/awaited.h"
#include "tests/support/jetstreamfixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

bool holds(const QJsonValue &list, const QString &value)
{
    return list.toArray().contains(value);
}

/// As the API server judges by a Role: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
bool isGranted(const QJsonObject &role, const Permission &wanted)
{
    const QString resource =
        wanted.subresource.isEmpty() ? wanted.resource : wanted.resource + QLatin1Char('/') + wanted.subresource;
    const QJsonArray rules = role[text("rules")].toArray();
    return std::any_of(rules.begin(), rules.end(), [&](const QJsonValue &rule) {
        const QJsonValue names = rule[text("resourceNames")];
        return holds(rule[text("apiGroups")], wanted.group) && holds(rule[text("resources")], resource)
            && holds(rule[text("verbs")], wanted.verb) && (names.isUndefined() || holds(names, wanted.name));
    });
}

} // namespace

class RuntimeRolesTest : public QObject {
    Q_OBJECT

private:
    /// What somebody sees of a runtime who has this Role and nothing else.
    static RuntimeAccess accessBy(JetStreamFixture &fixture, const QJsonObject &role)
    {
        fixture.cluster.cluster.isAllowed = [role](const Permission &wanted) { return isGranted(role, wanted); };
        fixture.runtime.start();
        fixture.accounts.start();
        if (!fixture.passTimeUntil(
                [&fixture] { return fixture.runtime.isAccessKnown() && fixture.connections->api(text("default")); }))
            qWarning("%s", qPrintable(fixture.connections->problem(text("default"))));
        return fixture.runtime.access();
    }

private Q_SLOTS:
    void letsAViewerViewAndNoMore()
    {
        JetStreamFixture fixture;
        const RuntimeAccess access = accessBy(fixture, RuntimeRoles::manifests(MessagingFixture::nameSpace)[0]);
        QVERIFY2(access.view, qPrintable(access.view.reason));
        QVERIFY2(access.inspect, qPrintable(access.inspect.reason));
        QVERIFY(!access.write && !access.remove && !access.reveal);
        QCOMPARE(fixture.opened, QStringList{text("nats-0 as default-viewing")});
        QVERIFY(!fixture.runtime.status().isDegraded());
    }

    void letsAnEditorDoAll()
    {
        JetStreamFixture fixture;
        const RuntimeAccess access = accessBy(fixture, RuntimeRoles::manifests(MessagingFixture::nameSpace)[1]);
        for (const Access &each : {access.view, access.inspect, access.write, access.remove, access.reveal})
            QVERIFY2(each, qPrintable(each.reason));
        QCOMPARE(fixture.opened, QStringList{text("nats-0 as default")});
    }

    /// As somebody sees it whose Roles an earlier version installed.
    void letsAViewerLookWhoCannotBeToldWhatNackKeeps()
    {
        JetStreamFixture fixture;
        const QJsonObject viewer = RuntimeRoles::manifests(MessagingFixture::nameSpace)[0];
        const QJsonObject earlier = RuntimeRoles::withoutOwners(viewer);
        for (const Permission &each : RuntimePermissions::toKnowOwners(MessagingFixture::nameSpace))
            QVERIFY(isGranted(viewer, each) && !isGranted(earlier, each));
        const RuntimeAccess access = accessBy(fixture, earlier);
        QVERIFY2(access.view, qPrintable(access.view.reason));
        QVERIFY2(access.inspect, qPrintable(access.inspect.reason));
    }

    /// Kubernetes lets nobody grant what he has not, and its role `admin` doesn't list NACK's kinds.
    void installsAsMuchAsCanBeGranted()
    {
        FakeCluster cluster;
        FakeClock clock;
        KubernetesClient client(cluster);
        const QList<QJsonObject> all = RuntimeRoles::manifests(text("ns"));
        const auto rulesNow = [&](const QJsonObject &role) -> QJsonValue {
            return (*cluster.object(ObjectRef::of(role)))[text("rules")];
        };
        const auto installs = [&] { return awaited(installRoles(client, clock, text("ns"))); };
        const Error escalation{Error::Kind::Forbidden, text("attempting to grant more than you have"), {}, {}, {}};
        for (const QJsonObject &role : all)
            cluster.failNext(1, escalation, "PATCH", role[text("metadata")][text("name")].toString());
        QCOMPARE(*installs(), QString());
        for (const QJsonObject &role : all)
            QCOMPARE(rulesNow(role), RuntimeRoles::withoutOwners(role)[text("rules")]);

        cluster.failNext(2, escalation, "PATCH", text("roles"));
        QCOMPARE(*installs(), QString()); // they are as somebody could install them
        QCOMPARE(*installs(), QString());
        for (const QJsonObject &role : all)
            QCOMPARE(rulesNow(role), role[text("rules")]);
        cluster.failNext(4, escalation, "PATCH", text("roles"));
        cluster.erase(ObjectRef::of(all[0]));
        QVERIFY(installs()->contains(escalation.summary));
    }

    void showsAViewerNothingSecretButItsOwnLogin()
    {
        const QJsonArray rules = RuntimeRoles::manifests(text("ns"))[0][text("rules")].toArray();
        for (const QJsonValue &rule : rules) {
            if (!holds(rule[text("resources")], text("secrets")))
                continue;
            QCOMPARE(rule[text("verbs")], QJsonValue(QJsonArray{text("get")}));
            QCOMPARE(rule[text("resourceNames")], QJsonValue(QJsonArray{text("nats-viewing-default")}));
        }
        const QStringList harmless{text("get"), text("list"), text("watch")};
        for (const Permission &each : RuntimeRoles::viewerPermissions(text("ns")))
            QVERIFY2(harmless.contains(each.verb) || each.subresource == text("portforward"), qPrintable(each.text()));
    }

    void writesARoleForThisPerson()
    {
        const QList<Permission> missing{{text("get"), {}, text("pods"), text("portforward"), text("ns")},
            {text("create"), {}, text("pods"), text("portforward"), text("ns")},
            {text("list"), text("apps"), text("statefulsets"), {}, text("ns")},
            {text("get"), {}, text("secrets"), {}, text("ns"), text("nats-viewing-default")}};
        const QString yaml = RuntimeRoles::grantText(missing, text("system:serviceaccount:ci:Bo \"x\"\nkind: Evil"));
        QVERIFY2(
            yaml.contains(text("  name: \"pennant-grant-system-serviceaccount-ci-bo-x-kind-evil-")), qPrintable(yaml));
        QVERIFY(yaml.contains(text("\n  namespace: \"ns\"\n")));
        QVERIFY(yaml.contains(text("- apiGroups: [\"\"]\n  resources: [\"pods/portforward\"]\n"
                                   "  verbs: [\"create\", \"get\"]\n")));
        QVERIFY(yaml.contains(text("  resourceNames: [\"nats-viewing-default\"]\n")));
        QVERIFY(yaml.endsWith(text("  name: \"system:serviceaccount:ci:Bo \\\"x\\\"kind: Evil\"\n")));
        QVERIFY(!yaml.contains(text("\nkind: Evil")));
        QVERIFY(RuntimeRoles::grantText({}, text("bo")).isEmpty());
    }

    /// In the namespace may be other pods.
    void reachesIntoThePodsOfTheServerAlone()
    {
        for (const QJsonObject &role : RuntimeRoles::manifests(text("ns"))) {
            const Permission log{text("get"), {}, text("pods"), text("log"), text("ns"), text("nats-4")};
            const Permission port{text("create"), {}, text("pods"), text("portforward"), text("ns"), text("nats-0")};
            for (Permission each : {log, port}) {
                QVERIFY(isGranted(role, each));
                each.name = text("billing-0");
                QVERIFY(!isGranted(role, each));
            }
            const QJsonObject metadata = role[text("metadata")].toObject();
            QVERIFY(metadata[text("annotations")][text("kubernetes.io/description")].toString().contains(
                text("this namespace")));
        }
        const QJsonArray rules = RuntimeRoles::manifests(text("ns"))[0][text("rules")].toArray();
        const auto logs = std::count_if(rules.begin(), rules.end(),
            [](const QJsonValue &rule) { return holds(rule[text("resources")], text("pods/log")); });
        QCOMPARE(logs, 1); // not one for each pod
    }

    void saysWhatIsOfOneKindTogether()
    {
        const QList<Permission> inspecting = RuntimePermissions::toInspect(text("ns"));
        const QString words = RuntimePermissions::described(inspecting);
        QVERIFY2(words.contains(text("pods/portforward (nats-0, nats-1, nats-2, nats-3, nats-4)")), qPrintable(words));
        QVERIFY2(words.contains(text("secrets/nats-viewing-default")), qPrintable(words));
    }

    void writesWhatItAppliesAsYaml()
    {
        const QString yaml = RuntimeRoles::installText(text("ns"));
        const QStringList documents = yaml.split(text("---\n"));
        const QList<QJsonObject> roles = RuntimeRoles::manifests(text("ns"));
        QCOMPARE(documents.size(), roles.size());
        for (qsizetype i = 0; i < roles.size(); ++i) {
            QVERIFY(documents[i].startsWith(text("apiVersion: \"rbac.authorization.k8s.io/v1\"\nkind: \"Role\"\n"
                                                 "metadata:\n")));
            QVERIFY(documents[i].contains(text("\n  labels:\n    app.kubernetes.io/")));
            const QJsonArray rules = roles[i][text("rules")].toArray();
            QCOMPARE(documents[i].count(text("\n- apiGroups: [")), rules.size());
            for (const QJsonValue &rule : rules) {
                for (const char *key : {"resources", "resourceNames", "verbs"}) {
                    const QByteArray list = QJsonDocument(rule[text(key)].toArray()).toJson(QJsonDocument::Compact);
                    const QString line =
                        text("\n  %1: %2\n").arg(text(key), text(list.constData()).replace(u',', text(", ")));
                    QVERIFY2(rule[text(key)].isUndefined() || documents[i].contains(line), qPrintable(line));
                }
            }
        }
    }

    /// Applied one after the other they add up, whatever a person is called.
    void writesEveryGrantUnderANameOfItsOwn()
    {
        const auto nameOf = [](const QList<Permission> &permissions, const char *user) {
            return RuntimeRoles::grantText(permissions, text(user)).section(text("name: "), 1).section(u'"', 1, 1);
        };
        const QList<Permission> viewing = RuntimePermissions::toView(text("ns"));
        const QList<Permission> writing = RuntimePermissions::toWrite(text("ns"));
        QVERIFY(nameOf(viewing, "viewer").startsWith(text("pennant-grant-viewer-")));
        QVERIFY(nameOf(viewing, "viewer") != nameOf(writing, "viewer"));
        QVERIFY(nameOf(viewing, "viewer") != nameOf(viewing, "bo"));
        QCOMPARE(nameOf(viewing, "bo"), nameOf(viewing, "bo"));
    }

    void quotesTheUserForTheShell()
    {
        QCOMPARE(RuntimeRoles::bindCommand(text("pennant-viewer"), text("ns"), text("o'hara")),
            text("kubectl --namespace ns create rolebinding pennant-viewer-o-hara --role=pennant-viewer "
                 "--user='o'\\''hara'"));
    }
};

QTEST_GUILESS_MAIN(RuntimeRolesTest)
#include "tst_runtimeroles.moc"
