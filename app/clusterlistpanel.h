// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/clusterlistmodel.h"
#include "services/domain/access.h"

#include <QWidget>

#include <functional>

class FilterBox;
class QKeyEvent;
class QMouseEvent;
class QListView;

/// The clusters on the left: a filter, the list, and the way to add a kubeconfig. Says which one a person wants; opens
/// nothing itself.
class ClusterListPanel final : public QWidget {
    Q_OBJECT

public:
    explicit ClusterListPanel(QWidget *parent = nullptr);

    void setEntries(const QList<ClusterEntry> &entries);
    /// The program changes nothing on any cluster: that can't be chosen here. Says why.
    void setReadOnlyAccess(const Access &access) { m_readOnlyAccess = access; }
    /// Marks the cluster in sight, and leads the keyboard to its row.
    void setCurrent(const QString &id);

    /// Hands it to the list. No focus proxy does: Tab into the panel would go past the filter.
    void takeKeyboard();

    QSize sizeHint() const override;

Q_SIGNALS:
    /// By click or Enter.
    void clusterChosen(const QString &id);
    /// By middle click, or from the context menu.
    void closeRequested(const QString &id);
    /// From the context menu: its environment is to be named.
    void environmentRequested(const QString &id);
    void addRequested();
    /// What is kept of revealed passwords is to be shown.
    void passwordsRequested();
    void readOnlyRequested(const QString &id, bool isReadOnly);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showMenu(const QPoint &position);
    void choose(const QModelIndex &index);
    void open(const QModelIndex &index);
    bool isBesideRows(const QMouseEvent &press) const;
    bool foldsBy(const QKeyEvent &press);
    void keepCurrentOver(const std::function<void()> &change);

    ClusterListModel m_model;
    FilterBox *m_filter;
    QListView *m_list;
    QString m_currentId;
    Access m_readOnlyAccess = Access::yes();
};
