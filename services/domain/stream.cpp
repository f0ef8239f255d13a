// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/stream.h"

#include "services/domain/subject.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <limits>

namespace {

constexpr int mostReplicas = 5;
constexpr int longestDescription = 4096;
constexpr std::chrono::hours longestAge{24 * 365 * 200}; // what an int64 of nanoseconds holds is 292 years

QString text(const char *source)
{
    return QCoreApplication::translate("Stream", source);
}

// Spaces of the servers' own, and of the key-value and object stores that live on streams. Advisories may be kept.
QString reservedSpaceOf(const QString &subject)
{
    for (const QString &space : {QStringLiteral("$JS.>"), QStringLiteral("$JSC.>"), QStringLiteral("$SYS.>")}) {
        if (subjectsOverlap(subject, space) && !subjectContains(QStringLiteral("$JS.EVENT.>"), subject))
            return space;
    }
    for (const QString &space : {QStringLiteral("$KV.>"), QStringLiteral("$O.>")}) {
        if (subjectContains(space, subject))
            return space;
    }
    return {};
}

QString lonelySubjectProblem(const QString &subject)
{
    if (const QString problem = subjectProblem(subject); !problem.isEmpty())
        return problem;
    if (subject == QLatin1String(">"))
        return text("\">\" would take the server's own messages as well: begin with a word, such as \"orders.>\".");
    if (const QString space = reservedSpaceOf(subject); !space.isEmpty())
        return text("\"%1\" reaches into \"%2\", which the server keeps for itself: begin with a word of your own.")
            .arg(subject, space);
    return {};
}

QString overlapWithin(const QStringList &subjects)
{
    for (qsizetype i = 0; i < subjects.size(); ++i) {
        for (qsizetype j = i + 1; j < subjects.size(); ++j) {
            if (subjectsOverlap(subjects[i], subjects[j]))
                return text("\"%1\" and \"%2\" overlap: a message would be stored twice. Keep one of them.")
                    .arg(subjects[i], subjects[j]);
        }
    }
    return {};
}

QString overlapWithOthers(const QStringList &subjects, const StreamDraft &draft, const StreamContext &context)
{
    for (const StreamSubjects &other : context.existing) {
        if (other.id.account != draft.account || other.id.name == draft.name)
            continue;
        for (const QString &theirs : other.subjects) {
            for (const QString &ours : subjects) {
                if (subjectsOverlap(ours, theirs))
                    return text("\"%1\" overlaps \"%2\" of stream %3: two streams of an account can't take the same "
                                "message. Narrow one of them.")
                        .arg(ours, theirs, other.id.name);
            }
        }
    }
    return {};
}

QString subjectsProblem(const StreamDraft &draft, const StreamContext &context)
{
    for (const QString &subject : draft.subjects) {
        if (const QString problem = lonelySubjectProblem(subject); !problem.isEmpty())
            return problem;
    }
    if (const QString problem = overlapWithin(draft.subjects); !problem.isEmpty())
        return problem;
    // without subjects the server takes the stream's name for one
    const QStringList subjects = draft.subjects.isEmpty() ? QStringList{draft.name} : draft.subjects;
    return overlapWithOthers(subjects, draft, context);
}

QString nameProblem(const StreamDraft &draft, const StreamContext &context)
{
    if (const QString problem = assetNameProblem(draft.name); !problem.isEmpty())
        return problem;
    const bool taken =
        std::any_of(context.existing.cbegin(), context.existing.cend(), [&draft](const StreamSubjects &stream) {
            return stream.id == StreamId{draft.account, draft.name};
        });
    return taken ? text("Account %1 has a stream of that name already. Choose another name.").arg(draft.account)
                 : QString();
}

QString replicasProblem(int replicas, int serverReplicas)
{
    if (replicas < 0 || replicas > mostReplicas)
        return text("A stream has 1 to %1 copies.").arg(mostReplicas);
    if (replicas > 1 && serverReplicas <= 1)
        return text("A standalone server keeps one copy. More need a runtime of 3 or 5 replicas.");
    if (replicas > serverReplicas)
        return text("The runtime has %1 replicas: it can't keep more copies than that.").arg(serverReplicas);
    return {};
}

QString limitProblem(std::optional<qint64> limit)
{
    return limit && *limit < 1 ? text("Enter 1 or more, or leave it empty for no limit.") : QString();
}

QString ageProblem(std::optional<std::chrono::hours> age)
{
    if (age && *age > longestAge)
        return text("Enter at most %1 hours, or leave it empty for no limit.").arg(longestAge.count());
    return limitProblem(age ? std::optional<qint64>(age->count()) : std::nullopt);
}

} // namespace

