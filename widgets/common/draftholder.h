// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// A widget in which a person enters something that would be lost with it. Whoever is about to destroy a page asks all
/// that are on it.
class DraftHolder {
public:
    /// It holds what was entered and not sent.
    virtual bool hasDraft() const = 0;

protected:
    ~DraftHolder() = default;
};
