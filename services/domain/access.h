// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/permission.h"

#include <QList>
#include <QString>

/// Whether an action may be taken, and if not, why: a sentence that names what is missing. Computed once; shown by
/// pages, checked again by services before they send.
struct Access {
    bool allowed = false;
    QString reason;
    QList<Permission> missing = {}; ///< what a Role would have to grant; empty where something else is the reason

    static Access yes() { return {true, {}}; }
    static Access no(QString reason, QList<Permission> missing = {})
    {
        return {false, std::move(reason), std::move(missing)};
    }

    explicit operator bool() const { return allowed; }
    bool operator==(const Access &) const = default;
};
