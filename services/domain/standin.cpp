// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/standin.h"

#include "services/domain/assetfields.h"
#include "services/domain/consumerdraft.h"
#include "services/domain/subject.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QLocale>

#include <algorithm>

namespace {

constexpr ServerVersion withMetadata{2, 10, 0};
constexpr qsizetype mostMetadata = 128 * 1024; // of one consumer, keys and values (nats-server, JSMaxMetadataLen)
constexpr qsizetype serversShare = 1024; // servers from 2.11 on write their own into it, which counts
constexpr char documentKey[] = "pennant.app/consumer"; ///< as CONSUMER.CREATE takes it: stream_name, config

QString text(const char *source)
{
    return QCoreApplication::translate("ConsumerRecreation", source);
}

QString key(const char *name)
{
    return QLatin1String(name);
}

QString numberOf(quint64 number)
{
    return QLocale().toString(number);
}

quint64 startOf(const QJsonObject &config)
{
    return quint64(std::max<qint64>(config.value(key("opt_start_seq")).toInteger(), 1));
}

qsizetype metadataBytes(const QJsonObject &config)
{
    qsizetype bytes = 0;
    const QJsonObject metadata = config.value(key("metadata")).toObject();
    for (auto entry = metadata.begin(); entry != metadata.end(); ++entry)
        bytes += entry.key().toUtf8().size() + entry.value().toString().toUtf8().size();
    return bytes;
}

QString byClone()
{
    return text(" Or clone it under another name with deliver policy by_start_sequence, let its workers use that one, "
                "then delete this one.");
}

QString problemOfItself(const Consumer &consumer)
{
    if (consumer.isOffline)
        return text("It is offline, and nothing is known of it: wait until the pods that hold it are back.");
    if (const auto kept = standInOf(consumer))
        return text("It stands in for %1, which is being made anew: finish that first.").arg(kept->consumer.name);
    if (consumer.config.value(key("durable_name")).toString().isEmpty())
        return text("It is ephemeral, so whoever works with it makes it: let that one begin at another message.");
    const QString ownName = standInName(consumer.id.name);
    if (const QString problem = assetNameProblem(ownName); !problem.isEmpty())
        return text("While it is made anew, %1 is to keep its settings, and that is no name: %2").arg(ownName, problem)
            + byClone();
    const QJsonObject keeping = standInConfig(consumer, recreatedConfig(consumer.config, 1));
    return metadataBytes(keeping) > mostMetadata - serversShare
        ? text("Its settings are too long to be kept in metadata of 128 KiB while it is made anew: shorten its own.")
            + byClone()
        : QString();
}

QString problemOfStream(const Stream &stream)
{
    if (stream.retention() == Retention::WorkQueue)
        return text("A work queue drops what was acknowledged, and delivers what was not once its ack wait is over: "
                    "there is nothing to deliver again. Publish what is needed once more.");
    if (const QJsonObject limits = stream.config.value(key("consumer_limits")).toObject();
        limits.value(key("inactive_threshold")).toInteger() > 0)
        return text("Stream %1 deletes consumers that nobody works with (consumer_limits.inactive_threshold), so also "
                    "the one that keeps its settings while it is made anew: lift that limit first.")
                   .arg(stream.id.name)
            + byClone();
    const int most = stream.config.value(key("max_consumers")).toInt(-1);
    return most > 0 && stream.consumerCount >= most
        ? text("Stream %1 allows %2 consumers and has them all, and one more keeps its settings while it is made anew: "
               "delete one first.")
              .arg(stream.id.name)
              .arg(most)
        : QString();
}

QString isStoppedText(const Consumer &consumer)
{
    const QString name = consumer.id.name;
    if (consumer.mode() == DeliveryMode::Push)
        return text("%1 is deleted. Whoever subscribes to %2 gets nothing until it is back, and is not told.")
            .arg(name, consumer.config.value(key("deliver_subject")).toString());
    return text("%1 is deleted. Workers whose pull requests wait (%2 now) are told \"Consumer Deleted\", and who pulls "
                "before it is back \"no responders\": they have to pull again.")
        .arg(name, numberOf(consumer.waiting));
}

} // namespace

std::optional<StandIn> standInOf(const Consumer &consumer)
{
    const QString name = consumer.standsInFor();
    if (name.isEmpty())
        return std::nullopt;
    const QJsonObject metadata = consumer.config.value(key("metadata")).toObject();
    const QByteArray written = metadata.value(key(documentKey)).toString().toUtf8();
    const QJsonObject document = QJsonDocument::fromJson(written).object();
    const QJsonObject config = document.value(key("config")).toObject();
    // a copy of one, in another stream or of another name, stands in for nobody
    const bool isWhole = document.value(key("stream_name")).toString() == consumer.id.stream.name
        && config.value(key("durable_name")).toString() == name && consumer.id.name == standInName(name);
    return isWhole ? std::optional(StandIn{{consumer.id.stream, name}, config}) : std::nullopt;
}

QString standInName(const QString &consumer)
{
    return consumer + QLatin1String("-pennant-stand-in");
}

QJsonObject recreatedConfig(const QJsonObject &config, quint64 sequence)
{
    QJsonObject recreated = portableConfig(config);
    recreated.remove(key("opt_start_time"));
    recreated.insert(key("deliver_policy"), toWire(DeliverPolicy::ByStartSequence));
    recreated.insert(key("opt_start_seq"), qint64(sequence));
    // servers before 2.11 leave it out where clients of before 2.9 have made it
    if (!recreated.contains(key("name")))
        recreated.insert(key("name"), recreated.value(key("durable_name")));
    return recreated;
}

