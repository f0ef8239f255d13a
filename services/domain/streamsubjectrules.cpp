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

/// It may stand there: the server has taken it before, or a bucket has it as its own.
bool mayStand(const QString &subject, const QStringList &before, const QString &own)
{
    if (before.contains(subject))
        return true;
    return Bucket::of(own, {subject}, false) && subjectProblem(subject).isEmpty();
}

StreamId aloneAt(qsizetype at)
{
    return {QString(), QString::number(at)};
}

/// Each as if a stream of its own took it: hundreds are asked for their neighbours at each key.
TakenSubjects eachAlone(const QStringList &subjects)
{
    TakenSubjects alone;
    for (qsizetype at = 0; at < subjects.size(); ++at) {
        if (subjectProblem(subjects[at]).isEmpty())
            alone.add({aloneAt(at), {subjects[at]}});
    }
    return alone;
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
        if (mayStand(subject, before, own))
            continue;
        if (const QString problem = problemOf(subject); !problem.isEmpty())
            return problem;
    }
    return {};
}

QString StreamSubjectRules::overlapWithin(const QStringList &subjects)
{
    const TakenSubjects alone = eachAlone(subjects);
    for (qsizetype at = 0; at < subjects.size(); ++at) {
        if (const auto overlap = alone.overlapOf({subjects[at]}, aloneAt(at)))
            return text("\"%1\" and \"%2\" overlap: a message would be stored twice. Keep one of them.")
                .arg(subjects[at], overlap->theirs);
    }
    return {};
}

QString StreamSubjectRules::overlapWithOthers(
    const QStringList &subjects, const StreamId &own, const TakenSubjects &existing)
{
    const auto overlap = existing.overlapOf(subjects, own);
    return overlap ? text("\"%1\" overlaps \"%2\" of stream %3: two streams of an account can't take the same "
                          "message. Narrow one of them.")
                         .arg(overlap->ours, overlap->theirs, overlap->stream)
                   : QString();
}

QStringList StreamSubjectRules::briefProblems(
    const QStringList &subjects, const QStringList &before, const StreamId &own, const TakenSubjects &existing)
{
    const TakenSubjects alone = eachAlone(subjects);
    QStringList problems;
    for (qsizetype at = 0; at < subjects.size(); ++at) {
        const QString &subject = subjects[at];
        if (!subjectProblem(subject).isEmpty())
            problems.append(text("can't be a subject"));
        else if (!mayStand(subject, before, own.name) && !problemOf(subject).isEmpty())
            problems.append(text("the server's own"));
        else if (const auto within = alone.overlapOf({subject}, aloneAt(at)))
            problems.append(text("overlaps %1").arg(within->theirs));
        else if (const auto overlap = existing.overlapOf({subject}, own))
            problems.append(text("overlaps %1 of %2").arg(overlap->theirs, overlap->stream));
        else
            problems.append(QString());
    }
    return problems;
}
