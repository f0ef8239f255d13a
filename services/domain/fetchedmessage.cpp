// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/fetchedmessage.h"

#include <QByteArrayList>

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
    const AckSubject found{tokens[first].toULongLong(&isCount), tokens[first + 1].toULongLong(&isSequence)};
    return isCount && isSequence ? std::optional(found) : std::nullopt;
}
