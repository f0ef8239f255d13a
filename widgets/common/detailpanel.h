// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/access.h"
#include "services/domain/owner.h"
#include "widgets/common/kubectltarget.h"

#include <QJsonObject>
#include <QWidget>

#include <functional>

class ConfigurationView;
class CopyableRow;
class CopyRoleButton;
class InlineMessage;
class QHBoxLayout;
class QMenu;
class QPushButton;
class QStackedLayout;
class QTabBar;
class QVBoxLayout;
class SidePanel;

/// One row in detail beside its list: what it does now (State), what it was told to be (Configuration), and how it is
/// deleted. Shows values; asks for nothing itself. Each kind of row derives from it.
class DetailPanel : public QWidget {
    Q_OBJECT

public:
    /// `stem` as in ListPage::Words; `deletion` says what deleting does.
    DetailPanel(const QString &stem, const QString &deletion, QWidget *parent = nullptr);

    /// The cluster that the commands shown here are for.
    void setKubectl(const KubectlTarget &kubectl) { m_kubectl = kubectl; }
    /// `grant`: a Role that would grant what deleting lacks; empty where none would.
    void setDeleteAccess(const Access &access, const QString &grant = {});
    /// What else can be done with it, in a menu beside the buttons; filled anew whenever it is about to be shown.
    void setMenuBuilder(std::function<void(QMenu *)> build);

Q_SIGNALS:
    void deleteRequested();
    void closeRequested();

protected:
    void setTitle(const QString &title, const QString &note);
    /// Another object is shown: from its top.
    void beginAtTop();
    /// Where the state's widgets stand, from the top.
    QVBoxLayout *state() const { return m_state; }
    void setConfiguration(const QJsonObject &config);
    /// For what has no configuration as JSON: the state stands under `title`, and addPage() adds others beside it.
    void showStateOnly(const QString &title);
    /// Takes ownership; `content` fills the page and scrolls by itself where it has to.
    void addPage(const QString &title, QWidget *content);
    QTabBar *tabs() const { return m_tabs; }
    /// Begins with what else can be done.
    QHBoxLayout *footer() const { return m_actions; }
    /// Says what keeps it as it is, if anything does, and by which command that is changed.
    void setOwner(const std::optional<Owner> &owner);

private:
    KubectlTarget m_kubectl;
    SidePanel *m_panel;
    QTabBar *m_tabs;
    QStackedLayout *m_stack;
    QVBoxLayout *m_state;
    QHBoxLayout *m_actions;
    InlineMessage *m_owner;
    CopyableRow *m_ownerCommand;
    ConfigurationView *m_configuration;
    CopyRoleButton *m_copyRole;
    QPushButton *m_more;
    QPushButton *m_delete;
};
