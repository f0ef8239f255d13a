// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/services/network/tlsfixture.h"
#include "tests/support/awaited.h"
#include "tests/support/connectproxy.h"

/// The way to an API server through a proxy.
class NetworkTransportProxyTest final : public TlsFixture {
    Q_OBJECT

private:
    /// A server that only a proxy finds.
    ClusterAccess accessByName() const
    {
        ClusterAccess result = access();
        result.server = QUrl(QStringLiteral("https://api.example:6443"));
        return result;
    }
    static void setProxy(quint16 port, const QByteArray &credentials = {})
    {
        qputenv("HTTPS_PROXY", "http://" + credentials + "127.0.0.1:" + QByteArray::number(port));
    }

private Q_SLOTS:
    void goesThroughTheEnvironmentsProxy()
    {
        serve(QStringLiteral("named"));
        ConnectProxy proxy(m_server->port());
        proxy.credentials = "ana:p@w";
        setProxy(proxy.port(), "ana:p%40w@");
        const auto answer = ask(accessByName());
        QVERIFY2(answer, whyNot(answer).constData());
        QCOMPARE(proxy.asked, QByteArrayList({"CONNECT api.example:6443 HTTP/1.1"}));
    }

    void aTunnelGoesThroughItAsWell()
    {
        serve(QStringLiteral("named"));
        ConnectProxy proxy(m_server->port());
        setProxy(proxy.port());
        const auto transport = NetworkTransport::create(accessByName());
        QVERIFY2(transport, whyNot(transport).constData());
        const auto tunnel = (*transport)->tunnel(QStringLiteral("a"), QStringLiteral("b"), 4222);
        QTRY_VERIFY(!m_server->requests.isEmpty());
        QVERIFY(m_server->requests.first().headers.contains("Upgrade: websocket"));
        QCOMPARE(proxy.asked.value(0), QByteArray("CONNECT api.example:6443 HTTP/1.1"));
    }

    void loopbackIsReachedWithoutIt()
    {
        const ConnectProxy proxy(m_server->port());
        setProxy(proxy.port());
        const auto answer = ask(access());
        QVERIFY2(answer, whyNot(answer).constData());
        QVERIFY(proxy.asked.isEmpty());
    }

    void theKubeconfigsProxyGoesFirst()
    {
        serve(QStringLiteral("named"));
        const ConnectProxy proxy(m_server->port());
        setProxy(1);
        ClusterAccess own = accessByName();
        own.proxy = QUrl(QStringLiteral("http://127.0.0.1:%1").arg(proxy.port()));
        const auto answer = ask(own);
        QVERIFY2(answer, whyNot(answer).constData());
    }

    void speaksTlsToAProxyThatWantsIt_data()
    {
        QTest::addColumn<QString>("certificate");
        QTest::addColumn<bool>("isTrusted");
        QTest::newRow("trusted") << QStringLiteral("server") << true;
        QTest::newRow("of another name") << QStringLiteral("named") << false;
    }

    void speaksTlsToAProxyThatWantsIt()
    {
        QFETCH(QString, certificate);
        QFETCH(bool, isTrusted);
        serve(QStringLiteral("named"));
        ConnectProxy proxy(m_server->port(), listener(certificate));
        proxy.credentials = "ana:p@w";
        ClusterAccess own = accessByName();
        own.proxy = QUrl(QStringLiteral("https://ana:p%40w@127.0.0.1:%1").arg(proxy.port()));
        const auto answer = ask(own);
        QCOMPARE(answer.has_value(), isTrusted);
        QCOMPARE(proxy.asked.size(), isTrusted ? 1 : 0);
        if (!isTrusted)
            QVERIFY2(
                answer.error().summary.contains(QStringLiteral("through the proxy 127.0.0.1:%1").arg(proxy.port())),
                whyNot(answer).constData());
    }

    /// Each second a wrong password would lock an account before long.
    void doesNotKeepAskingAProxyThatRefuses()
    {
        serve(QStringLiteral("named"));
        ConnectProxy proxy(m_server->port());
        proxy.credentials = "ana:right";
        ClusterAccess own = accessByName();
        own.proxy = QUrl(QStringLiteral("http://ana:wrong@127.0.0.1:%1").arg(proxy.port()));
        ConnectionPace pace;
        pace.awayInterval = std::chrono::milliseconds(20);
        const auto transport = NetworkTransport::create(own, pace);
        QVERIFY2(transport, whyNot(transport).constData());
        const auto answer = awaited((*transport)->send(ApiRequest()));
        QVERIFY(!answer);
        const int refusals = proxy.refusals;
        QVERIFY(refusals > 0);
        QTest::qWait(300);
        QCOMPARE(proxy.refusals, refusals);
    }

    void saysThatItIsTheProxyThatFails()
    {
        setProxy(1);
        const auto answer = ask(accessByName());
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, Error::Kind::Offline);
        QVERIFY2(answer.error().summary.contains(QLatin1String("through the proxy 127.0.0.1:1:")),
            whyNot(answer).constData());
        qputenv("HTTPS_PROXY", "ftp://proxy");
        const auto transport = NetworkTransport::create(accessByName());
        QVERIFY(!transport && transport.error().kind == Error::Kind::Invalid);
    }
};

QTEST_GUILESS_MAIN(NetworkTransportProxyTest)
#include "tst_networktransport_proxy.moc"
