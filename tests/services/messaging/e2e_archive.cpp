// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/base/clock.h"
#include "services/messaging/clusterprotection.h"
#include "services/messaging/consumerservice.h"
#include "services/messaging/messaging.h"
#include "services/messaging/runtimeservice.h"
#include "services/messaging/streamservice.h"
#include "services/nats/natsconnection.h"
#include "tests/support/awaited.h"
#include "tests/support/realcluster.h"

#include <QElapsedTimer>

namespace {

constexpr int longWait = 180'000;

QString text(const char *value)
{
    return QLatin1String(value);
}

bool mark()
{
    return kubectl({text("create"), text("configmap"), text("pennant-archive"), text("--from-literal=reason=by hand")});
}

bool unmark()
{
    return kubectl({text("delete"), text("configmap"), text("pennant-archive")});
}

StreamDraft draft(const char *name)
{
    StreamDraft draft = StreamDraft::of(text("default"), text(name), {text(name) + text(".>")});
    return draft;
}

/// A stream whose news is lost while its line is deaf.
class DeafStream final : public ApiStream {
public:
    DeafStream(std::unique_ptr<ApiStream> stream, const bool &isDeaf)
        : m_stream(std::move(stream))
    {
        connect(m_stream.get(), &ApiStream::opened, this, &ApiStream::opened);
        connect(m_stream.get(), &ApiStream::ended, this, &ApiStream::ended);
        connect(m_stream.get(), &ApiStream::dataArrived, this, [this, &isDeaf](const QByteArray &data) {
            if (!isDeaf)
                Q_EMIT dataArrived(data);
        });
    }

private:
    std::unique_ptr<ApiStream> m_stream;
};

/// Counts what a workstation changes, and can keep the cluster's news from it.
class Line final : public KubernetesTransport {
public:
    explicit Line(std::unique_ptr<KubernetesTransport> network)
        : m_network(std::move(network))
    {
    }
    Pending<ApiResponse> send(const ApiRequest &request) override
    {
        if (isChange(request))
            changes.append(request);
        return m_network->send(request);
    }
    std::unique_ptr<ApiStream> stream(const ApiRequest &request) override
    {
        return std::make_unique<DeafStream>(m_network->stream(request), isDeaf);
    }
    std::unique_ptr<PodTunnel> tunnel(const QString &nameSpace, const QString &pod, quint16 port) override
    {
        return m_network->tunnel(nameSpace, pod, port);
    }
    std::unique_ptr<PortForward> forward(const QString &nameSpace, const QString &pod, quint16 port) override
    {
        return m_network->forward(nameSpace, pod, port);
    }
    Result<void> renew(const ClusterAccess &access) override { return m_network->renew(access); }

    bool isDeaf = false;
    QList<ApiRequest> changes;

private:
    std::unique_ptr<KubernetesTransport> m_network;
};

/// One workstation that has the cluster open.
struct Workstation {
    std::unique_ptr<Messaging> messaging;
    Line *line = nullptr;

    RuntimeService &runtime() const { return messaging->runtime(); }
    ClusterProtection &protection() const { return messaging->runtime().protection(); }
    const RuntimeStatus &status() const { return runtime().status(); }
    bool isReady() const
    {
        return status().phase == RuntimePhase::Ready && messaging->streams().freshness().state == Freshness::State::Live
            && runtime().isAccessKnown();
    }
};

} // namespace

/// The mark of an archived cluster, and read-only mode, against a real cluster: several workstations have it open.
class ArchiveTest : public QObject {
    Q_OBJECT

private:
    SystemClock m_clock;
    Workstation m_ana;
    Workstation m_bo;

    Workstation open(const char *name, Protection::ReadOnly readOnly = Protection::ReadOnly::No)
    {
        auto network = connectAs("PENNANT_KUBECONFIG_ADMIN");
        if (!network)
            return {};
        auto line = std::make_unique<Line>(std::move(network));
        Line *kept = line.get();
        Messaging::Options options;
        options.workstation = text(name);
        auto messaging = std::make_unique<Messaging>(std::move(line), m_clock, options);
        messaging->runtime().protection().setReadOnly(readOnly);
        messaging->start();
        return {std::move(messaging), kept};
    }

