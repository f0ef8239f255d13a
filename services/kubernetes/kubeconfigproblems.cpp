// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/kubernetes/kubeconfigdata.h"

#include <QCoreApplication>
#include <QDir>
#include <QUrl>

#include <algorithm>

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Kubeconfig)
};

Error problem(Error::Kind kind, const QString &summary)
{
    return {kind, summary, {}, {}, {}};
}

QStringList execVersions()
{
    return {QStringLiteral("client.authentication.k8s.io/v1"), QStringLiteral("client.authentication.k8s.io/v1beta1")};
}

Error userError(const KubeconfigEntry &user, const QString &what)
{
    return problem(Error::Kind::Invalid,
        Text::tr("The user “%1” in %2 %3. Correct the file; it is read again when it is saved.")
            .arg(user.name, QDir::toNativeSeparators(user.file), what));
}

std::optional<Error> clusterProblem(const KubeconfigEntry &cluster)
{
    if (cluster.problem)
        return cluster.problem;
    const QUrl server(cluster.text(QStringLiteral("server")), QUrl::StrictMode);
    const bool isWeb = server.scheme() == QLatin1String("https") || server.scheme() == QLatin1String("http");
    if (!server.isValid() || !isWeb || server.host().isEmpty() || !server.userInfo().isEmpty()) {
        return problem(Error::Kind::Invalid,
            Text::tr("The cluster “%1” in %2 has no usable “server”: an address like https://host:6443 is needed.")
                .arg(cluster.name, QDir::toNativeSeparators(cluster.file)));
    }
    const QUrl proxy(cluster.text(QStringLiteral("proxy-url")));
    static const QStringList proxies{
        QString(), QStringLiteral("http"), QStringLiteral("https"), QStringLiteral("socks5")};
    if (!proxies.contains(proxy.scheme()) || (!proxy.isEmpty() && proxy.host().isEmpty())) {
        return problem(Error::Kind::Invalid,
            Text::tr("The cluster “%1” in %2 has a “proxy-url” that Pennant cannot use: http://, https:// or socks5:// "
                     "is needed.")
                .arg(cluster.name, QDir::toNativeSeparators(cluster.file)));
    }
    return std::nullopt;
}

std::optional<Error> execProblem(const KubeconfigEntry &user)
{
    if (!isExec(user))
        return std::nullopt;
    const QString version = user.text(QStringLiteral("exec.apiVersion"));
    const QString mode = user.text(QStringLiteral("exec.interactiveMode"));
    if (!user.has(QStringLiteral("exec.command")))
        return userError(user, Text::tr("has an exec plugin without a “command”"));
    if (version == QLatin1String("client.authentication.k8s.io/v1alpha1"))
        return problem(Error::Kind::Invalid,
            Text::tr("The user “%1” has an exec plugin of client.authentication.k8s.io/v1alpha1, which Kubernetes gave "
                     "up with 1.24. Update %2 and let it write the kubeconfig anew.")
                .arg(user.name, user.text(QStringLiteral("exec.command"))));
    if (!execVersions().contains(version))
        return userError(user,
            Text::tr("has an exec plugin of the “apiVersion” “%1”: it must be %2")
                .arg(version, execVersions().join(Text::tr(" or "))));
    if (!mode.isEmpty() && !execInteractions().contains(mode))
        return userError(user,
            Text::tr("has an exec plugin with the “interactiveMode” “%1”: Never, IfAvailable or Always").arg(mode));
    return std::nullopt;
}

std::optional<Error> providerProblem(const KubeconfigEntry &user)
{
    static const QString config = QStringLiteral("auth-provider.config.");
    const QString provider = user.text(QStringLiteral("auth-provider.name"));
    if (provider.isEmpty())
        return std::nullopt;
    if (isExec(user))
        return userError(user, Text::tr("has an exec plugin and an “auth-provider”: one of them is too many"));
    if (provider != QLatin1String("oidc"))
        return problem(Error::Kind::Invalid,
            Text::tr("The user “%1” uses the auth provider %2, which Kubernetes has given up. Its maker has an exec "
                     "plugin instead: let it write the kubeconfig anew.")
                .arg(user.name, provider));
    const QUrl issuer(user.text(config + QStringLiteral("idp-issuer-url")));
    if (issuer.scheme() != QLatin1String("https") || issuer.host().isEmpty())
        return userError(user, Text::tr("has an “idp-issuer-url” that is no https:// address"));
    if (!user.has(config + QStringLiteral("client-id")))
        return userError(user, Text::tr("logs in at %1 without a “client-id”").arg(issuer.host()));
    return std::nullopt;
}

