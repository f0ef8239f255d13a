// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/fetchedmessage.h"

#include <QByteArrayList>
#include <QJsonArray>

#include <algorithm>

std::optional<AckSubject> ackSubjectFrom(const QByteArray &subject)
{
    constexpr int shortForm = 9; // $JS.ACK.stream.consumer.deliveries.sequence.consumer sequence.time.pending
    constexpr int longForm = 11; // with domain and account before the stream
    const QByteArrayList tokens = subject.split('.');
    const bool isAck = tokens.size() >= shortForm && tokens[0] == "$JS" && tokens[1] == "ACK";
    if (!isAck || (tokens.size() > shortForm && tokens.size() < longForm))
        return std::nullopt;
    const qsizetype first = tokens.size() == shortForm ? 4 : 6;
    bool isCount = false;
    bool isSequence = false;
    const AckSubject found{tokens[first].toULongLong(&isCount), tokens[first + 1].toULongLong(&isSequence),
        tokens[first + 3].toLongLong()};
    return isCount && isSequence ? std::optional(found) : std::nullopt;
}

QString timestampFrom(qint64 nanoseconds)
{
    constexpr qint64 second = 1'000'000'000;
    constexpr int digits = 9;
    const QDateTime whole = QDateTime::fromSecsSinceEpoch(nanoseconds / second, Qt::UTC);
    QString fraction = QStringLiteral("%1").arg(nanoseconds % second, digits, 10, QLatin1Char('0'));
    while (fraction.endsWith(QLatin1Char('0')))
        fraction.chop(1);
    const QString point = fraction.isEmpty() ? QString() : QLatin1Char('.') + fraction;
    return whole.toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss")) + point + QLatin1Char('Z');
}

std::chrono::nanoseconds ackWaitAfter(const QJsonObject &config, quint64 deliveries)
{
    const QJsonArray waits = config.value(QLatin1String("backoff")).toArray();
    if (waits.isEmpty())
        return std::chrono::nanoseconds(config.value(QLatin1String("ack_wait")).toInteger());
    const quint64 last = quint64(waits.size()) - 1; // it holds for all later ones
    return std::chrono::nanoseconds(waits[qsizetype(std::min(std::max<quint64>(deliveries, 1) - 1, last))].toInteger());
}

bool isLastDelivery(const QJsonObject &config, quint64 deliveries)
{
    const qint64 most = config.value(QLatin1String("max_deliver")).toInteger(-1);
    return most > 0 && deliveries >= quint64(most);
}
