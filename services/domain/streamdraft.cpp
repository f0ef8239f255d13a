// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/streamdraft.h"

#include "services/domain/assetfields.h"
#include "services/domain/streamoptionrules.h"
#include "services/domain/streamsubjectrules.h"
#include "services/domain/subject.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <limits>

using namespace std::chrono_literals;

namespace {

constexpr int mostReplicas = 5;
constexpr int longestDescription = 4096;
constexpr int mostMetadata = 128 * 1024;
constexpr qint64 largestMessage = std::numeric_limits<qint32>::max();
constexpr std::chrono::hours longestAge{24 * 365 * 200}; // what an int64 of nanoseconds holds is 292 years
constexpr std::chrono::nanoseconds leastAge = 100ms;

QString text(const char *source)
{
    return QCoreApplication::translate("Stream", source);
}

QString name(const char *field)
{
    return QLatin1String(field);
}

/// One draft with its rules, each of which answers what is wrong, or nothing.
class Judge {
public:
    /// Of `only` that field; nothing: of all.
    Judge(const StreamDraft &draft, const StreamContext &context, const char *only = nullptr)
        : m_only(only)
        , m_draft(draft)
        , m_context(context)
        , m_config(draft.config)
        , m_before(draft.seen ? draft.seen->config : QJsonObject())
    {
    }

    FieldErrors errors()
    {
        check("account", [this] {
            return m_draft.account.isEmpty() ? text("Choose the account that owns the stream.") : QString();
        });
        check("name", [this] { return isNew() ? nameProblem() : QString(); });
        check("subjects", [this] { return isTouched("subjects") ? subjectsProblem() : QString(); });
        check("description", [this] { return descriptionProblem(); });
        check("num_replicas", [this] { return isTouched("num_replicas") ? replicasProblem() : QString(); });
        for (const char *limit : {"max_msgs", "max_bytes", "max_msg_size", "max_msgs_per_subject", "max_consumers"})
            check(limit, [this, limit] { return isTouched(limit) ? limitProblem(limit) : QString(); });
        check("max_age", [this] { return isTouched("max_age") ? ageProblem() : QString(); });
        check("duplicate_window",
            [this] { return isTouched("duplicate_window") || isTouched("max_age") ? windowProblem() : QString(); });
        check("deny_purge", [this] { return denyPurgeProblem(); });
        check("discard_new_per_subject", [this] { return discardPerSubjectProblem(); });
        for (const FieldError &error : optionProblems())
            check(error.field, [&error] { return error.message; });
        for (const char *limit : {"inactive_threshold", "max_ack_pending"})
            check(QStringLiteral("consumer_limits.") + name(limit),
                [this, limit] { return isTouched("consumer_limits") ? consumerProblem(limit) : QString(); });
        check("metadata", [this] { return isTouched("metadata") ? metadataProblem() : QString(); });
        check(linkedAppField().toLatin1().constData(), [this] { return linkedAppProblem(m_config, m_before); });
        check("sealed", [this] {
            return isNew() && flag("sealed") ? text("A stream can be sealed once it is there.") : QString();
        });
        for (const AssetField &field : streamFields())
            check(field.name, [this, &field] {
                const bool isChanged = isTouched(field.name) && (!isNew() || isSet(field.name));
                return isChanged ? changeProblem(field) : QString();
            });
        return m_errors;
    }

private:
    bool isNew() const { return !m_draft.seen; }
    QJsonValue value(const char *field) const { return m_config.value(name(field)); }
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
    bool isSet(const char *field) const { return !changesBetween({}, {{name(field), value(field)}}).isEmpty(); }

    template <typename Rule> void check(const char *field, Rule rule) { check(name(field), rule); }
    /// By the first rule that finds something wrong; none is asked that is not wanted.
    template <typename Rule> void check(const QString &field, Rule rule)
    {
        if (m_only && field != name(m_only))
            return;
        const bool isToldOf = std::any_of(
            m_errors.cbegin(), m_errors.cend(), [&field](const FieldError &error) { return error.field == field; });
        if (isToldOf)
            return;
        if (const QString problem = rule(); !problem.isEmpty())
            m_errors.append({field, problem});
    }

    FieldErrors optionProblems() const
    {
        const int usual = std::clamp(m_context.serverReplicas, 1, 3);
        const int asked = value("num_replicas").toInt();
        return streamOptionProblems(
            m_config, asked > 0 ? asked : usual, [this](const char *field) { return isTouched(field); });
    }

