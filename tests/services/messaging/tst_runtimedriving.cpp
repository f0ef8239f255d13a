// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/clusterprotection.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimerecord.h"
#include "services/messaging/runtimeservice.h"
#include "services/messaging/runtimesteps.h"
#include "services/messaging/storedmark.h"
#include "tests/support/awaited.h"
#include "tests/support/fakeclock.h"
#include "tests/support/messagingfixture.h"

#include <QJsonDocument>

using namespace std::chrono_literals;

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

bool concernsLease(const ApiRequest &request)
{
    return request.path.contains(text("/leases"));
}

/// Whatever an operation may only do under its Lease.
bool isChangeOfRuntime(const ApiRequest &request)
{
    return request.verb != "GET" && !concernsLease(request) && !request.path.contains(text("selfsubjectaccessreviews"));
}

const ObjectRef recordRef{QStringLiteral("v1"), QStringLiteral("ConfigMap"), QStringLiteral("pennant-messaging"),
    QLatin1String(RuntimeNames::record)};
const ObjectRef leaseRef{QStringLiteral("coordination.k8s.io/v1"), QStringLiteral("Lease"),
    QStringLiteral("pennant-messaging"), QLatin1String(RuntimeNames::lease)};
const ObjectRef serversRef{QStringLiteral("apps/v1"), QStringLiteral("StatefulSet"),
    QStringLiteral("pennant-messaging"), QLatin1String(RuntimeNames::server)};

} // namespace