QStringList Stream::subjects() const
{
    QStringList subjects;
    for (const QJsonValue &subject : config.value(QLatin1String("subjects")).toArray())
        subjects.append(subject.toString());
    return subjects;
}

Retention Stream::retention() const
{
    return fromWire<Retention>(config.value(QLatin1String("retention")).toString()).value_or(Retention::Limits);
}

Storage Stream::storage() const
{
    return fromWire<Storage>(config.value(QLatin1String("storage")).toString()).value_or(Storage::File);
}

Discard Stream::discard() const
{
    return fromWire<Discard>(config.value(QLatin1String("discard")).toString()).value_or(Discard::Old);
}

int Stream::replicas() const
{
    return std::max(1, config.value(QLatin1String("num_replicas")).toInt(1));
}

// Both limits are -1 for none; nats-server takes 0 for that, too.
std::optional<quint64> Stream::maxMessages() const
{
    const qint64 most = config.value(QLatin1String("max_msgs")).toInteger(-1);
    return most > 0 ? std::optional(quint64(most)) : std::nullopt;
}

std::optional<ByteCount> Stream::maxBytes() const
{
    const qint64 most = config.value(QLatin1String("max_bytes")).toInteger(-1);
    return most > 0 ? std::optional(ByteCount{most}) : std::nullopt;
}

bool Stream::isFull() const
{
    if (isOffline || messages == 0)
        return false;
    const qint64 usual = bytes.bytes / qint64(std::min<quint64>(messages, std::numeric_limits<qint64>::max()));
    const std::optional<quint64> mostMessages = maxMessages();
    const std::optional<ByteCount> mostBytes = maxBytes();
    return (mostMessages && messages >= *mostMessages) || (mostBytes && mostBytes->bytes - bytes.bytes < usual);
}

QString Stream::description() const
{
    return config.value(QLatin1String("description")).toString();
}

QString Stream::linkedApp() const
{
    return config.value(QLatin1String("metadata")).toObject().value(QLatin1String("pennant.app/linked-app")).toString();
}

QList<StreamSubjects> subjectsOf(const QList<Stream> &streams)
{
    QList<StreamSubjects> all;
    all.reserve(streams.size());
    for (const Stream &stream : streams)
        all.append({stream.id, stream.subjects()});
    return all;
}

FieldErrors validate(const StreamDraft &draft, const StreamContext &context)
{
    FieldErrors errors;
    const auto check = [&errors](const char *field, const QString &problem) {
        if (!problem.isEmpty())
            errors.append({QLatin1String(field), problem});
    };
    check("account", draft.account.isEmpty() ? text("Choose the account that owns the stream.") : QString());
    check("name", nameProblem(draft, context));
    check("subjects", subjectsProblem(draft, context));
    check("description",
        draft.description.toUtf8().size() > longestDescription ? text("Use at most %1 bytes.").arg(longestDescription)
                                                               : QString());
    check("num_replicas", replicasProblem(draft.replicas, context.serverReplicas));
    check("max_age", ageProblem(draft.maxAge));
    check("max_msgs", limitProblem(draft.maxMessages));
    check("max_bytes", limitProblem(draft.maxBytes ? std::optional<qint64>(draft.maxBytes->bytes) : std::nullopt));
    return errors;
}

QJsonObject toConfig(const StreamDraft &draft, const StreamContext &context)
{
    const std::chrono::nanoseconds maxAge = draft.maxAge.value_or(std::chrono::hours(0));
    QJsonObject config{
        {QStringLiteral("name"), draft.name},
        {QStringLiteral("retention"), toWire(draft.retention)},
        {QStringLiteral("storage"), toWire(draft.storage)},
        {QStringLiteral("num_replicas"),
            draft.replicas > 0 ? draft.replicas : std::clamp(context.serverReplicas, 1, 3)},
        {QStringLiteral("max_age"), qint64(maxAge.count())},
        {QStringLiteral("max_msgs"), draft.maxMessages.value_or(-1)},
        {QStringLiteral("max_bytes"), draft.maxBytes ? draft.maxBytes->bytes : qint64(-1)},
        {QStringLiteral("discard"), toWire(draft.discard)},
    };
    if (!draft.subjects.isEmpty())
        config.insert(QStringLiteral("subjects"), QJsonArray::fromStringList(draft.subjects));
    if (!draft.description.isEmpty())
        config.insert(QStringLiteral("description"), draft.description);
    return config;
}