    QString nameProblem() const
    {
        const StreamId own = m_draft.id();
        if (const QString problem = assetNameProblem(own.name); !problem.isEmpty())
            return problem;
        return m_context.existing.contains(own)
            ? text("Account %1 has a stream of that name already. Choose another name.").arg(own.account)
            : QString();
    }

    QString subjectsProblem() const
    {
        using namespace StreamSubjectRules;
        const QStringList own = subjectsIn(m_config);
        if (const QString problem = lonelyProblem(own, subjectsIn(m_before), m_draft.id().name); !problem.isEmpty())
            return problem;
        if (const QString problem = overlapWithin(own); !problem.isEmpty())
            return problem;
        if (!value("mirror").toObject().isEmpty())
            return own.isEmpty() ? QString() : text("A mirror takes no subjects: its messages come from elsewhere.");
        if (!value("sources").toArray().isEmpty() && own.isEmpty())
            return {};
        // without subjects the server takes the stream's name for one
        const QStringList taken = own.isEmpty() ? QStringList{m_draft.id().name} : own;
        return overlapWithOthers(taken, m_draft.id(), m_context.existing);
    }

    QString descriptionProblem() const
    {
        const bool isLong = value("description").toString().toUtf8().size() > longestDescription;
        return isLong ? text("Use at most %1 bytes.").arg(longestDescription) : QString();
    }

    QString replicasProblem() const
    {
        const int replicas = value("num_replicas").toInt();
        if (replicas < 0 || replicas > mostReplicas)
            return text("A stream has 1 to %1 copies.").arg(mostReplicas);
        if (replicas > 1 && m_context.serverReplicas <= 1)
            return text("A standalone server keeps one copy. More need a runtime of 3 or 5 replicas.");
        if (replicas > m_context.serverReplicas)
            return text("The runtime has %1 replicas: it can't keep more copies than that.")
                .arg(m_context.serverReplicas);
        return {};
    }

    QString limitProblem(const char *field) const
    {
        const QJsonValue limit = value(field);
        if (limit.isUndefined() || limit.toInteger() == -1)
            return {};
        if (limit.toInteger() < 1)
            return text("Enter 1 or more, or leave it empty for no limit.");
        if (name(field) == QLatin1String("max_msg_size") && limit.toInteger() > largestMessage)
            return text("Enter less than 2 GB, or leave it empty for no limit.");
        return {};
    }

    QString ageProblem() const
    {
        const auto age = duration("max_age");
        if (age > longestAge)
            return text("Enter at most %1 hours, or leave it empty for no limit.").arg(longestAge.count());
        return value("max_age").isUndefined() || age == 0ns || age >= leastAge
            ? QString()
            : text("Enter 100 ms or more, or leave it empty for no limit.");
    }

    QString windowProblem() const
    {
        const auto window = duration("duplicate_window");
        if (window == 0ns)
            return {};
        if (window < leastAge)
            return text("Enter 100 ms or more, or leave it empty for the server's default.");
        if (const auto age = duration("max_age"); age > 0ns && window > age)
            return text("It can't be longer than messages are kept (max age).");
        return {};
    }

    QString denyPurgeProblem() const
    {
        return flag("deny_purge") && flag("allow_rollup_hdrs")
            ? text("A roll-up is a purge: allow one or deny the other.")
            : QString();
    }

    QString discardPerSubjectProblem() const
    {
        if (!flag("discard_new_per_subject"))
            return {};
        const bool isDiscardNew = value("discard").toString() == toWire(Discard::New);
        return isDiscardNew && value("max_msgs_per_subject").toInteger() > 0
            ? QString()
            : text("It takes discard new, and a limit of messages for each subject.");
    }

    /// No limit may be lower than what a consumer has already.
    QString consumerProblem(const char *limit) const
    {
        const qint64 most = value("consumer_limits").toObject().value(name(limit)).toInteger();
        const auto exceeds = [most, limit](const Consumer &consumer) {
            return most > 0 && consumer.config.value(name(limit)).toInteger() > most;
        };
        const auto found = std::find_if(m_context.consumers.cbegin(), m_context.consumers.cend(), exceeds);
        return found == m_context.consumers.cend()
            ? QString()
            : text("Consumer %1 has more than that already: lower it there first.").arg(found->id.name);
    }

