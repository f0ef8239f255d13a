// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/secretstring.h"

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>
#include <utility>

/// A program that hands out credentials: the `exec` of a kubeconfig's user.
/// API: https://kubernetes.io/docs/reference/config-api/client-authentication.v1/
struct ExecPlugin {
    enum class Interaction { Never, IfAvailable, Always };

    QString apiVersion; ///< "client.authentication.k8s.io/v1" or "…/v1beta1"
    QString command; ///< a path, absolute, or a name that is looked for in PATH
    QStringList arguments;
    QList<std::pair<QString, SecretString>> environment; ///< besides the program's own; the last of a name counts
    Interaction interaction = Interaction::IfAvailable; ///< whether it needs a terminal
    QString installHint; ///< for people who lack the command
    QByteArray cluster; ///< `spec.cluster` as JSON, where it is to be told of the cluster; else empty

    bool operator==(const ExecPlugin &) const = default;
};

/// A login at an OpenID provider that goes on by itself: the `auth-provider` oidc of a kubeconfig's user.
/// https://kubernetes.io/docs/reference/access-authn-authz/authentication/#option-1-oidc-authenticator
struct OidcLogin {
    QUrl issuer;
    QByteArray issuerAuthority; ///< PEM; empty: the system's
    QString clientId;
    SecretString clientSecret; ///< many clients have none
    SecretString idToken; ///< what the API server is shown
    SecretString refreshToken; ///< what another ID token is got for; empty: none
    QString file; ///< the kubeconfig that the tokens stand in, where others are to be kept

    bool operator==(const OidcLogin &) const = default;
};

/// As whom requests are carried out, on the word of the user who sends them.
/// https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation
struct Impersonation {
    QString user; ///< empty: nobody else
    QString uid;
    QStringList groups;
    QMap<QString, QStringList> extra;

    bool operator==(const Impersonation &) const = default;
};

/// Everything that is needed to talk to one cluster as one user: one context of a kubeconfig, resolved. Where `server`
/// is not encrypted it holds no credentials.
/// Format: https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/
struct ClusterAccess {
    QString contextName;
    QString clusterName;
    QString userName;
    QString file; ///< the file that the context stands in
    bool isOfMergedFiles = false; ///< read as kubectl reads all of its files; else from that file alone
    QString nameSpace; ///< that the context prefers; empty: none
    QUrl server;
    QUrl proxy; ///< http, https or socks5; empty: what the environment says
    QString tlsServerName;
    bool insecureSkipTlsVerify = false;
    QByteArray certificateAuthority; ///< PEM; empty: the system's
    QByteArray clientCertificate; ///< PEM
    SecretString clientKey; ///< PEM
    SecretString token;
    QString tokenFile; ///< read again while in use
    QString basicUser;
    SecretString basicPassword;
    std::optional<ExecPlugin> exec; ///< asked where there is no token and no password
    std::optional<OidcLogin> oidc; ///< asked where there is nothing of the above
    Impersonation impersonation;

    bool operator==(const ClusterAccess &) const = default;
};
