// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/networktransport.h"
#include "tests/support/awaited.h"
#include "tests/support/connectproxy.h"
#include "tests/support/httpserver.h"

#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QTemporaryDir>

/// Certificates are made by the openssl program, so that none in the sources ever expires.
class NetworkTransportTlsTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::unique_ptr<HttpServer> m_server;

    void openssl(const QString &arguments) const
    {
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        process.start(QStringLiteral("openssl"), QProcess::splitCommand(arguments));
        if (!process.waitForFinished() || process.exitCode() != 0)
            qFatal("openssl %s: %s", qPrintable(arguments), process.readAllStandardError().constData());
    }
    QByteArray pem(const QString &name) const
    {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    /// NAME.key and NAME.crt, signed by the authority (by itself where it is one), valid for `days`.
    void makeCertificate(const QString &name, const QString &subjectAltName, const QString &authority, int days) const
    {
        openssl(QStringLiteral("ecparam -name prime256v1 -genkey -noout -out %1.key").arg(name));
        openssl(QStringLiteral("req -new -key %1.key -subj /CN=%1 -out %1.csr -addext subjectAltName=%2")
                    .arg(name, subjectAltName));
        openssl(QStringLiteral(
            "x509 -req -in %1.csr -CA %2.crt -CAkey %2.key -CAcreateserial -days %3 -copy_extensions copy "
            "-out %1.crt")
                    .arg(name, authority)
                    .arg(days));
    }
    void makeAuthority(const QString &name) const
    {
        openssl(QStringLiteral(
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout %1.key -out %1.crt "
            "-subj /CN=%1 -days 30")
                    .arg(name));
    }
    ClusterAccess access() const
    {
        ClusterAccess result;
        result.server = QUrl(QStringLiteral("https://127.0.0.1:%1").arg(m_server->port()));
        result.clusterName = QStringLiteral("local");
        result.userName = QStringLiteral("ana");
        result.certificateAuthority = pem(QStringLiteral("ca.crt"));
        return result;
    }
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
    static Result<ApiResponse> ask(const ClusterAccess &access)
    {
        const auto transport = NetworkTransport::create(access);
        if (!transport)
            return fail(transport.error());
        ApiRequest request;
        request.path = QStringLiteral("/version");
        return awaited((*transport)->send(request));
    }
    void serve(const QString &name)
    {
        auto listener = std::make_unique<QSslServer>();
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setLocalCertificate(QSslCertificate(pem(name + QStringLiteral(".crt"))));
        tls.setPrivateKey(QSslKey(pem(name + QStringLiteral(".key")), QSsl::Ec));
        tls.setPeerVerifyMode(QSslSocket::QueryPeer);
        tls.setCaCertificates(QSslCertificate::fromData(pem(QStringLiteral("ca.crt"))));
        listener->setSslConfiguration(tls);
        m_server = std::make_unique<HttpServer>(
            [](QTcpSocket *socket, const auto &) {
                const auto secure = qobject_cast<QSslSocket *>(socket);
                HttpServer::answer(socket, "200 OK",
                    secure->peerCertificate().subjectInfo(QSslCertificate::CommonName).join(u',').toUtf8());
            },
            std::move(listener));
    }

private Q_SLOTS:
    void initTestCase()
    {
        makeAuthority(QStringLiteral("ca"));
        makeAuthority(QStringLiteral("other"));
        makeCertificate(QStringLiteral("server"), QStringLiteral("IP:127.0.0.1"), QStringLiteral("ca"), 30);
        makeCertificate(QStringLiteral("named"), QStringLiteral("DNS:api.example"), QStringLiteral("ca"), 30);
        makeCertificate(QStringLiteral("client"), QStringLiteral("DNS:client"), QStringLiteral("ca"), 30);
        makeCertificate(QStringLiteral("old"), QStringLiteral("DNS:old"), QStringLiteral("ca"), 0);
        openssl(QStringLiteral("pkcs8 -topk8 -nocrypt -in client.key -out client.pkcs8"));
        openssl(QStringLiteral("pkcs8 -topk8 -passout pass:x -in client.key -out client.locked"));
        openssl(QStringLiteral("genrsa -traditional -out rsa.pkcs1 2048"));
        openssl(QStringLiteral("req -new -key rsa.pkcs1 -subj /CN=rsa -out rsa.csr"));
        openssl(QStringLiteral("x509 -req -in rsa.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 30 -out rsa.crt"));
        openssl(QStringLiteral("pkcs8 -topk8 -nocrypt -in rsa.pkcs1 -out rsa.pkcs8"));
    }
    void init()
    {
        for (const char *name : {"HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"})
            qunsetenv(name);
        serve(QStringLiteral("server"));
    }

    void trustsTheAuthorityItWasGiven()
    {
        const auto answer = ask(access());
        QVERIFY2(answer, whyNot(answer).constData());
    }

    void trustsNobodyElse_data()
    {
        QTest::addColumn<QString>("authority");
        QTest::newRow("another authority") << QStringLiteral("other.crt");
        QTest::newRow("the system's") << QString();
    }

    void trustsNobodyElse()
    {
        QFETCH(QString, authority);
        ClusterAccess wrong = access();
        wrong.certificateAuthority = authority.isEmpty() ? QByteArray() : pem(authority);
        wrong.token = SecretString(QStringLiteral("top-secret"));
        const auto answer = ask(wrong);
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, Error::Kind::Tls);
        QVERIFY(m_server->requests.isEmpty());
    }

    void verifiesTheServersNameForTunnelsToo_data()
    {
        QTest::addColumn<QString>("served");
        QTest::addColumn<bool>("isTrusted");
        QTest::newRow("for the address alone") << QStringLiteral("server") << false;
        QTest::newRow("for the name") << QStringLiteral("named") << true;
    }

    void verifiesTheServersNameForTunnelsToo()
    {
        QFETCH(QString, served);
        QFETCH(bool, isTrusted);
        serve(served);
        ClusterAccess named = access();
        named.tlsServerName = QStringLiteral("api.example");
        named.token = SecretString(QStringLiteral("top-secret"));
        const auto transport = NetworkTransport::create(named);
        QVERIFY(transport);
        const auto tunnel = (*transport)->tunnel(QStringLiteral("shop"), QStringLiteral("nats-0"), 4222);
        QSignalSpy closed(tunnel.get(), &PodTunnel::closed);
        QTRY_COMPARE(closed.size(), 1); // it is no server of tunnels
        const auto error = closed[0][0].value<std::optional<Error>>();
        QVERIFY(error);
        QCOMPARE(error->kind == Error::Kind::Tls, !isTrusted);
        QCOMPARE(m_server->requests.isEmpty(), !isTrusted);
    }

    void verifiesTheServersName()
    {
        serve(QStringLiteral("named"));
        const auto answer = ask(access());
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, Error::Kind::Tls);
        QVERIFY2(answer.error().summary.contains(QLatin1String("another name")), qPrintable(answer.error().text()));
        ClusterAccess named = access();
        named.tlsServerName = QStringLiteral("api.example");
        const auto good = ask(named);
        QVERIFY2(good, whyNot(good).constData());
        named.tlsServerName = QStringLiteral("elsewhere.example");
        QVERIFY(!ask(named));
    }

    void verifiesNothingWhereItIsToldSo()
    {
        serve(QStringLiteral("named"));
        ClusterAccess insecure = access();
        insecure.certificateAuthority = {};
        insecure.insecureSkipTlsVerify = true;
        const auto answer = ask(insecure);
        QVERIFY2(answer, whyNot(answer).constData());
    }

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

    void showsItsCertificate_data()
    {
        QTest::addColumn<QString>("certificate");
        QTest::addColumn<QString>("key");
        QTest::newRow("EC, SEC1") << QStringLiteral("client") << QStringLiteral("client.key");
        QTest::newRow("EC, PKCS#8") << QStringLiteral("client") << QStringLiteral("client.pkcs8");
        QTest::newRow("RSA, PKCS#1") << QStringLiteral("rsa") << QStringLiteral("rsa.pkcs1");
        QTest::newRow("RSA, PKCS#8") << QStringLiteral("rsa") << QStringLiteral("rsa.pkcs8");
    }

    void showsItsCertificate()
    {
        QFETCH(QString, certificate);
        QFETCH(QString, key);
        ClusterAccess client = access();
        client.clientCertificate = pem(certificate + QStringLiteral(".crt"));
        client.clientKey = SecretString(pem(key));
        const auto answer = ask(client);
        QVERIFY2(answer, whyNot(answer).constData());
        QCOMPARE(answer->body, certificate.toUtf8());
    }

    void saysWhatCannotBeUsed_data()
    {
        QTest::addColumn<QString>("authority");
        QTest::addColumn<QString>("certificate");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("said");
        const auto add = [](const char *row, const char *authority, const char *certificate, const char *key,
                             const char *kind, const char *said) {
            QTest::newRow(row) << QString::fromLatin1(authority) << QString::fromLatin1(certificate)
                               << QString::fromLatin1(key) << QString::fromLatin1(kind) << QString::fromUtf8(said);
        };
        add("authority is a key", "ca.key", "client.crt", "client.key", "Invalid",
            "The certificate authority of cluster “local” cannot be read");
        add("authority expired", "old.crt", "client.crt", "client.key", "Tls",
            "The certificate authority of cluster “local” expired on 20");
        add("certificate is a key", "ca.crt", "client.key", "client.key", "Invalid",
            "The client certificate of user “ana” cannot be read");
        add("certificate expired", "ca.crt", "old.crt", "old.key", "Tls",
            "The client certificate of user “ana” expired on 20");
        add("key is a certificate", "ca.crt", "client.crt", "client.crt", "Invalid",
            "The client key of user “ana” cannot be read");
        add("key is locked", "ca.crt", "client.crt", "client.locked", "Invalid",
            "The client key of user “ana” cannot be read");
    }

    void saysWhatCannotBeUsed()
    {
        QFETCH(QString, authority);
        QFETCH(QString, certificate);
        QFETCH(QString, key);
        QFETCH(QString, said);
        ClusterAccess broken = access();
        broken.certificateAuthority = pem(authority);
        broken.clientCertificate = pem(certificate);
        broken.clientKey = SecretString(pem(key));
        const auto transport = NetworkTransport::create(broken);
        QVERIFY(!transport);
        QTEST(toWire(transport.error().kind), "kind");
        QVERIFY2(transport.error().summary.contains(said), qPrintable(transport.error().summary));
    }
};

QTEST_GUILESS_MAIN(NetworkTransportTlsTest)
#include "tst_networktransport_tls.moc"
