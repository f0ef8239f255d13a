// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/services/network/tlsfixture.h"

#include "tests/support/awaited.h"

#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>

void TlsFixture::initTestCase()
{
    makeAuthority(QStringLiteral("ca"));
    makeAuthority(QStringLiteral("other"));
    makeCertificate(QStringLiteral("server"), QStringLiteral("IP:127.0.0.1"), QStringLiteral("ca"), 30);
    makeCertificate(QStringLiteral("named"), QStringLiteral("DNS:api.example"), QStringLiteral("ca"), 30);
    makeMore();
}

void TlsFixture::init()
{
    for (const char *name : {"HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"})
        qunsetenv(name);
    serve(QStringLiteral("server"));
}

void TlsFixture::openssl(const QString &arguments) const
{
    QProcess process;
    process.setWorkingDirectory(m_folder.path());
    process.start(QStringLiteral("openssl"), QProcess::splitCommand(arguments));
    if (!process.waitForFinished() || process.exitCode() != 0)
        qFatal("openssl %s: %s", qPrintable(arguments), process.readAllStandardError().constData());
}

QByteArray TlsFixture::pem(const QString &name) const
{
    QFile file(m_folder.filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TlsFixture::makeCertificate(
    const QString &name, const QString &subjectAltName, const QString &authority, int days) const
{
    openssl(QStringLiteral("ecparam -name prime256v1 -genkey -noout -out %1.key").arg(name));
    openssl(QStringLiteral("req -new -key %1.key -subj /CN=%1 -out %1.csr -addext subjectAltName=%2")
                .arg(name, subjectAltName));
    openssl(
        QStringLiteral("x509 -req -in %1.csr -CA %2.crt -CAkey %2.key -CAcreateserial -days %3 -copy_extensions copy "
                       "-out %1.crt")
            .arg(name, authority)
            .arg(days));
}

void TlsFixture::makeAuthority(const QString &name) const
{
    openssl(
        QStringLiteral("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout %1.key -out %1.crt "
                       "-subj /CN=%1 -days 30")
            .arg(name));
}

ClusterAccess TlsFixture::access() const
{
    ClusterAccess result;
    result.server = QUrl(QStringLiteral("https://127.0.0.1:%1").arg(m_server->port()));
    result.clusterName = QStringLiteral("local");
    result.userName = QStringLiteral("ana");
    result.certificateAuthority = pem(QStringLiteral("ca.crt"));
    return result;
}

Result<ApiResponse> TlsFixture::ask(const ClusterAccess &access)
{
    const auto transport = NetworkTransport::create(access);
    if (!transport)
        return fail(transport.error());
    ApiRequest request;
    request.path = QStringLiteral("/version");
    return awaited((*transport)->send(request));
}

std::unique_ptr<QSslServer> TlsFixture::listener(const QString &name) const
{
    auto listener = std::make_unique<QSslServer>();
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setLocalCertificate(QSslCertificate(pem(name + QStringLiteral(".crt"))));
    tls.setPrivateKey(QSslKey(pem(name + QStringLiteral(".key")), QSsl::Ec));
    tls.setPeerVerifyMode(QSslSocket::QueryPeer);
    tls.setCaCertificates(QSslCertificate::fromData(pem(QStringLiteral("ca.crt"))));
    listener->setSslConfiguration(tls);
    return listener;
}

void TlsFixture::serve(const QString &name)
{
    m_server = std::make_unique<HttpServer>(
        [](QTcpSocket *socket, const auto &) {
            const auto secure = qobject_cast<QSslSocket *>(socket);
            HttpServer::answer(socket, "200 OK",
                secure->peerCertificate().subjectInfo(QSslCertificate::CommonName).join(u',').toUtf8());
        },
        listener(name));
}
