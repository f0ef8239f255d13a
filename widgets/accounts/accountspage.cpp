// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accounts/accountspage.h"

#include "services/base/freshness.h"
#include "services/messaging/accountservice.h"
#include "services/messaging/runtimeservice.h"
#include "widgets/common/card.h"
#include "widgets/common/celldelegate.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/runtimegate.h"
#include "widgets/common/tableview.h"

#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace {

constexpr int nameWidth = 160;
constexpr int displayNameWidth = 220;

} // namespace

AccountsPage::AccountsPage(AccountService &accounts, RuntimeService &runtime, QWidget *parent)
    : QWidget(parent)
    , m_accounts(accounts)
    , m_runtime(runtime)
    , m_stack(new QStackedWidget(this))
    , m_content(new QWidget(this))
    , m_problem(new InlineMessage(this))
    , m_empty(new EmptyState(this))
{
    auto *explanation = new InlineMessage(Tone::Neutral, tr("The accounts of this runtime"),
        tr("Each account isolates its streams and consumers and has a credential of its own. Adding accounts, limits "
           "and new passwords come with a later version of Pennant; how to connect as an account stands on Overview."),
        this);
    m_problem->setObjectName(QStringLiteral("accountsProblem"));
    m_empty->setObjectName(QStringLiteral("accountsEmptyState"));

    auto *content = new QVBoxLayout(m_content);
    content->setContentsMargins(Look::pageMargin, Look::pageMargin, Look::pageMargin, Look::pageMargin);
    content->setSpacing(Look::cardGap);
    content->addWidget(explanation);
    content->addWidget(m_problem);
    auto *card = new Card({}, this);
    card->setBodyFlush(true);
    card->body()->addWidget(createTable());
    content->addWidget(card, 1);
    m_stack->addWidget(m_content);
    m_stack->addWidget(m_empty);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);

    connect(&m_accounts, &AccountService::accountsChanged, this, &AccountsPage::renew);
    connect(&m_runtime, &RuntimeService::freshnessChanged, this, &AccountsPage::renew);
    connect(&m_runtime, &RuntimeService::statusChanged, this, &AccountsPage::renew);
    connect(m_empty, &EmptyState::actionTriggered, this, &AccountsPage::runtimeRequested);
    renew();
}

void AccountsPage::setKubectl(const KubectlTarget &kubectl)
{
    m_kubectl = kubectl;
    renew();
}

TableView *AccountsPage::createTable()
{
    auto *table = new TableView(this);
    table->setObjectName(QStringLiteral("accountTable"));
    table->setAccessibleName(tr("Accounts"));
    table->setItemDelegate(new CellDelegate(table));
    table->setModel(&m_model);
    table->setStretchColumn(AccountTableModel::SecretColumn);
    table->setColumnWidth(AccountTableModel::NameColumn, nameWidth);
    table->setColumnWidth(AccountTableModel::DisplayNameColumn, displayNameWidth);
    table->setSettingsKey(QStringLiteral("accounts/columns"));
    return table;
}

void AccountsPage::renew()
{
    const std::optional<Error> &problem = m_accounts.problem();
    m_model.setAccounts(m_accounts.accounts());
    showProblem(problem);
    renewEmptyState();
    const bool isEmpty = m_accounts.accounts().isEmpty() && (!problem || isToldAbove());
    m_stack->setCurrentWidget(isEmpty ? static_cast<QWidget *>(m_empty) : m_content);
}

/// That the whole cluster is out of reach stands above every tab.
bool AccountsPage::isToldAbove() const
{
    return m_runtime.freshness().state != Freshness::State::Live;
}

void AccountsPage::showProblem(const std::optional<Error> &problem)
{
    if (!problem || isToldAbove())
        m_problem->hide();
    else
        m_problem->showStanding(Tone::Bad, problem->summary, {}, problem->detail);
}

void AccountsPage::renewEmptyState()
{
    const std::optional<Error> &problem = m_accounts.problem();
    if (const auto gate = runtimeGate(
            aimedAt(m_kubectl, m_runtime.status()), m_runtime.freshness(), m_accounts.freshness(), tr("Accounts"))) {
        m_empty->setContent(gate->icon, gate->title, gate->text);
        m_empty->setAction(gate->action);
        return;
    }
    if (problem && isToldAbove()) {
        m_empty->setContent(
            Icons::Name::Alert, tr("The accounts can't be read now"), tr("The reason stands above every tab."));
        m_empty->setAction({});
        return;
    }
    m_empty->setContent(Icons::Name::Account, tr("No accounts yet"),
        tr("Accounts are the tenants of the runtime: each isolates its streams and consumers and has a credential of "
           "its own. The default application account appears here by itself."));
    m_empty->setAction({});
}