QJsonObject standInConfig(const Consumer &consumer, const QJsonObject &recreated)
{
    const QString name = standInName(consumer.id.name);
    const quint64 first = std::min(startOf(recreated), consumer.ackFloor + 1);
    const QJsonObject document{{key("stream_name"), consumer.id.stream.name}, {key("config"), recreated}};
    const QJsonObject metadata{{key(standsInForKey), consumer.id.name},
        {key(documentKey), QString::fromUtf8(QJsonDocument(document).toJson(QJsonDocument::Compact))}};
    return withFilters(
        {{key("name"), name}, {key("durable_name"), name},
            {key("description"),
                QStringLiteral("Keeps the settings of %1 while Pennant makes that anew. Open it in Pennant to go on.")
                    .arg(consumer.id.name)},
            {key("ack_policy"), toWire(AckPolicy::Explicit)},
            {key("deliver_policy"), toWire(DeliverPolicy::ByStartSequence)}, {key("opt_start_seq"), qint64(first)},
            {key("replay_policy"), QStringLiteral("instant")}, {key("metadata"), metadata}},
        consumer.filterSubjects());
}

QString whyNotRecreated(const Consumer &consumer, const std::optional<Stream> &stream,
    const std::optional<Consumer> &sameName, const std::optional<ServerVersion> &server)
{
    if (server && *server < withMetadata)
        return text("It takes nats-server %1, which keeps metadata with consumers; this one is %2.")
                   .arg(withMetadata.text(), server->text())
            + byClone();
    if (const QString problem = problemOfItself(consumer); !problem.isEmpty())
        return problem;
    if (!stream)
        return text("Its stream is not there any more.");
    if (const QString problem = problemOfStream(*stream); !problem.isEmpty())
        return problem;
    if (!sameName)
        return {};
    return standInOf(*sameName)
        ? text("It is being made anew already, or that was cut short: see %1 in the table.").arg(sameName->id.name)
        : text("%1 has the name of what would keep its settings while it is made anew: delete that first.")
                .arg(sameName->id.name)
            + byClone();
}

QStringList recreationSteps(const Consumer &consumer, const Stream &stream)
{
    const QString standIn = standInName(consumer.id.name);
    const QString kept = stream.retention() == Retention::Interest
        ? text("%1 is created: it keeps the settings of %2, and in the stream the messages that %2 still needs.")
        : text("%1 is created: it keeps the settings of %2.");
    return {kept.arg(standIn, consumer.id.name), isStoppedText(consumer),
        text("%1 is made anew with all its settings, and deliver policy by_start_sequence.").arg(consumer.id.name),
        text("What the server has made is compared with that, and %1 deleted.").arg(standIn)};
}

QStringList recreationLosses(const Consumer &consumer, const Stream &stream, const ConsumerReset &reset)
{
    QStringList losses;
    losses.append(consumer.ackPending > 0
            ? text("Which messages wait for acknowledgement (%1 now) and how often each was delivered is forgotten: "
                   "max_deliver counts anew.")
                  .arg(numberOf(consumer.ackPending))
            : text("How often messages were delivered is forgotten: max_deliver counts anew."));
    const quint64 first = firstAgain(reset, consumer);
    if (first > consumer.ackFloor + 1 && consumer.ackPending > 0)
        losses.append(stream.retention() == Retention::Interest
                ? text("What was not acknowledged before message #%1 is not delivered any more, and goes from the "
                       "stream where nobody else needs it.")
                      .arg(numberOf(first))
                : text("What was not acknowledged before message #%1 is not delivered any more.").arg(numberOf(first)));
    if (changesBetween(consumer.config, recreatedConfig(consumer.config, first)).isEmpty())
        return losses;
    losses.append(
        text("It begins by_start_sequence with opt_start_seq %1 from then on: workers that create it when they "
             "start, and ask for another beginning, are refused.")
            .arg(numberOf(first)));
    return losses;
}

Recreation recreationOf(const Consumer &standIn, const StandIn &kept, const std::optional<Consumer> &present)
{
    if (!present)
        return Recreation::Gone;
    if (notTaken(kept.config, present->config).isEmpty())
        return Recreation::Done;
    const bool isOlder = present->created && standIn.created && *present->created <= *standIn.created;
    return isOlder ? Recreation::NotBegun : Recreation::Overtaken;
}

QString unfinishedText(const Consumer &standIn, const StandIn &kept, const std::optional<Consumer> &present)
{
    const QString name = kept.consumer.name;
    switch (recreationOf(standIn, kept, present)) {
    case Recreation::Gone:
        return text("%1 is not there: it was deleted, and not made anew so far. All its settings are kept here, and "
                    "that it goes on from message #%2.")
            .arg(name, numberOf(startOf(kept.config)));
    case Recreation::NotBegun:
        return text("%1 is there as it was: it was not deleted. Delete this one, and begin anew.").arg(name);
    case Recreation::Done:
        return text("%1 was made anew as it is kept here. Nothing is left but to delete this one.").arg(name);
    case Recreation::Overtaken:
        break;
    }
    QStringList fields;
    for (const FieldChange &difference : notTaken(kept.config, present->config))
        fields.append(difference.field);
    return text("%1 was made by somebody else meanwhile, otherwise than it is kept here (%2). Compare them, and delete "
                "this one once that is right.")
        .arg(name, fields.join(QStringLiteral(", ")));
}
