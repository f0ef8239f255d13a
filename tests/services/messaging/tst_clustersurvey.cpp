// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/clustersurvey.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimerecord.h"
#include "tests/support/fakecluster.h"

#include <QSignalSpy>
#include <QTest>

/// What is found out about a cluster beside one runtime.
class ClusterSurveyTest final : public QObject {
    Q_OBJECT

private:
    void putRecord(const QString &nameSpace)
    {
        RuntimeRecord record;
        record.spec.storageClass = QStringLiteral("standard");
        m_cluster->put(record.toConfigMap(nameSpace));
    }

    std::unique_ptr<FakeCluster> m_cluster;

private Q_SLOTS:
    void init() { m_cluster = std::make_unique<FakeCluster>(); }

    void findsVersionAndRuntimes()
    {
        putRecord(QStringLiteral("team-b"));
        putRecord(QStringLiteral("team-a"));
        QJsonObject other = RuntimeRecord().toConfigMap(QStringLiteral("team-c"));
        QJsonObject metadata = other[QStringLiteral("metadata")].toObject();
        metadata[QStringLiteral("name")] = QStringLiteral("a-copy");
        other[QStringLiteral("metadata")] = metadata;
        m_cluster->put(other);
        ClusterSurvey survey(*m_cluster, {});
        QSignalSpy changed(&survey, &ClusterSurvey::changed);
        QVERIFY(!survey.runtimeNamespaces());
        survey.look();
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(survey.serverVersion(), QStringLiteral("v1.36.2"));
        QCOMPARE(*survey.runtimeNamespaces(), QStringList({QStringLiteral("team-a"), QStringLiteral("team-b")}));
    }

    void looksWhereOneMayWhereNotEverywhere()
    {
        putRecord(QStringLiteral("team-a"));
        putRecord(QStringLiteral("team-b"));
        m_cluster->isAllowed = [](const Permission &permission) {
            return permission.nameSpace == QLatin1String("team-b");
        };
        ClusterSurvey survey(*m_cluster, {QStringLiteral("team-a"), QStringLiteral("team-b"), QString()});
        survey.look();
        QTRY_COMPARE(survey.runtimeNamespaces(), std::optional(QStringList{QStringLiteral("team-b")}));
        for (const ApiRequest &request : std::as_const(m_cluster->requests))
            QVERIFY2(!request.path.contains(QLatin1String("//")), qPrintable(request.path));
    }

    void keepsWhatItKnewWhereNobodyAnswers()
    {
        putRecord(QStringLiteral("team-a"));
        ClusterSurvey survey(*m_cluster, {});
        QSignalSpy changed(&survey, &ClusterSurvey::changed);
        survey.look();
        QTRY_COMPARE(changed.size(), 1);
        m_cluster->goOffline();
        survey.look();
        QTest::qWait(20);
        QCOMPARE(survey.serverVersion(), QStringLiteral("v1.36.2"));
        QCOMPARE(*survey.runtimeNamespaces(), QStringList{QStringLiteral("team-a")});
        m_cluster->goOnline();
        m_cluster->serverVersion = QStringLiteral("v1.37.0");
        survey.look();
        QTRY_COMPARE(survey.serverVersion(), QStringLiteral("v1.37.0"));
        QCOMPARE(changed.size(), 2);
    }

    void saysThatThereIsNone()
    {
        ClusterSurvey survey(*m_cluster, {});
        survey.look();
        QTRY_COMPARE(survey.runtimeNamespaces(), std::optional(QStringList()));
    }
};

QTEST_GUILESS_MAIN(ClusterSurveyTest)
#include "tst_clustersurvey.moc"
