// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

/// What a person typed into a field for a whole number: nothing where it is empty, or what is wrong with it.
struct TypedNumber {
    std::optional<qint64> value;
    QString problem;

    bool operator==(const TypedNumber &) const = default;
};

/// Takes plain digits and the reader's thousands separators. More than `most` is a problem, less than nothing is not:
/// that is for the validator to judge, as is an empty field. `mayBeEmpty` decides only what a person is advised.
TypedNumber readNumber(const QString &text, qint64 most, bool mayBeEmpty);
