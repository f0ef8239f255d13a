// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/kubernetes/kubeconfigdata.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

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
                Text::tr("“%1” of “%2” in %3 is not base64. Correct the file; it is read again when it is saved.")
                    .arg(dataKey, entry.name, QDir::toNativeSeparators(entry.file)));
        return *decoded;
    }
    return entry.has(key) ? readSmallFile(absolutePath(entry, entry.text(key)), what) : QByteArray();
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

void readImpersonation(const KubeconfigEntry &user, Impersonation &impersonation)
{
    static const QString extra = QStringLiteral("as-user-extra.");
    impersonation.user = user.text(QStringLiteral("as"));
    impersonation.uid = user.text(QStringLiteral("as-uid"));
    impersonation.groups = user.list(QStringLiteral("as-groups"));
    for (auto value = user.values.lowerBound(extra); value != user.values.end() && value.key().startsWith(extra);
         ++value) {
        const QString key = value.key().sliced(extra.size(), value.key().lastIndexOf(u'.') - extra.size());
        if (!impersonation.extra.contains(key))
            impersonation.extra.insert(key, user.list(extra + key));
    }
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
    readImpersonation(user, access.impersonation);
    return readCertificate(user, access);
}

/// `spec.cluster` of an ExecCredential, in the spelling of its API.
QByteArray clusterForPlugin(const ClusterAccess &access, const KubeconfigEntry &cluster)
{
    QJsonObject told{{QStringLiteral("server"), cluster.text(QStringLiteral("server"))}};
    const auto tell = [&told](const char *key, const QJsonValue &value) {
        if (!value.toString().isEmpty() || value.toBool())
            told.insert(QLatin1String(key), value);
    };
    tell("tls-server-name", access.tlsServerName);
    tell("insecure-skip-tls-verify", access.insecureSkipTlsVerify);
    tell("certificate-authority-data", QString::fromLatin1(access.certificateAuthority.toBase64()));
    tell("proxy-url", cluster.text(QStringLiteral("proxy-url")));
    const QJsonObject config = QJsonDocument::fromJson(cluster.execConfig).object();
    if (!config.isEmpty())
        told.insert(QStringLiteral("config"), config);
    return QJsonDocument(told).toJson(QJsonDocument::Compact);
}

/// client-go asks a plugin only where nothing else stands in the kubeconfig.
std::optional<ExecPlugin> execPlugin(
    const KubeconfigEntry &user, const KubeconfigEntry &cluster, const ClusterAccess &access)
{
    if (!isExec(user))
        return std::nullopt;
    ExecPlugin plugin;
    plugin.apiVersion = user.text(QStringLiteral("exec.apiVersion"));
    plugin.command = user.text(QStringLiteral("exec.command"));
    if (plugin.command.contains(u'/'))
        plugin.command = absolutePath(user, plugin.command);
    plugin.arguments = user.list(QStringLiteral("exec.args"));
    for (int i = 0;; ++i) {
        const QString item = QStringLiteral("exec.env.%1.").arg(i);
        const auto name = user.values.constFind(item + QStringLiteral("name"));
        if (name == user.values.constEnd())
            break;
        plugin.environment.append({name->reveal(), user.values.value(item + QStringLiteral("value"))});
    }
    const auto mode = execInteractions().indexOf(user.text(QStringLiteral("exec.interactiveMode")));
    if (mode >= 0)
        plugin.interaction = ExecPlugin::Interaction(mode);
    plugin.installHint = user.text(QStringLiteral("exec.installHint")).trimmed();
    if (user.text(QStringLiteral("exec.provideClusterInfo")) == QLatin1String("true"))
        plugin.cluster = clusterForPlugin(access, cluster);
    return plugin;
}

Result<std::optional<OidcLogin>> oidcLogin(const KubeconfigEntry &user)
{
    if (user.text(QStringLiteral("auth-provider.name")) != QLatin1String("oidc"))
        return std::optional<OidcLogin>();
    const auto value = [&user](const char *key) {
        return user.values.value(QStringLiteral("auth-provider.config.") + QLatin1String(key));
    };
    OidcLogin login;
    login.issuer = QUrl(value("idp-issuer-url").reveal());
    login.clientId = value("client-id").reveal();
    login.clientSecret = value("client-secret");
    login.idToken = value("id-token");
    login.refreshToken = value("refresh-token");
    login.file = user.file;
    const auto authority = dataOrFile(user, QStringLiteral("auth-provider.config.idp-certificate-authority"),
        Text::tr("The certificate authority of %1").arg(login.issuer.host()));
    if (!authority)
        return fail(authority.error());
    login.issuerAuthority = *authority;
    return std::optional(login);
}

} // namespace

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
    for (const KubeconfigGroup &group : m_data->groups) {
        add(group.clusters, {QStringLiteral("certificate-authority")});
        add(group.users,
            {QStringLiteral("client-certificate"), QStringLiteral("client-key"), QStringLiteral("tokenFile"),
                QStringLiteral("auth-provider.config.idp-certificate-authority")});
    }
    files.removeDuplicates();
    return files;
}

Result<ClusterAccess> Kubeconfig::resolve(const QString &contextName, const QString &file) const
{
    const KubeconfigGroup *group = nullptr;
    const KubeconfigEntry *context = nullptr;
    for (const KubeconfigGroup &each : m_data->groups) {
        const KubeconfigEntry *found = findEntry(each.contexts, contextName);
        if (!context && found && (file.isEmpty() || found->file == file)) {
            group = &each;
            context = found;
        }
    }
    if (!context)
        return fail(Error::Kind::NotFound,
            Text::tr("No kubeconfig has a context “%1”. Choose another context.").arg(contextName));
    if (const auto wrong = contextProblem(*context, *group))
        return fail(*wrong);

    ClusterAccess access;
    access.contextName = contextName;
    access.file = context->file;
    access.isOfMergedFiles = group->isMerged;
    access.nameSpace = context->text(QStringLiteral("namespace"));
    const KubeconfigEntry *cluster = findEntry(group->clusters, context->text(QStringLiteral("cluster")));
    if (const auto wrong = readCluster(*cluster, access))
        return fail(*wrong);
    const KubeconfigEntry *user = findEntry(group->users, context->text(QStringLiteral("user")));
    if (user) {
        if (const auto wrong = readUser(*user, access))
            return fail(*wrong);
        access.exec = execPlugin(*user, *cluster, access);
        const auto oidc = oidcLogin(*user);
        if (!oidc)
            return fail(oidc.error());
        access.oidc = *oidc;
    }
    return access;
}
