// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/cluster.h"

#include <QAbstractListModel>
#include <QList>

/// The clusters that can be opened, under a heading for each file they stand in, narrowed by a filter on name, file,
/// server, version and environment. Entries are known by their id: a new list changes, adds and removes rows, so that
/// the selection survives. Headings can't be selected. Archived clusters stand at the end, under a heading that folds:
/// while it is folded only those that are open, or that a filter finds, are shown.
class ClusterListModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole, ///< empty for a heading
        StateRole, ///< ClusterEntry::State
        IsOpenRole,
        ProblemRole,
        RuntimeRole, ///< what is to be known of its NATS, in a word; empty: nothing
        VersionRole, ///< of the API server, as it was seen last; empty: never
        EnvironmentRole, ///< the label; empty: none
        EnvironmentColorRole, ///< ClusterEnvironment::Color
        IsHeadingRole,
        IsFoldRole, ///< the heading of the archived ones
        IsUnfoldedRole,
        ReadOnlyRole,
    };

    explicit ClusterListModel(QObject *parent = nullptr);

    void setEntries(const QList<ClusterEntry> &entries);
    void setFilter(const QString &text);
    /// Shows the archived clusters, or hides them.
    void toggleArchived();

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

    /// Invalid where the filter hides it or there is none.
    QModelIndex indexOf(const QString &id) const;

private:
    struct Row {
        QString heading; ///< empty for a cluster
        ClusterEntry entry;
        bool isFold = false;

        bool isHeading() const { return !heading.isEmpty(); }
        bool isSameAs(const Row &other) const { return heading == other.heading && entry.id == other.entry.id; }
        bool operator==(const Row &) const = default;
    };

    QList<Row> wantedRows() const;
    QList<Row> archivedRows() const;
    void merge(const QList<Row> &wanted);
    void removeAllBut(const QList<Row> &wanted);

    QList<ClusterEntry> m_entries;
    QString m_filter;
    bool m_isUnfolded = false;
    QList<Row> m_rows;
};
