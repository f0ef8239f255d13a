// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/consumer.h"

#include "services/domain/subject.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <limits>

namespace {

constexpr int longestDescription = 4096;
constexpr std::chrono::minutes longBetweenPulls(5); // longer than workers rest between their batches

QString text(const char *source)
{
    return QCoreApplication::translate("Consumer", source);
}

const Stream *findStream(const StreamId &id, const QList<Stream> &streams)
{
    const auto found =
        std::find_if(streams.cbegin(), streams.cend(), [&id](const Stream &stream) { return stream.id == id; });
    return found == streams.cend() ? nullptr : &*found;
}

QList<Consumer> consumersOf(const StreamId &stream, const QList<Consumer> &all)
{
    QList<Consumer> result;
    std::copy_if(all.cbegin(), all.cend(), std::back_inserter(result),
        [&stream](const Consumer &consumer) { return consumer.id.stream == stream; });
    return result;
}

bool overlapsAny(const QString &subject, const QStringList &others)
{
    return std::any_of(
        others.cbegin(), others.cend(), [&subject](const QString &other) { return subjectsOverlap(subject, other); });
}

QString streamProblem(const ConsumerDraft &draft, const Stream *stream, const QList<Consumer> &siblings)
{
    if (draft.stream.name.isEmpty())
        return text("Choose the stream that the consumer reads.");
    if (!stream)
        return text("Stream %1 is not there any more. Choose another.").arg(draft.stream.name);
    const int most = stream->config.value(QLatin1String("max_consumers")).toInt(-1);
    if (most > 0 && siblings.size() >= most)
        return text("Stream %1 allows %2 consumers and has them all.").arg(draft.stream.name).arg(most);
    return {};
}

QString nameProblem(const ConsumerDraft &draft, const QList<Consumer> &siblings)
{
    if (const QString problem = assetNameProblem(draft.name); !problem.isEmpty())
        return problem;
    const bool taken = std::any_of(siblings.cbegin(), siblings.cend(),
        [&draft](const Consumer &sibling) { return sibling.id.name == draft.name; });
    return taken ? text("Stream %1 has a consumer of that name already. Choose another name.").arg(draft.stream.name)
                 : QString();
}

// Two consumers of a work queue must not want the same message (nats-server errors 10099 and 10100).
QString workQueueFilterProblem(const QStringList &filters, const QList<Consumer> &siblings)
{
    for (const Consumer &sibling : siblings) {
        const QStringList theirs = sibling.filterSubjects();
        if (filters.isEmpty() || theirs.isEmpty())
            return text("A work queue gives each message to one consumer, and %1 takes part already. Give every "
                        "consumer filter subjects that don't overlap.")
                .arg(sibling.id.name);
        for (const QString &filter : filters) {
            if (overlapsAny(filter, theirs))
                return text("\"%1\" overlaps what consumer %2 takes from this work queue. Choose subjects of its own.")
                    .arg(filter, sibling.id.name);
        }
    }
    return {};
}

QString lonelyFilterProblem(const QStringList &filters, const QStringList &streamSubjects)
{
    for (qsizetype i = 0; i < filters.size(); ++i) {
        if (const QString problem = subjectProblem(filters[i]); !problem.isEmpty())
            return problem;
        if (overlapsAny(filters[i], filters.mid(i + 1)))
            return text("\"%1\" overlaps another of the filters. Keep one of them.").arg(filters[i]);
        if (!streamSubjects.isEmpty() && !overlapsAny(filters[i], streamSubjects))
            return text("The stream takes no message on \"%1\": its subjects are %2.")
                .arg(filters[i], streamSubjects.join(QLatin1String(", ")));
    }
    return {};
}

QString filterProblem(const ConsumerDraft &draft, const Stream *stream, const QList<Consumer> &siblings)
{
    const QStringList subjects = stream ? stream->subjects() : QStringList();
    if (const QString problem = lonelyFilterProblem(draft.filterSubjects, subjects); !problem.isEmpty())
        return problem;
    if (draft.deliverPolicy == DeliverPolicy::LastPerSubject && draft.filterSubjects.isEmpty())
        return text("The last message of each subject needs a filter: say of which subjects.");
    if (stream && stream->retention() == Retention::WorkQueue)
        return workQueueFilterProblem(draft.filterSubjects, siblings);
    return {};
}

QString ackPolicyProblem(AckPolicy policy, const Stream *stream)
{
    if (policy != AckPolicy::Explicit && stream && stream->retention() == Retention::WorkQueue)
        return text("A work queue removes a message when it is acknowledged: choose explicit.");
    return {};
}

QString deliverPolicyProblem(DeliverPolicy policy, const Stream *stream)
{
    if (policy != DeliverPolicy::All && stream && stream->retention() == Retention::WorkQueue)
        return text("A consumer of a work queue begins with all messages: choose all.");
    return {};
}

QString startSequenceProblem(const ConsumerDraft &draft)
{
    if (draft.deliverPolicy != DeliverPolicy::ByStartSequence)
        return {};
    if (draft.startSequence < 1)
        return text("Enter the first sequence to deliver, 1 or more.");
    if (draft.startSequence > quint64(std::numeric_limits<qint64>::max()))
        return text("Enter a smaller sequence.");
    return {};
}

QString startTimeProblem(const ConsumerDraft &draft)
{
    const bool isMissing = draft.deliverPolicy == DeliverPolicy::ByStartTime && !draft.startTime.isValid();
    return isMissing ? text("Enter the time from which messages are delivered.") : QString();
}

QString countProblem(std::optional<int> count)
{
    return count && *count < 1 ? text("Enter 1 or more, or leave it empty.") : QString();
}

QString ackWaitProblem(std::optional<std::chrono::seconds> wait)
{
    constexpr std::chrono::seconds longest = std::chrono::hours(24 * 365);
    if (wait && (wait->count() < 1 || *wait > longest))
        return text("Enter 1 to %1 seconds, or leave it empty for 30.").arg(longest.count());
    return {};
}

QString deliverSubjectProblem(const ConsumerDraft &draft, const Stream *stream)
{
    if (draft.mode != DeliveryMode::Push)
        return {};
    if (draft.deliverSubject.isEmpty())
        return text("Enter the subject to which the server sends the messages.");
    // before what is wrong with a subject, which advises where wildcards may stand
    if (draft.deliverSubject.contains(QLatin1Char('*')) || draft.deliverSubject.contains(QLatin1Char('>')))
        return text("The server sends to one subject: no \"*\" and no \">\".");
    if (const QString problem = subjectProblem(draft.deliverSubject); !problem.isEmpty())
        return problem;
    if (stream && overlapsAny(draft.deliverSubject, stream->subjects()))
        return text("The stream stores \"%1\": what is delivered would come back into it. Choose a subject outside.")
            .arg(draft.deliverSubject);
    return {};
}

} // namespace

