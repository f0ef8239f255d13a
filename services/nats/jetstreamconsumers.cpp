// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/subject.h"
#include "services/nats/jetstreamasking.h"

using namespace JetStreamAsking;

Pending<Consumer> JetStreamApi::consumer(const QString &stream, const QString &name)
{
    if (const QString problem = tokenProblem(stream); !problem.isEmpty())
        return refused<Consumer>("stream", problem);
    if (const QString problem = tokenProblem(name); !problem.isEmpty())
        return refused<Consumer>("name", problem);
    return ask<Consumer>(m_transport, apiSubject("CONSUMER.INFO", {stream, name}), {}, Manner::Read,
        [id = StreamId{m_account, stream}](const QJsonObject &info) { return consumerFromJson(id, info); });
}

Pending<Consumer> JetStreamApi::createConsumer(const QString &stream, const QJsonObject &config)
{
    const QString name = config.value(QLatin1String("durable_name")).toString();
    return writeConsumer(stream, name, config, QStringLiteral("create"),
        text("The server did not answer in time. Whether consumer %1 was created is not known yet: the table will show "
             "it.")
            .arg(name));
}

Pending<Consumer> JetStreamApi::updateConsumer(const QString &stream, const QString &name, const QJsonObject &config)
{
    return writeConsumer(stream, name, config, QStringLiteral("update"),
        text("The server did not answer in time. Whether consumer %1 was changed is not known yet: the table will show "
             "it.")
            .arg(name));
}

Pending<Consumer> JetStreamApi::writeConsumer(const QString &stream, const QString &name, const QJsonObject &config,
    const QString &action, const QString &unknownOutcome)
{
    if (const QString problem = assetNameProblem(stream); !problem.isEmpty())
        return refused<Consumer>("stream", problem);
    if (const QString problem = assetNameProblem(name); !problem.isEmpty())
        return refused<Consumer>("durable_name", problem);
    const QJsonObject body{{QStringLiteral("stream_name"), stream}, {QStringLiteral("config"), config},
        {QStringLiteral("action"), action}};
    return ask<Consumer>(
        m_transport, apiSubject("CONSUMER.CREATE", {stream, name}), body, Manner::Mutation,
        [id = StreamId{m_account, stream}](const QJsonObject &info) { return consumerFromJson(id, info); },
        unknownOutcome);
}

Pending<std::optional<QDateTime>> JetStreamApi::pauseConsumer(
    const QString &stream, const QString &name, const std::optional<QDateTime> &until)
{
    using Until = std::optional<QDateTime>;
    if (const QString problem = tokenProblem(stream); !problem.isEmpty())
        return refused<Until>("stream", problem);
    if (const QString problem = tokenProblem(name); !problem.isEmpty())
        return refused<Until>("durable_name", problem);
    QJsonObject body;
    if (until)
        body.insert(QStringLiteral("pause_until"), until->toUTC().toString(Qt::ISODateWithMs));
    const Decoder<Until> decode = [](const QJsonObject &answer) -> Result<Until> {
        if (!answer.value(QLatin1String("paused")).toBool())
            return Until();
        const QString time = answer.value(QLatin1String("pause_until")).toString();
        return Until(QDateTime::fromString(time, Qt::ISODateWithMs).toUTC());
    };
    return ask<Until>(m_transport, apiSubject("CONSUMER.PAUSE", {stream, name}), body, Manner::Mutation, decode,
        text("The server did not answer in time. Whether consumer %1 is paused is not known yet: the table will show "
             "it.")
            .arg(name));
}

Pending<Consumer> JetStreamApi::resetConsumer(
    const QString &stream, const QString &name, const std::optional<quint64> &sequence)
{
    if (const QString problem = tokenProblem(stream); !problem.isEmpty())
        return refused<Consumer>("stream", problem);
    if (const QString problem = tokenProblem(name); !problem.isEmpty())
        return refused<Consumer>("durable_name", problem);
    QJsonObject body;
    if (sequence)
        body.insert(QStringLiteral("seq"), qint64(*sequence));
    return ask<Consumer>(
        m_transport, apiSubject("CONSUMER.RESET", {stream, name}), body, Manner::Mutation,
        [id = StreamId{m_account, stream}](const QJsonObject &info) { return consumerFromJson(id, info); },
        text("The server did not answer in time. Whether consumer %1 was reset is not known yet: the table will show "
             "it.")
            .arg(name));
}

Pending<void> JetStreamApi::stepDownConsumer(const QString &stream, const QString &name)
{
    if (const QString problem = tokenProblem(stream); !problem.isEmpty())
        return refused<void>("stream", problem);
    if (const QString problem = tokenProblem(name); !problem.isEmpty())
        return refused<void>("durable_name", problem);
    const Decoder<void> decode = [](const QJsonObject &answer) -> Result<void> {
        if (!answer.value(QLatin1String("success")).toBool())
            return fail(Error::Kind::Protocol, text("JetStream did not confirm it. Look at who leads the consumer."));
        return {};
    };
    return ask<void>(m_transport, apiSubject("CONSUMER.LEADER.STEPDOWN", {stream, name}), {}, Manner::Mutation, decode,
        text("The server did not answer in time. Whether the leader of consumer %1 has stepped down is not known yet.")
            .arg(name));
}

Pending<void> JetStreamApi::deleteConsumer(const QString &stream, const QString &name)
{
    if (const QString problem = assetNameProblem(stream); !problem.isEmpty())
        return refused<void>("stream", problem);
    if (const QString problem = assetNameProblem(name); !problem.isEmpty())
        return refused<void>("durable_name", problem);
    return ask<void>(m_transport, apiSubject("CONSUMER.DELETE", {stream, name}), {}, Manner::Mutation,
        deletionConfirmed,
        text("The server did not answer in time. Whether consumer %1 was deleted is not known yet: the table will show "
             "it.")
            .arg(name));
}
