// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/kubernetes/kubeconfigdata.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Kubeconfig)
};

Error problem(Error::Kind kind, const QString &summary)
{
    return {kind, summary, {}, {}, {}};
}

QString absolutePath(const KubeconfigEntry &entry, const QString &path)
{
    return QDir::cleanPath(QFileInfo(entry.file).absoluteDir().absoluteFilePath(path));
}

Result<QByteArray> readSmallFile(const QString &path, const QString &what)
{
    static constexpr qint64 largest = 1024 * 1024;
    const QFileInfo info(path);
    QFile file(path);
    QString reason;
    if (info.exists() && !info.isFile())
        reason = Text::tr("it is not a regular file");
    else if (info.size() > largest)
        reason = Text::tr("it is larger than 1 MiB");
    else if (!file.open(QIODevice::ReadOnly))
        reason = file.errorString();
    if (!reason.isEmpty())
        return fail(Error::Kind::Local,
            Text::tr("%1 cannot be read from %2: %3. Mend that file or its path in the kubeconfig, and reload.")
                .arg(what, QDir::toNativeSeparators(path), reason));
    return file.read(largest);
}

/// `key`-data (base64) or the file that `key` names; empty where neither is set. As in kubectl, the data wins.
Result<QByteArray> dataOrFile(const KubeconfigEntry &entry, const QString &key, const QString &what)
{
    const QString dataKey = key + QStringLiteral("-data");
    if (entry.has(dataKey)) {
        QByteArray text = entry.values.value(dataKey).revealUtf8();
        text.removeIf([](char character) { return character == '\n' || character == ' ' || character == '\r'; });
        const auto decoded = QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
        if (!decoded)
            return fail(Error::Kind::Invalid,
                Text::tr("“%1” of “%2” in %3 is not base64. Correct the file and reload.")
                    .arg(dataKey, entry.name, QDir::toNativeSeparators(entry.file)));
        return *decoded;
    }
    return entry.has(key) ? readSmallFile(absolutePath(entry, entry.text(key)), what) : QByteArray();
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
    static const QStringList proxies{QString(), QStringLiteral("http"), QStringLiteral("socks5")};
    if (!proxies.contains(proxy.scheme()) || (!proxy.isEmpty() && proxy.host().isEmpty())) {
        return problem(Error::Kind::Invalid,
            Text::tr(
                "The cluster “%1” in %2 has a “proxy-url” that Pennant cannot use: http:// or socks5:// is needed.")
                .arg(cluster.name, QDir::toNativeSeparators(cluster.file)));
    }
    return std::nullopt;
}

std::optional<Error> userProblem(const KubeconfigEntry &user)
{
    if (user.problem)
        return user.problem;
    const QString advice = Text::tr("Use a context with a certificate or a token.");
    if (user.has(QStringLiteral("exec.command"))) {
        return problem(Error::Kind::Unauthorized,
            Text::tr("The user “%1” uses the exec plugin %2, which Pennant does not run yet. %3")
                .arg(user.name, user.text(QStringLiteral("exec.command")), advice));
    }
    if (user.has(QStringLiteral("auth-provider.name"))) {
        return problem(Error::Kind::Unauthorized,
            Text::tr("The user “%1” uses the auth provider %2, which Kubernetes has given up. %3")
                .arg(user.name, user.text(QStringLiteral("auth-provider.name")), advice));
    }
    if (user.has(QStringLiteral("as"))) {
        return problem(Error::Kind::Unauthorized,
            Text::tr("The user “%1” acts as “%2”, which Pennant cannot do yet. %3")
                .arg(user.name, user.text(QStringLiteral("as")), advice));
    }
    return std::nullopt;
}

