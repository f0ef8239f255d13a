// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/oidcrefresh.h"

#include "services/network/logins.h"
#include "tests/services/network/tlsfixture.h"
#include "tests/support/awaited.h"
#include "tests/support/connectproxy.h"

#include <QFile>

namespace {

/// One that says no more than when it expires.
QByteArray idToken(const QDateTime &expires)
{
    const QByteArray claims = "{\"exp\":" + QByteArray::number(expires.toSecsSinceEpoch()) + "}";
    return "e30." + claims.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals) + ".c2ln";
}

} // namespace

/// ID tokens of an OpenID provider that is a server of the test's, and of the API server that is shown them.
class OidcRefreshTest final : public TlsFixture {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void getsAnotherToken_data();
    void getsAnotherToken();
    void saysWhyThereIsNone_data();
    void saysWhyThereIsNone();
    void trustsNobodyElse();
    void goesThroughTheEnvironmentsProxy();
    void readsWhenATokenExpires();
    void keepsWhatWasHandedOut();
    void saysWhatCouldNotBeKept();
    void spendsATokenOnceForAllClusters_data();
    void spendsATokenOnceForAllClusters();

private:
    OidcLogin login() const
    {
        OidcLogin login;
        login.issuer = QUrl(QStringLiteral("https://127.0.0.1:%1/realms/ops/").arg(m_provider->port()));
        login.issuerAuthority = pem(QStringLiteral("ca.crt"));
        login.clientId = QStringLiteral("pennant test");
        login.refreshToken = SecretString(QStringLiteral("refresh+1"));
        return login;
    }

    std::unique_ptr<HttpServer> m_provider;
    QByteArray m_metadata; ///< besides the address for tokens
    QByteArray m_status;
    QByteArray m_answer;
};

void OidcRefreshTest::init()
{
    m_metadata.clear();
    m_status = "200 OK";
    m_answer = "{\"id_token\":\"" + idToken(QDateTime::currentDateTimeUtc().addSecs(600))
        + "\",\"refresh_token\":\"refresh+2\"}";
    m_provider = std::make_unique<HttpServer>(
        [this](QTcpSocket *socket, const HttpServer::Request &request) {
            if (request.line.contains("/.well-known/"))
                HttpServer::answer(socket, "200 OK",
                    "{\"token_endpoint\":\"https://127.0.0.1:" + QByteArray::number(m_provider->port()) + "/token\""
                        + m_metadata + "}");
            else
                HttpServer::answer(socket, m_status, m_answer);
        },
        listener(QStringLiteral("server")));
}

void OidcRefreshTest::getsAnotherToken_data()
{
    QTest::addColumn<QString>("secret");
    QTest::addColumn<QByteArray>("methods"); // to show it by, that the provider says it knows
    QTest::addColumn<QByteArray>("form");
    QTest::addColumn<bool>("isBasic");
    const QString secret = QStringLiteral("top:secret");
    const QByteArray inForm = "&client_id=pennant%20test&client_secret=top%3Asecret";
    const QByteArray both = R"("client_secret_post","client_secret_basic")";
    QTest::newRow("of a public client") << QString() << QByteArray() << QByteArray("&client_id=pennant%20test")
                                        << false;
    QTest::newRow("with a secret") << secret << QByteArray() << QByteArray() << true;
    QTest::newRow("with a secret, either way") << secret << both << QByteArray() << true;
    QTest::newRow("with a secret in the form") << secret << QByteArray(R"("client_secret_post")") << inForm << false;
    QTest::newRow("with a secret, in no known way")
        << secret << QByteArray(R"("private_key_jwt")") << QByteArray() << true;
}

void OidcRefreshTest::getsAnotherToken()
{
    QFETCH(QString, secret);
    QFETCH(QByteArray, methods);
    QFETCH(QByteArray, form);
    QFETCH(bool, isBasic);
    if (!methods.isEmpty())
        m_metadata = ",\"token_endpoint_auth_methods_supported\":[" + methods + "]";
    OidcLogin asked = login();
    asked.clientSecret = SecretString(secret);
    OidcRefresh refresh(asked, QStringLiteral("ana"));
    const auto handed = awaited(refresh.run());
    QVERIFY2(handed, whyNot(handed).constData());
    QVERIFY(handed->expires && *handed->expires > QDateTime::currentDateTimeUtc().addSecs(500));
    QCOMPARE(handed->refreshToken.reveal(), QStringLiteral("refresh+2"));
    QCOMPARE(m_provider->requests.size(), 2);
    QCOMPARE(m_provider->requests[0].line, QByteArray("GET /realms/ops/.well-known/openid-configuration HTTP/1.1"));
    QCOMPARE(m_provider->requests[1].line, QByteArray("POST /token HTTP/1.1"));
    QCOMPARE(m_provider->requests[1].body, "grant_type=refresh_token&refresh_token=refresh%2B1" + form);
    const QByteArray basic = "Basic " + QByteArray("pennant%20test:top%3Asecret").toBase64();
    QCOMPARE(m_provider->requests[1].headers.contains(basic), isBasic);
}

