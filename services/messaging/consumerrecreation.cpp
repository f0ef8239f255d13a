// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/consumerrecreation.h"

#include "services/domain/assetfields.h"
#include "services/messaging/jetstreamchanges.h"
#include "services/messaging/jetstreamsource.h"

namespace {

/// Conflict where it was made anew or changed since it was seen.
Result<void> isStill(const Consumer &seen, const Consumer &found)
{
    const QString object = objectWords(seen.id);
    const Result<void> same = seen.created ? isStillThat(object, *seen.created, found.created) : Result<void>();
    return same ? isStillSo(object, seen.config, found.config) : same;
}

QString fieldsOf(const QList<FieldChange> &changes)
{
    QStringList fields;
    for (const FieldChange &change : changes)
        fields.append(change.field);
    return fields.join(QStringLiteral(", "));
}

/// The same error, said in the terms of the whole; what it says of fields is about none that a person has entered.
Error saying(Error error, const QString &summary)
{
    error.summary = summary;
    error.fields.clear();
    return error;
}

Error notKept(Error why, const QString &standIn)
{
    if (why.kind == Error::Kind::Conflict)
        return saying(why,
            ConsumerRecreation::tr("Nothing was deleted: there is a %1 already, so somebody else is making the same "
                                   "anew, or was cut short. See it in the table.")
                .arg(standIn));
    if (why.kind != Error::Kind::Timeout)
        return saying(why,
            ConsumerRecreation::tr("Nothing was deleted, because %1 could not be created, which keeps the settings "
                                   "meanwhile. %2")
                .arg(standIn, why.summary));
    why.kind = Error::Kind::NotReady; // the outcome for the consumer is known
    return saying(why,
        ConsumerRecreation::tr("Nothing was deleted, because nobody could say whether %1 was created, which keeps the "
                               "settings meanwhile. Where the table shows it, delete it before you try again.")
            .arg(standIn));
}

Error notDeleted(const Error &why, const QString &name, const QString &standIn)
{
    if (why.kind == Error::Kind::NotFound)
        return saying(why,
            ConsumerRecreation::tr(
                "Somebody else has deleted %1 meanwhile. %2 keeps its settings: go on from there, or "
                "delete that as well.")
                .arg(name, standIn));
    if (why.kind == Error::Kind::Timeout)
        return saying(why,
            ConsumerRecreation::tr(
                "The server did not say whether it has deleted %1. %2 keeps its settings: go on from "
                "there, once the table shows which of them are there.")
                .arg(name, standIn));
    return why;
}

Error notMade(const Error &why, const QString &name, const QString &standIn)
{
    if (why.kind == Error::Kind::Timeout)
        return saying(why,
            ConsumerRecreation::tr(
                "%1 was deleted, and the server did not say whether it has made it anew. %2 keeps its "
                "settings: go on from there, once the table shows which of them are there.")
                .arg(name, standIn));
    if (why.kind == Error::Kind::Conflict)
        return saying(why,
            ConsumerRecreation::tr("%1 was deleted, and somebody else has created it before it was made anew. %2 keeps "
                                   "the settings that it had: compare them in the table.")
                .arg(name, standIn));
    return saying(why,
        ConsumerRecreation::tr("%1 was deleted, and not made anew. %2 keeps its settings: go on from there. %3")
            .arg(name, standIn, why.summary));
}

} // namespace

Flow<Consumer> ConsumerRecreation::recreate(Consumer seen, ConsumerReset reset)
{
    auto reached = co_await m_source.reachToChange(seen.id.stream.account);
    if (!reached)
        co_return fail(reached.error());
    const Api api = *reached;
    auto present = co_await api->consumer(seen.id.stream.name, seen.id.name);
    if (!present)
        co_return fail(JetStreamChanges::notSeen(objectWords(seen.id), present.error()));
    if (const Result<void> same = isStill(seen, *present); !same)
        co_return fail(same.error());
    const StandIn kept{seen.id, recreatedConfig(present->config, firstAgain(reset, *present))};
    auto standIn = co_await keep(api, *present, kept.config);
    if (!standIn)
        co_return fail(standIn.error());
    auto deleted = co_await remove(api, *present);
    if (!deleted) {
        const Error::Kind kind = deleted.error().kind;
        if (kind != Error::Kind::NotFound && kind != Error::Kind::Timeout)
            co_await letGo(api, seen.id, *standIn);
        co_return fail(notDeleted(deleted.error(), seen.id.name, standIn->id.name));
    }
    co_return co_await make(api, kept, *standIn);
}

