// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accounts/accountdetail.h"

#include "models/celltext.h"
#include "widgets/accounts/clientsview.h"
#include "widgets/accounts/credentialsection.h"
#include "widgets/accounts/limitsview.h"
#include "widgets/accounts/operationnote.h"
#include "widgets/accounts/usersview.h"
#include "widgets/common/copyrolebutton.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/factgrid.h"
#include "widgets/common/painting.h"
#include "widgets/common/sidepanel.h"
#include "widgets/common/words.h"
#include "widgets/common/wrappinglabel.h"

#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>

namespace {

constexpr int widthWithConnection = 468; // a connection card beside margins and a scroll bar

enum Page { AccountPage, UsersPage, ClientsPage };

QLabel *sectionTitle(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setFont(Look::titleFont());
    return label;
}

} // namespace

AccountDetail::AccountDetail(QWidget *parent)
    : DetailPanel(
        QStringLiteral("account"), tr("Delete the account with its streams, messages and credentials"), parent)
    , m_operation(new OperationNote(this))
    , m_identity(new FactGrid(this))
    , m_description(new WrappingLabel(this))
    , m_limits(new LimitsView(this))
    , m_credential(new CredentialSection(this))
    , m_connectionTitle(sectionTitle(tr("Connection"), this))
    , m_connection(new QVBoxLayout)
    , m_users(new UsersView)
    , m_clients(new ClientsView)
    , m_edit(new QPushButton(tr("E&dit…"), this))
    , m_copyRole(new CopyRoleButton(this))
{
    setObjectName(QStringLiteral("accountDetail"));
    m_identity->setObjectName(QStringLiteral("accountFacts"));
    m_description->setObjectName(QStringLiteral("accountDescriptionLabel"));
    setTextRole(m_description, Look::SoftText);
    m_edit->setObjectName(QStringLiteral("editAccountButton"));
    m_edit->setToolTip(tr("Edit display name, description and limits (F2)"));
    m_copyRole->setObjectName(QStringLiteral("copyChangeRoleButton"));
    m_connectionTitle->hide();
    layOut();
    connect(m_edit, &QPushButton::clicked, this, &AccountDetail::editRequested);
    connect(m_credential, &CredentialSection::rotateRequested, this, &AccountDetail::rotateRequested);
    connect(m_credential, &CredentialSection::endOverlapRequested, this, &AccountDetail::endOverlapRequested);
    connect(m_operation, &OperationNote::retryRequested, this, &AccountDetail::retryRequested);
    auto *edit = new QShortcut(QKeySequence(Qt::Key_F2), this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    connect(edit, &QShortcut::activated, m_edit, &QPushButton::click);
}

void AccountDetail::layOut()
{
    showStateOnly(tr("Account"));
    addPage(tr("Users"), SidePanel::scrolled(m_users));
    addPage(tr("Clients"), m_clients);
    state()->addWidget(m_operation);
    state()->addWidget(m_identity);
    state()->addWidget(m_description);
    state()->addSpacing(Look::spaceXs);
    state()->addWidget(sectionTitle(tr("Limits"), this));
    state()->addWidget(m_limits);
    state()->addSpacing(Look::spaceXs);
    state()->addWidget(m_credential);
    state()->addSpacing(Look::spaceXs);
    state()->addWidget(m_connectionTitle);
    state()->addLayout(m_connection);
    footer()->addWidget(m_edit);
    footer()->addWidget(m_copyRole);
}

void AccountDetail::setConnection(QWidget *connection)
{
    m_connection->addWidget(connection);
    connection->show();
    m_connectionTitle->show();
    setMinimumWidth(widthWithConnection);
}

void AccountDetail::setObject(const AccountRow &row, const QDateTime &now)
{
    if (row.id != m_row.id) {
        m_state = {};
        beginAtTop();
        if (row.account.isInProgress())
            tabs()->setCurrentIndex(0); // where its progress stands
    }
    m_row = row;
    m_now = now;
    const Account &account = row.account;
    setTitle(account.name, account.displayName == account.name ? QString() : account.displayName);
    const QString connections =
        row.used.connections ? numberText(quint64(std::max(*row.used.connections, 0))) : tr("not known");
    m_identity->setFacts({{tr("Name"), account.name, {}}, {tr("Display name"), account.displayName, {}},
        {tr("Connections"), connections, {}}, {tr("Other users"), numberText(quint64(account.spec.users.size())), {}}});
    m_description->setText(breakable(account.spec.description));
    m_description->setVisible(!account.spec.description.isEmpty());
    m_limits->setRow(row);
    m_users->setAccount(account);
    m_clients->setNow(now);
}

void AccountDetail::setState(const AccountState &state)
{
    m_state = state;
    const Account &account = m_row.account;
    m_operation->setOperation(account.operation, state.rollout, m_now, state.isWaiting);
    m_operation->setRetryAccess(state.retry);
    const std::optional<int> oldClients =
        account.retiring ? connectedAs(account.retiring->username) : std::optional<int>();
    m_credential->setAccount(account, oldClients, m_now);
    m_credential->setAccess(state.change);
    m_users->setAccess(state.change, state.reveal);
    m_clients->setClients(state.clients, state.usageProblem, state.clientsMissing);
    m_clients->setKickAccess(state.kick);
    setAccess(m_edit, state.change);
    m_copyRole->setGrant(state.changeGrant, state.change.reason);
    renewTabs();
}

void AccountDetail::renewTabs()
{
    const qsizetype users = m_row.account.spec.users.size();
    const QString clients = m_state.clients ? numberText(quint64(m_state.clients->size())) : QString();
    tabs()->setTabText(UsersPage, users == 0 ? tr("Users") : tr("Users (%1)").arg(users));
    tabs()->setTabText(ClientsPage, clients.isEmpty() ? tr("Clients") : tr("Clients (%1)").arg(clients));
}

std::optional<int> AccountDetail::connectedAs(const QString &login) const
{
    if (!m_state.clients || !m_state.clientsMissing.isEmpty())
        return std::nullopt;
    return int(std::count_if(m_state.clients->cbegin(), m_state.clients->cend(),
        [&login](const ClientConnection &client) { return client.user == login; }));
}
