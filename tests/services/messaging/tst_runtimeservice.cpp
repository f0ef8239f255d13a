// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimeservice.h"

#include "services/domain/account.h"
#include "services/messaging/runtimecredentials.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimesteps.h"
#include "tests/support/awaited.h"
#include "tests/support/fakeclock.h"
#include "tests/support/messagingfixture.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace std::chrono_literals;

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

QString stepId(const RuntimeStatus &status)
{
    const int current = status.currentStep();
    return current == 0 ? QString() : status.steps[current - 1].id;
}

Flow<void> nothingToDo()
{
    co_return Result<void>();
}

const ObjectRef servers{QStringLiteral("apps/v1"), QStringLiteral("StatefulSet"), QStringLiteral("pennant-messaging"),
    QLatin1String(RuntimeNames::server)};
const ObjectRef recordRef{QStringLiteral("v1"), QStringLiteral("ConfigMap"), QStringLiteral("pennant-messaging"),
    QLatin1String(RuntimeNames::record)};
const QStringList everything{text("NetworkPolicy/nats"), text("PodDisruptionBudget/nats"),
    text("Secret/nats-account-default"), text("Secret/nats-config"), text("Secret/nats-management-default"),
    text("Secret/nats-system"), text("Secret/nats-viewing-default"), text("Service/nats"),
    text("Service/nats-headless"), text("StatefulSet/nats")};

} // namespace

class RuntimeServiceTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<MessagingFixture> m_fixture;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<RuntimeService> m_service;

    void startService(const QString &workstation = text("ana@laptop"))
    {
        m_service =
            std::make_unique<RuntimeService>(m_fixture->cluster, *m_clock, MessagingFixture::nameSpace, workstation);
        m_service->start();
    }

    /// Lets time pass in small steps until `condition` holds.
    bool passTimeUntil(const std::function<bool()> &condition, int steps = 2000)
    {
        for (int i = 0; i < steps; ++i) {
            if (condition())
                return true;
            m_clock->advance(100ms);
            QTest::qWait(1); // the background hashes in real time
        }
        return condition();
    }

    template <typename T> Result<T> answerOf(Pending<T> question)
    {
        std::optional<Result<T>> answer;
        question.then(this, [&](Result<T> result) { answer = std::move(result); });
        if (!passTimeUntil([&] { return answer.has_value(); }))
            return fail(Error::Kind::Timeout, text("the test waited in vain"));
        return *answer;
    }

    void scaleByHand(int replicas)
    {
        m_fixture->cluster.change(servers, {{text("spec"), QJsonObject{{text("replicas"), replicas}}}});
    }

    int replicasOfServers()
    {
        return m_fixture->cluster.object(servers)->value(text("spec"))[text("replicas")].toInt();
    }

    bool becomesWritable()
    {
        return passTimeUntil([this] { return m_service->enableAccess().allowed; });
    }

    bool becomesReady()
    {
        return passTimeUntil([this] { return m_service->status().phase == RuntimePhase::Ready; });
    }

    void setCordoned(bool isCordoned)
    {
        m_fixture->cluster.put({{text("apiVersion"), text("v1")}, {text("kind"), text("Node")},
            {text("metadata"), QJsonObject{{text("name"), text("node-1")}}},
            {text("spec"), QJsonObject{{text("unschedulable"), isCordoned}}}});
    }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<MessagingFixture>();
        m_fixture->playControllers();
        m_clock = std::make_unique<FakeClock>();
    }

    void cleanup()
    {
        m_service.reset();
        m_clock.reset();
        m_fixture.reset();
    }

    void offersStorageClassesTheDefaultFirst()
    {
        m_fixture->addStorageClass(text("archive"));
        m_fixture->cluster.change({text("storage.k8s.io/v1"), text("StorageClass"), {}, text("standard")},
            {{text("metadata"),
                QJsonObject{{text("annotations"),
                    QJsonObject{{text("storageclass.kubernetes.io/is-default-class"), text("true")}}}}}});
        startService();
        QVERIFY(
            passTimeUntil([this] { return m_service->storageClasses() && m_service->storageClasses()->size() == 2; }));
        QCOMPARE(m_service->storageClasses()->constFirst().name, text("standard"));
        QVERIFY(m_service->storageClasses()->constFirst().isDefault);
    }

    void looksAtTheNodesAgainWhenTheRuntimeHasGone()
    {
        m_fixture->putRuntime();
        startService();
        QVERIFY(becomesReady());
        const bool isAsked = passTimeUntil([this] { return m_service->schedulableNodes().has_value(); }, 20);
        const QStringList before = isAsked ? *m_service->schedulableNodes() : QStringList();
        QVERIFY(before.isEmpty());
        setCordoned(false);
        m_fixture->eraseRuntime();
        QVERIFY(passTimeUntil([this] { return m_service->status().phase == RuntimePhase::Absent; }));
        QVERIFY(passTimeUntil([this] { return m_service->schedulableNodes() == QStringList{text("node-1")}; }, 20));
    }

    void looksAtTheNodesWhenTold()
    {
        setCordoned(false);
        startService();
        QVERIFY(passTimeUntil([this] { return m_service->schedulableNodes() == QStringList{text("node-1")}; }));
        setCordoned(true);
        m_service->lookAtNodes();
        QVERIFY(passTimeUntil([this] { return m_service->schedulableNodes() == QStringList(); }, 20));
        // what was seen is not forgotten because the cluster is slow
        m_fixture->cluster.failNext(1, Error{Error::Kind::Timeout, text("slow"), {}, {}, {}}, "GET", text("/nodes"));
        m_service->lookAtNodes();
        QVERIFY(!passTimeUntil([this] { return !m_service->schedulableNodes(); }, 20));
    }

    void aViewerIsToldWhatIsMissingAndWritesNothing()
    {
        m_fixture->cluster.isAllowed = [](const Permission &wanted) {
            return wanted.verb == text("list") || wanted.verb == text("get") || wanted.verb == text("watch");
        };
        startService();
        QVERIFY(passTimeUntil([this] {
            return m_service->writeAccess().reason.contains(text("create or patch statefulsets, services, configmaps"));
        }));
        QVERIFY(!m_service->enableAccess().allowed);
        const auto outcome = answerOf(m_service->enable(MessagingFixture::request()));
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().kind, Error::Kind::Forbidden);
        QVERIFY(m_fixture->objectNames().isEmpty());
    }

    void pointsAtTheFieldsThatAreWrong()
    {
        startService();
        QVERIFY(becomesWritable());
        EnableRequest request = MessagingFixture::request(2);
        request.clientPassword = SecretString(QByteArray("short"));
        const auto outcome = answerOf(m_service->enable(request));
        QVERIFY(!outcome);
        QStringList fields;
        for (const FieldError &error : outcome.error().fields)
            fields.append(error.field);
        QCOMPARE(fields, QStringList({text("replicas"), text("password")}));

        request = MessagingFixture::request();
        request.spec.storageClass = text("nowhere");
        const auto missing = answerOf(m_service->enable(request));
        QVERIFY(!missing);
        QCOMPARE(missing.error().fields.value(0).field, text("storageClass"));
        QVERIFY(m_fixture->objectNames().isEmpty());
    }

    void leavesWhatBelongsToOthersAlone()
    {
        QJsonObject foreign{{text("apiVersion"), text("v1")}, {text("kind"), text("Service")},
            {text("metadata"),
                QJsonObject{{text("name"), text("nats")}, {text("namespace"), MessagingFixture::nameSpace}}}};
        foreign = m_fixture->cluster.put(foreign);
        startService();
        QVERIFY(becomesWritable());
        const auto outcome = answerOf(m_service->enable(MessagingFixture::request()));
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().kind, Error::Kind::Conflict);
        QCOMPARE(m_fixture->objectNames(), QStringList{text("Service/nats")});
        QCOMPARE(*m_fixture->cluster.object(ObjectRef::of(foreign)), foreign);
    }

    void keepsToTheVolumesThatAreThere_data()
    {
        QTest::addColumn<int>("gibibytes");
        QTest::addColumn<QString>("stored");
        QTest::newRow("1 Gi") << 1 << text("1Gi");
        QTest::newRow("1024 Gi") << 1024 << text("1Ti");
        QTest::newRow("3072 Gi") << 3072 << text("3Ti");
    }

    /// Their streams would be deleted by servers of another number (a single server that joins a cluster).
    void keepsToTheVolumesThatAreThere()
    {
        QFETCH(int, gibibytes);
        QFETCH(QString, stored);
        for (const char *name : {"data-nats-0", "data-nats-0-copy"}) { // a copy is nobody's volume
            const QJsonObject requests{{text("storage"), QString::number(gibibytes) + text("Gi")}};
            const QJsonObject claim =
                m_fixture->cluster.put({{text("apiVersion"), text("v1")}, {text("kind"), text("PersistentVolumeClaim")},
                    {text("metadata"),
                        QJsonObject{{text("name"), text(name)}, {text("namespace"), MessagingFixture::nameSpace},
                            {text("labels"), RuntimeNames::labels()}}},
                    {text("spec"),
                        QJsonObject{{text("storageClassName"), text("standard")},
                            {text("resources"), QJsonObject{{text("requests"), requests}}}}}});
            QCOMPARE(claim[text("spec")][text("resources")][text("requests")][text("storage")].toString(), stored);
        }
        startService();
        QVERIFY(becomesWritable());
        EnableRequest request = MessagingFixture::request(3);
        request.spec.storageGibibytes = gibibytes;
        const auto outcome = answerOf(m_service->enable(request));
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().kind, Error::Kind::Conflict);
        QCOMPARE(outcome.error().fields.value(0).field, text("replicas"));
        request.spec.replicas = 1;
        request.spec.storageGibibytes = gibibytes + 1;
        const auto larger = answerOf(m_service->enable(request));
        QVERIFY(!larger);
        QCOMPARE(larger.error().fields.value(0).field, text("storageGibibytes"));
        QVERIFY(m_fixture->objectNames().isEmpty());
        request.spec.storageGibibytes = gibibytes;
        const auto same = answerOf(m_service->enable(request));
        QVERIFY2(same, whyNot(same));
    }

    void writesEverythingAndWaitsForTheServers()
    {
        startService();
        QVERIFY(becomesWritable());
        const auto outcome = answerOf(m_service->enable(MessagingFixture::request(3)));
        QVERIFY2(outcome, whyNot(outcome));
        QVERIFY(passTimeUntil([this] { return stepId(m_service->status()) == text(RuntimeStepId::waitForJetStream); }));
        QCOMPARE(m_service->status().phase, RuntimePhase::Provisioning);
        QCOMPARE(m_service->status().readyPods(), 3);
        QVERIFY(m_service->status().isDrivenHere);
        QCOMPARE(m_service->status().drivenBy, text("ana@laptop"));
        QCOMPARE(m_fixture->objectNames(), everything);
        QCOMPARE(loginFromSecret(*m_fixture->secret(text("nats-account-default"))).password,
            MessagingFixture::request().clientPassword);
    }

    void keepsPasswordsOutOfTheServerConfigurationAndTheRecord()
    {
        startService();
        QVERIFY(becomesWritable());
        QVERIFY(answerOf(m_service->enable(MessagingFixture::request())));
        QVERIFY(passTimeUntil([this] { return stepId(m_service->status()) == text(RuntimeStepId::waitForJetStream); }));
        const QByteArray config = secretValue(*m_fixture->secret(text("nats-config")), text("nats.conf"));
        const auto record = m_fixture->cluster.object(
            {text("v1"), text("ConfigMap"), MessagingFixture::nameSpace, text(RuntimeNames::record)});
        for (const char *name : {"nats-account-default", "nats-management-default", "nats-system"}) {
            const QByteArray password = loginFromSecret(*m_fixture->secret(text(name))).password.revealUtf8();
            QVERIFY(password.size() >= 12);
            QVERIFY(!config.contains(password));
            QVERIFY(!QJsonDocument(*record).toJson().contains(password));
        }
        QVERIFY(config.contains("$2b$"));
    }

    /// The plug is pulled after each single write; another workstation goes on and ends with the same objects.
    void aFlowThatDiedIsGoneOnWith()
    {
        bool isAskedAgain = false;
        bool isGoneOnWith = false;
        for (int survivingWrites = 1;; ++survivingWrites) {
            cleanup();
            init();
            startService();
            QVERIFY(becomesWritable());
            int writes = 0;
            const auto controllers = m_fixture->cluster.afterWrite;
            m_fixture->cluster.afterWrite = [&](const QJsonObject &written) {
                controllers(written);
                if (++writes == survivingWrites)
                    m_fixture->cluster.goOffline();
            };
            auto request = m_service->enable(MessagingFixture::request(3));
            const auto isThere = [this] {
                return stepId(m_service->status()) == text(RuntimeStepId::waitForJetStream);
            };
            QVERIFY(passTimeUntil([&] { return writes >= survivingWrites || isThere(); }));
            const bool isOver = isThere();
            m_service.reset();
            if (isOver)
                break;
            m_fixture->cluster.afterWrite = controllers;
            m_fixture->cluster.goOnline();
            const auto config = m_fixture->secret(text("nats-config"));
            const auto system = m_fixture->secret(text("nats-system"));
            startService(text("bo@desk"));
            QVERIFY(passTimeUntil([this] { return m_service->status().phase != RuntimePhase::Absent; }, 50)
                || becomesWritable());
            const bool isRecorded = m_service->status().phase != RuntimePhase::Absent;
            EnableRequest again = MessagingFixture::request(3);
            again.clientPassword = SecretString(QByteArray("another horse battery"));
            if (!isRecorded)
                QVERIFY(answerOf(m_service->enable(again)));
            QVERIFY2(passTimeUntil(isThere), qPrintable(stepId(m_service->status())));
            QCOMPARE(m_fixture->objectNames(), everything);
            QCOMPARE(loginFromSecret(*m_fixture->secret(text("nats-account-default"))).password,
                (isRecorded ? MessagingFixture::request() : again).clientPassword);
            isAskedAgain = isAskedAgain || !isRecorded;
            isGoneOnWith = isGoneOnWith || isRecorded;
            if (system)
                QCOMPARE(loginFromSecret(*m_fixture->secret(text("nats-system"))), loginFromSecret(*system));
            if (config)
                QCOMPARE((*m_fixture->secret(text("nats-config")))[text("data")], (*config)[text("data")]);
        }
        QVERIFY(isAskedAgain && isGoneOnWith);
    }

    void putsBackWhatWasDeletedByHand()
    {
        m_fixture->putRuntime(3);
        startService();
        QVERIFY(passTimeUntil([this] { return m_service->status().phase == RuntimePhase::Ready; }));
        QVERIFY(passTimeUntil([this] { return m_service->writeAccess().allowed; }));
        QVERIFY(!m_service->status().deviation);
        QVERIFY(!m_service->retryAccess().allowed);

        m_fixture->cluster.erase(servers);
        QVERIFY(passTimeUntil([this] { return m_service->status().deviation.has_value(); }));
        QCOMPARE(m_service->status().phase, RuntimePhase::Ready); // its pods still serve
        QVERIFY(m_service->retryAccess().allowed);
        for (int i = 0; i < 3; ++i)
            m_fixture->cluster.erase({text("v1"), text("Pod"), MessagingFixture::nameSpace, text("nats-%1").arg(i)});
        QVERIFY(passTimeUntil([this] { return m_service->status().phase == RuntimePhase::Failed; }));

        const auto outcome = answerOf(m_service->retry());
        QVERIFY2(outcome, whyNot(outcome));
        QVERIFY(passTimeUntil([this] { return stepId(m_service->status()) == text(RuntimeStepId::waitForJetStream); }));
        QVERIFY(m_fixture->cluster.object(servers));
        QVERIFY(!m_service->status().deviation);
    }

    void goesOnWithServersWhoseRecordWasDeleted()
    {
        m_fixture->putRuntime(3);
        const auto credential = m_fixture->secret(text("nats-account-default"));
        m_fixture->cluster.erase(recordRef);
        startService();
        QVERIFY(passTimeUntil([this] { return m_service->retryAccess().allowed; }));
        QCOMPARE(m_service->status().phase, RuntimePhase::Failed);
        QVERIFY(!m_service->enableAccess().allowed);
        const auto outcome = answerOf(m_service->retry());
        QVERIFY2(outcome, whyNot(outcome));
        QVERIFY(passTimeUntil([this] { return stepId(m_service->status()) == text(RuntimeStepId::waitForJetStream); }));
        QCOMPARE(m_service->status().spec, std::optional(MessagingFixture::request(3).spec));
        QCOMPARE(m_fixture->secret(text("nats-account-default")), credential);
    }

    void asksWhatItMayDoWhenThatMayHaveChanged_data()
    {
        QTest::addColumn<std::function<void()>>("occasion");
        QTest::newRow("nothing") << std::function<void()>();
        QTest::newRow("refresh") << std::function<void()>([this] { m_service->refresh(); });
        QTest::newRow("the watch is refused") << std::function<void()>([this] {
            m_fixture->cluster.isAllowed = [](const Permission &) { return false; };
            m_fixture->cluster.cutStreams();
        });
        QTest::newRow("a request is refused") << std::function<void()>([this] {
            m_fixture->cluster.isAllowed = [](const Permission &wanted) { return wanted.verb != text("create"); };
            static_cast<void>(m_service->enable(MessagingFixture::request()));
        });
        QTest::newRow("ten minutes") << std::function<void()>([this] { m_clock->advance(10min); });
    }

    void asksWhatItMayDoWhenThatMayHaveChanged()
    {
        QFETCH(std::function<void()>, occasion);
        startService();
        QVERIFY(becomesWritable());
        m_clock->advance(5s);
        const auto reviews = [this] {
            const QList<ApiRequest> &asked = m_fixture->cluster.requests;
            return std::count_if(asked.cbegin(), asked.cend(), [](const ApiRequest &request) {
                return request.body.contains("\"statefulsets\"") && request.body.contains("\"patch\"");
            });
        };
        const auto before = reviews();
        m_clock->advance(4min);
        QCOMPARE(reviews(), before);
        if (occasion) {
            occasion();
            m_clock->advance(40s);
        }
        QCOMPARE(reviews() > before, bool(occasion));
    }

    /// What is changed beside Enable and Disable holds the Lease, one after the other, and lets it go.
    void runsErrandsUnderTheLease()
    {
        m_fixture->putRuntime();
        startService();
        QVERIFY(becomesReady());
        const auto holder = [this] {
            const auto lease = m_fixture->cluster.object({text("coordination.k8s.io/v1"), text("Lease"),
                MessagingFixture::nameSpace, text(RuntimeNames::lease)});
            return lease ? lease->value(text("spec"))[text("holderIdentity")].toString().section(u'/', 0, 0)
                         : QString();
        };
        QStringList holders;
        const RuntimeService::Errand errand = [&](KubernetesClient &) {
            holders.append(holder());
            return nothingToDo();
        };
        auto first = m_service->run(errand);
        auto second = m_service->run(errand);
        QVERIFY(answerOf(std::move(first)));
        QVERIFY(answerOf(std::move(second)));
        QCOMPARE(holders, QStringList({text("ana@laptop"), text("ana@laptop")}));
        QVERIFY(passTimeUntil([&] { return holder().isEmpty(); }));
    }

    void offersOneRoleToWhoMaySeeNothing()
    {
        m_fixture->cluster.isAllowed = [](const Permission &) { return false; };
        startService();
        QVERIFY(passTimeUntil([this] { return m_service->isAccessKnown(); }));
        const QString role = m_service->grantFor(m_service->viewAccess());
        for (const char *wanted : {"configmaps", "pods/log", "pods/portforward", "nats-viewing-default"})
            QVERIFY2(role.contains(text(wanted)), wanted);
        QVERIFY(!role.contains(text("patch")));
    }

    /// What lives in the runtime belongs to whoever may read the Secret with the login that changes it.
    void letsStreamsBeChangedByWhoMayNotChangeTheRuntime()
    {
        const auto mayLook = [](const Permission &wanted) {
            return QStringList{text("list"), text("get"), text("watch")}.contains(wanted.verb)
                || wanted.subresource == text("portforward");
        };
        const Permission secret{text("get"), {}, text("secrets"), {}, MessagingFixture::nameSpace,
            RuntimeNames::managementSecret(defaultAccountName())};
        m_fixture->cluster.isAllowed = mayLook;
        startService();
        QVERIFY(passTimeUntil([this] { return m_service->editAccess().allowed; }));
        QVERIFY(!m_service->writeAccess());
        m_fixture->cluster.isAllowed = [=](const Permission &wanted) { return mayLook(wanted) && wanted != secret; };
        m_service->refresh();
        QVERIFY(passTimeUntil([this] { return !m_service->editAccess().allowed; }));
        QCOMPARE(m_service->editAccess().missing, QList<Permission>{secret});
    }

    /// As when an administrator has applied a Role that was copied here.
    void noticesThatAPermissionWasGranted()
    {
        m_fixture->cluster.isAllowed = [](const Permission &wanted) { return wanted.verb != text("create"); };
        startService();
        QVERIFY(passTimeUntil([this] { return m_service->viewAccess().allowed && !m_service->writeAccess(); }));
        m_clock->advance(1min);
        QVERIFY(!m_service->writeAccess());
        m_fixture->cluster.isAllowed = {};
        QVERIFY(passTimeUntil([this] { return m_service->writeAccess().allowed; }));
        const auto before = m_fixture->cluster.requests.size();
        m_clock->advance(1min);
        QVERIFY(m_fixture->cluster.requests.size() - before < 10); // nothing is refused any more
    }

    void disablesServersWhoseRecordWasDeleted_data()
    {
        QTest::addColumn<bool>("isSpecKnown");
        QTest::newRow("it is known what was asked") << true;
        QTest::newRow("nobody knows what was asked") << false;
    }

    void disablesServersWhoseRecordWasDeleted()
    {
        QFETCH(bool, isSpecKnown);
        m_fixture->cluster.put({{text("apiVersion"), text("v1")}, {text("kind"), text("Namespace")},
            {text("metadata"), QJsonObject{{text("name"), MessagingFixture::nameSpace}}}});
        m_fixture->putRuntime(3);
        m_fixture->cluster.erase(recordRef);
        const QJsonObject nothing{{text(RuntimeNames::specAnnotation), QJsonValue()}};
        if (!isSpecKnown)
            m_fixture->cluster.change(servers, {{text("metadata"), QJsonObject{{text("annotations"), nothing}}}});
        startService();
        QVERIFY(passTimeUntil([this] { return m_service->disableAccess().allowed; }));
        QVERIFY(passTimeUntil([this] { return m_service->status().deviation.has_value(); }));
        QCOMPARE(m_service->retryAccess().allowed, isSpecKnown);
        const auto outcome = answerOf(m_service->disable(m_service->status().identity()));
        QVERIFY2(outcome, whyNot(outcome));
        QVERIFY(passTimeUntil([this] { return m_service->status().phase == RuntimePhase::Absent; }));
        QVERIFY2(m_fixture->objectNames().isEmpty(), qPrintable(m_fixture->objectNames().join(u' ')));
    }

    void scalesBackWhatWasScaledDownByHand()
    {
        m_fixture->putRuntime(3);
        startService();
        scaleByHand(1);
        QVERIFY(passTimeUntil([this] { return m_service->retryAccess().allowed; }));
        QVERIFY(answerOf(m_service->retry()));
        QVERIFY(passTimeUntil([this] { return stepId(m_service->status()) == text(RuntimeStepId::waitForJetStream); }));
        QCOMPARE(replicasOfServers(), 3);
    }

    void setsAnImageBackThatWasChangedByHand()
    {
        m_fixture->putRuntime(3);
        const QJsonObject asked = *m_fixture->cluster.object(servers);
        QJsonObject podSpec = asked[text("spec")][text("template")][text("spec")].toObject();
        QJsonArray containers = podSpec[text("containers")].toArray();
        QVERIFY(!containers.isEmpty());
        QJsonObject container = containers[0].toObject();
        container[text("image")] = text("nats:2.13.0");
        containers[0] = container;
        const QJsonObject changed{{text("spec"), QJsonObject{{text("containers"), containers}}}};
        startService();
        m_fixture->cluster.change(servers, {{text("spec"), QJsonObject{{text("template"), changed}}}});
        QVERIFY(passTimeUntil([this] { return m_service->retryAccess().allowed; }));
        QVERIFY(m_service->status().deviation->error.summary.contains(text("nats:2.13.0")));
        QVERIFY(answerOf(m_service->retry()));
        QVERIFY(passTimeUntil([this] { return stepId(m_service->status()) == text(RuntimeStepId::waitForJetStream); }));
        QCOMPARE(
            (*m_fixture->cluster.object(servers))[text("spec")][text("template")][text("spec")], QJsonValue(podSpec));
    }

    /// Between the check of what there is and the step that would scale it.
    void takesNoPodsAwayThatCameMeanwhile()
    {
        m_fixture->putRuntime(3);
        startService();
        scaleByHand(1);
        QVERIFY(passTimeUntil([this] { return m_service->retryAccess().allowed; }));
        m_fixture->cluster.afterWrite = [this](const QJsonObject &object) {
            if (object[text("kind")] == text("NetworkPolicy"))
                scaleByHand(5);
        };
        QVERIFY(answerOf(m_service->retry()));
        QVERIFY(passTimeUntil([this] { return m_service->status().phase == RuntimePhase::Failed; }));
        QCOMPARE(replicasOfServers(), 5);
    }

    /// Streams may live on the pods that are too many.
    void takesNoPodsAway()
    {
        m_fixture->putRuntime(3);
        startService();
        QVERIFY(passTimeUntil([this] { return m_service->writeAccess().allowed; }));
        scaleByHand(5);
        QVERIFY(passTimeUntil([this] { return m_service->status().deviation.has_value(); }));
        QCOMPARE(m_service->status().phase, RuntimePhase::Ready);
        QVERIFY(!m_service->retryAccess().allowed);
        QVERIFY(!answerOf(m_service->retry()));

        // asked for by a workstation that had not seen it
        RuntimeRecord record;
        record.spec = MessagingFixture::request(3).spec;
        record.operation.id = text("another");
        m_fixture->cluster.put(record.toConfigMap(MessagingFixture::nameSpace));
        QVERIFY(passTimeUntil([this] { return m_service->status().phase == RuntimePhase::Failed; }));
        QVERIFY(m_service->status().error->summary.contains(text("from 3 to 5")));
        QCOMPARE(replicasOfServers(), 5);
    }

    /// The program is killed between the first write, which makes the namespace, and the record.
    void aNamespaceThatWasLeftBehindIsTakenUpAndDeletedAgain()
    {
        startService();
        QVERIFY(becomesWritable());
        int writes = 0;
        m_fixture->cluster.afterWrite = [&](const QJsonObject &) {
            if (++writes == 1)
                m_fixture->cluster.goOffline();
        };
        QVERIFY(!answerOf(m_service->enable(MessagingFixture::request())));
        m_service.reset();
        m_fixture->cluster.goOnline();
        m_fixture->playControllers();
        const ObjectRef nameSpace{text("v1"), text("Namespace"), {}, MessagingFixture::nameSpace};
        const auto left = m_fixture->cluster.object(nameSpace);
        QVERIFY(left);
        QVERIFY(m_fixture->objectNames().isEmpty());

        startService(text("bo@desk"));
        QVERIFY(becomesWritable());
        const auto outcome = answerOf(m_service->enable(MessagingFixture::request()));
        QVERIFY2(outcome, whyNot(outcome));
        QVERIFY(passTimeUntil([this] { return stepId(m_service->status()) == text(RuntimeStepId::waitForJetStream); }));
        QCOMPARE(*m_fixture->cluster.object(nameSpace), *left);
        QVERIFY(answerOf(m_service->disable(m_service->status().identity())));
        QVERIFY(passTimeUntil([&] { return !m_fixture->cluster.object(nameSpace); }));
    }

    void disablesWithoutTouchingOthers()
    {
        QJsonObject foreign{{text("apiVersion"), text("v1")}, {text("kind"), text("Secret")},
            {text("metadata"),
                QJsonObject{{text("name"), text("theirs")}, {text("namespace"), MessagingFixture::nameSpace}}}};
        startService();
        QVERIFY(becomesWritable());
        QVERIFY(answerOf(m_service->enable(MessagingFixture::request(3))));
        QVERIFY(passTimeUntil([this] { return stepId(m_service->status()) == text(RuntimeStepId::waitForJetStream); }));
        m_fixture->cluster.put(foreign);

        QVERIFY(!answerOf(m_service->disable({text("something else"), m_service->status().operation})));
        QCOMPARE(m_fixture->objectNames().size(), everything.size() + 1);
        const auto outcome = answerOf(m_service->disable(m_service->status().identity()));
        QVERIFY2(outcome, whyNot(outcome));
        QVERIFY(passTimeUntil([this] { return m_service->status().phase == RuntimePhase::Absent; }));
        QCOMPARE(m_fixture->objectNames(), QStringList{text("Secret/theirs")});
        QVERIFY(m_fixture->cluster.objects(text("v1"), text("PersistentVolumeClaim"), MessagingFixture::nameSpace)
                    .isEmpty());
        QVERIFY(m_fixture->cluster.object({text("v1"), text("Namespace"), {}, MessagingFixture::nameSpace}));
        m_clock->advance(20s);
        QVERIFY(m_fixture->cluster.objects(text("coordination.k8s.io/v1"), text("Lease"), MessagingFixture::nameSpace)
                    .isEmpty());
    }

    /// The dialog stood open while somebody else asked for something.
    void disablesOnlyWhatWasConfirmed()
    {
        m_fixture->putRuntime();
        startService();
        QVERIFY(passTimeUntil([this] { return m_service->disableAccess().allowed; }));
        const RuntimeIdentity confirmed = m_service->status().identity();
        QCOMPARE(confirmed, (RuntimeIdentity{MessagingFixture::nameSpace, text("enabled")}));
        RuntimeRecord anew;
        anew.spec = MessagingFixture::request().spec;
        anew.operation.state = RuntimeOperation::State::Done;
        anew.operation.id = text("enabled anew");
        const QJsonObject record = m_fixture->cluster.put(anew.toConfigMap(MessagingFixture::nameSpace));
        QVERIFY(passTimeUntil([&] { return m_service->status().identity() != confirmed; }));
        const auto outcome = answerOf(m_service->disable(confirmed));
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().kind, Error::Kind::Conflict);
        QCOMPARE(m_fixture->cluster.object(recordRef), std::optional(record));
        QVERIFY(answerOf(m_service->disable(m_service->status().identity())));
    }

    void retryTakesWhatTheOperationTakes_data()
    {
        QTest::addColumn<RuntimeOperation::Kind>("kind");
        QTest::addColumn<QString>("missing");
        QTest::addColumn<bool>("isAllowed");
        QTest::newRow("Disable, may not write") << RuntimeOperation::Kind::Disable << text("create") << true;
        QTest::newRow("Disable, may not delete") << RuntimeOperation::Kind::Disable << text("delete") << false;
        QTest::newRow("Enable, may not write") << RuntimeOperation::Kind::Enable << text("create") << false;
        QTest::newRow("Enable, may not delete") << RuntimeOperation::Kind::Enable << text("delete") << true;
    }

    void retryTakesWhatTheOperationTakes()
    {
        QFETCH(RuntimeOperation::Kind, kind);
        QFETCH(QString, missing);
        QFETCH(bool, isAllowed);
        m_fixture->putRuntime();
        RuntimeRecord failed;
        failed.spec = MessagingFixture::request().spec;
        failed.operation.kind = kind;
        failed.operation.state = RuntimeOperation::State::Failed;
        failed.operation.id = text("failed");
        const QJsonObject record = m_fixture->cluster.put(failed.toConfigMap(MessagingFixture::nameSpace));
        m_fixture->cluster.isAllowed = [missing](const Permission &wanted) {
            return wanted.verb != missing || wanted.resource == text("leases");
        };
        startService();
        QVERIFY(passTimeUntil(
            [this] { return m_service->isAccessKnown() && m_service->status().phase == RuntimePhase::Failed; }));
        QCOMPARE(m_service->retryAccess().allowed, isAllowed);
        QCOMPARE(answerOf(m_service->retry()).has_value(), isAllowed);
        if (!isAllowed)
            QCOMPARE(m_fixture->cluster.object(recordRef), std::optional(record));
    }

    void deletesTheNamespaceThatItMade()
    {
        startService();
        QVERIFY(becomesWritable());
        QVERIFY(answerOf(m_service->enable(MessagingFixture::request())));
        QVERIFY(passTimeUntil([this] { return stepId(m_service->status()) == text(RuntimeStepId::waitForJetStream); }));
        QVERIFY(answerOf(m_service->disable(m_service->status().identity())));
        const ObjectRef nameSpace{text("v1"), text("Namespace"), {}, MessagingFixture::nameSpace};
        QVERIFY(passTimeUntil([&] { return !m_fixture->cluster.object(nameSpace); }));
    }

    void refusesToChangeReplicasOfARunningRuntime()
    {
        startService();
        QVERIFY(becomesWritable());
        QVERIFY(answerOf(m_service->enable(MessagingFixture::request(1))));
        QVERIFY(passTimeUntil([this] { return m_service->status().spec.has_value(); }));
        RuntimeSpec spec = *m_service->status().spec;
        spec.replicas = 3;
        const auto outcome = answerOf(m_service->change(spec));
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().fields.value(0).field, text("replicas"));
    }
};

QTEST_GUILESS_MAIN(RuntimeServiceTest)
#include "tst_runtimeservice.moc"
