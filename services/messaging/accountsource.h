// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/error.h"
#include "services/domain/account.h"

#include <QList>
#include <QObject>

#include <optional>

/// The accounts that streams live in. GUI thread.
class AccountSource : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// By name; empty until any are known, or where they can't be (`problem` says so).
    virtual const QList<Account> &accounts() const = 0;
    virtual const std::optional<Error> &problem() const = 0;

Q_SIGNALS:
    void accountsChanged();
};
