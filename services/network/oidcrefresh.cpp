// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/oidcrefresh.h"

#include "services/network/environmentproxy.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSslConfiguration>
#include <QUrlQuery>

#include <utility>

namespace {

constexpr int longestSilence = 15000; // ms
constexpr qint64 largestAnswer = 1024 * 1024;

QString text(const char *value)
{
    return QLatin1String(value);
}

QByteArray encoded(const QString &value)
{
    return QUrl::toPercentEncoding(value);
}

/// Whether the provider takes a client's secret in the form alone. Which of the two is right can't be tried out: it may
/// take each refresh token once. https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata
bool wantsSecretInForm(const QJsonObject &provider)
{
    const QJsonArray methods = provider[text("token_endpoint_auth_methods_supported")].toArray();
    return methods.contains(text("client_secret_post")) && !methods.contains(text("client_secret_basic"));
}

} // namespace

OidcRefresh::OidcRefresh(const OidcLogin &login, const QString &user)
    : m_login(login)
    , m_user(user)
{
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    m_network.setTransferTimeout(longestSilence);
}

QString OidcRefresh::words() const
{
    return tr("Asking %1 for another token of “%2”.").arg(m_login.issuer.host(), m_user);
}

Pending<LoginCredential> OidcRefresh::run()
{
    return Pending<LoginCredential>::ask([this](Pending<LoginCredential>::Answer answer) -> std::function<void()> {
        m_answer = std::move(answer);
        if (m_login.refreshToken.isEmpty())
            endWith(Error::Kind::Unauthorized, tr("the kubeconfig holds no refresh token"));
        else
            discover();
        return {};
    });
}

/// https://openid.net/specs/openid-connect-discovery-1_0.html
void OidcRefresh::discover()
{
    const Result<QUrl> proxy = environmentProxy(m_login.issuer);
    if (!proxy)
        return end(fail(proxy.error()));
    m_way.set(*proxy, {});
    if (!proxy->isEmpty())
        m_network.setProxy(m_way.networkProxy());
    QUrl url = m_login.issuer;
    QString path = url.path();
    if (path.endsWith(u'/'))
        path.chop(1);
    url.setPath(path + text("/.well-known/openid-configuration"));
    QNetworkRequest request(url);
    request.setSslConfiguration(tls());
    follow(m_network.get(request), [this](int status, const QJsonObject &answer) {
        const QUrl endpoint(answer[text("token_endpoint")].toString());
        if (status != 200 || endpoint.scheme() != text("https") || endpoint.host().isEmpty())
            endWith(Error::Kind::Protocol, tr("it does not say where tokens are to be had"));
        else
            ask(endpoint, wantsSecretInForm(answer));
    });
}

void OidcRefresh::ask(const QUrl &endpoint, bool isSecretInForm)
{
    QByteArray body = "grant_type=refresh_token&refresh_token=" + encoded(m_login.refreshToken.reveal());
    QNetworkRequest request(endpoint);
    request.setSslConfiguration(tls());
    request.setHeader(QNetworkRequest::ContentTypeHeader, text("application/x-www-form-urlencoded"));
    const QByteArray client = encoded(m_login.clientId);
    const QByteArray secret = encoded(m_login.clientSecret.reveal());
    if (secret.isEmpty())
        body += "&client_id=" + client;
    else if (isSecretInForm)
        body += "&client_id=" + client + "&client_secret=" + secret;
    else
        request.setRawHeader("Authorization", "Basic " + (client + ':' + secret).toBase64());
    follow(m_network.post(request, body), [this](int status, const QJsonObject &answer) { take(status, answer); });
}

void OidcRefresh::follow(QNetworkReply *reply, std::function<void(int, const QJsonObject &)> next)
{
    m_reply = reply;
    reply->setReadBufferSize(largestAnswer);
    connect(reply, &QNetworkReply::finished, this, [this, reply, next = std::move(next)] {
        reply->deleteLater();
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        const QJsonObject answer = QJsonDocument::fromJson(reply->read(largestAnswer)).object();
        if (reply->error() == QNetworkReply::SslHandshakeFailedError)
            endWith(Error::Kind::Tls, tr("its certificate can't be verified"), reply->errorString());
        else if (status == 0)
            endWith(Error::Kind::Offline, tr("it can't be reached"), reply->errorString());
        else
            next(status, answer);
    });
}

void OidcRefresh::take(int status, const QJsonObject &answer)
{
    const QString problem = answer[text("error_description")].toString(answer[text("error")].toString());
    LoginCredential credential;
    credential.token = SecretString(answer[text("id_token")].toString());
    if (status != 200)
        return endWith(status >= 500 ? Error::Kind::Server : Error::Kind::Unauthorized,
            problem.isEmpty() ? tr("it answers with status %1").arg(status) : problem.left(200));
    if (credential.token.isEmpty())
        return endWith(Error::Kind::Unauthorized, tr("it hands out no ID token"));
    credential.expires = expiryOf(credential.token);
    // providers may hand out another one each time
    const QString next = answer[text("refresh_token")].toString();
    credential.refreshToken = next.isEmpty() ? m_login.refreshToken : SecretString(next);
    end(std::move(credential));
}

QSslConfiguration OidcRefresh::tls() const
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    if (!m_login.issuerAuthority.isEmpty())
        configuration.setCaCertificates(QSslCertificate::fromData(m_login.issuerAuthority));
    return configuration;
}

void OidcRefresh::endWith(Error::Kind kind, const QString &what, const QString &detail)
{
    end(fail(kind,
        tr("%1 gives “%2” no other token: %3. Log in again with the program that wrote the kubeconfig.")
            .arg(m_login.issuer.host(), m_user, what),
        detail));
}

void OidcRefresh::end(Result<LoginCredential> result)
{
    if (m_answer)
        (*std::exchange(m_answer, std::nullopt))(std::move(result));
}

std::optional<QDateTime> expiryOf(const SecretString &jwt)
{
    const QByteArrayList parts = jwt.revealUtf8().split('.');
    if (parts.size() != 3)
        return std::nullopt;
    const QByteArray claims = QByteArray::fromBase64(parts[1], QByteArray::Base64UrlEncoding);
    const QJsonValue expiry = QJsonDocument::fromJson(claims)[text("exp")];
    return expiry.isDouble() ? std::optional(QDateTime::fromSecsSinceEpoch(expiry.toInteger(), Qt::UTC)) : std::nullopt;
}
