// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/workloads.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakecluster.h"

#include <QSignalSpy>
#include <QTest>

/// What runs in a cluster, for choosing what a stream belongs to.
class WorkloadsTest final : public QObject {
    Q_OBJECT

private:
    void put(const char *apiVersion, const char *kind, const char *nameSpace, const char *name)
    {
        m_cluster->put(
            {{QStringLiteral("apiVersion"), QLatin1String(apiVersion)}, {QStringLiteral("kind"), QLatin1String(kind)},
                {QStringLiteral("metadata"),
                    QJsonObject{{QStringLiteral("namespace"), QLatin1String(nameSpace)},
                        {QStringLiteral("name"), QLatin1String(name)}}}});
    }
    static QStringList names(const Workloads &workloads)
    {
        QStringList names;
        for (const Workload &workload : workloads.all())
            names.append(workload.kind + u' ' + workload.text());
        return names;
    }

    std::unique_ptr<FakeCluster> m_cluster;
    FakeClock m_clock;

private Q_SLOTS:
    void init()
    {
        m_cluster = std::make_unique<FakeCluster>();
        put("apps/v1", "Deployment", "shop", "checkout");
        put("apps/v1", "StatefulSet", "shop", "cart");
        put("apps/v1", "DaemonSet", "edge", "collector");
        put("batch/v1", "CronJob", "edge", "nightly");
        put("v1", "ConfigMap", "edge", "no-workload");
    }

    void findsAllKinds()
    {
        Workloads workloads(*m_cluster, m_clock, {});
        QSignalSpy changed(&workloads, &Workloads::changed);
        workloads.look();
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(names(workloads),
            QStringList({QStringLiteral("DaemonSet edge/collector"), QStringLiteral("CronJob edge/nightly"),
                QStringLiteral("StatefulSet shop/cart"), QStringLiteral("Deployment shop/checkout")}));
        QCOMPARE(workloads.gap(), QString());
    }

    void looksWhereOneMay()
    {
        m_cluster->isAllowed = [](const Permission &permission) {
            return permission.nameSpace == QLatin1String("shop");
        };
        Workloads workloads(*m_cluster, m_clock, {QStringLiteral("shop"), QStringLiteral("edge"), QString()});
        QSignalSpy changed(&workloads, &Workloads::changed);
        workloads.look();
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(names(workloads),
            QStringList({QStringLiteral("StatefulSet shop/cart"), QStringLiteral("Deployment shop/checkout")}));
        QVERIFY(!workloads.gap().isEmpty());
    }

    void saysWhyItKnowsNone()
    {
        m_cluster->goOffline();
        Workloads workloads(*m_cluster, m_clock, {});
        QSignalSpy changed(&workloads, &Workloads::changed);
        workloads.look();
        QTRY_COMPARE(changed.size(), 1);
        QVERIFY(workloads.all().isEmpty());
        QVERIFY(!workloads.gap().isEmpty());
    }

    /// A form is shown more often than workloads come and go.
    void looksSeldom()
    {
        Workloads workloads(*m_cluster, m_clock, {});
        QSignalSpy changed(&workloads, &Workloads::changed);
        workloads.look();
        QTRY_COMPARE(changed.size(), 1);
        const auto asked = m_cluster->requests.size();
        workloads.look();
        m_clock.advance(std::chrono::minutes(2));
        QCOMPARE(m_cluster->requests.size(), asked);
        workloads.look();
        QTRY_COMPARE(changed.size(), 2);
        QCOMPARE(m_cluster->requests.size(), 2 * asked); // one that had looked in between would have asked once more
    }
};

QTEST_GUILESS_MAIN(WorkloadsTest)
#include "tst_workloads.moc"
