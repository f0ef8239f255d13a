// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/networkmapping.h"

#include <QTest>

namespace {

const ApiPeer peer{QStringLiteral("api.example:6443"), QStringLiteral("ana")};

} // namespace

class NetworkMappingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void mapsNetworkErrors_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("kind");
        QTest::newRow("refused") << int(QNetworkReply::ConnectionRefusedError) << QStringLiteral("Offline");
        QTest::newRow("closed") << int(QNetworkReply::RemoteHostClosedError) << QStringLiteral("Offline");
        QTest::newRow("unknown host") << int(QNetworkReply::HostNotFoundError) << QStringLiteral("Offline");
        QTest::newRow("timeout") << int(QNetworkReply::TimeoutError) << QStringLiteral("Timeout");
        QTest::newRow("tls") << int(QNetworkReply::SslHandshakeFailedError) << QStringLiteral("Tls");
        QTest::newRow("cancelled") << int(QNetworkReply::OperationCanceledError) << QStringLiteral("Cancelled");
        QTest::newRow("protocol") << int(QNetworkReply::ProtocolFailure) << QStringLiteral("Protocol");
        QTest::newRow("anything") << int(QNetworkReply::UnknownNetworkError) << QStringLiteral("Offline");
    }

    void mapsNetworkErrors()
    {
        QFETCH(int, code);
        const Error error = networkError(QNetworkReply::NetworkError(code), QStringLiteral("Qt's words"), {}, peer);
        QTEST(toWire(error.kind), "kind");
    }

    void saysWhatIsWrongWithACertificate_data()
    {
        using Errors = QList<QSslError::SslError>;
        QTest::addColumn<Errors>("errors");
        QTest::addColumn<QStringList>("said");
        const QString authority = QStringLiteral(
            "verified: the certificate authority in the kubeconfig (where it names none: those that this "
            "machine trusts) did not sign the server's certificate. ");
        QTest::newRow("another authority")
            << Errors{QSslError::UnableToGetLocalIssuerCertificate, QSslError::UnableToVerifyFirstCertificate}
            << QStringList{authority};
        QTest::newRow("self-signed") << Errors{QSslError::SelfSignedCertificate} << QStringList{authority};
        QTest::newRow("another name, too late")
            << Errors{QSslError::HostNameMismatch, QSslError::CertificateExpired}
            << QStringList{QStringLiteral("another name"), QStringLiteral("has expired")};
        QTest::newRow("anything else") << Errors{QSslError::PathLengthExceeded}
                                       << QStringList{QSslError(QSslError::PathLengthExceeded).errorString()};
    }

    void saysWhatIsWrongWithACertificate()
    {
        QFETCH(QList<QSslError::SslError>, errors);
        QFETCH(QStringList, said);
        QList<QSslError> sslErrors;
        for (const QSslError::SslError code : errors)
            sslErrors.append(QSslError(code));
        const Error error = networkError(QNetworkReply::SslHandshakeFailedError, {}, sslErrors, peer);
        QCOMPARE(error.kind, Error::Kind::Tls);
        for (const QString &part : said)
            QVERIFY2(error.summary.contains(part), qPrintable(error.summary));
        for (const QSslError &each : sslErrors)
            QVERIFY2(error.detail.contains(each.errorString()), qPrintable(error.detail));
    }

    void saysThatAMutationsOutcomeIsUnknown()
    {
        QVERIFY(timeoutError(peer, false).summary.contains(QLatin1String("whether it was done")));
        QVERIFY(!timeoutError(peer, true).summary.contains(QLatin1String("whether it was done")));
        QVERIFY(lateLoginError(peer).summary.startsWith(QLatin1String("Nothing was changed")));
    }
};

QTEST_GUILESS_MAIN(NetworkMappingTest)
#include "tst_networkmapping.moc"
