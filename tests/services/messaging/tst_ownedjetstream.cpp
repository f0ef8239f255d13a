// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/ownedjetstream.h"

#include "services/messaging/consumerservice.h"
#include "services/messaging/nackresources.h"
#include "services/messaging/streamservice.h"
#include "tests/support/jetstreamfixture.h"

#include <QSignalSpy>
#include <QTest>

/// Streams and consumers that NACK keeps, in the services over them.
class OwnedJetStreamTest final : public QObject {
    Q_OBJECT

private:
    const QString m_version = u"jetstream.nats.io/v1beta2"_qs;
    std::unique_ptr<JetStreamFixture> m_fixture;
    std::unique_ptr<NackResources> m_nack;
    std::unique_ptr<OwnedJetStream> m_owned;
    std::unique_ptr<StreamService> m_streams;
    std::unique_ptr<ConsumerService> m_consumers;

    void keep(const QString &kind, const QJsonObject &spec)
    {
        m_fixture->cluster.cluster.put({{u"apiVersion"_qs, m_version}, {u"kind"_qs, kind},
            {u"metadata"_qs, QJsonObject{{u"name"_qs, u"kept"_qs}, {u"namespace"_qs, u"prod"_qs}}},
            {u"spec"_qs, spec}});
    }

    bool becomes(const std::function<bool()> &condition) { return m_fixture->passTimeUntil(condition, 2000); }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<JetStreamFixture>();
        FakeCluster &cluster = m_fixture->cluster.cluster;
        cluster.addKind({m_version, u"Stream"_qs, u"streams"_qs});
        cluster.addKind({m_version, u"Consumer"_qs, u"consumers"_qs});
        m_nack = std::make_unique<NackResources>(cluster, m_fixture->clock, MessagingFixture::nameSpace);
        m_owned = std::make_unique<OwnedJetStream>(*m_fixture->connections, *m_nack, MessagingFixture::nameSpace);
        m_streams = std::make_unique<StreamService>(m_fixture->runtime, *m_owned, m_fixture->clock);
        m_consumers = std::make_unique<ConsumerService>(m_fixture->runtime, *m_streams, *m_owned, m_fixture->clock);
        m_fixture->holdStreams({u"audit"_qs, u"orders"_qs}, 1);
        QVERIFY(m_fixture->start());
        m_nack->start();
        m_streams->refresh();
        m_consumers->refresh();
        QVERIFY(becomes([this] { return m_consumers->consumers().size() == 2 && m_nack->access(); }));
    }

    void cleanup()
    {
        m_consumers.reset();
        m_streams.reset();
        m_owned.reset();
        m_nack.reset();
        m_fixture.reset();
    }

    void leavesStreamsToNack()
    {
        QVERIFY(m_streams->deleteAccess(m_streams->streams()[1]).allowed);
        keep(u"Stream"_qs, {{u"name"_qs, u"orders"_qs}});
        QVERIFY(becomes([this] { return m_streams->streams()[1].owner.has_value(); }));
        QVERIFY(!m_streams->streams()[0].owner && m_streams->deleteAccess(m_streams->streams()[0]).allowed);
        const auto removed = m_fixture->outcomeOf(m_streams->remove(m_streams->streams()[1]));
        QCOMPARE(removed.error().kind, Error::Kind::Forbidden);
        QVERIFY(removed.error().summary.startsWith(u"Stream orders is kept by NACK's Stream kept"_qs));
        QCOMPARE(m_fixture->server().count(u"$JS.API.STREAM.DELETE.orders"_qs), 0);
    }

    void givesThemBack()
    {
        keep(u"Stream"_qs, {{u"name"_qs, u"orders"_qs}});
        QVERIFY(becomes([this] { return m_streams->streams()[1].owner.has_value(); }));
        m_fixture->cluster.cluster.erase({m_version, u"Stream"_qs, u"prod"_qs, u"kept"_qs});
        QVERIFY(becomes([this] { return !m_streams->streams()[1].owner; }));
    }

    void leavesConsumersToNack()
    {
        const Consumer before = m_consumers->consumers()[1];
        QVERIFY(m_consumers->deleteAccess(before).allowed);
        keep(u"Consumer"_qs, {{u"streamName"_qs, before.id.stream.name}, {u"durableName"_qs, before.id.name}});
        QVERIFY(becomes([this] { return m_consumers->consumers()[1].owner.has_value(); }));
        QVERIFY(!m_consumers->consumers()[0].owner);
        const auto removed = m_fixture->outcomeOf(m_consumers->remove(m_consumers->consumers()[1]));
        QCOMPARE(removed.error().kind, Error::Kind::Forbidden);
    }

    /// Who can't be told whether NACK keeps a stream would see it come back empty.
    void deletesNothingWhileNobodyKnowsWhoseItIs()
    {
        QSignalSpy changed(m_streams.get(), &StreamService::accessChanged);
        m_fixture->cluster.cluster.isAllowed = [](const Permission &wanted) {
            return wanted.group != u"jetstream.nats.io"_qs;
        };
        const Stream orders = m_streams->streams()[1];
        QVERIFY(becomes([&] { return !m_streams->deleteAccess(orders); }));
        QVERIFY(!changed.isEmpty());
        QVERIFY(m_streams->createAccess().allowed);
        const Access access = m_streams->deleteAccess(orders);
        QVERIFY2(access.reason.contains(u"list streams.jetstream.nats.io"_qs), qPrintable(access.reason));
        QVERIFY(m_fixture->runtime.grantFor(access).contains(u"jetstream.nats.io"_qs));
        QCOMPARE(m_fixture->outcomeOf(m_streams->remove(orders)).error().kind, Error::Kind::Forbidden);
        QCOMPARE(m_fixture->server().count(u"$JS.API.STREAM.DELETE.orders"_qs), 0);
        QVERIFY(!m_consumers->deleteAccess(m_consumers->consumers()[0]));
        m_fixture->cluster.cluster.isAllowed = {};
        QVERIFY(becomes([&] { return m_streams->deleteAccess(orders).allowed; }));
    }
};

QTEST_GUILESS_MAIN(OwnedJetStreamTest)
#include "tst_ownedjetstream.moc"
