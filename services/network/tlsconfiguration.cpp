// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/tlsconfiguration.h"

#include "services/base/clock.h"

#include <QCoreApplication>
#include <QDir>
#include <QSslCertificate>
#include <QSslKey>

#include <algorithm>

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(NetworkTransport)
};

std::optional<Error> expiry(const QList<QSslCertificate> &certificates, const QString &what)
{
    const QDateTime now = SystemClock().now();
    QDateTime last;
    for (const QSslCertificate &certificate : certificates) {
        if (certificate.expiryDate() > now)
            return std::nullopt;
        last = last.isValid() ? std::max(last, certificate.expiryDate()) : certificate.expiryDate();
    }
    return Error{Error::Kind::Tls,
        Text::tr("%1 expired on %2. Renew it and reload.")
            .arg(what, last.toUTC().toString(QStringLiteral("yyyy-MM-dd HH:mm 'UTC'"))),
        {}, {}, {}};
}

Result<QSslKey> readKey(const ClusterAccess &access)
{
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Ec, QSsl::Rsa}) {
        const QSslKey key(access.clientKey.revealUtf8(), algorithm);
        if (!key.isNull())
            return key;
    }
    return fail(Error::Kind::Invalid,
        Text::tr("The client key of user “%1” cannot be read: an unencrypted EC or RSA key in PEM is needed. "
                 "Correct %2 and reload.")
            .arg(access.userName, QDir::toNativeSeparators(access.file)));
}

std::optional<Error> useAuthority(const ClusterAccess &access, QSslConfiguration &configuration)
{
    if (access.certificateAuthority.isEmpty())
        return std::nullopt;
    const QString what = Text::tr("The certificate authority of cluster “%1”").arg(access.clusterName);
    const QList<QSslCertificate> authorities = QSslCertificate::fromData(access.certificateAuthority);
    if (authorities.isEmpty())
        return Error{Error::Kind::Invalid,
            Text::tr("%1 cannot be read: it is not PEM. Correct %2 and reload.")
                .arg(what, QDir::toNativeSeparators(access.file)),
            {}, {}, {}};
    configuration.setCaCertificates(authorities);
    return expiry(authorities, what);
}

std::optional<Error> useClientCertificate(const ClusterAccess &access, QSslConfiguration &configuration)
{
    if (access.clientCertificate.isEmpty())
        return std::nullopt;
    const QString what = Text::tr("The client certificate of user “%1”").arg(access.userName);
    const QList<QSslCertificate> chain = QSslCertificate::fromData(access.clientCertificate);
    if (chain.isEmpty())
        return Error{Error::Kind::Invalid,
            Text::tr("%1 cannot be read: it is not PEM. Correct %2 and reload.")
                .arg(what, QDir::toNativeSeparators(access.file)),
            {}, {}, {}};
    const auto key = readKey(access);
    if (!key)
        return key.error();
    configuration.setLocalCertificateChain(chain);
    configuration.setPrivateKey(*key);
    return expiry({chain.first()}, what);
}

} // namespace

Result<QSslConfiguration> tlsConfiguration(const ClusterAccess &access)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setPeerVerifyMode(access.insecureSkipTlsVerify ? QSslSocket::VerifyNone : QSslSocket::VerifyPeer);
    if (const auto wrong = useAuthority(access, configuration))
        return fail(*wrong);
    if (const auto wrong = useClientCertificate(access, configuration))
        return fail(*wrong);
    return configuration;
}
