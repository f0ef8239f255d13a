// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/backoff.h"
#include "services/base/pending.h"
#include "services/kubernetes/clusteraccess.h"

#include <QObject>

#include <optional>

class Clock;

/// Puts the tokens that a provider handed out to one user into the kubeconfig, in the background. Where that can't be
/// done it is tried again, after a second and then more and more seldom, up to a minute, until it is done or others
/// stand there: those count. Knows what they were handed out for, so that of several clusters only one has to ask. GUI
/// thread.
class TokenKeeping final : public QObject {
    Q_OBJECT

public:
    /// `clock` must outlive it.
    TokenKeeping(Clock &clock, const QString &user);

    /// `before` stands in the kubeconfig, or was to be kept there, and `now` is to.
    void keep(const OidcLogin &before, const OidcLogin &now);
    /// What is to be used in the place of `login`: what the latest tokens are, where it has been replaced.
    OidcLogin latest(const OidcLogin &login) const;
    /// `read` stands in the kubeconfig. Where others wrote that, it counts.
    void noteRead(const OidcLogin &read);

    /// Why the kubeconfig does not hold them yet and what to do, for people; empty while nothing is wrong.
    QString problem() const { return m_problem; }

Q_SIGNALS:
    void problemChanged();

private:
    void giveUp();
    void write();
    void take(const OidcLogin &written, const Result<void> &result);
    void setProblem(const QString &problem);

    Clock &m_clock;
    QString m_user;
    QList<OidcLogin> m_replaced; ///< the last few, all of them by m_now
    std::optional<OidcLogin> m_inFile; ///< nothing: all is kept
    OidcLogin m_now;
    Backoff m_backoff;
    Pending<void> m_writing;
    Pending<void> m_pause;
    QString m_problem;
};