    QString metadataProblem() const
    {
        qsizetype bytes = 0;
        const QJsonObject metadata = value("metadata").toObject();
        for (auto entry = metadata.begin(); entry != metadata.end(); ++entry)
            bytes += entry.key().toUtf8().size() + entry.value().toString().toUtf8().size();
        return bytes > mostMetadata ? text("Use at most 128 KiB in all.") : QString();
    }

    QString changeProblem(const AssetField &field) const
    {
        const QString why = whyNotSettable(name(field.name), m_draft.seen, m_context);
        if (!why.isEmpty())
            return why;
        if (isNew())
            return {};
        if (field.later == AssetField::Later::OnlyOn && !value(field.name).toBool())
            return text("Once it is on it can't be switched off.");
        if (name(field.name) == QLatin1String("retention"))
            return retentionProblem();
        return name(field.name) == QLatin1String("mirror") ? mirrorChangeProblem() : QString();
    }

    QString mirrorChangeProblem() const
    {
        if (!value("mirror").toObject().isEmpty())
            return text("It can't be changed once the stream is there: only taken away.");
        const ServerVersion promoting{2, 12, 0};
        return m_context.server && *m_context.server < promoting
            ? text("A mirror can be made a stream of its own from nats-server %1 on; this one is %2.")
                  .arg(promoting.text(), m_context.server->text())
            : QString();
    }

    QString retentionProblem() const
    {
        const QString queue = toWire(Retention::WorkQueue);
        const QString before = toWire(m_draft.seen->retention());
        if (value("retention").toString() == queue || before == queue)
            return text("No stream becomes a work queue later, nor ceases to be one.");
        if (m_context.server && *m_context.server < ServerVersion{2, 10, 0})
            return text("It can be changed from nats-server 2.10 on; this one is %1.").arg(m_context.server->text());
        return {};
    }

    const char *m_only;
    const StreamDraft &m_draft;
    const StreamContext &m_context;
    const QJsonObject &m_config;
    const QJsonObject m_before;
    FieldErrors m_errors;
};

} // namespace

StreamDraft StreamDraft::of(const QString &account, const QString &name, const QStringList &subjects)
{
    StreamDraft draft{account, {{QStringLiteral("name"), name}}};
    if (!subjects.isEmpty())
        draft.config.insert(QStringLiteral("subjects"), QJsonArray::fromStringList(subjects));
    return draft;
}

StreamId StreamDraft::id() const
{
    return seen ? seen->id : StreamId{account, config.value(QLatin1String("name")).toString()};
}

FieldErrors validate(const StreamDraft &draft, const StreamContext &context)
{
    return Judge(draft, context).errors();
}

QString problemWith(const char *field, const StreamDraft &draft, const StreamContext &context)
{
    const FieldErrors errors = Judge(draft, context, field).errors();
    return errors.isEmpty() ? QString() : errors.constFirst().message;
}

QString whyNotSettable(const QString &field, const std::optional<Stream> &seen, const StreamContext &context)
{
    const AssetField *known = fieldNamed(streamFields(), field.section(u'.', 0, 0));
    if (!known)
        return {};
    if (context.server && *context.server < known->since)
        return text("It takes nats-server %1; this one is %2.").arg(known->since.text(), context.server->text());
    if (!seen)
        return {};
    const ServerVersion consumersEditable{2, 12, 5};
    if (field == QLatin1String("max_consumers") && context.server && *context.server < consumersEditable)
        return text("It can be changed from nats-server %1 on; this one is %2.")
            .arg(consumersEditable.text(), context.server->text());
    return known->later == AssetField::Later::Fixed ? text("It can't be changed once the stream is there.") : QString();
}

QJsonObject toConfig(const StreamDraft &draft, const StreamContext &context)
{
    QJsonObject config = withWhatOptionsImply(draft.config);
    if (draft.seen)
        return config;
    const QJsonObject usual{{QStringLiteral("retention"), toWire(Retention::Limits)},
        {QStringLiteral("storage"), toWire(Storage::File)}, {QStringLiteral("discard"), toWire(Discard::Old)},
        {QStringLiteral("max_age"), 0}, {QStringLiteral("max_msgs"), -1}, {QStringLiteral("max_bytes"), -1},
        {QStringLiteral("num_replicas"), std::clamp(context.serverReplicas, 1, 3)}};
    for (auto field = usual.begin(); field != usual.end(); ++field) {
        if (!config.contains(field.key()))
            config.insert(field.key(), field.value());
    }
    return config;
}
