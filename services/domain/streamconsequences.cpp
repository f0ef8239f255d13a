// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/streamdraft.h"

#include "services/domain/assetfields.h"
#include "services/domain/subject.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

using namespace std::chrono_literals;

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("Stream", source);
}

QString name(const char *field)
{
    return QLatin1String(field);
}

QString droppedByCount(const Stream &seen, const QJsonObject &config)
{
    const qint64 most = config.value(name("max_msgs")).toInteger(-1);
    if (most < 1 || seen.messages <= quint64(most))
        return {};
    return text("The oldest %1 of %2 messages are dropped at once.")
        .arg(QLocale().toString(seen.messages - quint64(most)), QLocale().toString(seen.messages));
}

QString droppedBySize(const Stream &seen, const QJsonObject &config)
{
    const ByteCount most{config.value(name("max_bytes")).toInteger(-1)};
    if (most.bytes < 1 || seen.bytes <= most)
        return {};
    return text("The oldest messages are dropped at once, until %1 of %2 are left.")
        .arg(most.text(), seen.bytes.text());
}

QString droppedByAge(const Stream &seen, const QJsonObject &config, const QDateTime &now)
{
    const std::chrono::nanoseconds age(config.value(name("max_age")).toInteger());
    if (age <= 0ns || seen.messages == 0 || !seen.firstMessageAt)
        return {};
    const auto most = std::chrono::duration_cast<std::chrono::milliseconds>(age);
    if (seen.firstMessageAt->msecsTo(now) <= most.count())
        return {};
    return text("Messages from before %1 are dropped at once; the oldest is from %2.")
        .arg(QLocale().toString(now.addMSecs(-most.count()).toLocalTime(), QLocale::ShortFormat),
            QLocale().toString(seen.firstMessageAt->toLocalTime(), QLocale::ShortFormat));
}

QString droppedBySubject(const QJsonObject &before, const QJsonObject &config)
{
    const qint64 was = before.value(name("max_msgs_per_subject")).toInteger(-1);
    const qint64 is = config.value(name("max_msgs_per_subject")).toInteger(-1);
    if (is < 1 || (was > 0 && is >= was))
        return {};
    return text("All but the newest %1 messages of each subject are dropped at once.").arg(is);
}

QString droppedByInterest(const Stream &seen, const QJsonObject &config)
{
    const bool isToBe = config.value(name("retention")).toString() == toWire(Retention::Interest);
    if (!isToBe || seen.retention() != Retention::Limits || seen.messages == 0)
        return {};
    if (seen.consumerCount == 0)
        return text("The stream has no consumer: all %1 messages may be dropped at once, and what is published later "
                    "is not kept.")
            .arg(QLocale().toString(seen.messages));
    return text(
        "Messages that every consumer has acknowledged are dropped, and what no consumer asks for is not kept any "
        "more.");
}

QString left(const QJsonObject &before, const QJsonObject &config)
{
    const QStringList now = subjectsIn(config);
    QStringList gone;
    for (const QString &subject : subjectsIn(before)) {
        const bool isCovered = std::any_of(
            now.cbegin(), now.cend(), [&subject](const QString &other) { return subjectContains(other, subject); });
        if (!isCovered)
            gone.append(subject);
    }
    if (gone.isEmpty())
        return {};
    const QString lost = text("Nothing stores messages on %1 any more; those that are stored stay.")
                             .arg(gone.join(QStringLiteral(", ")));
    const bool isFed = config.contains(name("mirror")) || config.contains(name("sources"));
    return now.isEmpty() && !isFed ? lost
            + text(" Without subjects the server takes the stream's name for one: %1.")
                  .arg(config.value(name("name")).toString())
                                   : lost;
}

QString promoted(const QJsonObject &before, const QJsonObject &config)
{
    const bool wasMirror = !before.value(name("mirror")).toObject().isEmpty();
    return wasMirror && config.value(name("mirror")).toObject().isEmpty()
        ? text("It becomes a stream of its own and is never a mirror again: what its origin stores from now on does "
               "not come here.")
        : QString();
}

/// The server switches it on by itself.
QString impliedTtl(const QJsonObject &config)
{
    return config.value(name("subject_delete_marker_ttl")).toInteger() > 0
            && !config.value(name("allow_msg_ttl")).toBool()
        ? text("Markers switch TTL of messages on, which can't be switched off.")
        : QString();
}

bool isDiscardNew(const QJsonObject &config)
{
    return config.value(name("discard")).toString() == toWire(Discard::New);
}

} // namespace

FieldErrors consequences(const StreamDraft &draft, const QDateTime &now)
{
    FieldErrors found;
    const auto add = [&found](const char *field, const QString &sentence) {
        if (!sentence.isEmpty())
            found.append({name(field), sentence});
    };
    const QJsonObject before = draft.seen ? draft.seen->config : QJsonObject();
    const QList<FieldChange> changes = changesBetween(before, draft.config);
    const auto isChanged = [&changes](const char *field) {
        return std::any_of(changes.cbegin(), changes.cend(),
            [field](const FieldChange &change) { return change.field == QLatin1String(field); });
    };
    if (draft.seen && !isDiscardNew(draft.config)) {
        // what a stream that refuses new messages has more than its limit goes when it drops old ones
        const bool isDropping = isChanged("discard");
        add("max_msgs", isDropping || isChanged("max_msgs") ? droppedByCount(*draft.seen, draft.config) : QString());
        add("max_bytes", isDropping || isChanged("max_bytes") ? droppedBySize(*draft.seen, draft.config) : QString());
    }
    if (draft.seen) {
        add("max_age", isChanged("max_age") ? droppedByAge(*draft.seen, draft.config, now) : QString());
        add("max_msgs_per_subject",
            isChanged("max_msgs_per_subject") ? droppedBySubject(before, draft.config) : QString());
        add("retention", isChanged("retention") ? droppedByInterest(*draft.seen, draft.config) : QString());
        add("subjects", isChanged("subjects") ? left(before, draft.config) : QString());
        add("mirror", isChanged("mirror") ? promoted(before, draft.config) : QString());
    }
    add("subject_delete_marker_ttl", impliedTtl(draft.config));
    for (const AssetField &field : streamFields()) {
        if (field.later == AssetField::Later::OnlyOn && isChanged(field.name)
            && draft.config.value(name(field.name)).toBool())
            add(field.name, text("Once it is on it can't be switched off."));
    }
    return found;
}
