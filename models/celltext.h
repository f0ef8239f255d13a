// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cellroles.h"
#include "services/domain/owner.h"

#include <QDateTime>
#include <QStringList>
#include <QVariant>

#include <optional>

// What the tables' models share.

/// Whole number with the reader's thousands separators.
QString numberText(quint64 number);

/// What keeps something, and what to do in place of changing it.
QString ownerToolTip(const Owner &owner);

/// -1, 0 or 1: as people order names. In any case first, so that "b" stands between "A" and "C", and numbers by their
/// value, so that "worker-2" stands before "worker-10". The same on every workstation, whatever its language.
int comparedText(const QString &left, const QString &right);
/// Of two of these that one is less whose text comparedText() puts first: for those that are compared again and again.
QString sortKey(const QString &text);
/// By comparedText().
QStringList inOrder(QStringList names);
/// Nothing is before everything.
int comparedTime(const std::optional<QDateTime> &left, const std::optional<QDateTime> &right);

template <typename Number> int comparedNumber(Number left, Number right)
{
    return left < right ? -1 : left > right ? 1 : 0;
}

/// The roles that follow from how a cell is to look; nothing for other roles.
QVariant faceData(CellFace face, CellTone tone, bool isMarked, int role);