/// Which RuntimeService carries an operation out, and when it stops. No pods come, so that Enable waits for them.
class RuntimeDrivingTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<MessagingFixture> m_fixture;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<RuntimeService> m_ana;
    std::unique_ptr<RuntimeService> m_bo;

    FakeCluster &cluster() { return m_fixture->cluster; }

    std::unique_ptr<RuntimeService> open(const char *workstation)
    {
        auto service =
            std::make_unique<RuntimeService>(cluster(), *m_clock, MessagingFixture::nameSpace, text(workstation));
        service->start();
        return service;
    }

    /// Lets time pass in small steps until `condition` holds.
    bool passTimeUntil(const std::function<bool()> &condition, std::chrono::milliseconds limit = 200s)
    {
        const auto end = m_clock->monotonic() + limit;
        while (!condition() && m_clock->monotonic() < end) {
            m_clock->advance(100ms);
            QTest::qWait(1); // the background hashes in real time
        }
        return condition();
    }

    bool isAccepted(Pending<void> question)
    {
        std::optional<Result<void>> answer;
        question.then(this, [&](const Result<void> &result) { answer = result; });
        passTimeUntil([&] { return answer.has_value(); });
        return answer && *answer;
    }

    bool isWaitingForPods() { return operation().currentStep == text(RuntimeStepId::waitForPods); }

    /// Opens a workstation that enables, and waits until it does nothing but look at pods.
    std::unique_ptr<RuntimeService> enabling(const char *workstation)
    {
        auto service = open(workstation);
        if (!passTimeUntil([&] { return service->enableAccess().allowed; })
            || !isAccepted(service->enable(MessagingFixture::request()))
            || !passTimeUntil([this] { return isWaitingForPods(); }))
            return nullptr;
        return service;
    }

    RuntimeOperation operation()
    {
        const auto stored = cluster().object(recordRef);
        const auto record = stored ? RuntimeRecord::fromConfigMap(*stored) : fail(Error::Kind::NotFound, {});
        return record ? record->operation : RuntimeOperation();
    }

    /// In a namespace that Enable found.
    void putOperation(const char *id, RuntimeOperation::Kind kind)
    {
        cluster().put({{text("apiVersion"), text("v1")}, {text("kind"), text("Namespace")},
            {text("metadata"), QJsonObject{{text("name"), MessagingFixture::nameSpace}}}});
        RuntimeRecord record;
        record.spec = MessagingFixture::request().spec;
        record.operation.id = text(id);
        record.operation.kind = kind;
        cluster().put(record.toConfigMap(MessagingFixture::nameSpace));
    }

    /// Asked for by a version that knows more.
    void putNewerOperation(const char *id, RuntimeOperation::Kind kind, const QJsonObject &more)
    {
        putOperation(id, kind);
        QJsonObject stored = *cluster().object(recordRef);
        QJsonObject data = stored[text("data")].toObject();
        QJsonObject spec = QJsonDocument::fromJson(data[text("spec.json")].toString().toUtf8()).object();
        for (auto it = more.begin(); it != more.end(); ++it)
            spec[it.key()] = it.value();
        data[text("spec.json")] = QString::fromUtf8(QJsonDocument(spec).toJson(QJsonDocument::Compact));
        stored[text("data")] = data;
        cluster().put(stored);
    }

    static bool isUntouched(const RuntimeOperation &operation)
    {
        return operation.state == RuntimeOperation::State::Running && operation.driver.isEmpty();
    }

    /// How often a flow began with the first step of Disable.
    qsizetype disablesBegun()
    {
        const QList<ApiRequest> &asked = cluster().requests;
        return std::count_if(asked.cbegin(), asked.cend(), [](const ApiRequest &request) {
            return request.verb == "PATCH" && request.body.contains(RuntimeStepId::checkPermissions)
                && !request.body.contains(RuntimeStepId::deleteServers);
        });
    }

    QString leaseHolder()
    {
        const auto lease = cluster().object(leaseRef);
        return lease ? (*lease)[text("spec")][text("holderIdentity")].toString().section(u'/', 0, 0) : QString();
    }

    void giveLeaseTo(const char *holder)
    {
        cluster().put({{text("apiVersion"), leaseRef.apiVersion}, {text("kind"), leaseRef.kind},
            {text("metadata"), QJsonObject{{text("name"), leaseRef.name}, {text("namespace"), leaseRef.nameSpace}}},
            {text("spec"),
                QJsonObject{{text("holderIdentity"), text(holder)}, {text("renewTime"), text("just now")}}}});
    }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<MessagingFixture>();
        m_clock = std::make_unique<FakeClock>();
    }

    void cleanup()
    {
        m_bo.reset();
        m_ana.reset();
        m_clock.reset();
        m_fixture.reset();
    }

    void onlyOneWorkstationDrives()
    {
        m_ana = enabling("ana@laptop");
        QVERIFY(m_ana && m_ana->status().isDrivenHere);
        m_bo = open("bo@desk");
        QVERIFY(passTimeUntil([this] { return m_bo->status().drivenBy == text("ana@laptop"); }));
        QVERIFY(!m_bo->status().isDrivenHere);
        m_ana.reset();
        QVERIFY(passTimeUntil([this] { return m_bo->status().isDrivenHere; }));
        QCOMPARE(m_bo->status().drivenBy, text("bo@desk"));
    }

    /// Pennant died in the midst of Enable and was started again.
    void saysWhomItWaitsFor()
    {
        m_ana = enabling("ana@laptop");
        QVERIFY(m_ana && !m_ana->status().silence && !m_ana->status().goesOnHere);
        QVERIFY(passTimeUntil([this] { return leaseHolder() == text("ana@laptop"); }));
        giveLeaseTo("ana@laptop/dead");
        m_ana.reset();
        m_ana = open("ana@laptop");
        m_bo = open("bo@desk");
        QVERIFY(passTimeUntil([this] { return m_ana->status().silence && m_bo->status().silence; }, 10s));
        QVERIFY(m_ana->status().silence->isEarlierRun);
        QVERIFY(!m_bo->status().silence->isEarlierRun);
        QVERIFY(passTimeUntil([this] { return m_ana->status().goesOnHere && m_bo->status().goesOnHere; }, 5s));
        const QDateTime end = m_ana->status().silence->leaseEnd;
        QVERIFY(end > m_clock->now() && end <= m_clock->now().addSecs(15));
        QVERIFY(passTimeUntil([this] { return m_ana->status().isDrivenHere || m_bo->status().isDrivenHere; }, 20s));
        QVERIFY(m_clock->now() >= end);
        QVERIFY(passTimeUntil([this] { return !m_ana->status().silence && !m_bo->status().silence; }, 5s));
        QVERIFY(!(m_ana->status().isDrivenHere ? m_ana : m_bo)->status().goesOnHere);
    }

    /// The same program may open the same cluster anew.
    void whoeverLeavesGivesTheLeaseUp()
    {
        m_ana = enabling("ana@laptop");
        QVERIFY(m_ana);
        m_ana->leave();
        QVERIFY(passTimeUntil([this] { return m_ana->isAtRest(); }, 1s));
        QCOMPARE(leaseHolder(), QString());
        QVERIFY(!passTimeUntil([this] { return !leaseHolder().isEmpty(); }, 5s));
        m_bo = open("ana@laptop");
        QVERIFY(passTimeUntil([this] { return m_bo->status().isDrivenHere; }, 5s));
    }

    /// The lid is closed between the request and its answer.
    void goesOnWhereTheLeaseWasGrantedTooLate()
    {
        m_ana = open("ana@laptop");
        QVERIFY(passTimeUntil([this] { return m_ana->enableAccess().allowed; }));
        int late = 0;
        cluster().delay = [&](const ApiRequest &request) {
            return m_clock->sleep(concernsLease(request) && request.verb == "POST" && ++late ? 20s : 0s);
        };
        QVERIFY(isAccepted(m_ana->enable(MessagingFixture::request())));
        QVERIFY(passTimeUntil([this] { return isWaitingForPods(); }));
        QCOMPARE(late, 1);
        QVERIFY(m_ana->status().isDrivenHere);
    }

    /// The laptop sleeps in the middle of Enable, so that its Lease runs out, and wakes up before anything here could
    /// notice.
    void writesNothingMoreAfterItSlept_data()
    {
        QTest::addColumn<QByteArray>("verb");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("a credential is next") << QByteArray("POST") << text("/secrets") << QByteArray("management");
        QTest::newRow("a Service is next") << QByteArray("PATCH") << text("/services/nats") << QByteArray();
        QTest::newRow("a policy is next") << QByteArray("PATCH") << text("/poddisruptionbudgets/") << QByteArray();
        QTest::newRow("the servers are next")
            << QByteArray("PATCH") << text("/configmaps/") << QByteArray(RuntimeStepId::writeStatefulSet);
        QTest::newRow("the record is next") << QByteArray("PATCH") << text("/statefulsets/") << QByteArray();
    }

    void writesNothingMoreAfterItSlept()
    {
        QFETCH(QByteArray, verb);
        QFETCH(QString, path);
        QFETCH(QByteArray, words);
        m_ana = open("ana@laptop");
        QVERIFY(passTimeUntil([this] { return m_ana->enableAccess().allowed; }));
        qsizetype asleepAt = 0;
        cluster().delay = [&](const ApiRequest &request) {
            if (asleepAt == 0 && request.verb == verb && request.path.contains(path) && request.body.contains(words)) {
                asleepAt = cluster().requests.size();
                m_clock->suspend(20s);
            }
            return Pending<void>::answered({});
        };
        const auto asked = m_ana->enable(MessagingFixture::request());
        QVERIFY(passTimeUntil([&] { return asleepAt > 0; }));
        QStringList changed;
        for (const ApiRequest &request : cluster().requests.mid(asleepAt)) {
            if (isChangeOfRuntime(request))
                changed.append(request.path);
        }
        QCOMPARE(changed, QStringList());
        QVERIFY(passTimeUntil([this] { return isWaitingForPods(); })); // under a new Lease
    }

    void endsEnableWhereAnotherWorkstationDisables()
    {
        m_ana = enabling("ana@laptop");
        QVERIFY(m_ana);
        m_bo = open("bo@desk");
        QVERIFY(passTimeUntil([this] { return m_bo->disableAccess().allowed; }));
        QVERIFY(isAccepted(m_bo->disable(m_bo->status().identity())));
        QVERIFY(passTimeUntil([this] { return !cluster().object(recordRef); }, 20s));
        QVERIFY(!cluster().object(serversRef));
        QVERIFY(passTimeUntil([this] { return m_ana->status().phase == RuntimePhase::Absent; }, 5s));
    }

    void disablesOnlyOnceNoChangeIsUnderWay_data()
    {
        QTest::addColumn<bool>("isByAnother");
        QTest::addColumn<bool>("isLeft");
        QTest::newRow("asked for by the one that enables") << false << false;
        QTest::newRow("asked for by one that alone may delete") << true << false;
        QTest::newRow("asked for where the one that enables has closed the cluster") << true << true;
    }

    /// A webhook holds the StatefulSet back while somebody disables: Disable must not overtake it.
    void disablesOnlyOnceNoChangeIsUnderWay()
    {
        QFETCH(bool, isByAnother);
        QFETCH(bool, isLeft);
        if (isByAnother)
            cluster().isAllowed = [](const Permission &wanted) { return wanted.verb != text("delete"); };
        m_ana = open("ana@laptop");
        QVERIFY(passTimeUntil([this] { return m_ana->enableAccess().allowed; }));
        cluster().isAllowed = {};
        bool isHeldBack = false;
        cluster().admission = [&](const ApiRequest &request) {
            const bool isServers = request.path.contains(text("/statefulsets/")) && request.verb == "PATCH";
            isHeldBack = isHeldBack || isServers;
            return m_clock->sleep(isServers ? 9s : 0s);
        };
        QVERIFY(isAccepted(m_ana->enable(MessagingFixture::request())));
        QVERIFY(passTimeUntil([&] { return isHeldBack; }));
        m_bo = open("bo@desk");
        RuntimeService &asked = isByAnother ? *m_bo : *m_ana;
        QVERIFY(passTimeUntil([&] { return asked.disableAccess().allowed; }));
        if (isLeft)
            m_ana->leave();
        QVERIFY(!cluster().object(serversRef));
        QCOMPARE(m_ana->isAtRest(), false);
        QVERIFY(isAccepted(asked.disable(asked.status().identity())));
        QVERIFY(passTimeUntil([this] { return !cluster().object(recordRef); }));
        m_clock->advance(60s);
        QVERIFY(!cluster().object(serversRef));
        QVERIFY(m_ana->isAtRest());
        QCOMPARE(disablesBegun(), 1);
    }

    void endsEnableWhereTheAnswerToDisableIsLost()
    {
        m_ana = enabling("ana@laptop");
        QVERIFY(m_ana);
        bool isLost = false;
        cluster().delay = [&](const ApiRequest &request) {
            const bool isDisable = request.verb == "PATCH" && request.path.contains(text("/configmaps/")) && !isLost;
            isLost = isLost || isDisable;
            return m_clock->sleep(isDisable ? 24h : 0h);
        };
        const auto asked = m_ana->disable(m_ana->status().identity());
        QVERIFY(passTimeUntil([this] { return !cluster().object(recordRef); }, 20s));
        QVERIFY(asked.isAsked());
    }

    void endsEnableWhereTheRecordIsGone()
    {
        m_ana = enabling("ana@laptop");
        QVERIFY(m_ana);
        cluster().erase(recordRef);
        QVERIFY(passTimeUntil([this] { return !cluster().object(leaseRef); }, 5s));
        QVERIFY(!m_ana->status().isDrivenHere);
    }

    /// Whoever waits for the Lease of an Enable finds a Disable when it is free.
    void leavesADisableToThoseWhoMayDelete()
    {
        giveLeaseTo("ana@laptop/1");
        putOperation("enable", RuntimeOperation::Kind::Enable);
        cluster().isAllowed = [](const Permission &wanted) { return wanted.verb != text("delete"); };
        m_bo = open("bo@desk");
        QVERIFY(passTimeUntil([this] { return m_bo->writeAccess().allowed; }));
        m_clock->advance(5s);
        putOperation("disable", RuntimeOperation::Kind::Disable);
        m_clock->advance(60s);
        QVERIFY(isUntouched(operation()));
        QCOMPARE(leaseHolder(), text("ana@laptop")); // the one that has run out
    }

    /// The same where the watch has not brought the Disable yet.
    void leavesADisableThatIsNotShownYetToThoseWhoMayDelete()
    {
        putOperation("enable", RuntimeOperation::Kind::Enable);
        cluster().isAllowed = [](const Permission &wanted) { return wanted.verb != text("delete"); };
        cluster().afterWrite = [this](const QJsonObject &written) {
            if (ObjectRef::of(written) == leaseRef && operation().kind == RuntimeOperation::Kind::Enable)
                putOperation("disable", RuntimeOperation::Kind::Disable);
        };
        m_bo = open("bo@desk");
        QVERIFY(passTimeUntil([this] { return operation().kind == RuntimeOperation::Kind::Disable; }));
        m_clock->advance(60s);
        QVERIFY(isUntouched(operation()));
        QCOMPARE(leaseHolder(), QString());
    }

    void leavesWhatANewerPennantAskedForAlone_data()
    {
        QTest::addColumn<QJsonObject>("more");
        QTest::newRow("in a newer format")
            << QJsonObject{{text("needs"), runtimeFormat + 1}, {text("writtenBy"), text("7.1")}};
        QTest::newRow("with a field that is not known") << QJsonObject{{text("leafNodes"), true}};
    }

    void leavesWhatANewerPennantAskedForAlone()
    {
        QFETCH(QJsonObject, more);
        for (const auto kind : {RuntimeOperation::Kind::Enable, RuntimeOperation::Kind::Disable}) {
            putNewerOperation("newer", kind, more);
            m_bo = open("bo@desk");
            QVERIFY(passTimeUntil([this] { return m_bo->writeAccess().allowed && m_bo->status().spec; }));
            m_clock->advance(60s);
            QVERIFY(isUntouched(operation()));
            QVERIFY(!cluster().object(leaseRef));
            QVERIFY(!m_bo->disableAccess().allowed);
            QVERIFY(m_bo->retryAccess().reason.contains(text("set this runtime up")));
            QVERIFY(m_bo->status().steps.constFirst().note.contains(text("set this runtime up")));
        }
    }

    /// The record's watch is broken, the others bring news all the time.
    void keepsToAnOperationThatIsNotShownYet()
    {
        giveLeaseTo("ana@laptop/1");
        putOperation("enable", RuntimeOperation::Kind::Enable);
        m_bo = open("bo@desk");
        QVERIFY(passTimeUntil([this] { return m_bo->disableAccess().allowed; }));
        cluster().delay = [this](const ApiRequest &request) {
            const bool isRecordsWatch = request.path.endsWith(text("/configmaps"))
                && request.query.queryItemValue(text("fieldSelector")).contains(text(RuntimeNames::record));
            return m_clock->sleep(isRecordsWatch ? 1h : 200ms);
        };
        cluster().cutStreams();
        putOperation("disable", RuntimeOperation::Kind::Disable);
        cluster().compact(); // so that the watch has to begin with a list
        QVERIFY(passTimeUntil([this] { return !cluster().object(recordRef); }, 60s));
        QCOMPARE(disablesBegun(), 1);
    }

    /// A renewal comes due, and another workstation asks, while the Lease has been deleted and the record has not.
    void disablesInOneGo()
    {
        putOperation("disable", RuntimeOperation::Kind::Disable);
        cluster().delay = [this](const ApiRequest &request) {
            return m_clock->sleep(concernsLease(request) && request.verb == "DELETE" ? 6s : 200ms);
        };
        m_ana = open("ana@laptop");
        m_bo = open("bo@desk");
        QVERIFY(passTimeUntil([this] { return !cluster().object(recordRef); }, 60s));
        QCOMPARE(disablesBegun(), 1);
        m_clock->advance(60s);
        QVERIFY(!cluster().object(leaseRef));
    }

    /// A window that is opened while the Lease has been deleted and the record has not: it has seen nobody hold it.
    void leavesTheEndOfADisableToWhoeverDisables()
    {
        putOperation("disable", RuntimeOperation::Kind::Disable);
        bool isEnding = false;
        cluster().admission = [&](const ApiRequest &request) {
            const bool isEnd = request.verb == "DELETE" && request.path.contains(text("/configmaps/"));
            isEnding = isEnding || isEnd;
            return m_clock->sleep(isEnd ? 6s : 0s);
        };
        m_ana = open("ana@laptop");
        QVERIFY(passTimeUntil([&] { return isEnding; }));
        QVERIFY(!cluster().object(leaseRef) && cluster().object(recordRef));
        m_bo = open("bo@desk");
        QVERIFY(passTimeUntil([this] { return m_bo->status().goesOnHere; }, 5s));
        QVERIFY(passTimeUntil([this] { return !cluster().object(recordRef); }, 10s));
        m_clock->advance(60s);
        QVERIFY(!cluster().object(leaseRef));
        QCOMPARE(disablesBegun(), 1);
    }

    /// The one that disables has died there.
    void goesOnWithADisableWhoseLeaseIsGone()
    {
        putOperation("disable", RuntimeOperation::Kind::Disable);
        cluster().change(recordRef,
            {{text("data"),
                QJsonObject{{text("operation.json"),
                    text(R"({"kind":"disable","state":"running","id":"disable","driver":"ana@laptop/dead"})")}}}});
        QCOMPARE(operation().driver, text("ana@laptop/dead"));
        m_bo = open("bo@desk");
        QVERIFY(passTimeUntil([this] { return m_bo->status().goesOnHere; }, 5s));
        const auto seen = m_clock->monotonic();
        QVERIFY(passTimeUntil([this] { return !cluster().object(recordRef); }, 30s));
        QVERIFY(m_clock->monotonic() - seen >= 10s);
        QVERIFY(!cluster().object(leaseRef));
    }

    /// Disable has ended between the look at the record and the Lease.
    void deletesALeaseThatItMadeForNothing()
    {
        putOperation("disable", RuntimeOperation::Kind::Disable);
        cluster().afterWrite = [this](const QJsonObject &written) {
            if (ObjectRef::of(written) == leaseRef)
                cluster().erase(recordRef);
        };
        m_bo = open("bo@desk");
        QVERIFY(passTimeUntil([this] { return !cluster().object(recordRef); }));
        m_clock->advance(60s);
        QVERIFY(!cluster().object(leaseRef));
    }

    void letsGoOfTheLeaseWhereItBecomesReadOnly()
    {
        m_ana = enabling("ana@laptop");
        QVERIFY(m_ana);
        const QString driver = operation().driver;
        m_ana->protection().setReadOnly(Protection::ReadOnly::Cluster);
        QVERIFY(passTimeUntil([this] { return m_ana->isAtRest() && !m_ana->status().isDrivenHere; }));
        const qsizetype asked = cluster().requests.size();
        m_bo = open("bo@desk");
        QVERIFY(passTimeUntil([&] { return !operation().driver.isEmpty() && operation().driver != driver; }, 10s));
        QVERIFY(m_bo->status().isDrivenHere);
        QVERIFY(cluster().requests.size() > asked);
        m_ana->protection().setReadOnly(Protection::ReadOnly::No);
        QVERIFY(passTimeUntil([this] { return isWaitingForPods(); }));
    }

    void standsStillWhileArchivedAndGoesOnAfterwards()
    {
        m_ana = enabling("ana@laptop");
        QVERIFY(m_ana);
        const ObjectRef markRef{
            text("v1"), text("ConfigMap"), MessagingFixture::nameSpace, text(RuntimeNames::archive)};
        cluster().put(toConfigMap({}, MessagingFixture::nameSpace));
        QVERIFY(passTimeUntil([this] { return m_ana->isAtRest() && !m_ana->status().isDrivenHere; }));
        const qsizetype changed = std::count_if(cluster().requests.cbegin(), cluster().requests.cend(), isChange);
        m_bo = open("bo@desk");
        passTimeUntil([] { return false; }, 60s);
        QCOMPARE(std::count_if(cluster().requests.cbegin(), cluster().requests.cend(), isChange), changed);
        QCOMPARE(operation().state, RuntimeOperation::State::Running);
        cluster().erase(markRef);
        QVERIFY(passTimeUntil([this] { return m_ana->status().isDrivenHere || m_bo->status().isDrivenHere; }));
    }
};

QTEST_GUILESS_MAIN(RuntimeDrivingTest)
#include "tst_runtimedriving.moc"