AckPolicy Consumer::ackPolicy() const
{
    // nats-server's zero value, for a document that leaves it out
    return fromWire<AckPolicy>(config.value(QLatin1String("ack_policy")).toString()).value_or(AckPolicy::None);
}

DeliverPolicy Consumer::deliverPolicy() const
{
    return fromWire<DeliverPolicy>(config.value(QLatin1String("deliver_policy")).toString())
        .value_or(DeliverPolicy::All);
}

DeliveryMode Consumer::mode() const
{
    return config.value(QLatin1String("deliver_subject")).toString().isEmpty() ? DeliveryMode::Pull
                                                                               : DeliveryMode::Push;
}

QStringList Consumer::filterSubjects() const
{
    QStringList filters;
    for (const QJsonValue &filter : config.value(QLatin1String("filter_subjects")).toArray())
        filters.append(filter.toString());
    if (const QString filter = config.value(QLatin1String("filter_subject")).toString(); !filter.isEmpty())
        filters.append(filter);
    return filters;
}

bool Consumer::isBetweenPulls() const
{
    return mode() == DeliveryMode::Pull && pending > 0 && waiting == 0;
}

QString Consumer::heldBackBy(const QDateTime &now) const
{
    if (isPaused)
        return text("Paused");
    if (mode() == DeliveryMode::Push && !isPushBound)
        return text("Nobody subscribes to %1").arg(config.value(QLatin1String("deliver_subject")).toString());
    const qint64 mostAckPending = config.value(QLatin1String("max_ack_pending")).toInteger(-1);
    if (mostAckPending > 0 && ackPending >= quint64(mostAckPending))
        return text("%1 deliveries wait for acknowledgement, which is the limit").arg(ackPending);
    const std::optional<QDateTime> quietSince = lastDelivery ? lastDelivery : createdAt;
    if (isBetweenPulls() && quietSince && quietSince->secsTo(now) >= std::chrono::seconds(longBetweenPulls).count())
        return hasDelivered()
            ? text("Nobody pulls: nothing was delivered for over %1 min").arg(longBetweenPulls.count())
            : text("No worker has pulled a message so far");
    return {};
}