    static bool isRefused(const Result<void> &outcome, const QString &reason)
    {
        if (!outcome && outcome.error().summary == reason)
            return true;
        qWarning("%s", outcome ? "it was carried out" : qPrintable(outcome.error().text()));
        return false;
    }

    template <typename T> static Result<void> withoutValue(const Result<T> &result)
    {
        return result ? Result<void>() : fail(result.error());
    }

    /// Everything that a person can ask for.
    static bool areAllRefused(const Workstation &at, const QString &reason)
    {
        RuntimeSpec spec = *at.status().spec;
        Stream orders;
        orders.id = {text("default"), text("orders")};
        const auto worker = ConsumerDraft::of(orders.id, text("worker"));
        Consumer seen;
        seen.id = {orders.id, text("worker")};
        Messaging &messaging = *at.messaging;
        const bool isSaid = at.runtime().writeAccess().reason == reason && at.runtime().disableAccess().reason == reason
            && at.runtime().retryAccess().reason == reason && messaging.streams().createAccess().reason == reason
            && messaging.consumers().createAccess().reason == reason;
        return isSaid && isRefused(awaited(at.runtime().change(spec)), reason)
            && isRefused(awaited(at.runtime().disable(at.status().identity())), reason)
            && !awaited(at.runtime().retry())
            && !awaited(at.runtime().enable({spec, SecretString(text("a-long-Password1"))}))
            && isRefused(withoutValue(awaited(messaging.streams().create(draft("more")))), reason)
            && isRefused(awaited(messaging.streams().remove(orders)), reason)
            && isRefused(withoutValue(awaited(messaging.consumers().create(worker))), reason)
            && isRefused(awaited(messaging.consumers().remove(seen)), reason);
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!qEnvironmentVariableIsSet("PENNANT_KUBECONFIG_ADMIN"))
            QSKIP("PENNANT_KUBECONFIG_ADMIN names no kubeconfig");
    }

    void aClusterWithoutNatsIsArchivedToo()
    {
        m_ana = open("ana@laptop");
        QVERIFY(m_ana.messaging);
        QVERIFY(QTest::qWaitFor([this] { return m_ana.runtime().archiveAccess().allowed; }, longWait));
        const auto archived = awaited(m_ana.protection().archive(text("not yet")));
        QVERIFY2(archived, whyNot(archived));
        QVERIFY(!m_ana.runtime().enableAccess().allowed);
        const auto unarchived = awaited(m_ana.protection().unarchive(*m_ana.protection().state().archived));
        QVERIFY2(unarchived, whyNot(unarchived));
        QVERIFY(QTest::qWaitFor([this] { return m_ana.runtime().enableAccess().allowed; }, longWait));
    }

    void whatADiedDriverLeftWaitsUntilTheClusterIsUnarchived()
    {
        EnableRequest request{{}, SecretString(text("a-long-Password1"))};
        request.spec.storageClass = m_ana.runtime().storageClasses()->constFirst().name;
        request.spec.storageGibibytes = 1;
        request.spec.replicas = 1;
        const auto asked = awaited(m_ana.runtime().enable(request));
        QVERIFY2(asked, whyNot(asked));
        QVERIFY(QTest::qWaitFor([this] { return m_ana.status().isDrivenHere; }, longWait));
        const auto refused = awaited(m_ana.protection().archive(text("too early")));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, Error::Kind::Conflict);
        m_ana = {}; // its Lease runs out
        QVERIFY(mark());
        m_bo = open("bo@desk");
        QVERIFY(QTest::qWaitFor(
            [this] { return m_bo.runtime().isAccessKnown() && m_bo.status().isInProgress(); }, longWait));
        QTest::qWait(20'000);
        QVERIFY(m_bo.status().isInProgress());
        QVERIFY(!m_bo.status().goesOnHere);
        QCOMPARE(m_bo.line->changes, QList<ApiRequest>());
        const auto unarchived = awaited(m_bo.protection().unarchive(*m_bo.protection().state().archived));
        QVERIFY2(unarchived, whyNot(unarchived));
        QVERIFY(QTest::qWaitFor([this] { return m_bo.isReady(); }, longWait));
    }

    void whatOneArchivesNobodyChanges()
    {
        m_ana = open("ana@laptop");
        QVERIFY(QTest::qWaitFor([this] { return m_ana.isReady(); }, longWait));
        QVERIFY(awaited(m_bo.messaging->streams().create(draft("orders"))));
        QVERIFY(QTest::qWaitFor(
            [this] { return m_bo.messaging->consumers().createAccess() && m_ana.runtime().archiveAccess(); },
            longWait));
        QElapsedTimer since;
        const auto archived = awaited(m_ana.protection().archive(text("kept for audit")));
        since.start();
        QVERIFY2(archived, whyNot(archived));
        QVERIFY(QTest::qWaitFor([this] { return !m_bo.protection().access(); }, 1'000));
        qInfo("the other workstation knows after %lld ms", since.elapsed());
        const QString reason = m_bo.protection().access().reason;
        qInfo("%s", qPrintable(reason));
        QVERIFY(reason.contains(text("ana@laptop")) && reason.contains(text("kept for audit")));
        m_bo.line->changes.clear();
        QVERIFY(areAllRefused(m_bo, reason));
        QCOMPARE(m_bo.line->changes, QList<ApiRequest>());
        const auto unarchived = awaited(m_bo.protection().unarchive(*m_bo.protection().state().archived));
        QVERIFY2(unarchived, whyNot(unarchived));
        const auto created = awaited(m_bo.messaging->streams().create(draft("payments")));
        QVERIFY2(created, whyNot(created));
    }

    void whatKubectlArchivesCountsWithinASecond()
    {
        QVERIFY(mark());
        QElapsedTimer since;
        since.start();
        QVERIFY(QTest::qWaitFor([this] { return !m_bo.protection().access() && !m_ana.protection().access(); }, 1'000));
        qInfo("both workstations know after %lld ms", since.elapsed());
        QVERIFY(areAllRefused(m_bo, m_bo.protection().access().reason));
        QVERIFY(unmark());
        QVERIFY(QTest::qWaitFor([this] { return m_bo.protection().access() && m_ana.protection().access(); }, 5'000));
    }

    void aWatchThatIsBehindChangesNothing()
    {
        m_bo.line->isDeaf = true;
        QVERIFY(mark());
        QTest::qWait(500);
        QVERIFY(m_bo.protection().access().allowed);
        const auto created = awaited(m_bo.messaging->streams().create(draft("late")));
        QVERIFY(!created);
        qInfo("%s", qPrintable(created.error().summary));
        QCOMPARE(created.error().summary, m_bo.protection().access().reason);
        QVERIFY(!m_bo.messaging->streams().createAccess());
        m_bo.line->isDeaf = false;
        QVERIFY(unmark());
        m_bo.runtime().refresh();
        QVERIFY(QTest::qWaitFor([this] { return m_bo.protection().access() && m_ana.protection().access(); }, 5'000));
        m_bo.line->isDeaf = true;
        QVERIFY(mark());
        const auto disabled = awaited(m_bo.runtime().disable(m_bo.status().identity()));
        QVERIFY(isRefused(disabled, m_bo.protection().access().reason));
        m_bo.line->isDeaf = false;
        QVERIFY(unmark());
        m_bo.runtime().refresh();
        QVERIFY(QTest::qWaitFor([this] { return m_bo.protection().access() && m_ana.protection().access(); }, 5'000));
    }

    void whatIsReadOnlyWritesNothing()
    {
        const Workstation cy = open("cy@tablet", Protection::ReadOnly::Cluster);
        QVERIFY(QTest::qWaitFor([&cy] { return cy.isReady(); }, longWait));
        QVERIFY(areAllRefused(cy, cy.protection().access().reason));
        QVERIFY(!awaited(cy.protection().archive(text("from here"))));
        // an operation that others carry out is none of its business
        QVERIFY(awaited(m_bo.runtime().disable(m_bo.status().identity())));
        QVERIFY(QTest::qWaitFor([&cy] { return cy.status().phase == RuntimePhase::Absent; }, longWait));
        QCOMPARE(cy.line->changes, QList<ApiRequest>());
    }

    void cleanupTestCase()
    {
        m_ana = {};
        m_bo = {};
        NatsConnection::shutDown();
    }
};

QTEST_GUILESS_MAIN(ArchiveTest)
#include "e2e_archive.moc"
