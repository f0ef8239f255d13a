// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/nats/serverconfig.h"

#include "services/domain/runtimeusage.h"

#include <QCryptographicHash>

#include <cstring>

namespace {

// Unset, the server would take 75 % of the node's memory for streams in memory, more than the pod may use.
constexpr qint64 memoryStoreBytes = 256LL * 1024 * 1024;

constexpr auto tagPrefix = "configuration:"; // servers turn tags to small letters
constexpr int digestLength = 16;

QByteArray quoted(const QByteArray &text)
{
    QByteArray result = "\"";
    for (const char character : text) {
        if (character == '"' || character == '\\')
            result += '\\';
        result += character;
    }
    return result + '"';
}

QByteArray quoted(const QString &text)
{
    return quoted(text.toUtf8());
}

// Keys know no escapes (nats-server, conf/lex.go): a name that holds one kind of quote is put in the other.
QByteArray quotedKey(const QString &name)
{
    const char quote = name.contains(QLatin1Char('"')) ? '\'' : '"';
    return quote + name.toUtf8() + quote;
}

QByteArray quotedList(const QStringList &items)
{
    QByteArrayList parts;
    for (const QString &item : items)
        parts.append(quoted(item));
    return "[" + parts.join(", ") + "]";
}

QByteArray tagsLine(const QByteArray &rest)
{
    const QByteArray digest = QCryptographicHash::hash(rest, QCryptographicHash::Sha256).toHex().left(digestLength);
    return "server_tags: [$POD_NAME, \"" + QByteArray(tagPrefix) + digest + "\"]\n";
}

QByteArray serverBlock()
{
    // Unquoted, or the environment's values would not be put in.
    return "server_name: $POD_NAME\n"
           "port: 4222\n"
           "http_port: 8222\n"
           "pid_file: \"/var/run/nats/nats.pid\"\n"
           "lame_duck_grace_period: \"10s\"\n"
           "lame_duck_duration: \"30s\"\n";
}

QByteArray jetStreamBlock(const RuntimeSpec &spec)
{
    return "jetstream {\n"
           "  store_dir: \"/data\"\n"
           "  max_memory_store: "
        + QByteArray::number(memoryStoreBytes)
        + "\n  max_file_store: " + QByteArray::number(maxFileStore(spec.storageGibibytes).bytes) + "\n}\n";
}

QByteArray clusterBlock(const ServerConfig &config)
{
    if (config.spec.replicas <= 1)
        return {};
    QByteArray block = "cluster {\n  name: " + quoted(config.clusterName)
        + "\n  port: 6222\n  no_advertise: true\n"
          "  routes: [\n";
    for (int i = 0; i < config.spec.replicas; ++i)
        block += "    "
            + quoted(QStringLiteral("nats://%1-%2.%3:6222")
                         .arg(config.statefulSetName, QString::number(i), config.headlessServiceName))
            + "\n";
    return block + "  ]\n}\n";
}

QByteArray webSocketBlock(const RuntimeSpec &spec)
{
    if (!spec.webSocketEnabled)
        return {};
    return "# Inside the cluster only and without TLS: whoever exposes it puts TLS in front of it.\n"
           "websocket {\n  port: 8080\n  no_tls: true\n}\n";
}

/// `publish: { allow: [...], deny: [...] }`; nothing where all is allowed.
QByteArrayList directionPart(const QByteArray &direction, const QStringList &allowed, const QStringList &denied)
{
    QByteArrayList lists;
    if (!allowed.isEmpty())
        lists.append("allow: " + quotedList(allowed));
    if (!denied.isEmpty())
        lists.append("deny: " + quotedList(denied));
    return lists.isEmpty() ? QByteArrayList() : QByteArrayList{direction + ": { " + lists.join(", ") + " }"};
}

QByteArray userPart(const QString &name)
{
    return "      { user: " + quoted(name) + ", password: \"";
}

QByteArray userLine(const ServerUser &user)
{
    const SubjectPermissions &may = user.permissions;
    const QByteArrayList parts = directionPart("publish", may.publishAllowed, may.publishDenied)
        + directionPart("subscribe", may.subscribeAllowed, may.subscribeDenied);
    QByteArray line = userPart(user.name) + user.passwordHash + '"';
    if (!parts.isEmpty())
        line += ", permissions: { " + parts.join(", ") + " }";
    return line + " }\n";
}

/// What is not limited is left out: there is no value for it that every server takes.
QByteArray jetStreamOf(const AccountLimits &limits)
{
    QByteArrayList parts;
    if (limits.maxStreams)
        parts.append("max_streams: " + QByteArray::number(*limits.maxStreams));
    if (limits.maxConsumers)
        parts.append("max_consumers: " + QByteArray::number(*limits.maxConsumers));
    if (const auto most = limits.maxStorage())
        parts.append("max_store: " + QByteArray::number(most->bytes));
    return parts.isEmpty() ? QByteArray("enabled") : "{ " + parts.join(", ") + " }";
}

/// All by which streams and consumers are looked at, and nothing that changes any.
QStringList viewingSubjects()
{
    static const QStringList verbs{QStringLiteral("INFO"), QStringLiteral("STREAM.NAMES"),
        QStringLiteral("STREAM.LIST"), QStringLiteral("STREAM.INFO.*"), QStringLiteral("STREAM.MSG.GET.*"),
        QStringLiteral("DIRECT.GET.>"), QStringLiteral("CONSUMER.NAMES.*"), QStringLiteral("CONSUMER.LIST.*"),
        QStringLiteral("CONSUMER.INFO.*.*")};
    QStringList subjects;
    for (const QString &verb : verbs)
        subjects.append(QStringLiteral("$JS.API.") + verb);
    return subjects;
}

/// A name that no account of Kubernetes' rules for names has.
QString viewingAccount(const QString &account)
{
    return QStringLiteral("VIEW-") + account;
}

QByteArray usersBlock(const QList<ServerUser> &users)
{
    QByteArray block = "    users: [\n";
    for (const ServerUser &user : users)
        block += userLine(user);
    return block + "    ]\n";
}

QByteArray exportsBlock(const QString &account)
{
    QByteArray block = "    exports: [\n";
    for (const QString &subject : viewingSubjects())
        block += "      { service: " + quoted(subject) + ", accounts: [" + quoted(viewingAccount(account)) + "] }\n";
    return block + "    ]\n";
}

QByteArray accountBlock(const ServerAccount &account)
{
    QByteArray block = "  " + quotedKey(account.name) + " {\n";
    if (!account.isSystem)
        block += "    jetstream: " + jetStreamOf(account.limits) + '\n';
    if (account.viewer)
        block += exportsBlock(account.name);
    return block + usersBlock(account.users) + "  }\n";
}

QByteArray viewingAccountBlock(const ServerAccount &account)
{
    QByteArray block = "  " + quotedKey(viewingAccount(account.name)) + " {\n    imports: [\n";
    for (const QString &subject : viewingSubjects())
        block += "      { service: { account: " + quoted(account.name) + ", subject: " + quoted(subject) + " } }\n";
    return block + "    ]\n" + usersBlock({*account.viewer}) + "  }\n";
}

QByteArray accountsBlock(const QList<ServerAccount> &accounts)
{
    QByteArray block = "accounts {\n";
    QByteArray system;
    for (const ServerAccount &account : accounts) {
        block += accountBlock(account);
        if (account.viewer)
            block += viewingAccountBlock(account);
        if (account.isSystem)
            system = "system_account: " + quoted(account.name) + "\n";
    }
    return block + "}\n" + system;
}

} // namespace

