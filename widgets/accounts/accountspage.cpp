// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accounts/accountspage.h"

#include "models/celltext.h"
#include "services/messaging/accountservice.h"
#include "services/messaging/runtimeservice.h"
#include "services/messaging/streamservice.h"
#include "widgets/accounts/accountwords.h"
#include "widgets/accounts/clientsview.h"
#include "widgets/accounts/rotatedialog.h"
#include "widgets/accounts/usersview.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/words.h"

#include <QMenu>
#include <QShortcut>

namespace {

constexpr int leastDisplayNameWidth = 90;

ObjectPage::Words words()
{
    return {{AccountsPage::tr("Filter accounts"), AccountsPage::tr("New account"), QStringLiteral("account"), false},
        AccountsPage::tr("Accounts"), AccountsPage::tr("accounts"), AccountsPage::tr("No account matches the filter")};
}

} // namespace

AccountsPage::AccountsPage(
    AccountService &accounts, RuntimeService &runtime, StreamService &streams, Clock &clock, QWidget *parent)
    : ObjectPageOf(words(), {runtime, accounts, clock}, *new AccountListing(accounts, streams), parent)
    , m_accounts(accounts)
    , m_runtime(runtime)
    , m_streams(streams)
{
    service().setParent(this);
    setObjectName(QStringLiteral("accountsPage"));
    list()->setColumns(Model::DisplayNameColumn, leastDisplayNameWidth,
        {Model::ConsumersColumn, Model::ConnectionsColumn, Model::StreamsColumn}, {Model::NameColumn});
    list()->table()->sortByAtFirst(Model::NameColumn);
    connectServices();
    connectDetail();
    auto *change = new QShortcut(QKeySequence(Qt::Key_F2), list()->table(), nullptr, nullptr, Qt::WidgetShortcut);
    connect(change, &QShortcut::activated, this, [this] {
        if (const QModelIndex row = list()->table()->selectedRow(); row.isValid())
            edit(model().rowAt(row.row()).id);
    });
    begin();
}

void AccountsPage::connectServices()
{
    connect(&service(), &AccountListing::failedLater, this, [this](const QString &account, const Error &error) {
        tellFailure(account, tr("What was asked of the account %1 did not reach every server").arg(account), error);
    });
    connect(&service(), &AccountListing::accessChanged, this, [this] {
        showState();
        showFormsAccess();
    });
    connect(&service(), &AccountListing::snapshotChanged, this, &AccountsPage::renewForms);
    connect(&m_accounts, &AccountService::rolloutChanged, this, [this](const QString &account) {
        if (account == shownId())
            showState();
    });
    connect(&m_runtime, &RuntimeService::accessChanged, this, &AccountsPage::showState);
}

void AccountsPage::connectDetail()
{
    connect(detail(), &AccountDetail::editRequested, this, [this] { edit(shownId()); });
    connect(detail(), &AccountDetail::rotateRequested, this, [this] { rotate(shownId()); });
    connect(detail(), &AccountDetail::endOverlapRequested, this, &AccountsPage::endOverlap);
    connect(detail(), &AccountDetail::retryRequested, this, [this] {
        carryOut(shownId(), m_accounts.retry(detail()->row().account), tr("It did not work this time either"));
    });
    const UsersView *users = detail()->users();
    connect(users, &UsersView::newRequested, this, &AccountsPage::addUser);
    connect(users, &UsersView::editRequested, this, &AccountsPage::editUser);
    connect(users, &UsersView::rotateRequested, this, [this](const QString &user) { rotate(shownId(), user); });
    connect(users, &UsersView::removeRequested, this, &AccountsPage::removeUser);
    connect(users, &UsersView::passwordWanted, this, &AccountsPage::fetchPassword);
    connect(detail()->clients(), &ClientsView::kickRequested, this, &AccountsPage::kick);
}

void AccountsPage::showEvent(QShowEvent *event)
{
    ObjectPageOf::showEvent(event);
    m_accounts.setInSight(true);
}

void AccountsPage::hideEvent(QHideEvent *event)
{
    ObjectPageOf::hideEvent(event);
    m_accounts.setInSight(false);
}

QString AccountsPage::countText() const
{
    const quint64 shown = quint64(model().rowCount());
    const quint64 all = quint64(model().rows().size());
    if (shown != all)
        return tr("%1 of %2 accounts").arg(numberText(shown), numberText(all));
    return shown == 1 ? tr("1 account") : tr("%1 accounts").arg(numberText(shown));
}

ObjectPage::Emptiness AccountsPage::nothingYet()
{
    return {Icons::Name::Account, tr("No accounts yet"),
        tr("Accounts are the tenants of the runtime: each isolates its streams and consumers and has a credential of "
           "its own. The default application account appears here by itself."),
        tr("New account"), service().createAccess().reason, [this] { showForm(); }};
}

