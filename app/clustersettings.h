// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// What this workstation remembers of one cluster from one start to the next. Holds nothing that others should see:
/// that is kept in the cluster. GUI thread.
class ClusterSettings final {
public:
    /// `id` as in ClusterEntry.
    explicit ClusterSettings(const QString &id);

    /// As in tabName(); empty: none so far.
    QString tab() const;
    void setTab(const QString &tab);

private:
    QString text(const char *key) const;
    void setText(const char *key, const QString &value);

    QString m_group;
};
