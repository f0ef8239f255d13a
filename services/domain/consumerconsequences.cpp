// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/consumerdraft.h"

#include <QCoreApplication>
#include <QLocale>

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("Consumer", source);
}

QString name(const char *field)
{
    return QLatin1String(field);
}

QString skipped(const Consumer &seen, const QJsonObject &config)
{
    const QStringList before = seen.filterSubjects();
    if (before == filtersIn(config) || seen.deliveredUpTo == 0)
        return {};
    return text("It goes on behind message #%1: what matches now and came before is not delivered any more.")
        .arg(QLocale().toString(seen.deliveredUpTo));
}

QString sentAgain(const QJsonObject &before, const QJsonObject &config)
{
    const qint64 is = config.value(name("ack_wait")).toInteger();
    const bool isShorter = is > 0 && is < before.value(name("ack_wait")).toInteger();
    return isShorter ? text("Deliveries that have waited longer than that are sent again.") : QString();
}

QString givenUp(const QJsonObject &before, const QJsonObject &config)
{
    const qint64 was = before.value(name("max_deliver")).toInteger(-1);
    const qint64 is = config.value(name("max_deliver")).toInteger(-1);
    return is > 0 && (was < 0 || is < was) ? text("Messages that were delivered as often already are given up.")
                                           : QString();
}

QString stopped(const Consumer &seen, const QJsonObject &config)
{
    const qint64 most = config.value(name("max_ack_pending")).toInteger(-1);
    if (most < 1 || seen.ackPending < quint64(most))
        return {};
    return text("%1 deliveries wait for acknowledgement: nothing more is delivered until fewer do.")
        .arg(QLocale().toString(seen.ackPending));
}

QString cleanedUp(const QJsonObject &before, const QJsonObject &config)
{
    const qint64 was = before.value(name("inactive_threshold")).toInteger();
    const qint64 is = config.value(name("inactive_threshold")).toInteger();
    return is > 0 && (was == 0 || is < was)
        ? text("It is deleted, with its place in the stream, once nobody has worked with it for that long.")
        : QString();
}

} // namespace

FieldErrors consequences(const ConsumerDraft &draft)
{
    FieldErrors found;
    const auto add = [&found](const char *field, const QString &sentence) {
        if (!sentence.isEmpty())
            found.append({name(field), sentence});
    };
    const QJsonObject before = draft.seen ? draft.seen->config : QJsonObject();
    const QJsonObject config = toConfig(draft);
    const auto isChanged = [&](const char *field) { return before.value(name(field)) != config.value(name(field)); };
    add("inactive_threshold", cleanedUp(before, config));
    if (!draft.seen)
        return found;
    add("filter_subjects", skipped(*draft.seen, config));
    add("ack_wait", isChanged("ack_wait") ? sentAgain(before, config) : QString());
    add("max_deliver", isChanged("max_deliver") ? givenUp(before, config) : QString());
    add("max_ack_pending", isChanged("max_ack_pending") ? stopped(*draft.seen, config) : QString());
    if (isChanged("headers_only") && config.value(name("headers_only")).toBool())
        add("headers_only", text("From now on workers get headers and no payload."));
    return found;
}
