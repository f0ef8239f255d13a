// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/streamoptionrules.h"

#include "services/domain/stream.h"
#include "services/domain/streamfeedrules.h"
#include "services/domain/subject.h"
#include "services/domain/subjecttransform.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::nanoseconds leastMarkerLife = 1s;

QString say(const char *source)
{
    return QCoreApplication::translate("Stream", source);
}

class OptionJudge {
public:
    OptionJudge(const QJsonObject &config, int replicas, const std::function<bool(const char *)> &isChanged)
        : m_config(config)
        , m_replicas(replicas)
        , m_isChanged(isChanged)
    {
    }

    FieldErrors errors()
    {
        judgeFeeds();
        judgeMirrored();
        judgeCounter();
        judgeSchedules();
        judgeMarkers();
        judgePersistence();
        judgeRepublish();
        judgeTransform();
        judgePlacement();
        judgeConsumerLimits();
        return m_errors;
    }

private:
    using Fields = std::initializer_list<const char *>;

    QJsonValue value(const char *field) const { return m_config.value(QLatin1String(field)); }
    QJsonObject object(const char *field) const { return value(field).toObject(); }
    QString word(const char *field) const { return value(field).toString(); }
    bool flag(const char *field) const { return value(field).toBool(); }
    bool isMirror() const { return !object("mirror").isEmpty(); }
    bool hasSources() const { return !value("sources").toArray().isEmpty(); }
    std::chrono::nanoseconds duration(const char *field) const
    {
        return std::chrono::nanoseconds(value(field).toInteger());
    }

    void add(const char *field, const QString &problem)
    {
        if (!problem.isEmpty())
            m_errors.append({QLatin1String(field), problem});
    }
    /// `isWrong` together with one of `others`; nothing is said where none of them was touched.
    void refuse(const char *field, bool isWrong, Fields others, const QString &problem)
    {
        if (isWrong && (m_isChanged(field) || std::any_of(others.begin(), others.end(), m_isChanged)))
            add(field, problem);
    }

    void judgeFeeds()
    {
        const QString own = word("name");
        if (isMirror() && m_isChanged("mirror"))
            add("mirror", StreamFeedRules::mirrorProblem(object("mirror"), own));
        refuse("mirror", isMirror() && hasSources(), {"sources"},
            say("A stream mirrors one stream or gathers from several, not both."));
        refuse("first_seq", isMirror() && value("first_seq").toInteger() > 0, {"mirror"},
            say("A mirror has the sequences of its origin."));
        if (m_isChanged("sources"))
            add("sources", StreamFeedRules::sourcesProblem(value("sources").toArray(), own));
    }

    void judgeMirrored()
    {
        for (const char *option : {"allow_msg_counter", "allow_atomic", "allow_batched", "allow_msg_schedules"})
            refuse(option, isMirror() && flag(option), {"mirror"},
                say("A mirror takes nothing from publishers: it is for the origin."));
        refuse("subject_delete_marker_ttl", isMirror() && duration("subject_delete_marker_ttl") > 0ns, {"mirror"},
            say("A mirror has the messages of its origin, and no markers of its own."));
    }

    void judgeCounter()
    {
        if (!flag("allow_msg_counter"))
            return;
        const auto refuseWith = [this](const char *field, bool isWrong, const QString &problem) {
            refuse("allow_msg_counter", isWrong, {field}, problem);
        };
        const QString retention = word("retention");
        refuseWith("retention", !retention.isEmpty() && retention != toWire(Retention::Limits),
            say("A counter takes limits as its retention."));
        refuseWith("discard", word("discard") == toWire(Discard::New), say("A counter takes discard old."));
        refuseWith("allow_msg_ttl", flag("allow_msg_ttl") || duration("subject_delete_marker_ttl") > 0ns,
            say("A counter takes no TTL of messages."));
        refuseWith("allow_msg_schedules", flag("allow_msg_schedules"), say("A counter takes no scheduled messages."));
    }

    void judgeSchedules()
    {
        const bool isOn = flag("allow_msg_schedules");
        refuse("allow_msg_schedules", isOn && word("discard") == toWire(Discard::New), {"discard"},
            say("Scheduled messages take discard old."));
        refuse("allow_msg_schedules", isOn && hasSources(), {"sources"},
            say("A stream with sources takes no scheduled messages."));
        refuse("allow_msg_schedules", isOn && flag("deny_purge"), {"deny_purge"},
            say("Scheduled messages take roll-ups, which are purges: allow them or deny purge."));
    }

