// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/networkmapping.h"

#include <QCoreApplication>
#include <QStringList>

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(NetworkMapping)
};

QString sslReasons(const QList<QSslError> &errors, const QString &fallback)
{
    QStringList reasons;
    for (const QSslError &error : errors)
        reasons.append(error.errorString());
    reasons.removeDuplicates();
    return reasons.isEmpty() ? fallback : reasons.join(QStringLiteral("; "));
}

/// What it means for the connection, for the errors that a kubeconfig or the server's certificate can mend; else empty.
QString meaningOf(QSslError::SslError error)
{
    switch (error) {
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::CertificateUntrusted:
    case QSslError::CertificateSignatureFailed:
        return Text::tr("the certificate authority in the kubeconfig (where it names none: those that this machine "
                        "trusts) did not sign the server's certificate");
    case QSslError::HostNameMismatch:
        return Text::tr("the server's certificate is made out to another name");
    case QSslError::CertificateExpired:
        return Text::tr("the server's certificate has expired");
    case QSslError::CertificateNotYetValid:
        return Text::tr("the server's certificate is not valid yet by this machine's clock");
    default:
        return {};
    }
}

Error notTrusted(const QString &reason, const QList<QSslError> &errors, const ApiPeer &peer)
{
    const QString words = sslReasons(errors, reason);
    QStringList meanings;
    for (const QSslError &error : errors)
        meanings.append(meaningOf(error.error()));
    meanings.removeAll(QString());
    meanings.removeDuplicates();
    return {Error::Kind::Tls,
        Text::tr(
            "The API server %1 could not be verified: %2. Check the address, and the certificate authority and the "
            "server's name in the kubeconfig.")
            .arg(peer.server, meanings.isEmpty() ? clauseOf(words) : meanings.join(QStringLiteral("; "))),
        words, {}, {}};
}

} // namespace

Error networkError(
    QNetworkReply::NetworkError code, const QString &reason, const QList<QSslError> &sslErrors, const ApiPeer &peer)
{
    const auto offline = [&](const QString &why) {
        const QString summary = peer.proxy.isEmpty()
            ? Text::tr("The API server %1 cannot be reached: %2. Check the network and that the cluster runs.")
                  .arg(peer.server, why)
            : Text::tr(
                "The API server %1 cannot be reached through the proxy %3: %2. Check the proxy (“proxy-url” in the "
                "kubeconfig, otherwise HTTPS_PROXY and NO_PROXY) and that the cluster runs.")
                  .arg(peer.server, why, peer.proxy);
        return Error{Error::Kind::Offline, summary, reason, {}, {}};
    };
    if (!sslErrors.isEmpty() || code == QNetworkReply::SslHandshakeFailedError)
        return notTrusted(reason, sslErrors, peer);
    switch (code) {
    case QNetworkReply::ConnectionRefusedError:
        return offline(Text::tr("nothing listens there"));
    case QNetworkReply::RemoteHostClosedError:
        return offline(Text::tr("it closed the connection"));
    case QNetworkReply::HostNotFoundError:
        return offline(Text::tr("its name is not known here"));
    case QNetworkReply::TimeoutError:
        return timeoutError(peer, true);
    case QNetworkReply::OperationCanceledError:
        return {Error::Kind::Cancelled, Text::tr("The request was withdrawn."), {}, {}, {}};
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolInvalidOperationError:
        return {Error::Kind::Protocol,
            Text::tr("%1 does not answer like an API server. Check the address.").arg(peer.server), reason, {}, {}};
    default:
        return offline(clauseOf(reason));
    }
}

bool nobodyAnswered(QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::ConnectionRefusedError:
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::HostNotFoundError:
    case QNetworkReply::TimeoutError:
    case QNetworkReply::TemporaryNetworkFailureError:
    case QNetworkReply::NetworkSessionFailedError:
    case QNetworkReply::UnknownNetworkError:
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
        return true;
    default:
        return false;
    }
}

Error timeoutError(const ApiPeer &peer, bool isRead)
{
    return {Error::Kind::Timeout,
        isRead
            ? Text::tr("The API server %1 did not answer in time. Check the network and try again.").arg(peer.server)
            : Text::tr("The API server %1 did not answer in time. Reload to see whether it was done.").arg(peer.server),
        {}, {}, {}};
}

Error lateLoginError(const ApiPeer &peer)
{
    return {Error::Kind::NotReady,
        Text::tr("Nothing was changed, because the login as “%1” was not over in time. Log in, then try again.")
            .arg(peer.user),
        {}, {}, {}};
}
