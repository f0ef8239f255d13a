// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/freshness.h"
#include "services/base/pending.h"
#include "services/domain/access.h"
#include "widgets/common/kubectltarget.h"
#include "widgets/common/listpage.h"

#include <QWidget>

#include <functional>
#include <optional>

class AccountSource;
class Clock;
class DetailPanel;
class FormPanel;
class KeyedTableModel;
class QMenu;
class RuntimeSource;

/// A tab of objects that live in the runtime's accounts, whatever their kind: the list of all, one of them in detail,
/// and the form that makes a new one. Says what is missing where there is nothing to show, and lets time pass.
///
/// ObjectPageOf, over it, knows the kind.
class ObjectPage : public QWidget {
    Q_OBJECT

public:
    /// What every such page stands on. All must outlive it.
    struct Ground {
        RuntimeSource &runtime;
        AccountSource &accounts;
        Clock &clock;
    };
    struct Words {
        ListPage::Words list;
        QString title; ///< the tab's: "Streams"
        QString objects; ///< within a sentence: "streams"
        QString noMatch; ///< "No stream matches the filter"
    };
    /// What stands in place of the rows, and the one action that helps.
    struct Emptiness {
        Icons::Name icon;
        QString title;
        QString text;
        QString actionText;
        QString actionReason; ///< why the action can't be taken
        std::function<void()> action;
    };

    /// The cluster that the commands shown here are for.
    void setKubectl(const KubectlTarget &kubectl);

Q_SIGNALS:
    /// A person wants to do something about the runtime that the objects need.
    void runtimeRequested();

protected:
    /// Takes ownership of model and panels.
    ObjectPage(const Words &words, const Ground &ground, KeyedTableModel *model, DetailPanel *detail, FormPanel *form,
        QWidget *parent);

    /// At the end of the last constructor: shows what there is.
    void begin();

    ListPage *list() const { return m_list; }
    Clock &clock() const { return m_ground.clock; }
    QDateTime now() const;
    QStringList accountNames() const;

    void showSnapshot();
    void showPlace();
    void showAccess();
    /// By a person.
    void showForm();
    void closePanel();
    /// By what happened elsewhere: takes the keyboard from nobody.
    void closeLostPanel();
    bool isFormShown() const;
    bool isDetailShown() const;
    void showDetailPanel();
    /// Nothing: none. One that is shown has the keyboard whenever the page gets it.
    void showPanel(QWidget *panel);

    virtual int snapshotSize() const = 0;
    virtual QString countText() const = 0;
    virtual Freshness freshness() const = 0;
    virtual Access createAccess() const = 0;
    virtual Access deleteAccessOfDetail() const = 0;
    virtual Access deleteAccessAt(int row) const = 0;
    /// There is no object yet.
    virtual Emptiness nothingYet() = 0;
    virtual void adoptSnapshot() = 0;
    virtual void adoptAccounts() { }
    virtual void renewForm() = 0;
    /// Shows the detail anew, or nothing where its object is gone.
    virtual void renewDetail() = 0;
    virtual void openAt(int row) = 0;
    virtual void askToDeleteAt(int row) = 0;
    virtual void askToDeleteDetail() = 0;
    /// Puts them beside the detail's buttons as well; what is in the detail is the row that is highlighted.
    void offerActionsInDetail();
    /// Further things to do with a row, above its deletion.
    virtual void addOwnActions(QMenu *, int) { }
    /// Whether this person may see the objects, where they are not known.
    virtual Access seeAccess() const;
    virtual void passTime(int firstVisible, int lastVisible) = 0;

private:
    void connectServices();
    void connectList();
    void followSelection();
    void addActions(QMenu *menu, const QModelIndex &index);
    void showAccounts();
    void showDeleteAccess();
    Emptiness emptiness();
    std::optional<Emptiness> refusal();
    Freshness freshnessToTell() const;
    Freshness listFreshness() const;
    bool isClusterInReach() const;
    void tick();

    Words m_words;
    Ground m_ground;
    KubectlTarget m_kubectl;
    KeyedTableModel *m_model;
    ListPage *m_list;
    DetailPanel *m_detail;
    FormPanel *m_form;
    std::function<void()> m_emptyAction; ///< of what stands in place of the rows
    Pending<void> m_nextTick;
};
