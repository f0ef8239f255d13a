// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QString>

/// In which namespace Messaging is shown, for each cluster: what was wished for this start, else what a person has
/// chosen, else where a runtime was found last, else the default. GUI thread.
class MessagingPlaces final {
public:
    /// `wished`: for whatever cluster is opened, until a person chooses another place there; empty: nothing.
    explicit MessagingPlaces(const QString &wished);

    /// `cluster` is an id as in ClusterEntry.
    QString of(const QString &cluster) const;
    /// The place is nobody's wish: where the runtime turns out to be elsewhere, it may be followed there.
    bool mayFollow(const QString &cluster) const;
    /// A runtime is there: where it is looked for first the next time.
    void noteFound(const QString &cluster, const QString &nameSpace);
    void choose(const QString &cluster, const QString &nameSpace);

private:
    QString wishFor(const QString &cluster) const;

    QString m_wished;
    QSet<QString> m_chosen; ///< clusters for which a person has
};
