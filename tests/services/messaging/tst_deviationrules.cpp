// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/deviationrules.h"

#include "services/messaging/handchanges.h"
#include "services/messaging/runtimemanifests.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimesteps.h"

#include <QJsonArray>
#include <QTest>

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

QJsonObject named(const char *name)
{
    return {{text("metadata"), QJsonObject{{text("name"), text(name)}}}};
}

RuntimeSpec spec()
{
    RuntimeSpec spec;
    spec.replicas = 3;
    return spec;
}

RuntimeParts whole()
{
    QJsonObject servers = named("nats");
    servers[text("spec")] = QJsonObject{{text("replicas"), 3}};
    return {QList{servers}, QList{named("nats"), named("nats-headless")},
        QList{named("nats-config"), named("nats-system"), named("nats-account-default"),
            named("nats-management-default"), named("nats-viewing-default")},
        QList{named("nats")}, QList{named("nats")}, QList{named("pennant-viewer"), named("pennant-editor")}};
}

QJsonObject withServerImage(QJsonObject statefulSet, const QString &image)
{
    QJsonObject spec = statefulSet[text("spec")].toObject();
    QJsonObject podTemplate = spec[text("template")].toObject();
    QJsonObject podSpec = podTemplate[text("spec")].toObject();
    QJsonArray containers = podSpec[text("containers")].toArray();
    for (QJsonValueRef container : containers) {
        QJsonObject next = container.toObject();
        if (next[text("name")] == text(RuntimeNames::serverContainer))
            next[text("image")] = image;
        container = next;
    }
    podSpec[text("containers")] = containers;
    podTemplate[text("spec")] = podSpec;
    spec[text("template")] = podTemplate;
    statefulSet[text("spec")] = spec;
    return statefulSet;
}

void remove(std::optional<QList<QJsonObject>> &objects, const char *name)
{
    objects->removeIf([name](const QJsonObject &object) { return object == named(name); });
}

} // namespace

class DeviationRulesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysNothingWhereNothingIsMissing()
    {
        QVERIFY(!deviationOf(spec(), text("ns"), whole()));
        QVERIFY(!deviationOf(spec(), text("ns"), {}));
    }

    void namesTheRoleThatIsNotThere()
    {
        RuntimeParts parts = whole();
        remove(parts.roles, "pennant-editor");
        const auto deviation = deviationOf(spec(), text("ns"), parts);
        QVERIFY(deviation);
        QVERIFY2(deviation->error.summary.startsWith(text("Role pennant-editor is not there")),
            qPrintable(deviation->error.summary));
        QVERIFY(deviation->canBePutBack);
        parts.roles.reset(); // may not be seen
        QVERIFY(!deviationOf(spec(), text("ns"), parts));
    }

    /// What is there counts, not what came of an Enable long ago; that only where nothing can be seen.
    void knowsWhichRolesAreMissing()
    {
        RuntimeRecord record;
        RuntimeParts parts = whole();
        QVERIFY(missingRoles(parts, record).isEmpty());
        record.operation.rolesProblem = text("You may not create roles.");
        QVERIFY(missingRoles(parts, record).isEmpty());
        remove(parts.roles, "pennant-editor");
        QCOMPARE(missingRoles(parts, record), QStringList{text("pennant-editor")});
        parts.roles.reset();
        QCOMPARE(missingRoles(parts, record), QStringList({text("pennant-viewer"), text("pennant-editor")}));
        record.operation.rolesProblem.clear();
        QVERIFY(missingRoles(parts, record).isEmpty());
    }

    /// Also for whoever may see neither Secrets nor Roles: the record tells.
    void saysWhatARuntimeOfAnEarlierVersionLacks()
    {
        RuntimeParts parts = whole();
        remove(parts.secrets, "nats-viewing-default");
        parts.roles = QList<QJsonObject>();
        for (const RuntimeParts &seen : {parts, RuntimeParts{}}) {
            const auto deviation = deviationOf(spec(), text("ns"), seen, formatWithViewers - 1);
            QVERIFY(deviation);
            QVERIFY2(deviation->error.summary.contains(text("An earlier Pennant made this runtime")),
                qPrintable(deviation->error.summary));
            QVERIFY(deviation->canBePutBack);
        }
        QVERIFY(deviationOf(spec(), text("ns"), whole(), runtimeFormat - 1)->canBePutBack);
        remove(parts.secrets, "nats-config"); // what is worse comes first
        QVERIFY(
            deviationOf(spec(), text("ns"), parts, formatWithViewers - 1)->error.summary.contains(text("nats-config")));
    }

    void namesWhatWasDeleted_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("step");
        QTest::addColumn<bool>("canBePutBack");
        const QString secrets = text(RuntimeStepId::writeSecrets);
        const QString services = text(RuntimeStepId::writeServices);
        QTest::newRow("client service") << text("Service") << text("nats") << services << true;
        QTest::newRow("headless service") << text("Service") << text("nats-headless") << services << true;
        QTest::newRow("config") << text("Secret") << text("nats-config") << secrets << true;
        QTest::newRow("system") << text("Secret") << text("nats-system") << secrets << true;
        QTest::newRow("management") << text("Secret") << text("nats-management-default") << secrets << true;
        QTest::newRow("viewing") << text("Secret") << text("nats-viewing-default") << secrets << true;
        // nothing can make this password again
        QTest::newRow("client") << text("Secret") << text("nats-account-default") << secrets << false;
    }

    void namesWhatWasDeleted()
    {
        QFETCH(QString, kind);
        QFETCH(QString, name);
        QFETCH(QString, step);
        QFETCH(bool, canBePutBack);
        RuntimeParts parts = whole();
        auto &objects = kind == text("Service") ? parts.services : parts.secrets;
        remove(objects, name.toLatin1());
        const auto deviation = deviationOf(spec(), text("ns"), parts);
        QVERIFY(deviation);
        QVERIFY2(
            deviation->error.summary.contains(kind + QLatin1Char(' ') + name), qPrintable(deviation->error.summary));
        QCOMPARE(deviation->undoneStep, step);
        QCOMPARE(deviation->canBePutBack, canBePutBack);
        objects.reset(); // may not be seen
        QVERIFY(!deviationOf(spec(), text("ns"), parts));
    }

    void namesTheImageThatIsAnother_data()
    {
        QTest::addColumn<QString>("image");
        QTest::addColumn<bool>("canBePutBack");
        QTest::newRow("older") << text("nats:2.13.0") << true;
        QTest::newRow("without a version") << text("registry.example/nats:none") << true;
        QTest::newRow("newer, whose files the older can't read") << text("nats:9.9.9") << false;
    }

    void namesTheImageThatIsAnother()
    {
        QFETCH(QString, image);
        QFETCH(bool, canBePutBack);
        RuntimeParts parts = whole();
        QJsonObject servers = RuntimeManifests(text("ns"), spec()).statefulSet();
        parts.statefulSets = QList{servers};
        QVERIFY(!deviationOf(spec(), text("ns"), parts));
        servers = withServerImage(servers, image);
        parts.statefulSets = QList{servers};
        const auto deviation = deviationOf(spec(), text("ns"), parts);
        QVERIFY(deviation);
        QVERIFY2(deviation->error.summary.contains(
                     QStringLiteral("nats runs %1 in place of %2").arg(image, RuntimeManifests::serverImage())),
            qPrintable(deviation->error.summary));
        QCOMPARE(deviation->undoneStep, text(RuntimeStepId::writeStatefulSet));
        QCOMPARE(deviation->canBePutBack, canBePutBack);
    }

    void takesBackTheImageAndTheNumberOfPodsAlone()
    {
        const QJsonObject manifest = RuntimeManifests(text("ns"), spec()).statefulSet();
        QVERIFY(undoingChangesByHand(manifest, manifest).isEmpty());
        QJsonObject servers = withServerImage(manifest, text("nats:9.9.9"));
        QJsonObject live = servers[text("spec")].toObject();
        live[text("replicas")] = 1;
        servers[text("spec")] = live;
        const QJsonObject undone = undoingChangesByHand(servers, manifest);
        QCOMPARE(undone.keys(), QStringList({text("replicas"), text("template")}));
        QCOMPARE(undone[text("replicas")].toInt(), 3);
        QCOMPARE(undone[text("template")][text("spec")][text("containers")],
            manifest[text("spec")][text("template")][text("spec")][text("containers")]);
    }

    void namesTheGuardThatWasDeleted()
    {
        for (const bool isBudget : {true, false}) {
            RuntimeParts parts = whole();
            (isBudget ? parts.disruptionBudgets : parts.networkPolicies)->clear();
            const auto deviation = deviationOf(spec(), text("ns"), parts);
            QVERIFY(deviation && deviation->canBePutBack);
            const QString name = isBudget ? text("PodDisruptionBudget nats") : text("NetworkPolicy nats");
            QVERIFY2(deviation->error.summary.contains(name), qPrintable(deviation->error.summary));
            QCOMPARE(deviation->undoneStep, text(RuntimeStepId::writeServices));
            remove(parts.secrets, "nats-config");
            QCOMPARE(deviationOf(spec(), text("ns"), parts)->undoneStep, text(RuntimeStepId::writeSecrets));
        }
    }

    void seesStatefulSetsThatGo_data()
    {
        QTest::addColumn<bool>("isStillGoing");
        QTest::newRow("gone") << false;
        QTest::newRow("going") << true;
    }

    void seesStatefulSetsThatGo()
    {
        QFETCH(bool, isStillGoing);
        RuntimeParts parts = whole();
        parts.statefulSets->clear();
        if (isStillGoing)
            parts.statefulSets->append({{text("metadata"),
                QJsonObject{{text("name"), text("nats")}, {text("deletionTimestamp"), text("2026-01-02T03:04:05Z")}}}});
        remove(parts.services, "nats"); // the gravest first
        const auto deviation = deviationOf(spec(), text("ns"), parts);
        QVERIFY(deviation);
        QVERIFY(deviation->error.summary.contains(text("StatefulSet nats was deleted")));
        QCOMPARE(deviation->undoneStep, text(RuntimeStepId::writeStatefulSet));
        QVERIFY(deviation->canBePutBack);
    }

    void seesScaling_data()
    {
        QTest::addColumn<int>("replicas");
        QTest::addColumn<bool>("canBePutBack");
        QTest::newRow("down") << 1 << true;
        QTest::newRow("to nothing") << 0 << true;
        QTest::newRow("up: streams may live on the new pods") << 5 << false;
    }

    void seesScaling()
    {
        QFETCH(int, replicas);
        QFETCH(bool, canBePutBack);
        RuntimeParts parts = whole();
        parts.statefulSets->first()[text("spec")] = QJsonObject{{text("replicas"), replicas}};
        const auto deviation = deviationOf(spec(), text("ns"), parts);
        QVERIFY(deviation);
        QVERIFY(deviation->error.summary.contains(text("scaled from 3 to %1 by hand").arg(replicas)));
        QCOMPARE(deviation->canBePutBack, canBePutBack);
        QCOMPARE(deviation->error.summary.contains(text("kubectl --namespace ns scale")), !canBePutBack);
    }
};

QTEST_GUILESS_MAIN(DeviationRulesTest)
#include "tst_deviationrules.moc"
