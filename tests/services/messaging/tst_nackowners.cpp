// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/nackowners.h"

#include "services/messaging/nackresources.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakecluster.h"

#include <QJsonArray>
#include <QTest>

using namespace std::chrono_literals;

namespace {

const QString nameSpace = u"pennant-messaging"_qs;
const QString beta2 = u"jetstream.nats.io/v1beta2"_qs;
const QString beta1 = u"jetstream.nats.io/v1beta1"_qs;

QJsonObject resource(const char *kind, const QJsonObject &spec, const QString &apiVersion = beta2)
{
    return {{u"apiVersion"_qs, apiVersion}, {u"kind"_qs, QLatin1String(kind)},
        {u"metadata"_qs, QJsonObject{{u"name"_qs, u"kept"_qs}, {u"namespace"_qs, u"prod"_qs}}}, {u"spec"_qs, spec}};
}

QJsonObject named(const char *name, const QJsonObject &more = {})
{
    QJsonObject spec = more;
    spec[u"name"_qs] = QLatin1String(name);
    return spec;
}

QJsonObject at(const char *server)
{
    return {{u"servers"_qs, QJsonArray{QLatin1String(server)}}};
}

QList<Stream> streams()
{
    QList<Stream> all(3);
    all[0].id = {u"app"_qs, u"orders"_qs};
    all[1].id = {u"other"_qs, u"orders"_qs};
    all[2].id = {u"app"_qs, u"KV_config"_qs};
    return all;
}

QList<bool> keptOf(NackOwners owners)
{
    QList<Stream> all = streams();
    owners.mark(all);
    QList<bool> kept;
    for (const Stream &stream : all)
        kept.append(stream.owner.has_value());
    return kept;
}

} // namespace

