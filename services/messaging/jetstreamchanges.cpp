// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/jetstreamchanges.h"

#include "services/domain/assetfields.h"

#include <QCoreApplication>

namespace {

QString say(const char *source)
{
    return QCoreApplication::translate("JetStreamChanges", source);
}

tl::unexpected<Error> undecided(Error unanswered, const QString &summary)
{
    unanswered.kind = Error::Kind::Timeout; // a connection that was closed meanwhile says no more than silence does
    unanswered.summary = summary;
    return fail(std::move(unanswered));
}

} // namespace

QString ChangeKeys::stream(const QString &name)
{
    return QLatin1String("stream/") + name;
}

QString ChangeKeys::consumer(const QString &stream, const QString &name)
{
    return QLatin1String("consumer/") + stream + QLatin1Char('/') + name;
}

QString ChangeKeys::message(const QString &stream, quint64 sequence)
{
    return QLatin1String("message/") + stream + QLatin1Char('/') + QString::number(sequence);
}

QString ChangeKeys::subject(const QString &subject)
{
    return QLatin1String("subject/") + subject;
}

Error JetStreamChanges::isBusy(const QString &object)
{
    return {Error::Kind::Conflict,
        say("A change of %1 is under way already. Wait until its outcome is known.").arg(object), {}, {}, {}};
}

Error JetStreamChanges::notSent(const Error &why)
{
    if (!isUnanswered(why))
        return why;
    return {Error::Kind::NotReady,
        say("Nothing was sent, because nobody could say whether JetStream has a leader. %1 See that the API server and "
            "the pods answer, then try again.")
            .arg(why.summary),
        why.detail, {}, {}};
}

/// A Timeout would say that the outcome is not known.
Error JetStreamChanges::notPermitted(Error why)
{
    if (isUnanswered(why))
        why.kind = Error::Kind::NotReady;
    return why;
}

Error JetStreamChanges::notSeen(const QString &object, const Error &why)
{
    if (!isUnanswered(why))
        return why;
    return {Error::Kind::NotReady,
        say("Nothing was sent, because the server did not say whether %1 is still the one that was meant. %2 Try again "
            "once it answers.")
            .arg(object, why.summary),
        why.detail, {}, {}};
}

bool JetStreamChanges::isUnanswered(const Error &error)
{
    return error.kind == Error::Kind::Timeout || error.kind == Error::Kind::Cancelled;
}

template <typename Asset>
Result<Asset> judgeCreation(
    const QString &object, const QJsonObject &config, const Result<Asset> &found, const Error &unanswered)
{
    if (found && notTaken(config, found->config).isEmpty())
        return found;
    if (found)
        return undecided(unanswered,
            say("The server did not answer in time. There is a %1 by now, with other settings than asked for: look at "
                "it before you try again.")
                .arg(object));
    if (found.error().kind == Error::Kind::NotFound)
        return undecided(unanswered,
            say("The server did not answer in time, and there is no %1 so far. It may still be created later: look at "
                "the table before you try again.")
                .arg(object));
    return undecided(unanswered, unanswered.summary);
}

template Result<Stream> judgeCreation(const QString &, const QJsonObject &, const Result<Stream> &, const Error &);
template Result<Consumer> judgeCreation(const QString &, const QJsonObject &, const Result<Consumer> &, const Error &);

template <typename Asset>
Result<Asset> judgeChange(
    const QString &object, const QJsonObject &config, const Result<Asset> &found, const Error &unanswered)
{
    if (found && notTaken(config, found->config).isEmpty())
        return found;
    if (found)
        return undecided(unanswered,
            say("The server did not answer in time, and %1 is not as it was asked for so far. It may still be changed "
                "later: look at it before you try again.")
                .arg(object));
    return undecided(unanswered, unanswered.summary);
}

template Result<Stream> judgeChange(const QString &, const QJsonObject &, const Result<Stream> &, const Error &);
template Result<Consumer> judgeChange(const QString &, const QJsonObject &, const Result<Consumer> &, const Error &);

QString objectWords(const ConsumerId &id)
{
    return say("consumer %1 of stream %2").arg(id.name, id.stream.name);
}

Result<void> isStillSo(const QString &object, const QJsonObject &seen, const QJsonObject &found)
{
    QStringList fields;
    for (const FieldChange &change : changesBetween(seen, found))
        fields.append(change.field);
    if (fields.isEmpty())
        return {};
    return fail(Error::Kind::Conflict,
        say("Nothing was changed: somebody else has changed %1 meanwhile (%2).")
            .arg(object, fields.join(QStringLiteral(", "))));
}

Result<void> isStillThat(const QString &object, const QDateTime &seen, const std::optional<QDateTime> &found)
{
    if (found == seen)
        return {};
    return fail(Error::Kind::Conflict,
        say("Nothing was done: %1 is not the one that was looked at, which was deleted and made anew meanwhile. "
            "Look "
            "at the table, then decide again.")
            .arg(object));
}

template <typename Asset>
Result<void> judgeDeletion(const QString &object, const Result<Asset> &found, const Error &unanswered)
{
    if (found)
        return undecided(unanswered,
            say("The server did not answer in time, and %1 is still there. It may still be deleted later: look at the "
                "table before you try again.")
                .arg(object));
    if (found.error().kind == Error::Kind::NotFound)
        return {};
    return undecided(unanswered, unanswered.summary);
}

template Result<void> judgeDeletion(const QString &, const Result<Stream> &, const Error &);
template Result<void> judgeDeletion(const QString &, const Result<Consumer> &, const Error &);
