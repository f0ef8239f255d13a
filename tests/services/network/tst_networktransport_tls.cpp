// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/services/network/tlsfixture.h"
#include "tests/support/awaited.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QSignalSpy>
#include <QSslCertificate>

/// Who is trusted, and by what one is known.
class NetworkTransportTlsTest final : public TlsFixture {
    Q_OBJECT

protected:
    void makeMore() override
    {
        makeCertificate(QStringLiteral("client"), QStringLiteral("DNS:client"), QStringLiteral("ca"), 30);
        makeCertificate(QStringLiteral("old"), QStringLiteral("DNS:old"), QStringLiteral("ca"), 0);
        openssl(QStringLiteral("pkcs8 -topk8 -nocrypt -in client.key -out client.pkcs8"));
        openssl(QStringLiteral("pkcs8 -topk8 -passout pass:x -in client.key -out client.locked"));
        openssl(QStringLiteral("genrsa -traditional -out rsa.pkcs1 2048"));
        openssl(QStringLiteral("req -new -key rsa.pkcs1 -subj /CN=rsa -out rsa.csr"));
        openssl(QStringLiteral("x509 -req -in rsa.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 30 -out rsa.crt"));
        openssl(QStringLiteral("pkcs8 -topk8 -nocrypt -in rsa.pkcs1 -out rsa.pkcs8"));
    }

private Q_SLOTS:
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

    void goesOnByNewConnectionsWhereTheAuthorityChanges()
    {
        m_server = std::make_unique<HttpServer>(
            [](QTcpSocket *socket, const auto &request) {
                if (request.line.contains("/version")) // or the stream would end for want of any life
                    HttpServer::answer(socket, "200 OK", "{}");
                else
                    socket->write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n");
            },
            listener(QStringLiteral("server")));
        ClusterAccess own = access();
        const auto transport = NetworkTransport::create(own);
        QVERIFY2(transport, whyNot(transport).constData());
        const auto stream = (*transport)->stream({});
        QSignalSpy arrived(stream.get(), &ApiStream::dataArrived);
        QSignalSpy ended(stream.get(), &ApiStream::ended);
        QTRY_COMPARE(arrived.size(), 1);
        own.certificateAuthority += pem(QStringLiteral("other.crt"));
        QVERIFY((*transport)->renew(own));
        QTRY_COMPARE(ended.size(), 1);
        own.certificateAuthority = pem(QStringLiteral("other.crt"));
        QVERIFY((*transport)->renew(own));
        const auto answer = awaited((*transport)->send({}));
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, Error::Kind::Tls);
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

    /// The kubeconfig, which was read again, says nothing of it. A tunnel has a connection of its own.
    void goesOnShowingThePluginsCertificate()
    {
        QStringList shown;
        m_server = std::make_unique<HttpServer>(
            [&shown](QTcpSocket *socket, const auto &) {
                const auto certificate = qobject_cast<QSslSocket *>(socket)->peerCertificate();
                shown.append(certificate.subjectInfo(QSslCertificate::CommonName).join(u','));
                HttpServer::answer(socket, "200 OK", "{}");
            },
            listener(QStringLiteral("server")));
        const QString version = QStringLiteral("client.authentication.k8s.io/v1");
        const QJsonObject status{
            {QStringLiteral("clientCertificateData"), QString::fromLatin1(pem(QStringLiteral("client.crt")))},
            {QStringLiteral("clientKeyData"), QString::fromLatin1(pem(QStringLiteral("client.key")))}};
        const QJsonObject handedOut{{QStringLiteral("apiVersion"), version},
            {QStringLiteral("kind"), QStringLiteral("ExecCredential")}, {QStringLiteral("status"), status}};
        QFile file(m_folder.filePath(QStringLiteral("handed-out")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QJsonDocument(handedOut).toJson()) > 0);
        file.close();
        ClusterAccess client = access();
        client.exec = ExecPlugin{
            version, QStringLiteral("cat"), {file.fileName()}, {}, ExecPlugin::Interaction::IfAvailable, {}, {}};
        const auto transport = NetworkTransport::create(client);
        QVERIFY(transport);
        ApiRequest request;
        request.path = QStringLiteral("/version");
        QVERIFY(awaited((*transport)->send(request)));
        client.nameSpace = QStringLiteral("another");
        QVERIFY((*transport)->renew(client));
        const auto tunnel = (*transport)->tunnel(QStringLiteral("shop"), QStringLiteral("nats-0"), 4222);
        QSignalSpy closed(tunnel.get(), &PodTunnel::closed);
        QTRY_COMPARE(closed.size(), 1); // it is no server of tunnels
        QVERIFY(shown.size() >= 2);
        QCOMPARE(QSet<QString>(shown.cbegin(), shown.cend()), QSet<QString>{QStringLiteral("client")});
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
