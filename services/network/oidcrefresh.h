// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/kubernetes/clusteraccess.h"
#include "services/network/login.h"
#include "services/network/proxyway.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPointer>
#include <QSslConfiguration>

#include <functional>

/// Gets another ID token of an OpenID provider for a refresh token, through the environment's proxy where there is one.
/// https://openid.net/specs/openid-connect-core-1_0.html#RefreshTokens
class OidcRefresh final : public Login {
    Q_OBJECT

public:
    OidcRefresh(const OidcLogin &login, const QString &user);

    Pending<LoginCredential> run() override;
    QString words() const override;

private:
    QSslConfiguration tls() const;
    void discover();
    void ask(const QUrl &endpoint, bool isSecretInForm);
    void follow(QNetworkReply *reply, std::function<void(int status, const QJsonObject &answer)> next);
    void take(int status, const QJsonObject &answer);
    void end(Result<LoginCredential> result);
    void endWith(Error::Kind kind, const QString &what, const QString &detail = {});

    OidcLogin m_login;
    QString m_user;
    ProxyWay m_way;
    QNetworkAccessManager m_network;
    QPointer<QNetworkReply> m_reply;
    std::optional<Pending<LoginCredential>::Answer> m_answer;
};

/// When a JSON Web Token (https://www.rfc-editor.org/rfc/rfc7519) expires; nothing where it does not say, or is none.
std::optional<QDateTime> expiryOf(const SecretString &jwt);
