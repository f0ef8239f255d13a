// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/base/freshness.h"
#include "services/domain/access.h"
#include "services/domain/runtime.h"

#include <QObject>

#include <optional>

/// A NATS in the cluster as it stands: what pages that only look at it, and services that only need its pods, are
/// given. RuntimeService is the one that Pennant made and changes; ForeignRuntime one that somebody else did. GUI
/// thread.
class RuntimeSource : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    virtual const RuntimeStatus &status() const = 0;
    virtual const Freshness &freshness() const = 0;
    /// Why it is not live, where it was said.
    virtual std::optional<Error> lastError() const = 0;
    /// Whether this person may change the streams and consumers in it, and if not, why.
    virtual Access editAccess() const = 0;
    /// Why it is Absent, where it can't be enabled here; empty: it is the one that can.
    virtual QString goneText() const { return {}; }
    /// Whether this person may see how it is.
    virtual Access viewAccess() const { return Access::yes(); }
    /// Whether this person may see what lives in it.
    virtual Access inspectAccess() const { return Access::yes(); }
    /// Of that, whether streams and consumers can be seen.
    virtual Access reachAccess() const { return inspectAccess(); }
    /// A Role that would grant what an access lacks; empty where none would.
    virtual QString grantFor(const Access &) const { return {}; }
    /// Something was refused: what this person may do is to be asked anew.
    virtual void noteRefusal(const Error &) { }
    /// Whether anything may be changed in it, whoever one is; its reason goes before any other.
    virtual Access changeAccess() const = 0;
    /// Asks the cluster itself, as the last thing before a change, whether anything may be changed: what is known here
    /// may be behind. editAccess() says whether this person may.
    virtual Flow<void> confirmChange() = 0;
    /// Reads everything again now, whatever is waited for.
    virtual void refresh() = 0;

Q_SIGNALS:
    void statusChanged();
    void freshnessChanged();
    /// The cluster was asked and does not answer, still or again.
    void attemptFailed();
    void accessChanged();
};
