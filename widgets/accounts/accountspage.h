// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/accounttablemodel.h"
#include "services/base/error.h"
#include "widgets/common/kubectltarget.h"

#include <QWidget>

#include <optional>

class AccountService;
class EmptyState;
class InlineMessage;
class QStackedWidget;
class RuntimeService;
class TableView;

/// The Accounts tab, as far as it goes yet: shows the accounts that there are and says that managing them comes later.
class AccountsPage final : public QWidget {
    Q_OBJECT

public:
    /// The services must outlive it.
    AccountsPage(AccountService &accounts, RuntimeService &runtime, QWidget *parent = nullptr);

    /// The cluster that the commands shown here are for.
    void setKubectl(const KubectlTarget &kubectl);

Q_SIGNALS:
    /// A person wants to do something about the runtime that accounts need.
    void runtimeRequested();

private:
    TableView *createTable();
    void renew();
    bool isToldAbove() const;
    void showProblem(const std::optional<Error> &problem);
    void renewEmptyState();

    AccountService &m_accounts;
    RuntimeService &m_runtime;
    KubectlTarget m_kubectl;
    AccountTableModel m_model;
    QStackedWidget *m_stack;
    QWidget *m_content;
    InlineMessage *m_problem;
    EmptyState *m_empty;
};
