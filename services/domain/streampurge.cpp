// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/streampurge.h"

#include "services/domain/subject.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("StreamPurge", source);
}

} // namespace

FieldErrors validate(const StreamPurge &purge)
{
    FieldErrors errors;
    if (!purge.subject.isEmpty()) {
        // what it holds may have come on other subjects than it takes now: the count before says what is there
        if (const QString problem = subjectProblem(purge.subject); !problem.isEmpty())
            errors.append({QStringLiteral("subject"), problem});
    }
    const quint64 most = quint64(std::numeric_limits<qint64>::max());
    if (purge.before && (*purge.before < 1 || *purge.before > most))
        errors.append({QStringLiteral("before"), text("Enter a sequence, 1 or more.")});
    if (purge.keep && (*purge.keep < 1 || *purge.keep > most))
        errors.append({QStringLiteral("keep"), text("Enter 1 or more.")});
    return errors;
}

PurgeCount countOf(const StreamPurge &purge, const Stream &stream, quint64 ofSubject)
{
    const quint64 held = purge.subject.isEmpty() ? stream.messages : ofSubject;
    if (purge.keep)
        return {held > *purge.keep ? held - *purge.keep : 0, true};
    if (!purge.before)
        return {held, true};
    if (*purge.before <= stream.firstSequence || stream.messages == 0)
        return {0, true};
    if (*purge.before > stream.lastSequence)
        return {held, true};
    const quint64 span = *purge.before - stream.firstSequence;
    const bool hasGaps = stream.messages != stream.lastSequence - stream.firstSequence + 1;
    return {std::min(span, held), purge.subject.isEmpty() && !hasGaps};
}

QJsonObject toRequest(const StreamPurge &purge)
{
    QJsonObject request;
    if (!purge.subject.isEmpty())
        request.insert(QStringLiteral("filter"), purge.subject);
    if (purge.before)
        request.insert(QStringLiteral("seq"), qint64(*purge.before));
    if (purge.keep)
        request.insert(QStringLiteral("keep"), qint64(*purge.keep));
    return request;
}