void OidcRefreshTest::saysWhyThereIsNone_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("said");
    QTest::newRow("expired") << QByteArray("400 Bad Request")
                             << QByteArray(R"({"error":"invalid_grant","error_description":"Session not active"})")
                             << QStringLiteral("Session not active");
    QTest::newRow("in no words") << QByteArray("403 Forbidden") << QByteArray("<html>")
                                 << QStringLiteral("it answers with status 403");
    QTest::newRow("without an ID token") << QByteArray("200 OK") << QByteArray(R"({"access_token":"TOPSECRET"})")
                                         << QStringLiteral("no ID token");
}

void OidcRefreshTest::saysWhyThereIsNone()
{
    QFETCH(QByteArray, status);
    QFETCH(QByteArray, answer);
    QFETCH(QString, said);
    m_status = status;
    m_answer = answer;
    OidcRefresh refresh(login(), QStringLiteral("ana"));
    const auto handed = awaited(refresh.run());
    QVERIFY(!handed);
    QCOMPARE(handed.error().kind, Error::Kind::Unauthorized);
    QVERIFY2(handed.error().summary.contains(said), qPrintable(handed.error().summary));
    QVERIFY(!handed.error().text().contains(QLatin1String("TOPSECRET")));
    QVERIFY(!handed.error().text().contains(QLatin1String("refresh+1")));
    OidcLogin without = login();
    without.refreshToken = {};
    OidcRefresh none(without, QStringLiteral("ana"));
    const auto nothing = awaited(none.run());
    QVERIFY(!nothing && nothing.error().summary.contains(QLatin1String("holds no refresh token")));
}

void OidcRefreshTest::trustsNobodyElse()
{
    OidcLogin other = login();
    other.issuerAuthority = pem(QStringLiteral("other.crt"));
    OidcRefresh refresh(other, QStringLiteral("ana"));
    const auto handed = awaited(refresh.run());
    QVERIFY(!handed);
    QCOMPARE(handed.error().kind, Error::Kind::Tls);
    QVERIFY(m_provider->requests.isEmpty());
}

void OidcRefreshTest::goesThroughTheEnvironmentsProxy()
{
    HttpServer provider(
        [](QTcpSocket *socket, const HttpServer::Request &request) {
            HttpServer::answer(socket, "200 OK",
                request.line.contains("/.well-known/") ? "{\"token_endpoint\":\"https://api.example/token\"}"
                                                       : "{\"id_token\":\"a.b.c\"}");
        },
        listener(QStringLiteral("named")));
    const ConnectProxy proxy(provider.port());
    qputenv("HTTPS_PROXY", "http://127.0.0.1:" + QByteArray::number(proxy.port()));
    OidcLogin asked = login();
    asked.issuer = QUrl(QStringLiteral("https://api.example/realm"));
    OidcRefresh refresh(asked, QStringLiteral("ana"));
    const auto handed = awaited(refresh.run());
    qunsetenv("HTTPS_PROXY");
    QVERIFY2(handed, whyNot(handed).constData());
    QVERIFY(!proxy.asked.isEmpty());
}

void OidcRefreshTest::readsWhenATokenExpires()
{
    const QDateTime expires({2026, 3, 4}, {5, 6, 7}, Qt::UTC);
    QCOMPARE(expiryOf(SecretString(idToken(expires))), std::optional(expires));
    for (const char *other : {"", "opaque", "a.b", "e30.e30.c2ln", "e30.###.c2ln"})
        QVERIFY2(!expiryOf(SecretString(QByteArray(other))), other);
}

