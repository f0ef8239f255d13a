// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/driverlease.h"
#include "services/network/networktransport.h"
#include "tests/support/awaited.h"
#include "tests/support/fakecluster.h"
#include "tests/support/httpserver.h"
#include "tests/support/hurriedclock.h"
#include "tests/support/messagingfixture.h"

#include <QSignalSpy>
#include <QTimer>
#include <QUrlQuery>

using namespace std::chrono_literals;

namespace {

constexpr int hurry = 4;

ConnectionPace hurried(const ConnectionPace &pace)
{
    return {pace.beatInterval / hurry, pace.shortestPatience / hurry, pace.longestPatience / hurry,
        pace.firstPatience / hurry};
}

} // namespace

/// The Lease and the connection that it is renewed over, together, to an API server far away.
class SlowLineTest : public QObject {
    Q_OBJECT

private:
    FakeCluster m_cluster;
    HurriedClock m_clock{hurry};
    std::vector<Pending<ApiResponse>> m_asked;
    std::chrono::milliseconds m_roundTrip{0};
    int m_watches = 0;
    int m_beats = 0;

    static ApiRequest asked(const HttpServer::Request &request)
    {
        const QList<QByteArray> words = request.line.split(' ');
        const QUrl url(QString::fromUtf8(words.value(1)));
        ApiRequest result;
        result.verb = words.value(0);
        result.path = url.path(QUrl::FullyDecoded);
        result.query = QUrlQuery(url);
        result.body = request.body;
        return result;
    }

    void answer(QTcpSocket *socket, const HttpServer::Request &request)
    {
        if (request.line.contains("watch=true")) {
            ++m_watches;
            socket->write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n\n\r\n");
            return;
        }
        if (request.line.contains(" /version ")) {
            ++m_beats;
            HttpServer::answer(socket, "200 OK", "{}");
            return;
        }
        m_asked.push_back(m_cluster.send(asked(request)));
        m_asked.back().then(socket, [socket](const Result<ApiResponse> &result) {
            HttpServer::answer(socket, result ? "200 OK" : "404 Not Found", result ? result->body : "{}");
        });
    }

private Q_SLOTS:
    void keepsTheLeaseAndItsOnlyWatch_data()
    {
        QTest::addColumn<std::chrono::milliseconds>("roundTrip");
        QTest::newRow("near") << 20ms;
        QTest::newRow("3 s") << std::chrono::milliseconds(3s);
    }

    void keepsTheLeaseAndItsOnlyWatch()
    {
        QFETCH(std::chrono::milliseconds, roundTrip);
        m_roundTrip = roundTrip / hurry;
        m_watches = 0;
        m_beats = 0;
        HttpServer server([this](QTcpSocket *socket, const HttpServer::Request &request) {
            QTimer::singleShot(m_roundTrip, socket, [this, socket, request] { answer(socket, request); });
        });
        ClusterAccess access;
        access.server = QUrl(QStringLiteral("http://127.0.0.1:%1").arg(server.port()));
        const auto transport = std::move(*NetworkTransport::create(access, hurried({})));
        KubernetesClient client(*transport);
        DriverLease lease(client, m_clock, MessagingFixture::nameSpace, QStringLiteral("ana"));
        QSignalSpy lost(&lease, &DriverLease::lost);
        ApiRequest watch;
        watch.path = QStringLiteral("/api/v1/configmaps");
        watch.query.addQueryItem(QStringLiteral("watch"), QStringLiteral("true"));
        const auto stream = transport->stream(watch);
        QSignalSpy ended(stream.get(), &ApiStream::ended);

        // at first nothing else than the beat tells that the line lives
        QTRY_VERIFY_WITH_TIMEOUT(m_beats >= 5 || !ended.isEmpty(), 60000);
        QCOMPARE(ended.size(), 0);
        QCOMPARE(awaited(lease.acquire()), Result<bool>(true));
        const auto renewals = [&server] {
            return std::count_if(server.requests.cbegin(), server.requests.cend(),
                [](const HttpServer::Request &request) { return request.line.startsWith("PUT"); });
        };
        QTRY_VERIFY_WITH_TIMEOUT(renewals() >= 5 || !lost.isEmpty() || !ended.isEmpty(), 60000);
        QCOMPARE(lost.size(), 0);
        QCOMPARE(ended.size(), 0);
        QCOMPARE(m_watches, 1);
        QVERIFY(lease.isHeld());
    }
};

QTEST_GUILESS_MAIN(SlowLineTest)
#include "tst_slowline.moc"