FieldErrors validate(const ConsumerDraft &draft, const ConsumerContext &context)
{
    const Stream *stream = findStream(draft.stream, context.streams);
    const QList<Consumer> siblings = consumersOf(draft.stream, context.existing);
    FieldErrors errors;
    const auto check = [&errors](const char *field, const QString &problem) {
        if (!problem.isEmpty())
            errors.append({QLatin1String(field), problem});
    };
    check("stream", streamProblem(draft, stream, siblings));
    check("durable_name", nameProblem(draft, siblings));
    check("description",
        draft.description.toUtf8().size() > longestDescription ? text("Use at most %1 bytes.").arg(longestDescription)
                                                               : QString());
    check("filter_subjects", filterProblem(draft, stream, siblings));
    check("deliver_policy", deliverPolicyProblem(draft.deliverPolicy, stream));
    check("opt_start_seq", startSequenceProblem(draft));
    check("opt_start_time", startTimeProblem(draft));
    check("ack_policy", ackPolicyProblem(draft.ackPolicy, stream));
    if (draft.ackPolicy != AckPolicy::None) {
        check("ack_wait", ackWaitProblem(draft.ackWait));
        check("max_ack_pending", countProblem(draft.maxAckPending));
    }
    check("max_deliver", countProblem(draft.maxDeliver));
    check("deliver_subject", deliverSubjectProblem(draft, stream));
    return errors;
}

QJsonObject toConfig(const ConsumerDraft &draft)
{
    QJsonObject config{
        {QStringLiteral("name"), draft.name},
        {QStringLiteral("durable_name"), draft.name},
        {QStringLiteral("ack_policy"), toWire(draft.ackPolicy)},
        {QStringLiteral("deliver_policy"), toWire(draft.deliverPolicy)},
        {QStringLiteral("replay_policy"), QStringLiteral("instant")},
        {QStringLiteral("max_deliver"), draft.maxDeliver.value_or(-1)},
    };
    if (!draft.description.isEmpty())
        config.insert(QStringLiteral("description"), draft.description);
    if (draft.filterSubjects.size() == 1)
        config.insert(QStringLiteral("filter_subject"), draft.filterSubjects.first());
    else if (!draft.filterSubjects.isEmpty())
        config.insert(QStringLiteral("filter_subjects"), QJsonArray::fromStringList(draft.filterSubjects));
    // without acknowledgements a push consumer with a limit on them is refused (10082)
    if (draft.ackPolicy != AckPolicy::None) {
        if (draft.ackWait)
            config.insert(QStringLiteral("ack_wait"), qint64(std::chrono::nanoseconds(*draft.ackWait).count()));
        if (draft.maxAckPending)
            config.insert(QStringLiteral("max_ack_pending"), *draft.maxAckPending);
    }
    if (draft.deliverPolicy == DeliverPolicy::ByStartSequence)
        config.insert(QStringLiteral("opt_start_seq"), qint64(draft.startSequence));
    if (draft.deliverPolicy == DeliverPolicy::ByStartTime)
        config.insert(QStringLiteral("opt_start_time"), draft.startTime.toUTC().toString(Qt::ISODateWithMs));
    if (draft.mode == DeliveryMode::Push)
        config.insert(QStringLiteral("deliver_subject"), draft.deliverSubject);
    return config;
}
