// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// Whether an action may be taken, and if not, why: a sentence that names what is missing. Computed once; shown by
/// pages, checked again by services before they send.
struct Access {
    bool allowed = false;
    QString reason;

    static Access yes() { return {true, {}}; }
    static Access no(QString reason) { return {false, std::move(reason)}; }

    explicit operator bool() const { return allowed; }
    bool operator==(const Access &) const = default;
};
