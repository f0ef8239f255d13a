// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/nats/jetstreamapi.h"

#include "services/base/background.h"
#include "services/base/mapped.h"
#include "services/domain/subject.h"
#include "services/nats/jetstreamasking.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace JetStreamAsking;

namespace {

constexpr qint64 mostListed = 1'000'000;

// One page of a LIST.
template <typename T> struct Page {
    QList<T> items;
    QStringList unavailable; // names of what the server knows of, but has no numbers for
    qint64 listed = 0; // how far it goes
    qint64 total = 0; // of all pages
};

template <typename T> using ItemDecoder = std::function<Result<T>(const QJsonObject &)>;

QStringList unavailableNames(const QJsonObject &page)
{
    QStringList names = page.value(QLatin1String("offline")).toObject().keys();
    for (const QJsonValue &name : page.value(QLatin1String("missing")).toArray()) {
        if (name.isString())
            names.append(name.toString());
    }
    return names;
}

template <typename T>
Result<Page<T>> pageFrom(const QByteArray &reply, const QString &items, const ItemDecoder<T> &decode)
{
    const Result<QJsonObject> answer = decoded(reply);
    if (!answer)
        return fail(answer.error());
    const QJsonArray infos = answer->value(items).toArray();
    Page<T> page;
    for (const QJsonValue &info : infos) {
        if (Result<T> item = decode(info.toObject()))
            page.items.append(std::move(*item));
    }
    page.unavailable = unavailableNames(*answer);
    page.total = std::min(answer->value(QLatin1String("total")).toInteger(), mostListed);
    // what a stopped pod would have told of is missing from a page, but counts as listed
    page.listed = std::max(answer->value(QLatin1String("limit")).toInteger(), qint64(infos.size()));
    return page;
}

template <typename T> Pending<T> inBackground(std::function<Result<T>()> work)
{
    return runInBackground<T>(QThreadPool::globalInstance(), std::move(work));
}

// Every page of a LIST. Lists change while they are read: the last page says where the end is.
template <typename T>
Flow<QList<Page<T>>> pages(JetStreamTransport *transport, QString subject, QString items, ItemDecoder<T> decode,
    std::function<void(const QList<T> &)> part)
{
    QList<Page<T>> result;
    qint64 offset = 0;
    qint64 total = 0;
    do {
        const QJsonObject body{{QStringLiteral("offset"), offset}};
        const QByteArray payload = QJsonDocument(body).toJson(QJsonDocument::Compact);
        const Result<QByteArray> reply = co_await transport->request(subject, payload);
        if (!reply)
            co_return fail(inJetStreamTerms(reply.error()));
        const std::function<Result<Page<T>>()> read = [bytes = *reply, items, decode] {
            return pageFrom<T>(bytes, items, decode);
        };
        Pending<Page<T>> reading = inBackground<Page<T>>(read);
        Result<Page<T>> page = co_await reading;
        if (!page)
            co_return fail(page.error());
        total = page->total;
        offset += page->listed;
        const bool isEmpty = page->listed <= 0;
        if (part && offset < total)
            part(page->items);
        result.append(std::move(*page));
        if (isEmpty)
            break;
    } while (offset < total);
    co_return result;
}

template <typename T> QMap<QString, T> byName(const QList<Page<T>> &pages)
{
    QMap<QString, T> items;
    for (const Page<T> &page : pages) {
        for (const T &item : page.items)
            items.insert(item.id.name, item);
    }
    return items;
}

// A stream whose pods are away stands in the list with zeros, or not at all: it is told of as offline either way.
QList<Stream> streamsFrom(const QString &account, const QList<Page<Stream>> &pages)
{
    QMap<QString, Stream> streams = byName(pages);
    for (const Page<Stream> &page : pages) {
        for (const QString &name : page.unavailable) {
            if (!streams.contains(name)) {
                Stream stream;
                stream.id = {account, name};
                stream.config = {{QStringLiteral("name"), name}};
                streams.insert(name, stream);
            }
            streams[name].isOffline = true;
            streams[name].currentReplicas = 0;
        }
    }
    return streams.values();
}

Flow<QList<Stream>> listStreams(
    JetStreamTransport *transport, QString account, std::function<void(const QList<Stream> &)> part)
{
    const QString subject = apiSubject("STREAM.LIST", {});
    const ItemDecoder<Stream> decode = [account](const QJsonObject &info) { return streamFromJson(account, info); };
    const auto all = co_await pages(transport, subject, QStringLiteral("streams"), decode, part);
    if (!all)
        co_return fail(all.error());
    const std::function<Result<QList<Stream>>()> merge = [account, pages = *all] {
        return streamsFrom(account, pages);
    };
    Pending<QList<Stream>> merging = inBackground<QList<Stream>>(merge);
    auto streams = co_await merging;
    co_return streams;
}

// One whose leader does not answer is missing from the list, and told of by its name.
QList<Consumer> consumersFrom(const StreamId &stream, const QList<Page<Consumer>> &pages)
{
    QMap<QString, Consumer> consumers = byName(pages);
    for (const Page<Consumer> &page : pages) {
        for (const QString &name : page.unavailable) {
            if (consumers.contains(name))
                continue;
            Consumer consumer;
            consumer.id = {stream, name};
            consumer.config = {{QStringLiteral("name"), name}};
            consumer.isOffline = true;
            consumers.insert(name, consumer);
        }
    }
    return consumers.values();
}

Flow<QList<Consumer>> listConsumers(JetStreamTransport *transport, StreamId stream)
{
    const QString subject = apiSubject("CONSUMER.LIST", {stream.name});
    const ItemDecoder<Consumer> decode = [stream](const QJsonObject &info) { return consumerFromJson(stream, info); };
    const std::function<void(const QList<Consumer> &)> noPart;
    const auto all = co_await pages(transport, subject, QStringLiteral("consumers"), decode, noPart);
    if (!all)
        co_return fail(all.error());
    const std::function<Result<QList<Consumer>>()> merge = [stream, pages = *all] {
        return consumersFrom(stream, pages);
    };
    Pending<QList<Consumer>> merging = inBackground<QList<Consumer>>(merge);
    auto consumers = co_await merging;
    co_return consumers;
}

} // namespace