/// Which streams and consumers NACK's resources are about.
class NackOwnersTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void matches_data()
    {
        QTest::addColumn<QJsonObject>("given");
        QTest::addColumn<QList<bool>>("expected");
        const auto row = [](const char *title, const QJsonObject &given, const QList<bool> &expected) {
            QTest::newRow(title) << given << expected;
        };
        row("by name", resource("Stream", named("orders")), {true, true, false});
        row("another name", resource("Stream", named("audit")), {false, false, false});
        row("a known account", resource("Stream", named("orders", {{u"account"_qs, u"app"_qs}})), {true, false, false});
        row("an account resource of any name", resource("Stream", named("orders", {{u"account"_qs, u"x"_qs}})),
            {true, true, false});
        row("this NATS", resource("Stream", named("orders", at("nats://nats.pennant-messaging.svc:4222"))),
            {true, true, false});
        row("another NATS", resource("Stream", named("orders", at("nats://nats.messaging:4222"))),
            {false, false, false});
        row("a bare host", resource("Stream", named("orders", at("nats:4222"))), {true, true, false});
        row("a bucket", resource("KeyValue", {{u"bucket"_qs, u"config"_qs}}), {false, false, true});
        row("an object store", resource("ObjectStore", {{u"bucket"_qs, u"config"_qs}}), {false, false, false});
    }

    void matches()
    {
        QFETCH(QJsonObject, given);
        QTEST(keptOf(NackOwners({given}, nameSpace)), "expected");
    }

    void marksConsumers()
    {
        const NackOwners owners(
            {resource("Consumer", {{u"streamName"_qs, u"orders"_qs}, {u"durableName"_qs, u"worker"_qs}})}, nameSpace);
        QList<Consumer> all(2);
        all[0].id = {{u"app"_qs, u"orders"_qs}, u"worker"_qs};
        all[1].id = {{u"app"_qs, u"orders"_qs}, u"another"_qs};
        owners.mark(all);
        QVERIFY(!all[1].owner);
        QCOMPARE(all[0].owner->tag(), u"NACK prod/kept"_qs);
        QCOMPARE(all[0].owner->command(), u"kubectl -n prod edit consumers.jetstream.nats.io kept"_qs);
        QCOMPARE(all[0].owner->keeps(u"Consumer worker"_qs),
            u"Consumer worker is kept by NACK's Consumer kept in namespace prod. Change or delete it there with "
            "kubectl; NACK would put it back."_qs);
    }

    void findsResourcesWhereThereAreSuchKinds()
    {
        FakeCluster cluster;
        FakeClock clock;
        NackResources resources(cluster, clock, nameSpace);
        resources.start();
        QTRY_COMPARE(clock.sleepers(), 1);
        QCOMPARE(cluster.requests.size(), 2); // both versions in vain
        cluster.addKind({beta1, u"Stream"_qs, u"streams"_qs});
        cluster.put(resource("Stream", named("orders"), beta1));
        clock.advance(1min);
        QTRY_COMPARE(resources.resources().size(), 1);
        cluster.erase({beta1, u"Stream"_qs, u"prod"_qs, u"kept"_qs});
        QTRY_COMPARE((clock.advance(10s), resources.resources().size()), 0);
    }

    void listsThemSeldomWhileNobodyLooks()
    {
        FakeCluster cluster;
        FakeClock clock;
        cluster.addKind({beta2, u"Stream"_qs, u"streams"_qs});
        NackResources resources(cluster, clock, nameSpace);
        resources.setInSight(false);
        resources.start();
        QTRY_COMPARE(clock.sleepers(), 1);
        const qsizetype asked = cluster.requests.size();
        clock.advance(50s);
        QCOMPARE(cluster.requests.size(), asked);
        resources.setInSight(true);
        QTRY_VERIFY(cluster.requests.size() > asked);
    }

    void looksWhereOneMay()
    {
        FakeCluster cluster;
        FakeClock clock;
        cluster.addKind({beta2, u"Stream"_qs, u"streams"_qs});
        QJsonObject here = resource("Stream", named("orders"));
        here[u"metadata"_qs] = QJsonObject{{u"name"_qs, u"kept"_qs}, {u"namespace"_qs, nameSpace}};
        cluster.put(here);
        cluster.isAllowed = [](const Permission &permission) { return !permission.nameSpace.isEmpty(); };
        NackResources resources(cluster, clock, nameSpace);
        resources.start();
        QTRY_COMPARE(resources.resources().size(), 1);
        QVERIFY(resources.access().allowed);
    }

    void isInNobodysWayWithoutSuchKinds()
    {
        FakeCluster cluster;
        FakeClock clock;
        cluster.isAllowed = [](const Permission &permission) { return permission.group != u"jetstream.nats.io"_qs; };
        NackResources resources(cluster, clock, nameSpace);
        QVERIFY(!resources.access().allowed); // nobody has answered
        QVERIFY(resources.access().reason.contains(u"still being read"_qs));
        resources.start();
        QTRY_VERIFY2(resources.access().allowed, qPrintable(resources.access().reason));
    }

    void namesWhatMayNotBeListed()
    {
        FakeCluster cluster;
        FakeClock clock;
        cluster.addKind({beta2, u"Stream"_qs, u"streams"_qs});
        cluster.addKind({beta2, u"Consumer"_qs, u"consumers"_qs});
        cluster.put(resource("Stream", named("orders")));
        cluster.isAllowed = [](const Permission &permission) { return permission.resource != u"streams"_qs; };
        NackResources resources(cluster, clock, nameSpace);
        resources.start();
        QTRY_VERIFY(!resources.access().missing.isEmpty());
        const QList<Permission> missing{{u"list"_qs, u"jetstream.nats.io"_qs, u"streams"_qs, {}, nameSpace}};
        QCOMPARE(resources.access().missing, missing);
        QVERIFY2(resources.access().reason.contains(
                     u"in namespace pennant-messaging you may not list streams.jetstream.nats.io."_qs),
            qPrintable(resources.access().reason));
        cluster.isAllowed = {};
        QTRY_VERIFY((clock.advance(10s), resources.access().allowed));
        QCOMPARE(resources.resources().size(), 1);
    }

    void keepsWhatItKnew_data()
    {
        QTest::addColumn<bool>("isRefused");
        QTest::newRow("refused") << true;
        QTest::newRow("no answer") << false;
    }

    void keepsWhatItKnew()
    {
        QFETCH(bool, isRefused);
        FakeCluster cluster;
        FakeClock clock;
        cluster.addKind({beta2, u"Stream"_qs, u"streams"_qs});
        cluster.put(resource("Stream", named("orders")));
        NackResources resources(cluster, clock, nameSpace);
        resources.start();
        QTRY_COMPARE(resources.resources().size(), 1);
        if (isRefused)
            cluster.isAllowed = [](const Permission &) { return false; };
        else
            cluster.goOffline();
        QTRY_VERIFY((clock.advance(10s), !resources.access().allowed));
        QCOMPARE(resources.access().missing.isEmpty(), !isRefused);
        QCOMPARE(resources.resources().size(), 1);
        cluster.isAllowed = {};
        cluster.goOnline();
        QTRY_VERIFY((clock.advance(10s), resources.access().allowed));
    }
};

QTEST_GUILESS_MAIN(NackOwnersTest)
#include "tst_nackowners.moc"
