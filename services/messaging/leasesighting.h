// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

#include <chrono>

/// A Lease as it was last seen. Whether it has run out is judged by this machine's monotonic clock, from when its
/// renewal was last seen to change, so that the clocks of two machines need not agree.
class LeaseSighting final {
public:
    /// A renewal is good for this long, where its holder does not say otherwise.
    static constexpr std::chrono::seconds duration{15};
    /// The next one is seen before this has passed, where all is well.
    static constexpr std::chrono::seconds expected{7};
    /// Longer than this nobody waits for a holder that may be dead, whatever the Lease says.
    static constexpr std::chrono::seconds longestDuration{120};

    /// `lease` (empty: there is none) was seen at `now`.
    void note(const QJsonObject &lease, std::chrono::milliseconds now);
    /// It is not there (any more), seen at `now`. Whoever held it may not know that yet, so he counts as its holder
    /// until his last renewal has run out. `driver` (empty: nobody) is known to have held it, as the record says: he
    /// counts as its holder from when it was first missed, whenever he was seen last.
    void noteGone(const QString &driver, std::chrono::milliseconds now);

    /// Who held it, however long ago; empty: nobody.
    QString holder() const { return m_holder; }
    QString resourceVersion() const { return m_resourceVersion; }
    /// Empty: there is none.
    QString uid() const { return m_uid; }
    /// By the holder's own `leaseDurationSeconds`: another version may take another.
    std::chrono::milliseconds runsOutAt() const { return m_seenAt + m_duration; }
    /// From when on its holder counts as not heard of: at once where he was only found there, for nobody knows since
    /// when; else when his next renewal is overdue.
    std::chrono::milliseconds silentFrom() const { return m_isHeardOf ? m_seenAt + expected : m_seenAt; }
    /// Who holds it now; empty: nobody, or it has run out.
    QString holderAt(std::chrono::milliseconds now) const { return now < runsOutAt() ? m_holder : QString(); }

private:
    QString m_holder;
    QString m_renewal;
    QString m_resourceVersion;
    QString m_uid;
    std::chrono::milliseconds m_seenAt{0};
    std::chrono::seconds m_duration = duration;
    bool m_hasLooked = false;
    bool m_isMissed = false; ///< by somebody who is known to have held it
    bool m_isHeardOf = false; ///< it was seen to change
};
