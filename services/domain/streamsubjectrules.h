// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/takensubjects.h"

/// What nats-server asks of the subjects of one stream, beside those of others. Each answers what is wrong, for people,
/// or nothing.
namespace StreamSubjectRules {

/// Of each alone; what stood there `before` the server has taken. `own` may hold a bucket, whose space is its own.
QString lonelyProblem(const QStringList &subjects, const QStringList &before, const QString &own);
QString overlapWithin(const QStringList &subjects);
QString overlapWithOthers(const QStringList &subjects, const StreamId &own, const TakenSubjects &existing);

/// Of each, what is wrong with it, in a few words; empty where nothing is.
QStringList briefProblems(
    const QStringList &subjects, const QStringList &before, const StreamId &own, const TakenSubjects &existing);

} // namespace StreamSubjectRules