/// client-go sends a user's credentials over TLS only, too; what it does not send is refused here, with the reason.
std::optional<Error> exposureProblem(const KubeconfigEntry &cluster, const KubeconfigEntry &user)
{
    static const QStringList credentials{QStringLiteral("token"), QStringLiteral("tokenFile"),
        QStringLiteral("username"), QStringLiteral("password"), QStringLiteral("client-key"),
        QStringLiteral("client-key-data")};
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

std::optional<Error> readCluster(const KubeconfigEntry &cluster, ClusterAccess &access)
{
    access.clusterName = cluster.name;
    access.server = QUrl(cluster.text(QStringLiteral("server")));
    access.proxy = QUrl(cluster.text(QStringLiteral("proxy-url")));
    access.tlsServerName = cluster.text(QStringLiteral("tls-server-name"));
    access.insecureSkipTlsVerify = skipsTlsVerification(cluster);
    const auto authority = dataOrFile(cluster, QStringLiteral("certificate-authority"),
        Text::tr("The certificate authority of “%1”").arg(cluster.name));
    if (!authority)
        return authority.error();
    access.certificateAuthority = *authority;
    return std::nullopt;
}

std::optional<Error> readCertificate(const KubeconfigEntry &user, ClusterAccess &access)
{
    const auto certificate = dataOrFile(
        user, QStringLiteral("client-certificate"), Text::tr("The client certificate of “%1”").arg(user.name));
    if (!certificate)
        return certificate.error();
    const auto key = dataOrFile(user, QStringLiteral("client-key"), Text::tr("The client key of “%1”").arg(user.name));
    if (!key)
        return key.error();
    if (certificate->isEmpty() != key->isEmpty()) {
        return problem(Error::Kind::Invalid,
            Text::tr(
                "The user “%1” in %2 has a client certificate without its key, or the key without the certificate. "
                "Add what is missing.")
                .arg(user.name, QDir::toNativeSeparators(user.file)));
    }
    access.clientCertificate = *certificate;
    access.clientKey = SecretString(*key);
    return std::nullopt;
}

std::optional<Error> readUser(const KubeconfigEntry &user, ClusterAccess &access)
{
    access.userName = user.name;
    access.token = user.values.value(QStringLiteral("token"));
    access.basicUser = user.text(QStringLiteral("username"));
    access.basicPassword = user.values.value(QStringLiteral("password"));
    if (user.has(QStringLiteral("tokenFile"))) {
        access.tokenFile = absolutePath(user, user.text(QStringLiteral("tokenFile")));
        const auto token = readSmallFile(access.tokenFile, Text::tr("The token of “%1”").arg(user.name));
        if (!token)
            return token.error();
        access.token = SecretString(token->trimmed());
        if (access.token.isEmpty())
            return problem(Error::Kind::Local,
                Text::tr("The token of “%1” is empty in %2. Write a token to that file, or correct its path in the "
                         "kubeconfig, and reload.")
                    .arg(user.name, QDir::toNativeSeparators(access.tokenFile)));
    }
    return readCertificate(user, access);
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

std::optional<Error> contextProblem(
    const KubeconfigEntry &context, const QList<KubeconfigEntry> &clusters, const QList<KubeconfigEntry> &users)
{
    if (context.problem)
        return context.problem;
    const QString clusterName = context.text(QStringLiteral("cluster"));
    const QString userName = context.text(QStringLiteral("user"));
    const KubeconfigEntry *cluster = findEntry(clusters, clusterName);
    const KubeconfigEntry *user = findEntry(users, userName);
    const QString file = QDir::toNativeSeparators(context.file);
    if (!cluster) {
        return problem(Error::Kind::Invalid,
            Text::tr(
                "The context “%1” in %2 names the cluster “%3”, which does not exist. Correct the file and reload.")
                .arg(context.name, file, clusterName));
    }
    if (!user && !userName.isEmpty()) {
        return problem(Error::Kind::Invalid,
            Text::tr("The context “%1” in %2 names the user “%3”, which does not exist. Correct the file and reload.")
                .arg(context.name, file, userName));
    }
    if (const auto wrong = clusterProblem(*cluster); wrong || !user)
        return wrong;
    const auto wrongUser = userProblem(*user);
    return wrongUser ? wrongUser : exposureProblem(*cluster, *user);
}

QStringList Kubeconfig::namedFiles() const
{
    QStringList files;
    const auto add = [&files](const QList<KubeconfigEntry> &entries, const QStringList &keys) {
        for (const KubeconfigEntry &entry : entries) {
            for (const QString &key : keys) {
                if (entry.has(key))
                    files.append(absolutePath(entry, entry.text(key)));
            }
        }
    };
    add(m_data->clusters, {QStringLiteral("certificate-authority")});
    add(m_data->users,
        {QStringLiteral("client-certificate"), QStringLiteral("client-key"), QStringLiteral("tokenFile")});
    files.removeDuplicates();
    return files;
}

Result<ClusterAccess> Kubeconfig::resolve(const QString &contextName) const
{
    const KubeconfigEntry *context = findEntry(m_data->contexts, contextName);
    if (!context)
        return fail(Error::Kind::NotFound,
            Text::tr("No kubeconfig has a context “%1”. Choose another context.").arg(contextName));
    if (const auto wrong = contextProblem(*context, m_data->clusters, m_data->users))
        return fail(*wrong);

    ClusterAccess access;
    access.contextName = contextName;
    access.file = context->file;
    if (const auto wrong = readCluster(*findEntry(m_data->clusters, context->text(QStringLiteral("cluster"))), access))
        return fail(*wrong);
    const KubeconfigEntry *user = findEntry(m_data->users, context->text(QStringLiteral("user")));
    if (user) {
        if (const auto wrong = readUser(*user, access))
            return fail(*wrong);
    }
    return access;
}