/// client-go refuses it, too: who is acted as goes before what one is.
std::optional<Error> impersonationProblem(const KubeconfigEntry &user)
{
    const bool isOfNobody = !user.has(QStringLiteral("as"))
        && std::any_of(user.values.keyBegin(), user.values.keyEnd(), [](const QString &key) {
               return key == QLatin1String("as-uid") || key.startsWith(QLatin1String("as-groups."))
                   || key.startsWith(QLatin1String("as-user-extra."));
           });
    if (isOfNobody)
        return userError(user, Text::tr("has “as-uid”, “as-groups” or “as-user-extra” without “as”"));
    // they become lines of a header
    const bool hasControls =
        std::any_of(user.values.keyValueBegin(), user.values.keyValueEnd(), [](const auto &keyAndValue) {
            const QByteArray &value = keyAndValue.second.revealUtf8();
            return (keyAndValue.first == QLatin1String("as") || keyAndValue.first.startsWith(QLatin1String("as-")))
                && std::any_of(value.begin(), value.end(), [](char letter) { return letter >= 0 && letter < ' '; });
        });
    if (hasControls)
        return userError(user, Text::tr("has a line break or another control character in “as”"));
    return std::nullopt;
}

std::optional<Error> userProblem(const KubeconfigEntry &user)
{
    if (user.problem)
        return user.problem;
    if (const auto wrong = execProblem(user))
        return wrong;
    if (const auto wrong = providerProblem(user))
        return wrong;
    return impersonationProblem(user);
}

/// client-go sends a user's credentials over TLS only, too; what it does not send is refused here, with the reason.
std::optional<Error> exposureProblem(const KubeconfigEntry &cluster, const KubeconfigEntry &user)
{
    static const QStringList credentials{QStringLiteral("token"), QStringLiteral("tokenFile"),
        QStringLiteral("username"), QStringLiteral("password"), QStringLiteral("client-key"),
        QStringLiteral("client-key-data"), QStringLiteral("exec.command"), QStringLiteral("auth-provider.name")};
    const bool isEncrypted = QUrl(cluster.text(QStringLiteral("server"))).scheme() == QLatin1String("https");
    const bool hasCredentials =
        std::any_of(credentials.begin(), credentials.end(), [&user](const QString &key) { return user.has(key); });
    if (isEncrypted || !hasCredentials)
        return std::nullopt;
    return problem(Error::Kind::Invalid,
        Text::tr(
            "The cluster “%1” in %2 is reached over http://, where anyone on the way could read the credentials of "
            "the user “%3”. Change its “server” to https://, or use a context whose user has no credentials.")
            .arg(cluster.name, QDir::toNativeSeparators(cluster.file), user.name));
}

} // namespace

const KubeconfigEntry *findEntry(const QList<KubeconfigEntry> &entries, const QString &name)
{
    for (const KubeconfigEntry &entry : entries) {
        if (entry.name == name)
            return &entry;
    }
    return nullptr;
}

bool skipsTlsVerification(const KubeconfigEntry &cluster)
{
    return cluster.text(QStringLiteral("insecure-skip-tls-verify")) == QLatin1String("true");
}

QStringList execInteractions()
{
    return {QStringLiteral("Never"), QStringLiteral("IfAvailable"), QStringLiteral("Always")};
}

bool isExec(const KubeconfigEntry &user)
{
    return std::any_of(user.values.keyBegin(), user.values.keyEnd(),
        [](const QString &key) { return key.startsWith(QLatin1String("exec.")); });
}

std::optional<Error> contextProblem(const KubeconfigEntry &context, const KubeconfigGroup &group)
{
    if (context.problem)
        return context.problem;
    const QString clusterName = context.text(QStringLiteral("cluster"));
    const QString userName = context.text(QStringLiteral("user"));
    const KubeconfigEntry *cluster = findEntry(group.clusters, clusterName);
    const KubeconfigEntry *user = findEntry(group.users, userName);
    const QString file = QDir::toNativeSeparators(context.file);
    const QString line = QString::number(context.line);
    if (!cluster) {
        return problem(Error::Kind::Invalid,
            Text::tr("The context “%1” in %2, line %4, names the cluster “%3”, which does not exist. Correct the file; "
                     "it is "
                     "read again when it is saved.")
                .arg(context.name, file, clusterName, line));
    }
    if (!user && !userName.isEmpty()) {
        return problem(Error::Kind::Invalid,
            Text::tr(
                "The context “%1” in %2, line %4, names the user “%3”, which does not exist. Correct the file; it is "
                "read again when it is saved.")
                .arg(context.name, file, userName, line));
    }
    if (const auto wrong = clusterProblem(*cluster); wrong || !user)
        return wrong;
    const auto wrongUser = userProblem(*user);
    return wrongUser ? wrongUser : exposureProblem(*cluster, *user);
}