/// A provider may take each refresh token once: lost, kubectl could not log in any more either.
void OidcRefreshTest::keepsWhatWasHandedOut()
{
    const QByteArray old = idToken(QDateTime::currentDateTimeUtc().addSecs(-5));
    QFile file(m_folder.filePath(QStringLiteral("config")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("users: [{name: ana, user: {auth-provider: {name: oidc, config: {id-token: " + old
        + ", refresh-token: refresh+1}}}}] # mine\n");
    file.close();
    HttpServer api([](QTcpSocket *socket, const auto &) { HttpServer::answer(socket, "200 OK", "{}"); });
    ClusterAccess access;
    access.server = QUrl(QStringLiteral("http://127.0.0.1:%1").arg(api.port()));
    access.userName = QStringLiteral("ana");
    access.oidc = login();
    access.oidc->idToken = SecretString(old);
    access.oidc->file = file.fileName();
    QVERIFY(ask(access));
    QCOMPARE(api.requests.size(), 1);
    QVERIFY(!api.requests[0].headers.contains(old));
    const auto content = [&file] {
        QFile read(file.fileName());
        return read.open(QIODevice::ReadOnly) ? read.readAll() : QByteArray();
    };
    QTRY_VERIFY(content().contains("refresh-token: \"refresh+2\""));
    QVERIFY(!content().contains(old));
    QVERIFY(content().endsWith("# mine\n"));
}

void OidcRefreshTest::saysWhatCouldNotBeKept()
{
    const auto write = [](const QString &path, const QByteArray &content) {
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
    };
    HttpServer api([](QTcpSocket *socket, const auto &) { HttpServer::answer(socket, "200 OK", "{}"); });
    ClusterAccess access;
    access.server = QUrl(QStringLiteral("http://127.0.0.1:%1").arg(api.port()));
    access.userName = QStringLiteral("ana");
    access.oidc = login();
    access.oidc->idToken = SecretString(idToken(QDateTime::currentDateTimeUtc().addSecs(-5)));
    access.oidc->file = m_folder.filePath(QStringLiteral("locked"));
    const QString lock = access.oidc->file + QStringLiteral(".lock");
    QVERIFY(write(access.oidc->file,
        "users: [{name: ana, user: {auth-provider: {config: {id-token: " + access.oidc->idToken.revealUtf8()
            + ", refresh-token: refresh+1}}}}]"));
    QVERIFY(write(lock, {}));
    const auto transport = std::move(*NetworkTransport::create(access));
    ApiRequest request;
    request.path = QStringLiteral("/x");
    QVERIFY(awaited(transport->send(request)));
    QTRY_VERIFY2(transport->warning().contains(lock), qPrintable(transport->warning()));
    const qsizetype asked = m_provider->requests.size();
    QVERIFY(transport->renew(access)); // the kubeconfig was read again, and still holds the old ones
    QVERIFY(awaited(transport->send(request)));
    QCOMPARE(m_provider->requests.size(), asked);
    QVERIFY(!transport->warning().isEmpty());
    QVERIFY(QFile::remove(lock));
    QTRY_VERIFY(transport->warning().isEmpty());
}

void OidcRefreshTest::spendsATokenOnceForAllClusters_data()
{
    QTest::addColumn<bool>("isLocked");
    QTest::newRow("that are kept") << false;
    QTest::newRow("that can't be kept") << true;
}

void OidcRefreshTest::spendsATokenOnceForAllClusters()
{
    QFETCH(bool, isLocked);
    HttpServer api([](QTcpSocket *socket, const auto &) { HttpServer::answer(socket, "200 OK", "{}"); });
    ClusterAccess access;
    access.server = QUrl(QStringLiteral("http://127.0.0.1:%1").arg(api.port()));
    access.userName = QStringLiteral("ana");
    access.oidc = login();
    access.oidc->idToken = SecretString(idToken(QDateTime::currentDateTimeUtc().addSecs(-5)));
    access.oidc->file = m_folder.filePath(QStringLiteral("shared"));
    QFile file(access.oidc->file);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write("users: [{name: ana, user: {auth-provider: {config: {id-token: " + access.oidc->idToken.revealUtf8()
        + ", refresh-token: refresh+1}}}}]");
    file.close();
    QFile lock(access.oidc->file + QStringLiteral(".lock"));
    QVERIFY(!isLocked || lock.open(QIODevice::WriteOnly));

    const auto logins = std::make_shared<Logins>();
    std::vector<std::unique_ptr<NetworkTransport>> clusters;
    for (int i = 0; i < 3; ++i)
        clusters.push_back(std::move(*NetworkTransport::create(access, {}, logins)));
    ApiRequest request;
    request.path = QStringLiteral("/x");
    auto first = clusters[0]->send(request);
    auto second = clusters[1]->send(request);
    QVERIFY(awaited(std::move(first)));
    QVERIFY(awaited(std::move(second)));
    QVERIFY(awaited(clusters[2]->send(request))); // which has not read the kubeconfig since
    const auto opened = std::move(*NetworkTransport::create(access, {}, logins));
    QVERIFY(awaited(opened->send(request)));
    QCOMPARE(api.requests.size(), 4);
    QCOMPARE(m_provider->requests.size(), 2); // where tokens are to be had, and one
    QTRY_COMPARE(clusters[2]->warning().isEmpty(), !isLocked);
    QVERIFY(!isLocked || lock.remove());
}

QTEST_GUILESS_MAIN(OidcRefreshTest)
#include "tst_oidcrefresh.moc"
