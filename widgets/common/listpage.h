// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/access.h"
#include "widgets/common/icons.h"

#include <QWidget>

#include <functional>

class Banner;
class ColumnWidths;
class CopyRoleButton;
class ElidingLabel;
class EmptyState;
class FilterBox;
class InlineMessage;
class KeyedTableModel;
class PanelSplit;
class QComboBox;
class QMenu;
class QPushButton;
class QStackedLayout;
class TableView;
struct Freshness;

/// A tab that lists what is in the cluster: filter, account, count and the action that makes a new one above a table;
/// panels for one row or a form at its right. Knows the table's model but no service.
///
/// Ctrl+F leads to the filter, from there Down or Return to the first row; Ctrl+N makes a new one, Enter opens a row,
/// Delete asks to delete it, Escape closes the panel. The keyboard given to the page goes to the rows, or to what
/// stands in their place.
class ListPage final : public QWidget {
    Q_OBJECT

public:
    struct Words {
        QString filter; ///< "Filter streams"
        QString newButton; ///< "New stream"
        QString stem; ///< "stream": begins the widgets' object names and settings
        bool hasAccountFilter = true; ///< rows are in accounts
    };

    ListPage(const Words &words, KeyedTableModel *model, QWidget *parent = nullptr);

    TableView *table() const { return m_table; }
    FilterBox *filterBox() const { return m_filter; }
    /// To be called once for each panel; takes ownership, hides it.
    void addPanel(QWidget *panel);
    /// Nothing: no panel.
    void showPanel(QWidget *panel);
    QWidget *panel() const;
    /// True while the panel stands in the table's place.
    bool isPanelOver() const;
    /// Of what stands in place of the table.
    QPushButton *emptyButton() const;
    /// Closable; above the list.
    InlineMessage *message() const { return m_message; }

    /// As ColumnWidths shares the width.
    void setColumns(int stretch, int leastWidth, const QList<int> &givingWay, const QList<int> &names = {});
    void setAccounts(const QStringList &accounts);
    void setCount(const QString &text);
    /// `grant`: a Role that would give it, to be copied beside the button; empty: none would.
    void setNewAccess(const Access &access, const QString &grant = {});
    /// Other ways to make one, behind a button beside the new one: `fill` fills their menu whenever it is to be shown.
    void setNewMenu(std::function<void(QMenu *)> fill);
    /// Says since when and why what is shown may be old.
    void setFreshness(const Freshness &freshness);
    void clearFilters();

    /// In place of the table. An empty `action` leaves out the button, a reason disables it.
    void showEmpty(Icons::Name icon, const QString &title, const QString &text, const QString &action = {},
        const QString &reason = {});
    void showTable();

    /// Rows in sight; -1 and -1 where there are none.
    std::pair<int, int> visibleRows() const;

Q_SIGNALS:
    void newRequested();
    void openRequested(const QModelIndex &index);
    /// The row that is highlighted.
    void deleteRequested(const QModelIndex &index);
    void selectionChanged();
    void emptyActionTriggered();
    void panelCloseRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void layOut();
    void connectTable();
    void showInStack(QWidget *widget);
    void renewFocusProxy();

    KeyedTableModel *m_model;
    Banner *m_banner;
    InlineMessage *m_message;
    FilterBox *m_filter;
    QComboBox *m_account;
    ElidingLabel *m_count;
    CopyRoleButton *m_copyRole;
    QPushButton *m_new;
    QPushButton *m_newMenu;
    TableView *m_table;
    EmptyState *m_empty;
    QStackedLayout *m_stack;
    PanelSplit *m_panels;
    ColumnWidths *m_widths = nullptr;
};
