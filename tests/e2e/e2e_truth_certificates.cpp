// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/clusterfaults.h"
#include "tests/e2e/faulttest.h"
#include "tests/e2e/kubeconfigworkshop.h"
#include "tests/e2e/othertools.h"

#include <QDir>
#include <QFile>
#include <QTest>

using ClusterFaults::localCluster;

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

bool copyOver(const QString &from, const QString &to)
{
    QFile source(from);
    QFile target(to);
    return source.open(QIODevice::ReadOnly) && target.open(QIODevice::WriteOnly | QIODevice::Truncate)
        && target.write(source.readAll()) > 0;
}

} // namespace

/// What the window makes of certificates that are replaced while a cluster is open: the client's in its file, and the
/// API server's, by its own authority and by another.
class CertificatesTruthTest final : public FaultTest {
    Q_OBJECT

private:
    QString pki(const char *name) const { return m_pki.filePath(text(name)); }
    bool restartServer() const { return localCluster(text("kill kube-apiserver")); }
    bool startServer() const { return localCluster(text("mend kube-apiserver")); }
    /// A new key, and a certificate of `subject` for it, made out by the authority in `authority`.crt and .key.
    bool issue(const QString &name, const QString &authority, const QString &subject, const QString &extensions)
    {
        m_workshop.write(name + text(".ext"), extensions.toUtf8());
        return m_workshop.openssl(QStringLiteral("req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "
                                                 "%1.key -subj %2 -out %1.csr")
                                      .arg(name, subject))
            && m_workshop.openssl(
                QStringLiteral("x509 -req -in %1.csr -CA %2.crt -CAkey %2.key -CAcreateserial -days 2 "
                               "-extfile %1.ext -out %1.crt")
                    .arg(name, authority));
    }
    bool installServersCertificate(const QString &certificate, const QString &key) const
    {
        return copyOver(certificate, pki("apiserver.crt")) && copyOver(key, pki("apiserver.key"));
    }

    KubeconfigWorkshop m_workshop;
    QDir m_pki;

private Q_SLOTS:
    void opens()
    {
        m_pki = QDir(QFileInfo(qEnvironmentVariable("PENNANT_KUBECONFIG_ADMIN")).dir().filePath(text("pki")));
        QVERIFY2(QFileInfo::exists(pki("ca.key")), qPrintable(m_pki.path()));
        QVERIFY(copyOver(pki("ca.crt"), m_workshop.path(text("cluster.crt"))));
        QVERIFY(copyOver(pki("ca.key"), m_workshop.path(text("cluster.key"))));
        QVERIFY(copyOver(pki("apiserver.crt"), m_workshop.path(text("before.crt"))));
        QVERIFY(copyOver(pki("apiserver.key"), m_workshop.path(text("before.key"))));
        QVERIFY(m_workshop.openssl(text("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "
                                        "other.key -days 2 -subj /CN=another-authority -out other.crt")));
        const QString client = text("extendedKeyUsage=clientAuth\n");
        const QString server = text("extendedKeyUsage=serverAuth\nsubjectAltName=IP:127.0.0.1,DNS:localhost\n");
        const QString person = text("/O=system:masters/CN=admin");
        QVERIFY(issue(text("first"), text("cluster"), person, client));
        QVERIFY(issue(text("next"), text("cluster"), person, client));
        QVERIFY(issue(text("strange"), text("other"), person, client));
        QVERIFY(issue(text("server-next"), text("cluster"), text("/CN=kube-apiserver"), server));
        QVERIFY(issue(text("server-other"), text("other"), text("/CN=kube-apiserver"), server));
        for (const char *end : {".crt", ".key"})
            QVERIFY(copyOver(m_workshop.path(text("first") + text(end)), m_workshop.path(text("client") + text(end))));
        openWindow(m_workshop.changed(text("kubeconfig"),
            {QStringLiteral("unset users.%1").arg(m_workshop.user()),
                QStringLiteral("set-credentials %1 --client-certificate=%2 --client-key=%3")
                    .arg(m_workshop.user(), m_workshop.path(text("client.crt")), m_workshop.path(text("client.key"))),
                QStringLiteral("set-cluster %1 --certificate-authority=%2")
                    .arg(m_workshop.cluster(), m_workshop.path(text("cluster.crt")))}));
        QVERIFY2(m_driver->waitFor([this] { return isLive(); }), qPrintable(m_driver->failure()));
    }

    /// Only the files that the kubeconfig names are written; it stays as it is.
    void takesTheClientsCertificateFromItsFile()
    {
        const auto install = [this](const char *name) {
            return copyOver(m_workshop.path(text(name) + text(".crt")), m_workshop.path(text("client.crt")))
                && copyOver(m_workshop.path(text(name) + text(".key")), m_workshop.path(text("client.key")));
        };
        measure({text("client certificate replaced by a strange one"), [&] { return install("strange"); }, 3,
            [&] { return install("next"); }});
    }

    void goesOnWithTheServersNextCertificate()
    {
        measure({text("server certificate renewed (and restarted)"),
            [&] {
                return restartServer()
                    && installServersCertificate(
                        m_workshop.path(text("server-next.crt")), m_workshop.path(text("server-next.key")));
            },
            1, [&] { return startServer(); }});
    }

    /// Whoever answers with a certificate of somebody else's is not trusted, until the file of the authority says so.
    void trustsAnotherAuthorityOnlyOnceItsFileNamesIt()
    {
        const QString trusted = m_workshop.path(text("cluster.crt"));
        const QString before = m_workshop.path(text("before.ca.crt"));
        QVERIFY(copyOver(trusted, before));
        const auto isDistrusted = [this] { return banner().contains(text("could not be verified")); };
        measure({text("server certificate by another authority"),
            [&] {
                return restartServer()
                    && installServersCertificate(
                        m_workshop.path(text("server-other.crt")), m_workshop.path(text("server-other.key")))
                    && startServer();
            },
            5, [&] { return copyOver(m_workshop.path(text("other.crt")), trusted); }, isDistrusted});
        measure({text("the server's own certificate again"),
            [&] {
                return restartServer()
                    && installServersCertificate(
                        m_workshop.path(text("before.crt")), m_workshop.path(text("before.key")))
                    && startServer();
            },
            1, [&] { return copyOver(before, trusted); }, isDistrusted});
    }
};

int main(int argc, char **argv)
{
    const auto application = createTestApplication(argc, argv);
    CertificatesTruthTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "e2e_truth_certificates.moc"
