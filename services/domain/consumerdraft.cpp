// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/consumerdraft.h"

#include "services/domain/assetfields.h"
#include "services/domain/consumerpriority.h"
#include "services/domain/subject.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
#include <limits>

using namespace std::chrono_literals;

namespace {

constexpr int longestDescription = 4096;
constexpr int mostMetadata = 128 * 1024;
constexpr std::chrono::hours longest{24 * 365};
constexpr std::chrono::nanoseconds leastHeartbeat = 100ms;
constexpr std::chrono::nanoseconds leastExpiry = 1ms;
constexpr QLatin1String byFlowControl("flow_control");

/// Of a field that older servers know, a word that they don't.
struct LaterWord {
    const char *field;
    QLatin1String word;
    ServerVersion since;
};
constexpr LaterWord laterWords[]{
    {"ack_policy", byFlowControl, {2, 14, 0}},
    {"priority_policy", QLatin1String("prioritized"), {2, 12, 0}},
};

QString text(const char *source)
{
    return QCoreApplication::translate("Consumer", source);
}

QString name(const char *field)
{
    return QLatin1String(field);
}

const Stream *findStream(const StreamId &id, const QList<Stream> &streams)
{
    const auto found =
        std::find_if(streams.cbegin(), streams.cend(), [&id](const Stream &stream) { return stream.id == id; });
    return found == streams.cend() ? nullptr : &*found;
}

/// Those of one stream stand beside each other.
QList<Consumer> consumersOf(const StreamId &stream, const QList<Consumer> &all)
{
    const auto isBefore = [](const Consumer &consumer, const StreamId &id) { return consumer.id.stream < id; };
    auto each = std::lower_bound(all.cbegin(), all.cend(), stream, isBefore);
    QList<Consumer> result;
    for (; each != all.cend() && each->id.stream == stream; ++each)
        result.append(*each);
    return result;
}

QList<Consumer> othersOf(const ConsumerId &own, const QList<Consumer> &all)
{
    QList<Consumer> others = consumersOf(own.stream, all);
    others.removeIf([&own](const Consumer &consumer) { return consumer.id.name == own.name; });
    return others;
}

bool overlapsAny(const QString &subject, const QStringList &others)
{
    return std::any_of(
        others.cbegin(), others.cend(), [&subject](const QString &other) { return subjectsOverlap(subject, other); });
}

// Two consumers of a work queue must not want the same message (nats-server errors 10099 and 10100).
QString workQueueFilterProblem(const QStringList &filters, const QList<Consumer> &others)
{
    for (const Consumer &other : others) {
        const QStringList theirs = other.filterSubjects();
        if (filters.isEmpty() || theirs.isEmpty())
            return text("A work queue gives each message to one consumer, and %1 takes part already. Give every "
                        "consumer filter subjects that don't overlap.")
                .arg(other.id.name);
        for (const QString &filter : filters) {
            if (overlapsAny(filter, theirs))
                return text("\"%1\" overlaps what consumer %2 takes from this work queue. Choose subjects of its own.")
                    .arg(filter, other.id.name);
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

/// What it may hold messages on; empty where that is anything: what comes from other streams, or is stored on another
/// subject than it was sent on.
QStringList storedBy(const Stream &stream)
{
    for (const char *elsewhere : {"mirror", "sources", "subject_transform"}) {
        if (stream.config.contains(name(elsewhere)))
            return {};
    }
    return stream.subjects();
}

/// RFC 3339, as Go reads it: with its zone.
bool isMoment(const QString &written)
{
    static const QRegularExpression form(
        QStringLiteral("\\A\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)\\z"));
    return form.match(written).hasMatch() && QDateTime::fromString(written, Qt::ISODateWithMs).isValid();
}

/// One draft with its rules, each of which answers what is wrong, or nothing.
class Judge {
public:
    Judge(const ConsumerDraft &draft, const ConsumerContext &context)
        : m_draft(draft)
        , m_context(context)
        , m_config(toConfig(draft))
        , m_before(draft.seen ? draft.seen->config : QJsonObject())
        , m_stream(findStream(draft.stream, context.streams))
        , m_others(othersOf(draft.id(), context.existing))
    {
    }

    FieldErrors errors()
    {
        checkWhetherSettable();
        check("stream", streamProblem());
        check("durable_name", isNew() ? nameProblem() : QString());
        check("description", isTouched("description") ? descriptionProblem() : QString());
        check("filter_subjects", areFiltersTouched() || isTouched("deliver_policy") ? filterProblem() : QString());
        checkDelivery();
        checkAcknowledgement();
        check("deliver_subject", modeProblem());
        if (mode() == DeliveryMode::Push)
            checkPush();
        else
            checkPull();
        checkAdvanced();
        return m_errors;
    }

private:
    bool isNew() const { return !m_draft.seen; }
    DeliveryMode mode() const { return modeIn(m_config); }
    bool isOfWorkQueue() const { return m_stream && m_stream->retention() == Retention::WorkQueue; }
    QJsonValue value(const char *field) const { return m_config.value(name(field)); }
    QString word(const char *field) const { return value(field).toString(); }
    bool flag(const char *field) const { return value(field).toBool(); }
    std::chrono::nanoseconds duration(const char *field) const
    {
        return std::chrono::nanoseconds(value(field).toInteger());
    }
    bool isTouched(const char *field) const
    {
        return isNew()
            || !changesBetween({{name(field), m_before.value(name(field))}}, {{name(field), value(field)}}).isEmpty();
    }
    bool areFiltersTouched() const { return isNew() || filtersIn(m_before) != filtersIn(m_config); }
    bool isSet(const char *field) const { return !changesBetween({}, {{name(field), value(field)}}).isEmpty(); }

    void check(const char *field, const QString &problem)
    {
        // whichever of the two holds the filters, a person has one field for them
        const QString own = name(field) == QLatin1String("filter_subject") ? name("filter_subjects") : name(field);
        const bool isToldOf = std::any_of(
            m_errors.cbegin(), m_errors.cend(), [&own](const FieldError &error) { return error.field == own; });
        if (!problem.isEmpty() && !isToldOf)
            m_errors.append({own, problem});
    }

    /// Before any rule of the field: whatever is entered there is refused.
    void checkWhetherSettable()
    {
        for (const LaterWord &later : laterWords)
            check(later.field,
                isTouched(later.field) ? whyNotWord(name(later.field), word(later.field), m_context) : QString());
        for (const AssetField &field : consumerFields()) {
            const bool isChanged = isTouched(field.name) && (!isNew() || isSet(field.name));
            check(field.name, isChanged ? changeProblem(field) : QString());
        }
    }

    void checkDelivery()
    {
        check("deliver_policy", isTouched("deliver_policy") ? deliverPolicyProblem() : QString());
        check("opt_start_seq", isTouched("opt_start_seq") ? startSequenceProblem() : QString());
        check("opt_start_time", isTouched("opt_start_time") ? startTimeProblem() : QString());
    }

    void checkAcknowledgement()
    {
        check("ack_policy", isTouched("ack_policy") ? ackPolicyProblem() : QString());
        const bool isAckWaitAsked = isTouched("ack_wait") && !isSet("backoff");
        check("ack_wait", isAckWaitAsked ? ackWaitProblem() : QString());
        check("max_deliver", isTouched("max_deliver") ? limitProblem("max_deliver") : QString());
        check("max_ack_pending", isTouched("max_ack_pending") ? maxAckPendingProblem() : QString());
        if (isTouched("backoff") || isTouched("max_deliver"))
            check(isTouched("max_deliver") && !isTouched("backoff") ? "max_deliver" : "backoff", backoffProblem());
        if (isAcknowledgedByFlow())
            checkFlowAcknowledgement();
    }

    /// What is delivered then says by itself how far it has come: nothing is delivered again.
    void checkFlowAcknowledgement()
    {
        const bool isRepeated = value("max_deliver").toInteger(-1) > 0;
        const QString useless = text("Acknowledging by flow control has no use for it: leave it empty.");
        check("backoff", isTouched("backoff") && isSet("backoff") ? useless : QString());
        check("ack_wait", isTouched("ack_wait") && isSet("ack_wait") && !isSet("backoff") ? useless : QString());
        check("max_deliver", isTouched("max_deliver") && isRepeated ? useless : QString());
    }

    void checkPush()
    {
        check("deliver_subject", isTouched("deliver_subject") ? deliverSubjectProblem() : QString());
        check("deliver_group", isTouched("deliver_group") ? groupProblem() : QString());
        check("idle_heartbeat", isTouched("idle_heartbeat") ? heartbeatProblem() : QString());
        if (flag("flow_control") && duration("idle_heartbeat") == 0ns)
            check("idle_heartbeat", text("Flow control needs a heartbeat: enter 100 ms or more, such as 5s."));
        check("rate_limit_bps", isTouched("rate_limit_bps") ? amountProblem("rate_limit_bps") : QString());
    }

    void checkPull()
    {
        for (const char *amount : {"max_waiting", "max_batch", "max_bytes"})
            check(amount, isTouched(amount) ? amountProblem(amount) : QString());
        const auto expiry = duration("max_expires");
        const bool isShort = isTouched("max_expires") && expiry != 0ns && expiry < leastExpiry;
        check("max_expires", isShort ? text("Enter 1 ms or more, or leave it empty for no limit.") : QString());
        checkPriority();
    }

    void checkPriority()
    {
        if (!isTouched("priority_policy") && !isTouched("priority_groups") && !isTouched("priority_timeout"))
            return;
        const FieldErrors errors = priorityErrors(m_config);
        for (const FieldError &error : errors)
            check(error.field.toLatin1().constData(), error.message);
    }

    void checkAdvanced()
    {
        check("num_replicas", isTouched("num_replicas") ? replicasProblem() : QString());
        check("inactive_threshold", isTouched("inactive_threshold") ? cleanupProblem() : QString());
        check("sample_freq", isTouched("sample_freq") ? sampleProblem() : QString());
        check("metadata", isTouched("metadata") ? metadataProblem() : QString());
        check(linkedAppField().toLatin1().constData(), linkedAppProblem(m_config, m_before));
    }

    QString streamProblem() const
    {
        const QString own = m_draft.stream.name;
        if (own.isEmpty())
            return text("Choose the stream that the consumer reads.");
        if (!m_stream)
            return text("Stream %1 is not there any more. Choose another.").arg(own);
        const int most = m_stream->config.value(QLatin1String("max_consumers")).toInt(-1);
        if (isNew() && most > 0 && m_others.size() >= most)
            return text("Stream %1 allows %2 consumers and has them all.").arg(own).arg(most);
        return {};
    }

    QString nameProblem() const
    {
        const ConsumerId own = m_draft.id();
        if (const QString problem = assetNameProblem(own.name); !problem.isEmpty())
            return problem;
        const bool isTaken = consumersOf(own.stream, m_context.existing).size() > m_others.size();
        return isTaken
            ? text("Stream %1 has a consumer of that name already. Choose another name.").arg(own.stream.name)
            : QString();
    }

    QString descriptionProblem() const
    {
        const bool isLong = word("description").toUtf8().size() > longestDescription;
        return isLong ? text("Use at most %1 bytes.").arg(longestDescription) : QString();
    }

    QString filterProblem() const
    {
        const QStringList filters = filtersIn(m_config);
        const ServerVersion several{2, 10, 0};
        if (filters.size() > 1 && m_context.server && *m_context.server < several)
            return text("Several filters take nats-server %1; this one is %2. Use one.")
                .arg(several.text(), m_context.server->text());
        const QStringList subjects = m_stream ? storedBy(*m_stream) : QStringList();
        if (const QString problem = lonelyFilterProblem(filters, subjects); !problem.isEmpty())
            return problem;
        if (word("deliver_policy") == toWire(DeliverPolicy::LastPerSubject) && filters.isEmpty())
            return text("The last message of each subject needs a filter: say of which subjects.");
        return isOfWorkQueue() ? workQueueFilterProblem(filters, m_others) : QString();
    }

    QString deliverPolicyProblem() const
    {
        return isOfWorkQueue() && word("deliver_policy") != toWire(DeliverPolicy::All)
            ? text("A consumer of a work queue begins with all messages: choose all.")
            : QString();
    }

    QString startSequenceProblem() const
    {
        const bool isMissing =
            word("deliver_policy") == toWire(DeliverPolicy::ByStartSequence) && value("opt_start_seq").toInteger() < 1;
        return isMissing ? text("Enter the first sequence to deliver, 1 or more.") : QString();
    }

    QString startTimeProblem() const
    {
        const bool isMissing =
            word("deliver_policy") == toWire(DeliverPolicy::ByStartTime) && !isMoment(word("opt_start_time"));
        return isMissing ? text("Enter the time from which messages are delivered.") : QString();
    }

    bool isAcknowledgedByFlow() const { return word("ack_policy") == byFlowControl; }

    QString ackPolicyProblem() const
    {
        if (isAcknowledgedByFlow())
            return mode() == DeliveryMode::Pull
                ? text("Only what is pushed is acknowledged by flow control: choose another, or push.")
                : QString();
        return isOfWorkQueue() && word("ack_policy") != toWire(AckPolicy::Explicit)
            ? text("A work queue removes a message when it is acknowledged: choose explicit.")
            : QString();
    }

    QString ackWaitProblem() const
    {
        const auto wait = duration("ack_wait");
        if (value("ack_wait").isUndefined() || (wait > 0ns && wait <= longest))
            return {};
        return text("Enter more than 0 and at most a year, or leave it empty for 30 s.");
    }

    QString limitProblem(const char *field) const
    {
        const QJsonValue limit = value(field);
        const bool isOpen = limit.isUndefined() || limit.toInteger() == -1 || limit.toInteger() == 0;
        return isOpen || limit.toInteger() > 0 ? QString() : text("Enter 1 or more, or leave it empty.");
    }

    /// Of what no number leaves open: -1 is an error to some servers.
    QString amountProblem(const char *field) const
    {
        return value(field).toInteger() < 0 ? text("Enter 1 or more, or leave it empty.") : QString();
    }

    QString maxAckPendingProblem() const
    {
        if (const QString problem = limitProblem("max_ack_pending"); !problem.isEmpty())
            return problem;
        const bool isUnacknowledged = word("ack_policy") == toWire(AckPolicy::None);
        if (isUnacknowledged && mode() == DeliveryMode::Push && isSet("max_ack_pending"))
            return text("Nothing is acknowledged: leave it empty.");
        if (isAcknowledgedByFlow() && value("max_ack_pending").toInteger() == -1)
            return text("Acknowledging by flow control takes a limit: enter 1 or more, or leave it empty for 1,000.");
        const qint64 most = consumerLimit("max_ack_pending");
        const qint64 asked = value("max_ack_pending").toInteger();
        if (most > 0 && (asked > most || asked == -1))
            return text("Stream %1 allows its consumers %2 at most.")
                .arg(m_draft.stream.name, QLocale().toString(most));
        return {};
    }

    QString backoffProblem() const
    {
        const QJsonArray waits = value("backoff").toArray();
        if (waits.isEmpty())
            return {};
        const bool isNegative =
            std::any_of(waits.begin(), waits.end(), [](const QJsonValue &wait) { return wait.toInteger(-1) < 0; });
        if (isNegative)
            return text("Enter waits of 0 or more, such as 1s, 5s, 30s.");
        const qint64 most = value("max_deliver").toInteger(-1);
        return most > 0 && most < waits.size()
            ? text("There are %1 waits, and at most %2 deliveries: raise max deliver, or name fewer waits.")
                  .arg(waits.size())
                  .arg(most)
            : QString();
    }

    QString modeProblem() const
    {
        return !isNew() && modeIn(m_before) != mode()
            ? text("A consumer that pushes goes on pushing, and one that is pulled from stays that.")
            : QString();
    }

    QString deliverSubjectProblem() const
    {
        const QString subject = word("deliver_subject");
        if (subject.isEmpty())
            return text("Enter the subject to which the server sends the messages.");
        // before what is wrong with a subject, which advises where wildcards may stand
        if (subject.contains(QLatin1Char('*')) || subject.contains(QLatin1Char('>')))
            return text("The server sends to one subject: no \"*\" and no \">\".");
        if (const QString problem = subjectProblem(subject); !problem.isEmpty())
            return problem;
        if (m_stream && overlapsAny(subject, m_stream->subjects()))
            return text(
                "The stream stores \"%1\": what is delivered would come back into it. Choose a subject outside.")
                .arg(subject);
        return !isNew() && m_draft.seen->isPushBound
            ? text("Somebody listens on %1: it can be changed once nobody does.")
                  .arg(m_before.value(QLatin1String("deliver_subject")).toString())
            : QString();
    }

    QString groupProblem() const
    {
        const QString group = word("deliver_group");
        const bool isBroken = std::any_of(group.cbegin(), group.cend(),
            [](QChar each) { return each.isSpace() || each == QLatin1Char('*') || each == QLatin1Char('>'); });
        return isBroken ? text("Use one word, without blanks, \"*\" and \">\".") : QString();
    }

    QString heartbeatProblem() const
    {
        const auto beat = duration("idle_heartbeat");
        return beat != 0ns && beat < leastHeartbeat ? text("Enter 100 ms or more, or leave it empty for none.")
                                                    : QString();
    }

    QString replicasProblem() const
    {
        const int asked = value("num_replicas").toInt();
        if (asked < 0)
            return text("Enter 1 or more, or leave it empty for as many copies as the stream has.");
        if (asked == 0 || !m_stream)
            return {};
        const int ofStream = m_stream->replicas();
        if (asked > ofStream)
            return text("Stream %1 has %2 copies: a consumer can't have more.").arg(m_draft.stream.name).arg(ofStream);
        if (asked != ofStream && m_stream->retention() != Retention::Limits)
            return text("On a stream that drops what was acknowledged a consumer has as many copies as it: %1.")
                .arg(ofStream);
        return {};
    }

    QString cleanupProblem() const
    {
        const auto idle = duration("inactive_threshold");
        if (idle < 0ns)
            return text("Enter more than 0, or leave it empty to keep it for good.");
        const std::chrono::nanoseconds most(consumerLimit("inactive_threshold"));
        return most > 0ns && idle > most
            ? text("Stream %1 allows its consumers less than that.").arg(m_draft.stream.name)
            : QString();
    }

    QString sampleProblem() const
    {
        QString percent = word("sample_freq");
        if (percent.isEmpty())
            return {};
        if (percent.endsWith(QLatin1Char('%')))
            percent.chop(1);
        bool isNumber = false;
        const int rate = percent.toInt(&isNumber);
        const bool hasBlank = std::any_of(percent.cbegin(), percent.cend(), [](QChar each) { return each.isSpace(); });
        return isNumber && !hasBlank && rate >= 0 && rate <= 100 ? QString() : text("Enter a percentage, 0 to 100.");
    }

    QString metadataProblem() const
    {
        qsizetype bytes = 0;
        const QJsonObject metadata = value("metadata").toObject();
        for (auto entry = metadata.begin(); entry != metadata.end(); ++entry)
            bytes += entry.key().toUtf8().size() + entry.value().toString().toUtf8().size();
        return bytes > mostMetadata ? text("Use at most 128 KiB in all.") : QString();
    }

    qint64 consumerLimit(const char *field) const
    {
        const QJsonObject limits =
            m_stream ? m_stream->config.value(QLatin1String("consumer_limits")).toObject() : QJsonObject();
        return limits.value(name(field)).toInteger();
    }

    QString changeProblem(const AssetField &field) const
    {
        return whyNotSettable(name(field.name), m_draft.seen, m_context);
    }

    const ConsumerDraft &m_draft;
    const ConsumerContext &m_context;
    const QJsonObject m_config; ///< as it would be sent
    const QJsonObject m_before;
    const Stream *m_stream;
    const QList<Consumer> m_others; ///< of the same stream
    FieldErrors m_errors;
};

/// What is left open in a new one.
const QJsonObject &usual()
{
    static const QJsonObject values{{QStringLiteral("ack_policy"), toWire(AckPolicy::Explicit)},
        {QStringLiteral("deliver_policy"), toWire(DeliverPolicy::All)},
        {QStringLiteral("replay_policy"), QStringLiteral("instant")}, {QStringLiteral("max_deliver"), -1}};
    return values;
}

void leaveOut(QJsonObject &config, const QStringList &fields)
{
    for (const QString &field : fields)
        config.remove(field);
}

void leaveOutWhatHasNoUse(QJsonObject &config)
{
    leaveOut(config, fieldsOnlyOf(modeIn(config) == DeliveryMode::Pull ? DeliveryMode::Push : DeliveryMode::Pull));
    const QString policy = config.value(name("deliver_policy")).toString();
    if (policy != toWire(DeliverPolicy::ByStartSequence))
        leaveOut(config, {name("opt_start_seq")});
    if (policy != toWire(DeliverPolicy::ByStartTime))
        leaveOut(config, {name("opt_start_time")});
    // without acknowledgements a push consumer with a limit on them is refused (10082)
    if (config.value(name("ack_policy")).toString() == toWire(AckPolicy::None))
        leaveOut(config, {name("ack_wait"), name("max_ack_pending"), name("backoff")});
}

} // namespace

ConsumerDraft ConsumerDraft::of(const StreamId &stream, const QString &name, const QStringList &filterSubjects)
{
    return {stream, withFilters({{QStringLiteral("durable_name"), name}}, filterSubjects)};
}

ConsumerId ConsumerDraft::id() const
{
    return seen ? seen->id : ConsumerId{stream, config.value(QLatin1String("durable_name")).toString()};
}

FieldErrors validate(const ConsumerDraft &draft, const ConsumerContext &context)
{
    return Judge(draft, context).errors();
}

QString whyNotSettable(const QString &field, const std::optional<Consumer> &seen, const ConsumerContext &context)
{
    const AssetField *known = fieldNamed(consumerFields(), fieldPath(field).constFirst());
    if (!known)
        return {};
    if (context.server && *context.server < known->since)
        return text("It takes nats-server %1; this one is %2.").arg(known->since.text(), context.server->text());
    return seen && known->later == AssetField::Later::Fixed ? text("It can't be changed once the consumer is there.")
                                                            : QString();
}

QString whyNotWord(const QString &field, const QString &word, const ConsumerContext &context)
{
    for (const LaterWord &later : laterWords) {
        const bool isIt = field == QLatin1String(later.field) && word == later.word;
        if (isIt && context.server && *context.server < later.since)
            return text("\"%1\" takes nats-server %2; this one is %3.")
                .arg(word, later.since.text(), context.server->text());
    }
    return {};
}

QJsonObject toConfig(const ConsumerDraft &draft)
{
    QJsonObject config = draft.config;
    // the first of the waits takes the place of the one for all
    if (const QJsonArray waits = config.value(name("backoff")).toArray(); !waits.isEmpty())
        config.insert(name("ack_wait"), waits.first());
    if (draft.seen)
        return config;
    for (auto field = usual().begin(); field != usual().end(); ++field) {
        if (!config.contains(field.key()))
            config.insert(field.key(), field.value());
    }
    config.insert(name("name"), config.value(name("durable_name")));
    // either of the two, but not both (10136)
    const bool hasOne = !config.value(name("filter_subject")).toString().isEmpty();
    if (hasOne && !config.value(name("filter_subjects")).toArray().isEmpty())
        config = withFilters(config, filtersIn(config));
    leaveOutWhatHasNoUse(config);
    return config;
}

QJsonObject withFilters(QJsonObject config, const QStringList &filters)
{
    leaveOut(config, {name("filter_subject"), name("filter_subjects")});
    if (filters.size() == 1)
        config.insert(name("filter_subject"), filters.constFirst());
    else if (!filters.isEmpty())
        config.insert(name("filter_subjects"), QJsonArray::fromStringList(filters));
    return config;
}

QStringList filtersIn(const QJsonObject &config)
{
    QStringList filters;
    for (const QJsonValue &filter : config.value(QLatin1String("filter_subjects")).toArray())
        filters.append(filter.toString());
    if (const QString filter = config.value(QLatin1String("filter_subject")).toString(); !filter.isEmpty())
        filters.append(filter);
    return filters;
}

DeliveryMode modeIn(const QJsonObject &config)
{
    // an empty one is a subject that is still to be entered
    return config.value(QLatin1String("deliver_subject")).isString() ? DeliveryMode::Push : DeliveryMode::Pull;
}

QStringList fieldsOnlyOf(DeliveryMode mode)
{
    if (mode == DeliveryMode::Push)
        return {name("deliver_subject"), name("deliver_group"), name("idle_heartbeat"), name("flow_control"),
            name("rate_limit_bps")};
    return {name("max_waiting"), name("max_batch"), name("max_expires"), name("max_bytes"), name("priority_groups"),
        name("priority_policy"), name("priority_timeout")};
}
