// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/rolloutrules.h"

#include "services/base/error.h"
#include "tests/support/messagingfixture.h"

#include <QJsonArray>
#include <QTest>

namespace {

QJsonObject podOf(const QString &revision, bool isReady = true)
{
    QJsonObject pod = MessagingFixture::pod(u"nats-0"_qs, isReady);
    QJsonObject metadata = pod[u"metadata"_qs].toObject();
    QJsonObject labels = metadata[u"labels"_qs].toObject();
    labels[u"controller-revision-hash"_qs] = revision;
    metadata[u"labels"_qs] = labels;
    pod[u"metadata"_qs] = metadata;
    return pod;
}

QJsonObject servers(int generation, int observedGeneration)
{
    return {{u"metadata"_qs, QJsonObject{{u"generation"_qs, generation}}},
        {u"status"_qs,
            QJsonObject{{u"observedGeneration"_qs, observedGeneration}, {u"updateRevision"_qs, u"nats-new"_qs}}}};
}

QJsonObject podSpecWith(const QString &image)
{
    const QJsonArray containers{QJsonObject{{u"name"_qs, u"exporter"_qs}, {u"image"_qs, u"exporter:99.0"_qs}},
        QJsonObject{{u"name"_qs, u"nats"_qs}, {u"image"_qs, image}}};
    return {{u"containers"_qs, containers}};
}

QJsonObject podRunning(const QString &image)
{
    return {{u"kind"_qs, u"Pod"_qs}, {u"spec"_qs, podSpecWith(image)}};
}

QJsonObject serversRunning(const QString &image)
{
    return {{u"kind"_qs, u"StatefulSet"_qs},
        {u"spec"_qs, QJsonObject{{u"template"_qs, QJsonObject{{u"spec"_qs, podSpecWith(image)}}}}}};
}

} // namespace

class RolloutRulesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsPodsOfTheLastChangeAlone_data()
    {
        QTest::addColumn<QJsonObject>("statefulSet");
        QTest::addColumn<QJsonObject>("pod");
        QTest::addColumn<int>("ready");
        QTest::newRow("new and ready") << servers(4, 4) << podOf(u"nats-new"_qs) << 1;
        QTest::newRow("changed again since") << servers(5, 5) << podOf(u"nats-new"_qs) << 1;
        QTest::newRow("new, not ready") << servers(4, 4) << podOf(u"nats-new"_qs, false) << 0;
        QTest::newRow("of before") << servers(4, 4) << podOf(u"nats-old"_qs) << 0;
        QTest::newRow("the controller is behind") << servers(4, 3) << podOf(u"nats-new"_qs) << 0;
        QTest::newRow("the watch is behind") << servers(3, 3) << podOf(u"nats-new"_qs) << 0;
        QTest::newRow("not seen at all") << QJsonObject() << podOf(u"nats-new"_qs) << 0;
    }

    void countsPodsOfTheLastChangeAlone()
    {
        QFETCH(QJsonObject, statefulSet);
        QFETCH(QJsonObject, pod);
        QFETCH(int, ready);
        QCOMPARE(readyPodsOf(statefulSet, 4, {pod}), ready);
    }

    void refusesAnOlderServer_data()
    {
        QTest::addColumn<QString>("running");
        QTest::addColumn<bool>("isRefused");
        QTest::newRow("newer minor") << u"nats:2.15.0-alpine"_qs << true;
        QTest::newRow("newer major") << u"nats:3.0.1"_qs << true;
        QTest::newRow("mirrored, by digest") << u"registry.example:5000/nats:v2.15.2-alpine@sha256:0123"_qs << true;
        QTest::newRow("newer patch") << u"nats:2.14.99-alpine"_qs << false;
        QTest::newRow("the same") << u"nats:2.14.9-alpine"_qs << false;
        QTest::newRow("older") << u"nats:2.9.25"_qs << false;
        QTest::newRow("without a version") << u"registry.example:5000/nats"_qs << false;
        QTest::newRow("anything") << u"pennant.invalid/nats:none"_qs << false;
    }

    void refusesAnOlderServer()
    {
        QFETCH(QString, running);
        QFETCH(bool, isRefused);
        const QJsonObject wanted = serversRunning(u"nats:2.14.9-alpine"_qs);
        for (const QJsonObject &found : {serversRunning(running), podRunning(running)}) {
            const auto problem = serverDowngrade(found, wanted);
            QCOMPARE(problem.has_value(), isRefused);
            if (isRefused)
                QVERIFY(problem->summary.contains(u"Use the Pennant that set it up, or a newer one"_qs));
        }
    }
};

QTEST_GUILESS_MAIN(RolloutRulesTest)
#include "tst_rolloutrules.moc"
