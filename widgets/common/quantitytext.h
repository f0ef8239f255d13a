// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/numbertext.h"

#include <QList>

/// What a field for an amount is about: a plain number counts in `unit`, and others say theirs ("90m", "36 h", "64
/// KB").
struct QuantityUnit {
    enum class Kind { Count, Duration, Bytes };

    Kind kind = Kind::Count;
    qint64 unit = 1; ///< nanoseconds, or bytes
    qint64 most = 0; ///< in the smallest unit
    bool mayBeUnlimited = false; ///< -1, in a word, where an empty field means something else
};

/// In the smallest unit: nanoseconds, bytes, or just the number. Durations as Go writes them ("1h30m", "250ms"), with
/// "d" for days; sizes in binary units ("512 B", "64 KB", "1.5 GB").
TypedNumber readQuantity(const QString &text, const QuantityUnit &unit, bool mayBeEmpty);

/// What readQuantity() takes for `value`: a plain number where it divides, else with units. In no locale.
QString quantityText(qint64 value, const QuantityUnit &unit);

/// Several of them, by commas.
struct TypedNumbers {
    QList<qint64> values;
    QString problem;

    bool operator==(const TypedNumbers &) const = default;
};
TypedNumbers readQuantities(const QString &text, const QuantityUnit &unit);
QString quantitiesText(const QList<qint64> &values, const QuantityUnit &unit);