QString managementInboxPrefix()
{
    return QStringLiteral("_INBOX_ADM");
}

ServerUser managementUser(const QString &name, const QByteArray &passwordHash)
{
    // $JS.API carries every request of JetStreamApi, $JS.SNAPSHOT the answers to the chunks of a snapshot or restore.
    return {name, passwordHash,
        {{QStringLiteral("$JS.API.>"), QStringLiteral("$JS.SNAPSHOT.>")}, {},
            {managementInboxPrefix() + QStringLiteral(".>")}, {}}};
}

QString viewingInboxPrefix()
{
    return QStringLiteral("_INBOX_VIEW");
}

ServerUser viewingUser(const QString &name, const QByteArray &passwordHash)
{
    return {name, passwordHash, {viewingSubjects(), {}, {viewingInboxPrefix() + QStringLiteral(".>")}, {}}};
}

QByteArray passwordHashIn(const QByteArray &text, const QString &name)
{
    const QByteArray before = userPart(name);
    const auto start = text.indexOf(before);
    if (start < 0)
        return {};
    const auto from = start + before.size();
    return text.mid(from, text.indexOf('"', from) - from);
}

QString configurationTag(const QByteArray &text)
{
    const auto start = text.indexOf(tagPrefix);
    return start < 0 ? QString()
                     : QString::fromLatin1(text.mid(start, qsizetype(std::strlen(tagPrefix)) + digestLength));
}

QByteArray serverConfigText(const ServerConfig &config)
{
    const QByteArray rest = serverBlock() + jetStreamBlock(config.spec) + clusterBlock(config)
        + webSocketBlock(config.spec) + accountsBlock(config.accounts);
    return "# Written by Pennant, which writes it anew with every change.\n" + tagsLine(rest) + rest;
}
