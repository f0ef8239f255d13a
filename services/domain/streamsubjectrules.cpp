// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/streamsubjectrules.h"

#include "services/domain/bucket.h"
#include "services/domain/subject.h"

#include <QCoreApplication>

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("Stream", source);
}

// Spaces of the servers' own, and of the key-value and object stores that live on streams. Advisories may be kept.
QString reservedSpaceOf(const QString &subject)
{
    for (const QString &space : {QStringLiteral("$JS.>"), QStringLiteral("$JSC.>"), QStringLiteral("$SYS.>")}) {
        if (subjectsOverlap(subject, space) && !subjectContains(QStringLiteral("$JS.EVENT.>"), subject))
            return space;
    }
    for (const QString &space : {QStringLiteral("$KV.>"), QStringLiteral("$O.>")}) {
        if (subjectContains(space, subject))
            return space;
    }
    return {};
}

QString problemOf(const QString &subject)
{
    if (const QString problem = subjectProblem(subject); !problem.isEmpty())
        return problem;
    if (subject == QLatin1String(">"))
        return text("\">\" would take the server's own messages as well: begin with a word, such as \"orders.>\".");
    if (const QString space = reservedSpaceOf(subject); !space.isEmpty())
        return text("\"%1\" reaches into \"%2\", which the server keeps for itself: begin with a word of your own.")
            .arg(subject, space);
    return {};
}

} // namespace

QString StreamSubjectRules::lonelyProblem(const QStringList &subjects, const QStringList &before, const QString &own)
{
    for (const QString &subject : subjects) {
        if (before.contains(subject))
            continue;
        const std::optional<Bucket> bucket = Bucket::of(own, {subject}, false);
        if (bucket && subjectProblem(subject).isEmpty())
            continue;
        if (const QString problem = problemOf(subject); !problem.isEmpty())
            return problem;
    }
    return {};
}

QString StreamSubjectRules::overlapWithin(const QStringList &subjects)
{
    for (qsizetype i = 0; i < subjects.size(); ++i) {
        for (qsizetype j = i + 1; j < subjects.size(); ++j) {
            if (subjectsOverlap(subjects[i], subjects[j]))
                return text("\"%1\" and \"%2\" overlap: a message would be stored twice. Keep one of them.")
                    .arg(subjects[i], subjects[j]);
        }
    }
    return {};
}

QString StreamSubjectRules::overlapWithOthers(
    const QStringList &subjects, const StreamId &own, const QList<StreamSubjects> &existing)
{
    for (const StreamSubjects &other : existing) {
        if (other.id.account != own.account || other.id.name == own.name)
            continue;
        for (const QString &theirs : other.subjects) {
            for (const QString &ours : subjects) {
                if (subjectsOverlap(ours, theirs))
                    return text("\"%1\" overlaps \"%2\" of stream %3: two streams of an account can't take the same "
                                "message. Narrow one of them.")
                        .arg(ours, theirs, other.id.name);
            }
        }
    }
    return {};
}
