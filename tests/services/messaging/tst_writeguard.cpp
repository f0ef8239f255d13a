// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/writeguard.h"

#include "tests/support/awaited.h"
#include "tests/support/messagingfixture.h"

class WriteGuardTest : public QObject {
    Q_OBJECT

private:
    FakeCluster m_cluster;
    WriteGuard m_guard{m_cluster};
    KubernetesClient m_client{m_guard};
    const QString m_reason = QStringLiteral("Archived.");

    static QJsonObject notes(const char *text)
    {
        return {{QStringLiteral("apiVersion"), QStringLiteral("v1")},
            {QStringLiteral("kind"), QStringLiteral("ConfigMap")},
            {QStringLiteral("metadata"),
                QJsonObject{{QStringLiteral("name"), QStringLiteral("notes")},
                    {QStringLiteral("namespace"), MessagingFixture::nameSpace}}},
            {QStringLiteral("data"), QJsonObject{{QStringLiteral("text"), QLatin1String(text)}}}};
    }

    bool isRefused(const auto &outcome) const
    {
        return !outcome && outcome.error().kind == Error::Kind::Forbidden && outcome.error().summary == m_reason;
    }

private Q_SLOTS:
    void letsEverythingPassAtFirst()
    {
        QVERIFY(awaited(m_client.create(notes("1"))));
        QVERIFY(awaited(m_client.apply(notes("2"), true)));
    }

    void refusesEveryChangeWithTheReason()
    {
        m_guard.setAccess(Access::no(m_reason));
        const QJsonObject before = *m_cluster.object(ObjectRef::of(notes("")));
        QVERIFY(isRefused(awaited(m_client.create(notes("3")))));
        QVERIFY(isRefused(awaited(m_client.replace(notes("3")))));
        QVERIFY(isRefused(awaited(m_client.apply(notes("3"), true))));
        QVERIFY(isRefused(awaited(m_client.patch(ObjectRef::of(before), notes("3")))));
        QVERIFY(isRefused(awaited(m_client.remove(ObjectRef::of(before)))));
        QCOMPARE(*m_cluster.object(ObjectRef::of(notes(""))), before);
    }

    void whatAsksPasses()
    {
        QVERIFY(awaited(m_client.read(ObjectRef::of(notes("")))));
        QVERIFY(awaited(m_client.list(QStringLiteral("v1"), QStringLiteral("ConfigMap"), MessagingFixture::nameSpace)));
        QVERIFY(awaited(m_client.whoAmI()));
        QVERIFY(awaited(m_client.review({QStringLiteral("get"), {}, QStringLiteral("pods"), {}, {}})));
    }

    void changesPassAgainOnceTheyMay()
    {
        m_guard.setAccess(Access::yes());
        QVERIFY(awaited(m_client.apply(notes("4"), true)));
    }
};

QTEST_GUILESS_MAIN(WriteGuardTest)
#include "tst_writeguard.moc"
