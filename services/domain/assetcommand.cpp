// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/assetexport.h"

#include "services/domain/assetfields.h"
#include "services/domain/commenttext.h"
#include "services/domain/goduration.h"
#include "services/domain/shellquote.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <limits>
#include <span>

namespace {

enum class As { Text, Number, Bytes, Duration, Switch };

/// What one flag sets.
struct Flag {
    const char *field;
    const char *name;
    As as;
};

constexpr Flag streamFlags[]{
    {"description", "description", As::Text},
    {"storage", "storage", As::Text},
    {"compression", "compression", As::Text},
    {"num_replicas", "replicas", As::Number},
    {"discard", "discard", As::Text},
    {"discard_new_per_subject", "discard-per-subject", As::Switch},
    {"max_age", "max-age", As::Duration},
    {"max_msgs", "max-msgs", As::Number},
    {"max_msgs_per_subject", "max-msgs-per-subject", As::Number},
    {"max_bytes", "max-bytes", As::Bytes},
    {"max_msg_size", "max-msg-size", As::Bytes},
    {"max_consumers", "max-consumers", As::Number},
    {"first_seq", "first-sequence", As::Number},
    {"no_ack", "no-ack", As::Switch},
    {"allow_rollup_hdrs", "allow-rollup", As::Switch},
    {"deny_delete", "deny-delete", As::Switch},
    {"deny_purge", "deny-purge", As::Switch},
    {"mirror_direct", "allow-mirror-direct", As::Switch},
    {"allow_msg_ttl", "allow-msg-ttl", As::Switch},
    {"subject_delete_marker_ttl", "subject-del-markers-ttl", As::Duration},
    {"allow_msg_counter", "allow-counter", As::Switch},
    {"allow_atomic", "allow-batch", As::Switch},
    {"allow_batched", "allow-fast", As::Switch},
    {"allow_msg_schedules", "allow-schedules", As::Switch},
    {"persist_mode", "persist-mode", As::Text},
};

constexpr Flag consumerFlags[]{
    {"description", "description", As::Text},
    {"deliver_subject", "target", As::Text},
    {"deliver_group", "deliver-group", As::Text},
    {"filter_subject", "filter", As::Text},
    {"ack_policy", "ack", As::Text},
    {"ack_wait", "wait", As::Duration},
    {"max_deliver", "max-deliver", As::Number},
    {"max_waiting", "max-waiting", As::Number},
    {"max_batch", "max-pull-batch", As::Number},
    {"max_expires", "max-pull-expire", As::Duration},
    {"max_bytes", "max-pull-bytes", As::Number},
    {"inactive_threshold", "inactive-threshold", As::Duration},
    {"headers_only", "headers-only", As::Switch},
    {"flow_control", "flow-control", As::Switch},
    {"idle_heartbeat", "heartbeat", As::Duration},
    {"rate_limit_bps", "bps", As::Number},
    {"num_replicas", "replicas", As::Number},
    {"mem_storage", "memory", As::Switch},
};

QString text(const char *source)
{
    return QCoreApplication::translate("AssetExport", source);
}

bool isSet(const QJsonValue &value)
{
    return !changesBetween({}, {{QStringLiteral("value"), value}}).isEmpty();
}

QString inJson(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QStringList texts(const QJsonValue &list)
{
    QStringList found;
    for (const QJsonValue &value : list.toArray())
        found.append(value.toString());
    return found;
}

/// The CLI reads 32 bits, and a unit after them. Nothing for what that can't say.
QString bytesText(qint64 bytes)
{
    QString unit;
    for (const char *next : {"K", "M", "G", "T"}) {
        if (bytes <= std::numeric_limits<qint32>::max())
            break;
        if (bytes % 1024 != 0)
            return {};
        bytes /= 1024;
        unit = QLatin1String(next);
    }
    return QString::number(bytes) + unit;
}

/// One command that grows flag by flag, out of a configuration from which what was said is taken.
class Command {
public:
    Command(QString verb, const QJsonObject &config)
        : m_verb(std::move(verb))
        , m_config(portableConfig(config))
    {
    }

    QJsonValue value(const char *field) const { return m_config.value(QLatin1String(field)); }
    QJsonValue take(const char *field) { return m_config.take(QLatin1String(field)); }
    bool has(const char *field) const { return isSet(value(field)); }

    void add(const char *flag) { m_words.append(QStringLiteral("--") + QLatin1String(flag)); }
    void add(const char *flag, const QString &what)
    {
        m_words.append(QStringLiteral("--%1=%2").arg(QLatin1String(flag), shellQuoted(what)));
    }
    void addEach(const char *flag, const QStringList &what)
    {
        for (const QString &each : what)
            add(flag, each);
    }
    void miss(const QString &field) { m_missing.append(field); }

    void addAll(std::span<const Flag> flags)
    {
        for (const Flag &flag : flags) {
            if (has(flag.field))
                addOne(flag, take(flag.field));
        }
    }

    /// Keys and values are split at the first of two signs.
    void addMetadata()
    {
        const QJsonObject metadata = take("metadata").toObject();
        for (auto each = metadata.begin(); each != metadata.end(); ++each) {
            const bool isSplit = each.key().contains(QLatin1Char(':')) || each.key().contains(QLatin1Char('='));
            if (isSplit || each.key().isEmpty())
                miss(QStringLiteral("metadata.") + each.key());
            else
                add("metadata", each.key() + QLatin1Char('=') + each.value().toString());
        }
    }

    /// `arguments` come before the flags; `file` is what the JSON would be saved as.
    ExportedAsset exported(const QStringList &arguments, const QString &file)
    {
        for (auto each = m_config.begin(); each != m_config.end(); ++each) {
            if (isSet(each.value()))
                miss(each.key());
        }
        QString line = m_verb;
        for (const QString &argument : arguments)
            line += QLatin1Char(' ') + shellQuoted(argument);
        QString command =
            (QStringList{line} + m_words + QStringList{QStringLiteral("--defaults")}).join(QStringLiteral(" \\\n  "))
            + QLatin1Char('\n');
        QStringList missing;
        for (const QString &each : std::as_const(m_missing))
            missing.append(nameInComment(each));
        if (!missing.isEmpty())
            command.prepend(
                text("# No flag sets these: %1\n# With all of them, from the JSON saved as a file:\n#   %2\n")
                    .arg(missing.join(QLatin1String(", ")),
                        lineInComment(line + QStringLiteral(" --config=") + shellQuoted(file))));
        return {command, m_missing};
    }

private:
    void addOne(const Flag &flag, const QJsonValue &what)
    {
        switch (flag.as) {
        case As::Text:
            return add(flag.name, what.toString());
        case As::Switch:
            return add(flag.name);
        case As::Duration:
            return add(flag.name, goDuration(std::chrono::nanoseconds(what.toInteger())));
        case As::Number:
            if (what.toInteger() >= 0) // below stands for no limit, which is the default
                add(flag.name, QString::number(what.toInteger()));
            return;
        case As::Bytes:
            if (what.toInteger() < 0)
                return;
            if (const QString bytes = bytesText(what.toInteger()); !bytes.isEmpty())
                add(flag.name, bytes);
            else
                miss(QLatin1String(flag.field));
        }
    }

    QString m_verb;
    QJsonObject m_config;
    QStringList m_words;
    QStringList m_missing;
};

void addSubjects(Command &command)
{
    const QStringList subjects = texts(command.take("subjects"));
    // the flag takes a list apart at these
    if (std::any_of(subjects.cbegin(), subjects.cend(), [](const QString &each) { return each.contains(u','); }))
        return command.miss(QStringLiteral("subjects"));
    command.addEach("subjects", subjects);
}

void addPlacement(Command &command)
{
    QJsonObject placement = command.take("placement").toObject();
    if (const QString cluster = placement.take(QLatin1String("cluster")).toString(); !cluster.isEmpty())
        command.add("cluster", cluster);
    command.addEach("tag", texts(placement.take(QLatin1String("tags"))));
    for (const QString &other : placement.keys())
        command.miss(QStringLiteral("placement.") + other);
}

void addSources(Command &command)
{
    if (command.has("mirror"))
        command.add("mirror", inJson(command.take("mirror").toObject()));
    const QJsonArray sources = command.take("sources").toArray();
    for (const QJsonValue &source : sources)
        command.add("source", inJson(source.toObject()));
}

void addTransforms(Command &command)
{
    const auto both = [&command](const QJsonObject &object, const char *source, const char *destination) {
        command.add(source, object.value(QLatin1String("src")).toString());
        command.add(destination, object.value(QLatin1String("dest")).toString());
    };
    if (command.has("subject_transform"))
        both(command.take("subject_transform").toObject(), "transform-source", "transform-destination");
    if (!command.has("republish"))
        return;
    const QJsonObject republish = command.take("republish").toObject();
    both(republish, "republish-source", "republish-destination");
    if (republish.value(QLatin1String("headers_only")).toBool())
        command.add("republish-headers");
}

void addConsumerLimits(Command &command)
{
    const QJsonObject limits = command.take("consumer_limits").toObject();
    if (const qint64 inactive = limits.value(QLatin1String("inactive_threshold")).toInteger(); inactive > 0)
        command.add("limit-consumer-inactive", goDuration(std::chrono::nanoseconds(inactive)));
    if (const qint64 pending = limits.value(QLatin1String("max_ack_pending")).toInteger(); pending > 0)
        command.add("limit-consumer-max-pending", QString::number(pending));
}

/// Left out it would be two minutes; a mirror has none.
void addDuplicateWindow(Command &command)
{
    const qint64 window = command.take("duplicate_window").toInteger();
    if (window > 0 || !command.has("mirror"))
        command.add("dupe-window", goDuration(std::chrono::nanoseconds(window)));
}

void addRetention(Command &command)
{
    const QString retention = command.take("retention").toString();
    if (!retention.isEmpty())
        command.add("retention", retention == QLatin1String("workqueue") ? QStringLiteral("work") : retention);
}

void addStart(Command &command)
{
    const QString policy = command.take("deliver_policy").toString();
    if (policy == QLatin1String("by_start_sequence"))
        command.add("deliver", QString::number(command.take("opt_start_seq").toInteger()));
    else if (policy == QLatin1String("last_per_subject"))
        command.add("deliver", QStringLiteral("subject"));
    else if (policy == QLatin1String("by_start_time"))
        command.miss(QStringLiteral("deliver_policy")); // it takes a time ago alone
    else if (!policy.isEmpty())
        command.add("deliver", policy);
}

/// A push consumer replays at once, whatever the flag says.
void addReplay(Command &command, bool isPush)
{
    const QString replay = command.take("replay_policy").toString();
    if (isPush && replay == QLatin1String("original"))
        command.miss(QStringLiteral("replay_policy"));
    else if (!replay.isEmpty())
        command.add("replay", replay);
}

void addSampling(Command &command)
{
    QString sample = command.take("sample_freq").toString();
    if (sample.endsWith(QLatin1Char('%')))
        sample.chop(1);
    bool isNumber = false;
    const int percent = sample.toInt(&isNumber);
    if (isNumber && percent > 0)
        command.add("sample", QString::number(percent));
    else if (!sample.isEmpty() && !isNumber)
        command.miss(QStringLiteral("sample_freq"));
}

void addAckLimit(Command &command)
{
    const qint64 most = command.take("max_ack_pending").toInteger();
    if (most < 0)
        command.miss(QStringLiteral("max_ack_pending")); // -1 is taken for the server's default
    else if (most > 0)
        command.add("max-pending", QString::number(most));
}

void addPause(Command &command)
{
    const QString until = command.take("pause_until").toString();
    const QDateTime moment = QDateTime::fromString(until, Qt::ISODateWithMs).toUTC();
    if (until.isEmpty() || moment.date().year() <= 1)
        return;
    command.add("pause", moment.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")));
}

void addPriority(Command &command)
{
    const QString policy = command.value("priority_policy").toString();
    if (policy == QLatin1String("none"))
        command.take("priority_policy");
    const bool isPinned = policy == QLatin1String("pinned_client");
    if (!isPinned && policy != QLatin1String("prioritized"))
        return; // the flag of "overflow" loses its groups
    command.take("priority_policy");
    command.addEach(isPinned ? "pinned-groups" : "prioritized-groups", texts(command.take("priority_groups")));
    if (const qint64 limit = command.take("priority_timeout").toInteger(); isPinned && limit > 0)
        command.add("pinned-ttl", goDuration(std::chrono::nanoseconds(limit)));
}

} // namespace

ExportedAsset streamCommand(const QJsonObject &config)
{
    Command command(QStringLiteral("nats stream add"), config);
    const QString name = command.take("name").toString();
    addSubjects(command);
    addRetention(command);
    command.addAll(streamFlags);
    addDuplicateWindow(command);
    command.add(command.take("allow_direct").toBool() ? "allow-direct" : "no-allow-direct");
    addSources(command);
    addTransforms(command);
    addPlacement(command);
    addConsumerLimits(command);
    command.addMetadata();
    return command.exported({name}, exportFileName(name, AssetForm::Json));
}

ExportedAsset consumerCommand(const QString &stream, const QJsonObject &config)
{
    Command command(QStringLiteral("nats consumer add"), config);
    const QString durable = command.take("durable_name").toString();
    const QString name = command.take("name").toString();
    const bool isPush = command.has("deliver_subject");
    if (durable.isEmpty())
        command.add("ephemeral");
    if (!isPush)
        command.add("pull");
    command.addAll(consumerFlags);
    command.addEach("filter", texts(command.take("filter_subjects")));
    addStart(command);
    addReplay(command, isPush);
    addAckLimit(command);
    addSampling(command);
    addPause(command);
    addPriority(command);
    command.addMetadata();
    const QString called = durable.isEmpty() ? name : durable;
    return command.exported({stream, called}, exportFileName(called, AssetForm::Json));
}
