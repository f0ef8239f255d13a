// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/nats/monitoring.h"

#include "services/nats/jetstreamapi.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <map>
#include <set>

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

/// A copy of something, and whether it is its leader's.
template <typename T> struct Copy {
    T item;
    bool isLeaders = false;
};

quint64 progress(const Stream &stream)
{
    return stream.lastSequence;
}

quint64 progress(const Consumer &consumer)
{
    return consumer.deliveries;
}

template <typename T> using Copies = std::map<decltype(T::id), Copy<T>>;

template <typename T> void keepBetter(Copies<T> &known, Copy<T> copy)
{
    const auto found = known.find(copy.item.id);
    if (found == known.end()) {
        known.emplace(copy.item.id, std::move(copy));
        return;
    }
    const bool isBetter =
        copy.isLeaders != found->second.isLeaders ? copy.isLeaders : progress(copy.item) > progress(found->second.item);
    if (isBetter)
        found->second = std::move(copy);
}

/// A server of its own leads what it has, and tells of no cluster.
bool isLedBy(const QString &server, const QJsonObject &info)
{
    const QJsonObject cluster = info[text("cluster")].toObject();
    return cluster.isEmpty() || cluster[text("leader")] == server;
}

Result<QJsonObject> documentOf(const QByteArray &body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (!document.isObject())
        return fail(Error::Kind::Protocol,
            QCoreApplication::translate(
                "Monitoring", "The monitoring port gave an answer that Pennant does not understand."),
            QString::fromUtf8(body.left(200)));
    return document.object();
}

/// Collects copies out of the answers of several servers.
class Collection final {
public:
    void add(const QString &server, const QJsonObject &jsz)
    {
        const QJsonArray accounts = jsz[text("account_details")].toArray();
        for (const QJsonValue &account : accounts) {
            const QString name = account[text("name")].toString();
            m_accounts.insert(name);
            const QJsonArray streams = account[text("stream_detail")].toArray();
            for (const QJsonValue &stream : streams)
                addStream(server, name, stream.toObject());
        }
    }

    MonitoredAssets assets() const
    {
        MonitoredAssets assets;
        assets.accounts = {m_accounts.cbegin(), m_accounts.cend()};
        std::map<StreamId, int> counts;
        for (const auto &[id, copy] : m_consumers) {
            assets.consumers.append(copy.item);
            ++counts[id.stream];
        }
        for (const auto &[id, copy] : m_streams) {
            assets.streams.append(copy.item);
            assets.streams.last().consumerCount = counts[id];
        }
        return assets;
    }

private:
    void addStream(const QString &server, const QString &account, const QJsonObject &info)
    {
        const Result<Stream> stream = streamFromJson(account, info);
        if (!stream)
            return;
        keepBetter(m_streams, Copy<Stream>{*stream, isLedBy(server, info)});
        const QJsonArray consumers = info[text("consumer_detail")].toArray();
        for (const QJsonValue &value : consumers) {
            const QJsonObject detail = value.toObject();
            if (const Result<Consumer> consumer = consumerFromJson(stream->id, detail))
                keepBetter(m_consumers, Copy<Consumer>{*consumer, isLedBy(server, detail)});
        }
    }

    std::set<QString> m_accounts;
    Copies<Stream> m_streams;
    Copies<Consumer> m_consumers;
};

} // namespace

Result<ServerVariables> serverVariablesFrom(const QByteArray &varz)
{
    const Result<QJsonObject> document = documentOf(varz);
    if (!document)
        return fail(document.error());
    ServerVariables variables;
    variables.name = (*document)[text("server_name")].toString();
    variables.version = (*document)[text("version")].toString();
    variables.cluster = (*document)[text("cluster")][text("name")].toString();
    variables.isJetStreamOn = !(*document)[text("jetstream")][text("config")].toObject().isEmpty();
    variables.connections = (*document)[text("connections")].toInt();
    variables.id = (*document)[text("server_id")].toString();
    for (const QJsonValue &tag : (*document)[text("tags")].toArray())
        variables.tags.append(tag.toString());
    return variables;
}

Result<MonitoredAssets> assetsFrom(const QList<JszAnswer> &answers)
{
    Collection collection;
    for (const JszAnswer &answer : answers) {
        const Result<QJsonObject> document = documentOf(answer.body);
        if (!document)
            return fail(document.error());
        collection.add(answer.server, *document);
    }
    return collection.assets();
}

Result<ConnectionsPage> connectionsFrom(const QByteArray &connz)
{
    const Result<QJsonObject> document = documentOf(connz);
    if (!document)
        return fail(document.error());
    ConnectionsPage page;
    page.total = (*document)[text("total")].toInt();
    for (const QJsonValue &value : (*document)[text("connections")].toArray()) {
        const QJsonObject info = value.toObject();
        ClientConnection connection;
        connection.id = quint64(info[text("cid")].toInteger());
        connection.account = info[text("account")].toString();
        connection.user = info[text("authorized_user")].toString();
        connection.name = info[text("name")].toString();
        connection.address = info[text("ip")].toString() + u':' + QString::number(info[text("port")].toInt());
        connection.library =
            QStringLiteral("%1 %2").arg(info[text("lang")].toString(), info[text("version")].toString());
        connection.since = QDateTime::fromString(info[text("start")].toString(), Qt::ISODateWithMs).toUTC();
        connection.messagesIn = quint64(info[text("in_msgs")].toInteger());
        connection.messagesOut = quint64(info[text("out_msgs")].toInteger());
        connection.subscriptions = info[text("subscriptions")].toInt();
        page.connections.append(connection);
    }
    return page;
}

Result<int> heldStreams(const QByteArray &jsz, const QString &account)
{
    const Result<QJsonObject> document = documentOf(jsz);
    if (!document)
        return fail(document.error());
    int held = 0;
    for (const QJsonValue &detail : (*document)[text("account_details")].toArray()) {
        if (detail[text("name")] == account)
            held += int(detail[text("stream_detail")].toArray().size());
    }
    return held;
}

Result<QMap<QString, ByteCount>> storageFrom(const QByteArray &jsz)
{
    const Result<QJsonObject> document = documentOf(jsz);
    if (!document)
        return fail(document.error());
    QMap<QString, ByteCount> stored;
    for (const QJsonValue &detail : (*document)[text("account_details")].toArray())
        stored[detail[text("name")].toString()] = ByteCount{detail[text("storage")].toInteger()};
    return stored;
}
