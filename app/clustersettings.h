// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/cluster.h"

/// What this workstation remembers of one cluster from one start to the next. Holds nothing that others should see:
/// that is kept in the cluster. GUI thread.
class ClusterSettings final {
public:
    /// `id` as in ClusterEntry.
    explicit ClusterSettings(const QString &id);

    /// As in tabName(); empty: none so far.
    QString tab() const;
    void setTab(const QString &tab);
    /// Where a person has said that Messaging is; empty: he hasn't.
    QString chosenNameSpace() const;
    void setChosenNameSpace(const QString &nameSpace);
    /// Where a runtime was found last; empty: none was.
    QString foundNameSpace() const;
    void setFoundNameSpace(const QString &nameSpace);
    ClusterEnvironment environment() const;
    void setEnvironment(const ClusterEnvironment &environment);
    /// It was when it was last open.
    bool isArchived() const;
    void setArchived(bool archived);
    /// Chosen for this workstation.
    bool isReadOnly() const;
    void setReadOnly(bool readOnly);
    /// "v1.36.2", when it was last seen.
    QString serverVersion() const;
    void setServerVersion(const QString &version);

private:
    QString text(const char *key) const;
    void setText(const char *key, const QString &value);

    QString m_group;
};
