// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/nackowners.h"

#include <QJsonArray>
#include <QUrl>

#include <algorithm>

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

bool isInNamespace(const QString &server, const QString &nameSpace)
{
    const QString address = server.contains(text("://")) ? server : text("nats://") + server;
    const QStringList labels = QUrl(address).host().split(u'.');
    // a bare name is one of the controller's own namespace, which nobody is told
    return labels.size() == 1 || labels.mid(1).contains(nameSpace);
}

bool mayMean(const QJsonObject &spec, const QString &nameSpace)
{
    const QJsonArray servers = spec[text("servers")].toArray();
    return servers.isEmpty() || std::any_of(servers.cbegin(), servers.cend(), [&nameSpace](const QJsonValue &server) {
        return isInNamespace(server.toString(), nameSpace);
    });
}

/// No stream's name holds a blank.
QString consumerKey(const QString &stream, const QString &consumer)
{
    return stream + u' ' + consumer;
}

QString streamOf(const QString &kind, const QJsonObject &spec)
{
    if (kind == text("Stream"))
        return spec[text("name")].toString();
    const QString bucket = spec[text("bucket")].toString();
    if (bucket.isEmpty())
        return {};
    return (kind == text("KeyValue") ? text("KV_") : text("OBJ_")) + bucket;
}

} // namespace

NackOwners::NackOwners(const QList<QJsonObject> &resources, const QString &nameSpace)
{
    for (const QJsonObject &resource : resources) {
        const QJsonObject spec = resource[text("spec")].toObject();
        if (!mayMean(spec, nameSpace))
            continue;
        const QString kind = resource[text("kind")].toString();
        const QJsonObject metadata = resource[text("metadata")].toObject();
        const Entry entry{spec[text("account")].toString(),
            {Owner::Tool::Nack, kind, metadata[text("name")].toString(), metadata[text("namespace")].toString()}};
        if (kind == text("Consumer"))
            m_consumers[consumerKey(spec[text("streamName")].toString(), spec[text("durableName")].toString())].append(
                entry);
        else if (const QString stream = streamOf(kind, spec); !stream.isEmpty())
            m_streams[stream].append(entry);
    }
}

std::optional<Owner> NackOwners::pick(const QList<Entry> &entries, const QString &account) const
{
    for (const Entry &entry : entries) {
        const bool isOthers = entry.account != account && m_accounts.contains(entry.account);
        if (!isOthers)
            return entry.owner;
    }
    return std::nullopt;
}

void NackOwners::mark(QList<Stream> &streams)
{
    if (isEmpty())
        return;
    m_accounts.clear();
    for (const Stream &stream : std::as_const(streams))
        m_accounts.insert(stream.id.account);
    for (Stream &stream : streams)
        stream.owner = pick(m_streams.value(stream.id.name), stream.id.account);
}

void NackOwners::mark(QList<Consumer> &consumers) const
{
    if (m_consumers.isEmpty())
        return;
    for (Consumer &consumer : consumers)
        consumer.owner =
            pick(m_consumers.value(consumerKey(consumer.id.stream.name, consumer.id.name)), consumer.id.stream.account);
}