JetStreamApi::JetStreamApi(JetStreamTransport &transport, QString account)
    : m_transport(transport)
    , m_account(std::move(account))
{
}

Pending<AccountUsage> JetStreamApi::usage()
{
    return ask<AccountUsage>(m_transport, apiSubject("INFO", {}), {}, Manner::Read, accountUsageFromJson);
}

Pending<QList<Stream>> JetStreamApi::streams(std::function<void(const QList<Stream> &)> part)
{
    return asPending(listStreams(&m_transport, m_account, std::move(part)));
}

Pending<Stream> JetStreamApi::stream(const QString &name)
{
    if (const QString problem = tokenProblem(name); !problem.isEmpty())
        return refused<Stream>("name", problem);
    return ask<Stream>(m_transport, apiSubject("STREAM.INFO", {name}), {}, Manner::Read,
        [account = m_account](const QJsonObject &info) { return streamFromJson(account, info); });
}

Pending<Stream> JetStreamApi::createStream(const QJsonObject &config)
{
    const QString name = config.value(QLatin1String("name")).toString();
    if (const QString problem = assetNameProblem(name); !problem.isEmpty())
        return refused<Stream>("name", problem);
    return ask<Stream>(
        m_transport, apiSubject("STREAM.CREATE", {name}), config, Manner::Mutation,
        [account = m_account](const QJsonObject &info) { return streamFromJson(account, info); },
        text("The server did not answer in time. Whether stream %1 was created is not known yet: the table will show "
             "it.")
            .arg(name));
}