    void judgeMarkers()
    {
        const auto life = duration("subject_delete_marker_ttl");
        if (m_isChanged("subject_delete_marker_ttl") && life != 0ns && life < leastMarkerLife)
            add("subject_delete_marker_ttl", say("Enter 1 s or more."));
        refuse("subject_delete_marker_ttl", life > 0ns && flag("deny_purge"), {"deny_purge"},
            say("Markers take roll-ups, which are purges: keep markers or deny purge."));
    }

    void judgePersistence()
    {
        if (word("persist_mode") != QLatin1String("async"))
            return;
        refuse("persist_mode", word("storage") == toWire(Storage::Memory), {"storage"},
            say("Only what is kept in files can be written later: choose file as its storage."));
        refuse("persist_mode", m_replicas > 1, {"num_replicas"}, say("It takes one copy: choose 1 for the replicas."));
        refuse("persist_mode", flag("allow_atomic"), {"allow_atomic"}, say("It takes no atomic batches."));
    }

    void judgeRepublish()
    {
        const QJsonObject republish = object("republish");
        if (republish.isEmpty() || (!m_isChanged("republish") && !m_isChanged("subjects")))
            return;
        const QString source = republish.value(QLatin1String("src")).toString();
        const QString destination = republish.value(QLatin1String("dest")).toString();
        add("republish.src", source.isEmpty() ? QString() : subjectProblem(source));
        if (destination.isEmpty())
            return add("republish.dest", say("Enter where messages are sent on to, such as \"copy.>\"."));
        add("republish.dest", loopProblem(destination));
        add("republish.dest", transformProblem(source, destination));
    }

    QString loopProblem(const QString &destination) const
    {
        QStringList subjects = subjectsIn(m_config);
        if (subjects.isEmpty() && !isMirror() && !hasSources())
            subjects.append(word("name"));
        for (const QString &subject : std::as_const(subjects)) {
            if (subjectsOverlap(destination, subject))
                return say("\"%1\" would come back into the stream by its subject \"%2\": send it elsewhere.")
                    .arg(destination, subject);
        }
        return {};
    }

    void judgeTransform()
    {
        const QJsonObject transform = object("subject_transform");
        if (transform.isEmpty() || !m_isChanged("subject_transform"))
            return;
        const QString source = transform.value(QLatin1String("src")).toString();
        const QString destination = transform.value(QLatin1String("dest")).toString();
        add("subject_transform.src", source.isEmpty() ? QString() : subjectProblem(source));
        add("subject_transform.dest",
            destination.isEmpty() ? say("Enter what the subject becomes, such as \"orders.{{wildcard(1)}}\".")
                                  : transformProblem(source, destination));
    }

    void judgePlacement()
    {
        const QJsonObject placement = object("placement");
        const bool isPreferring = !placement.value(QLatin1String("preferred")).toString().isEmpty();
        refuse("placement.cluster", isPreferring, {"placement"}, say("A stream's own placement prefers no server."));
    }

    void judgeConsumerLimits()
    {
        if (!m_isChanged("consumer_limits"))
            return;
        const QJsonObject limits = object("consumer_limits");
        for (const char *limit : {"inactive_threshold", "max_ack_pending"}) {
            const QJsonValue number = limits.value(QLatin1String(limit));
            const QString field = QStringLiteral("consumer_limits.") + QLatin1String(limit);
            if (number.toInteger() < 0)
                m_errors.append({field, say("Enter 1 or more, or leave it empty for no limit.")});
        }
    }

    const QJsonObject &m_config;
    const int m_replicas;
    const std::function<bool(const char *)> &m_isChanged;
    FieldErrors m_errors;
};

} // namespace

FieldErrors streamOptionProblems(
    const QJsonObject &config, int replicas, const std::function<bool(const char *)> &isChanged)
{
    return OptionJudge(config, replicas, isChanged).errors();
}

QJsonObject withWhatOptionsImply(QJsonObject config)
{
    if (config.value(QLatin1String("deny_purge")).toBool())
        return config; // which excludes them, and is refused
    const bool hasMarkers = config.value(QLatin1String("subject_delete_marker_ttl")).toInteger() > 0;
    if (hasMarkers)
        config.insert(QStringLiteral("allow_msg_ttl"), true);
    if (hasMarkers || config.value(QLatin1String("allow_msg_schedules")).toBool())
        config.insert(QStringLiteral("allow_rollup_hdrs"), true);
    return config;
}