Flow<Consumer> ConsumerRecreation::finish(Consumer standIn)
{
    const std::optional<StandIn> kept = standInOf(standIn);
    if (!kept)
        co_return fail(Error::Kind::Invalid, tr("%1 stands in for no other consumer.").arg(standIn.id.name));
    auto reached = co_await m_source.reachToChange(standIn.id.stream.account);
    if (!reached)
        co_return fail(reached.error());
    const Api api = *reached;
    auto found = co_await api->consumer(standIn.id.stream.name, standIn.id.name);
    if (!found)
        co_return fail(JetStreamChanges::notSeen(objectWords(standIn.id), found.error()));
    if (const Result<void> same = isStill(standIn, *found); !same)
        co_return fail(same.error());
    auto present = co_await api->consumer(kept->consumer.stream.name, kept->consumer.name);
    if (!present && present.error().kind != Error::Kind::NotFound)
        co_return fail(JetStreamChanges::notSeen(objectWords(kept->consumer), present.error()));
    if (!present)
        co_return co_await make(api, *kept, *found);
    if (recreationOf(*found, *kept, *present) == Recreation::Overtaken)
        co_return fail(Error::Kind::Conflict, unfinishedText(*found, *kept, *present));
    auto removed = co_await remove(api, *found);
    if (!removed)
        co_return fail(removed.error());
    co_return present;
}

/// The stand-in, from which all can be read again that it is to keep. On a server that left that out, or lets go of it
/// by itself, it would keep nothing.
Flow<Consumer> ConsumerRecreation::keep(Api api, Consumer present, QJsonObject recreated)
{
    const QJsonObject config = standInConfig(present, recreated);
    const ConsumerId id{present.id.stream, standInName(present.id.name)};
    auto standIn = co_await create(api, id, config);
    if (!standIn)
        co_return fail(notKept(standIn.error(), id.name));
    QString lacking = fieldsOf(notTaken(config, standIn->config));
    if (standInOf(*standIn) != StandIn{present.id, recreated})
        lacking = QStringLiteral("metadata");
    if (standIn->config.value(QLatin1String("inactive_threshold")).toInteger() > 0)
        lacking = QStringLiteral("inactive_threshold");
    if (lacking.isEmpty())
        co_return standIn;
    co_await letGo(api, present.id, *standIn);
    co_return fail(Error::Kind::Invalid,
        tr("Nothing was deleted: the server made %1, which keeps the settings meanwhile, otherwise than it has to be "
           "(%2).")
            .arg(id.name, lacking));
}

/// JetStream deletes by name alone: this is the last moment to see that it is the one.
Flow<void> ConsumerRecreation::remove(Api api, Consumer present)
{
    const QString stream = present.id.stream.name;
    const QString name = present.id.name;
    const QString object = objectWords(present.id);
    JetStreamChange<void, Consumer> deletion{object, ChangeKeys::consumer(stream, name),
        [=] { return api->deleteConsumer(stream, name); }, [=] { return api->consumer(stream, name); },
        [=](const Result<Consumer> &found, const Error &unanswered) {
            return judgeDeletion(object, found, unanswered);
        }};
    deletion.check = [=](const Consumer &found) { return isStill(present, found); };
    co_return co_await m_changes.carryOut(present.id.stream.account, api, deletion);
}

Flow<Consumer> ConsumerRecreation::make(Api api, StandIn kept, Consumer standIn)
{
    auto made = co_await create(api, kept.consumer, kept.config);
    if (!made)
        co_return fail(notMade(made.error(), kept.consumer.name, standIn.id.name));
    if (const QString lacking = fieldsOf(notTaken(kept.config, made->config)); !lacking.isEmpty())
        co_return fail(Error::Kind::Protocol,
            tr("%1 was made anew, but the server left out a part of its settings (%2). %3 keeps them: compare them in "
               "the table.")
                .arg(kept.consumer.name, lacking, standIn.id.name));
    co_await letGo(api, kept.consumer, standIn);
    co_return made;
}

Flow<Consumer> ConsumerRecreation::create(Api api, ConsumerId id, QJsonObject config)
{
    const QString object = objectWords(id);
    const JetStreamChange<Consumer, Consumer> creation{object, ChangeKeys::consumer(id.stream.name, id.name),
        [=] { return api->createConsumer(id.stream.name, config); },
        [=] { return api->consumer(id.stream.name, id.name); },
        [=](const Result<Consumer> &found, const Error &unanswered) {
            return judgeCreation(object, config, found, unanswered);
        }};
    co_return co_await m_changes.carryOut(id.stream.account, api, creation);
}

/// Only while `consumer` is seen to be there.
Flow<void> ConsumerRecreation::letGo(Api api, ConsumerId consumer, Consumer standIn)
{
    auto present = co_await api->consumer(consumer.stream.name, consumer.name);
    if (!present)
        co_return fail(present.error());
    co_return co_await remove(api, standIn);
}