Pending<Stream> JetStreamApi::updateStream(const QJsonObject &config)
{
    const QString name = config.value(QLatin1String("name")).toString();
    if (const QString problem = assetNameProblem(name); !problem.isEmpty())
        return refused<Stream>("name", problem);
    return ask<Stream>(
        m_transport, apiSubject("STREAM.UPDATE", {name}), config, Manner::Mutation,
        [account = m_account](const QJsonObject &info) { return streamFromJson(account, info); },
        text("The server did not answer in time. Whether stream %1 was changed is not known yet: the table will show "
             "it.")
            .arg(name));
}

Pending<quint64> JetStreamApi::purgeStream(const QString &name, const StreamPurge &purge)
{
    if (const QString problem = assetNameProblem(name); !problem.isEmpty())
        return refused<quint64>("name", problem);
    const Decoder<quint64> decode = [](const QJsonObject &answer) -> Result<quint64> {
        if (!answer.value(QLatin1String("success")).toBool())
            return fail(Error::Kind::Protocol, text("JetStream did not confirm the purge. Look at the table."));
        return quint64(std::max<qint64>(answer.value(QLatin1String("purged")).toInteger(), 0));
    };
    return ask<quint64>(m_transport, apiSubject("STREAM.PURGE", {name}), toRequest(purge), Manner::Mutation, decode,
        text("The server did not answer in time. How much was purged from stream %1 is not known yet: the table will "
             "show it.")
            .arg(name));
}

Pending<void> JetStreamApi::stepDownStream(const QString &name)
{
    if (const QString problem = assetNameProblem(name); !problem.isEmpty())
        return refused<void>("name", problem);
    const Decoder<void> decode = [](const QJsonObject &answer) -> Result<void> {
        if (!answer.value(QLatin1String("success")).toBool())
            return fail(Error::Kind::Protocol, text("JetStream did not confirm it. Look at the stream's replicas."));
        return {};
    };
    return ask<void>(m_transport, apiSubject("STREAM.LEADER.STEPDOWN", {name}), {}, Manner::Mutation, decode,
        text("The server did not answer in time. Whether the leader of stream %1 has stepped down is not known yet: "
             "its replicas will show it.")
            .arg(name));
}

Pending<quint64> JetStreamApi::messagesOn(const QString &name, const QString &subject)
{
    if (const QString problem = tokenProblem(name); !problem.isEmpty())
        return refused<quint64>("name", problem);
    const Decoder<quint64> decode = [](const QJsonObject &info) -> Result<quint64> {
        // a page holds 100,000 subjects; of more the rest is left out, and the count would be too low
        if (info.value(QLatin1String("total")).toInteger() > info.value(QLatin1String("limit")).toInteger(100'000))
            return fail(Error::Kind::Invalid, text("More subjects match than are counted here: narrow it."));
        quint64 count = 0;
        const QJsonObject state = info.value(QLatin1String("state")).toObject();
        const QJsonObject subjects = state.value(QLatin1String("subjects")).toObject();
        for (const QJsonValue &messages : subjects)
            count += quint64(std::max<qint64>(messages.toInteger(), 0));
        return count;
    };
    const QJsonObject body{{QStringLiteral("subjects_filter"), subject}};
    return ask<quint64>(m_transport, apiSubject("STREAM.INFO", {name}), body, Manner::Read, decode);
}

Pending<void> JetStreamApi::deleteStream(const QString &name)
{
    if (const QString problem = assetNameProblem(name); !problem.isEmpty())
        return refused<void>("name", problem);
    return ask<void>(m_transport, apiSubject("STREAM.DELETE", {name}), {}, Manner::Mutation, deletionConfirmed,
        text("The server did not answer in time. Whether stream %1 was deleted is not known yet: the table will show "
             "it.")
            .arg(name));
}

Pending<QList<Consumer>> JetStreamApi::consumers(const QString &stream)
{
    if (const QString problem = tokenProblem(stream); !problem.isEmpty())
        return refused<QList<Consumer>>("stream", problem);
    return asPending(listConsumers(&m_transport, {m_account, stream}));
}
