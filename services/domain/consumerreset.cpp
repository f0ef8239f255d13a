// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/consumerreset.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <limits>

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("ConsumerReset", source);
}

/// 0: any will do.
quint64 leastSequence(const Consumer &consumer)
{
    if (consumer.deliverPolicy() != DeliverPolicy::ByStartSequence)
        return 0;
    return quint64(std::max<qint64>(consumer.config.value(QLatin1String("opt_start_seq")).toInteger(), 0));
}

/// It began where its document doesn't say.
bool hasBegunUnsaid(const Consumer &consumer)
{
    const DeliverPolicy policy = consumer.deliverPolicy();
    return policy != DeliverPolicy::All && policy != DeliverPolicy::ByStartSequence;
}

QString sequenceProblem(quint64 sequence, const Consumer &consumer, ResetManner manner)
{
    const DeliverPolicy policy = consumer.deliverPolicy();
    if (manner == ResetManner::Request && hasBegunUnsaid(consumer) && policy != DeliverPolicy::ByStartTime)
        return text("This consumer began with \"%1\": servers send it back only to what was not acknowledged.")
            .arg(toWire(policy));
    if (sequence < 1 || sequence > quint64(std::numeric_limits<qint64>::max()))
        return text("Enter a sequence, 1 or more.");
    // further on, servers pass over what lies between, and an interest stream lets it go
    if (sequence > consumer.deliveredUpTo + 1)
        return text("It has come to message #%1: enter that or an earlier one. What lies beyond would be skipped.")
            .arg(QLocale().toString(consumer.deliveredUpTo));
    return manner == ResetManner::Request && sequence < leastSequence(consumer)
        ? text("It began with message #%1: enter that or a later one.").arg(QLocale().toString(leastSequence(consumer)))
        : QString();
}

} // namespace

FieldErrors validate(const ConsumerReset &reset, const Consumer &consumer)
{
    const bool isUnsaid = reset.manner == ResetManner::Recreation && consumer.ackFloor == 0 && hasBegunUnsaid(consumer);
    if (!reset.sequence && !isUnsaid)
        return {};
    const QString problem = reset.sequence
        ? sequenceProblem(*reset.sequence, consumer, reset.manner)
        : text("Nothing was acknowledged so far, and this server doesn't say where it began: enter a sequence.");
    return problem.isEmpty() ? FieldErrors() : FieldErrors{{QStringLiteral("seq"), problem}};
}

quint64 firstAgain(const ConsumerReset &reset, const Consumer &consumer)
{
    return std::max<quint64>(reset.sequence.value_or(std::max(consumer.ackFloor + 1, leastSequence(consumer))), 1);
}

std::optional<quint64> sequenceToAsk(const ConsumerReset &reset, const Consumer &consumer)
{
    const bool mayGiveUp = consumer.config.value(QLatin1String("max_deliver")).toInteger(-1) > 0;
    const bool isUnsaid = consumer.ackFloor == 0 && hasBegunUnsaid(consumer);
    if (reset.sequence || !mayGiveUp || isUnsaid)
        return reset.sequence;
    const ConsumerReset named{firstAgain(reset, consumer), ResetManner::Request};
    return validate(named, consumer).isEmpty() ? named.sequence : std::nullopt;
}

quint64 deliveredAgain(const ConsumerReset &reset, const Consumer &consumer, const Stream &stream)
{
    const quint64 first = std::max(firstAgain(reset, consumer), stream.firstSequence);
    return consumer.deliveredUpTo >= first ? std::min(consumer.deliveredUpTo - first + 1, stream.messages) : 0;
}
