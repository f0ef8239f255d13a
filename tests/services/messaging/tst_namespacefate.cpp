// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/foreignobjects.h"

#include "services/kubernetes/kubernetesclient.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/storedmark.h"
#include "tests/support/awaited.h"
#include "tests/support/fakeclock.h"
#include "tests/support/messagingfixture.h"

#include <QJsonArray>
#include <QTest>

namespace {

using State = NamespaceFate::State;

QJsonObject object(const QString &apiVersion, const QString &kind, const QString &name)
{
    return {{u"apiVersion"_qs, apiVersion}, {u"kind"_qs, kind},
        {u"metadata"_qs, QJsonObject{{u"name"_qs, name}, {u"namespace"_qs, MessagingFixture::nameSpace}}}};
}

/// Made by something else that lives there.
QJsonObject owned(QJsonObject child)
{
    QJsonObject metadata = child[u"metadata"_qs].toObject();
    metadata[u"ownerReferences"_qs] = QJsonArray{QJsonObject{{u"kind"_qs, u"Deployment"_qs}, {u"name"_qs, u"web"_qs}}};
    child[u"metadata"_qs] = metadata;
    return child;
}

} // namespace

/// What is said of the namespace before and after Disable.
class NamespaceFateTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void goesWhereNothingElseLivesInIt();
    void staysForWhatLivesInIt();
    void namesAFewAndCountsTheRest();
    void countsARuntimeOnlyAfterwards();
    void staysWhereSomethingCannotBeSeen();
    void staysForTheMarkOfAnArchivedCluster();
    void staysWhereEnableFoundIt();
    void staysWithoutThePermission();
    void isGone();
    void tellsThatTheClusterDoesNotAnswer();

private:
    void putNamespace(bool isMadeByEnable, const QString &deletedAt = {})
    {
        QJsonObject metadata{{u"name"_qs, MessagingFixture::nameSpace}};
        if (isMadeByEnable)
            metadata[u"annotations"_qs] = QJsonObject{{QLatin1String(RuntimeNames::createdByEnable), u"true"_qs}};
        if (!deletedAt.isEmpty())
            metadata[u"deletionTimestamp"_qs] = deletedAt;
        cluster().put({{u"apiVersion"_qs, u"v1"_qs}, {u"kind"_qs, u"Namespace"_qs}, {u"metadata"_qs, metadata}});
    }
    Result<NamespaceFate> fate(OfRuntime ofRuntime = OfRuntime::Ours)
    {
        KubernetesClient client(cluster());
        return awaited(namespaceFate(client, m_clock, MessagingFixture::nameSpace, ofRuntime));
    }
    NamespaceFate stays(const char *why) { return {State::Stays, QLatin1String(why)}; }
    FakeCluster &cluster() { return m_fixture->cluster; }

    FakeClock m_clock;
    std::unique_ptr<MessagingFixture> m_fixture;
};

void NamespaceFateTest::init()
{
    m_fixture = std::make_unique<MessagingFixture>();
    m_fixture->putRuntime(3);
    putNamespace(true);
}

void NamespaceFateTest::goesWhereNothingElseLivesInIt()
{
    QCOMPARE(fate(), Result<NamespaceFate>(NamespaceFate()));
}

void NamespaceFateTest::staysForWhatLivesInIt()
{
    cluster().put(object(u"v1"_qs, u"ConfigMap"_qs, u"notes"_qs));
    QCOMPARE(fate(), Result<NamespaceFate>(stays("It holds 1 object that is not of this runtime: ConfigMap notes.")));
    cluster().put(object(u"v1"_qs, u"ConfigMap"_qs, u"todo"_qs));
    QCOMPARE(fate(),
        Result<NamespaceFate>(
            stays("It holds 2 objects that are not of this runtime: ConfigMap notes, ConfigMap todo.")));
}

void NamespaceFateTest::namesAFewAndCountsTheRest()
{
    for (int i = 0; i < 3; ++i)
        cluster().put(owned(object(u"apps/v1"_qs, u"ReplicaSet"_qs, u"web-%1"_qs.arg(i))));
    for (const char *name : {"a", "b"})
        cluster().put(object(u"v1"_qs, u"ServiceAccount"_qs, QLatin1String(name)));
    const auto said = fate();
    QVERIFY(said);
    QVERIFY2(said->why.startsWith(u"It holds 5 objects that are not of this runtime: ServiceAccount a, ServiceAccount "
                                  "b, ReplicaSet web-"_qs),
        qPrintable(said->why));
    QVERIFY2(said->why.endsWith(u" and 2 more."_qs), qPrintable(said->why));
}

void NamespaceFateTest::countsARuntimeOnlyAfterwards()
{
    QCOMPARE(fate(OfRuntime::Ours)->state, State::Goes);
    QCOMPARE(fate(OfRuntime::Foreign)->state, State::Stays);
    m_fixture->eraseRuntime();
    QCOMPARE(fate(OfRuntime::Foreign)->state, State::Stays); // its Services and Secrets
}

void NamespaceFateTest::staysWhereSomethingCannotBeSeen()
{
    cluster().put(object(u"v1"_qs, u"ServiceAccount"_qs, u"default"_qs));
    cluster().isAllowed = [](const Permission &wanted) { return wanted.resource != u"serviceaccounts"_qs; };
    QCOMPARE(fate(), Result<NamespaceFate>(stays("What it holds of serviceaccounts can't be seen.")));
}

void NamespaceFateTest::staysForTheMarkOfAnArchivedCluster()
{
    putNamespace(true);
    cluster().put(toConfigMap({}, MessagingFixture::nameSpace));
    const Result<NamespaceFate> found = fate(OfRuntime::Foreign);
    QVERIFY(found.has_value());
    QCOMPARE(found->state, State::Stays);
    QVERIFY(found->why.contains(QLatin1String(RuntimeNames::archive)));
}

void NamespaceFateTest::staysWhereEnableFoundIt()
{
    putNamespace(false);
    QCOMPARE(fate(), Result<NamespaceFate>(stays("It was there before Enable.")));
}

void NamespaceFateTest::staysWithoutThePermission()
{
    cluster().isAllowed = [](const Permission &wanted) { return wanted.verb != u"delete"_qs; };
    const auto said = fate();
    QVERIFY(said);
    QCOMPARE(said->state, State::Stays);
    QVERIFY2(said->why.contains(u"You may not delete namespaces"_qs), qPrintable(said->why));
}

void NamespaceFateTest::isGone()
{
    putNamespace(true, u"2026-01-02T03:04:05Z"_qs);
    QCOMPARE(fate(OfRuntime::Foreign)->state, State::Gone);
    cluster().erase({u"v1"_qs, u"Namespace"_qs, {}, MessagingFixture::nameSpace});
    QCOMPARE(fate(OfRuntime::Foreign)->state, State::Gone);
}

void NamespaceFateTest::tellsThatTheClusterDoesNotAnswer()
{
    cluster().failNext(
        1, Error{Error::Kind::Protocol, u"This is no API server."_qs, {}, {}, {}}, "GET", u"/namespaces/"_qs);
    const auto said = fate();
    QVERIFY(!said);
    QCOMPARE(said.error().summary, u"This is no API server."_qs);
}

QTEST_GUILESS_MAIN(NamespaceFateTest)
#include "tst_namespacefate.moc"
