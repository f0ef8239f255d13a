// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/consumer.h"

#include "services/domain/consumerdraft.h"
#include "services/domain/standin.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace {

constexpr std::chrono::minutes longBetweenPulls(5); // longer than workers rest between their batches

QString text(const char *source)
{
    return QCoreApplication::translate("Consumer", source);
}

QString pausedText(const std::optional<QDateTime> &until)
{
    return until ? text("Paused until %1").arg(QLocale().toString(until->toLocalTime(), QLocale::ShortFormat))
                 : text("Paused");
}

} // namespace

bool Consumer::hasWordsOf(const Consumer &other) const
{
    return id == other.id && config == other.config && isOffline == other.isOffline && owner == other.owner;
}

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
    return filtersIn(config);
}

quint64 Consumer::givenUp() const
{
    const bool isLimited = config.value(QLatin1String("max_deliver")).toInteger(-1) > 0;
    return isLimited && redelivered > ackPending ? redelivered - ackPending : 0;
}

std::optional<QDateTime> Consumer::pausedUntil() const
{
    const QString until = config.value(QLatin1String("pause_until")).toString();
    const QDateTime time = QDateTime::fromString(until, Qt::ISODateWithMs).toUTC();
    return isPaused && time.isValid() ? std::optional(time) : std::nullopt;
}

QString Consumer::standsInFor() const
{
    const QJsonObject metadata = config.value(QLatin1String("metadata")).toObject();
    return metadata.value(QLatin1String(standsInForKey)).toString();
}

bool Consumer::isBetweenPulls() const
{
    return mode() == DeliveryMode::Pull && pending > 0 && waiting == 0;
}

QString Consumer::heldBackBy(const QDateTime &now) const
{
    if (isOffline)
        return text("Offline: the pods that hold it are not there");
    if (hasCluster && leader.isEmpty())
        return text("No leader: nothing is delivered until more of its copies are back");
    if (const QString other = standsInFor(); !other.isEmpty())
        return text("Unfinished: stands in for %1, which is being made anew").arg(other);
    if (isPaused)
        return pausedText(pausedUntil());
    if (mode() == DeliveryMode::Push && !isPushBound)
        return text("Nobody subscribes to %1").arg(config.value(QLatin1String("deliver_subject")).toString());
    const qint64 mostAckPending = config.value(QLatin1String("max_ack_pending")).toInteger(-1);
    if (mostAckPending > 0 && ackPending >= quint64(mostAckPending))
        return text("%1 deliveries wait for acknowledgement, which is the limit").arg(ackPending);
    if (isBetweenPulls() && isQuietForLong(now))
        return hasDelivered()
            ? text("Nobody pulls: nothing was delivered for over %1 min").arg(longBetweenPulls.count())
            : text("No worker has pulled a message so far");
    return givenUp() > 0 ? text("Given up after %1 deliveries: %2 messages or more")
                               .arg(config.value(QLatin1String("max_deliver")).toInteger())
                               .arg(QLocale().toString(givenUp()))
                         : QString();
}

bool Consumer::isQuietForLong(const QDateTime &now) const
{
    const std::optional<QDateTime> since = lastDelivery ? lastDelivery : created;
    return since && since->secsTo(now) >= std::chrono::seconds(longBetweenPulls).count();
}
