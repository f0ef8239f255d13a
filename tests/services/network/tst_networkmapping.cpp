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

    void saysWhatIsWrongWithACertificate()
    {
        const QList<QSslError> errors{QSslError(QSslError::HostNameMismatch), QSslError(QSslError::CertificateExpired)};
        const Error error = networkError(QNetworkReply::SslHandshakeFailedError, {}, errors, peer);
        QCOMPARE(error.kind, Error::Kind::Tls);
        for (const QSslError &reason : errors)
            QVERIFY2(error.summary.contains(reason.errorString().chopped(1)), qPrintable(error.summary));
    }

    void saysThatAMutationsOutcomeIsUnknown()
    {
        QVERIFY(timeoutError(peer, false).summary.contains(QLatin1String("whether it was done")));
        QVERIFY(!timeoutError(peer, true).summary.contains(QLatin1String("whether it was done")));
    }
};

QTEST_GUILESS_MAIN(NetworkMappingTest)
#include "tst_networkmapping.moc"