void AccountsPage::renewForm()
{
    form()->setSurroundings(m_accounts.surroundings());
}

void AccountsPage::completeDetail(const AccountRow &row)
{
    detail()->setState(stateOf(row.account));
    if (std::exchange(m_shownAccount, row.id) != row.id)
        Q_EMIT accountShown(row.id);
}

void AccountsPage::showState()
{
    if (isDetailShown())
        detail()->setState(stateOf(detail()->row().account));
}

AccountState AccountsPage::stateOf(const Account &account) const
{
    AccountState state;
    state.rollout = m_accounts.rollout(account.name);
    const QString here = m_accounts.operationHere(account.name);
    state.isWaiting = !here.isEmpty() && (!account.operation || account.operation->id != here);
    state.clients = m_accounts.connections(account.name);
    state.usageProblem = m_accounts.usageProblem();
    if (state.clients && !m_accounts.areConnectionsWhole()) {
        const RuntimeStatus &status = m_runtime.status();
        state.clientsMissing = tr("%1 of %2 pods are ready: clients of the others are not among these.")
                                   .arg(status.readyPods())
                                   .arg(status.wantedPods());
    }
    state.change = m_accounts.changeAccess(account);
    // where its deletion lacks the same, that says so already
    if (m_accounts.deleteAccess(account).missing.isEmpty())
        state.changeGrant = m_runtime.grantFor(state.change);
    state.retry = m_accounts.createAccess();
    state.reveal = m_accounts.revealAccess(account.name);
    state.kick = m_accounts.createAccess();
    return state;
}

std::optional<int> AccountsPage::connectedAs(const QString &account, const QString &login) const
{
    const std::optional<QList<ClientConnection>> clients = m_accounts.connections(account);
    if (!clients || !m_accounts.areConnectionsWhole())
        return std::nullopt;
    return int(std::count_if(
        clients->cbegin(), clients->cend(), [&login](const ClientConnection &client) { return client.user == login; }));
}

void AccountsPage::addOwnActions(QMenu *menu, int row)
{
    const Account &account = model().rowAt(row).account;
    const QString name = account.name;
    const Access access = m_accounts.changeAccess(account);
    ::setAccess(menu->addAction(tr("Edit…"), this, [this, name] { edit(name); }), access);
    ::setAccess(menu->addAction(tr("Rotate password…"), this, [this, name] { rotate(name); }), access);
}

ConfirmByTyping::Question AccountsPage::deletionOf(const AccountRow &row) const
{
    ConfirmByTyping::Question question;
    question.title = tr("Delete the account %1").arg(row.id);
    question.text = tr("Its clients are disconnected first, then all that it holds is deleted from the volumes, and "
                       "nothing brings it back. Gone will be:");
    const bool isKnown =
        m_streams.freshness().state == Freshness::State::Live && !m_streams.hiddenAccounts().contains(row.id);
    question.gone = goneWith(row, isKnown ? std::optional(m_streams.streams()) : std::nullopt);
    question.name = row.id;
    question.buttonText = tr("Delete account");
    return question;
}

RemovalWords AccountsPage::removalWords(const QString &account) const
{
    return {tr("The account %1 is being deleted.").arg(account), tr("The account %1 was not deleted").arg(account),
        tr("The account %1 is not deleted on every server yet; the table shows how it goes on").arg(account)};
}

CreationWords AccountsPage::creationWords(const AccountDraft &draft) const
{
    return {tr("The account %1 was not created; its draft is kept").arg(draft.spec.name),
        tr("It is not known yet whether the account %1 was created; its draft is kept").arg(draft.spec.name)};
}

void AccountsPage::carryOut(const QString &account, Pending<void> request, const QString &title, const QString &done)
{
    const int number = ++m_lastAction;
    Pending<void> &kept = m_actions[number] = std::move(request);
    kept.then(this, [this, number, account, title, done](const Result<void> &outcome) {
        m_actions.erase(number);
        if (!outcome)
            return tellFailure(account, title, outcome.error());
        if (done.isEmpty())
            return;
        list()->message()->setMessage(Tone::Good, done);
        list()->message()->show();
    });
}

void AccountsPage::tellFailure(const QString &account, const QString &title, const Error &error)
{
    const std::optional<Account> known = m_accounts.find(account);
    const bool isFailed = known && known->operation && known->operation->state == AccountOperation::State::Failed;
    if (isFailed && isDetailShown() && shownId() == account)
        return;
    const Tone tone = error.kind == Error::Kind::Timeout ? Tone::Warning : Tone::Bad;
    list()->message()->setMessage(tone, title, error.summary, error.detail);
    list()->message()->show();
}
