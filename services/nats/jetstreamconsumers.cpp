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
    if (const QString problem = assetNameProblem(stream); !problem.isEmpty())
        return refused<Consumer>("stream", problem);
    const QString name = config.value(QLatin1String("durable_name")).toString();
    if (const QString problem = assetNameProblem(name); !problem.isEmpty())
        return refused<Consumer>("durable_name", problem);
    const QJsonObject body{{QStringLiteral("stream_name"), stream}, {QStringLiteral("config"), config},
        {QStringLiteral("action"), QStringLiteral("create")}};
    return ask<Consumer>(
        m_transport, apiSubject("CONSUMER.CREATE", {stream, name}), body, Manner::Mutation,
        [id = StreamId{m_account, stream}](const QJsonObject &info) { return consumerFromJson(id, info); },
        text("The server did not answer in time. Whether consumer %1 was created is not known yet: the table will show "
             "it.")
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
