// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cellroles.h"
#include "services/domain/account.h"

/// How an account stands: in a word or two for a badge, and in a sentence.
struct AccountStanding {
    CellTone tone = CellTone::Neutral;
    QString text;
    QString explanation;

    bool operator==(const AccountStanding &) const = default;
};

/// Of its managed login alone.
AccountStanding credentialStandingOf(const Account &account);
/// The same, unless something is being done to the account or came to nothing.
AccountStanding standingOf(const Account &account);
