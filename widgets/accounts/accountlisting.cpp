// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accounts/accountlisting.h"

#include "services/messaging/accountservice.h"
#include "services/messaging/streamservice.h"

#include <algorithm>

namespace {

QString operationOf(const std::optional<Account> &account)
{
    return account && account->operation ? account->operation->id : QString();
}

} // namespace

AccountListing::AccountListing(AccountService &service, const StreamService &streams, QObject *parent)
    : QObject(parent)
    , m_service(service)
    , m_streams(streams)
{
    connect(&streams, &StreamService::snapshotChanged, this, [this] {
        countStreams();
        renew();
    });
    connect(&streams, &StreamService::freshnessChanged, this, &AccountListing::renew); // of none that is known then
    connect(&service, &AccountService::accountsChanged, this, [this] {
        renew();
        acceptWhatIsOnRecord();
        Q_EMIT freshnessChanged();
        Q_EMIT accessChanged(); // an operation may have begun or ended
    });
    connect(&service, &AccountService::usageChanged, this, &AccountListing::renew);
    connect(&service, &AccountService::accessChanged, this, &AccountListing::accessChanged);
    countStreams();
    renew();
}

/// That accounts can't be read makes old what was read before.
Freshness AccountListing::freshness() const
{
    Freshness known = m_service.freshness();
    if (const std::optional<Error> &problem = m_service.problem()) {
        known.state = Freshness::State::Stale;
        known.why = problem->summary;
    }
    return known;
}

Access AccountListing::createAccess() const
{
    return m_service.createAccess();
}

Access AccountListing::deleteAccess(const AccountRow &row) const
{
    return m_service.deleteAccess(row.account);
}

Pending<AccountRow> AccountListing::create(const AccountDraft &draft)
{
    const QString name = draft.spec.name;
    Account unmade;
    unmade.name = name;
    return Pending<AccountRow>::ask([this, &draft, &unmade, name](const Pending<AccountRow>::Answer &answer) {
        const int number = ++m_lastNumber;
        Pending<void> &kept = m_creations[number] = accepted(unmade, m_service.create(draft.spec, draft.password));
        kept.then(this, [this, number, name, answer](const Result<void> &outcome) {
            if (!outcome)
                answer(fail(outcome.error()));
            else
                answer(AccountRow{name, m_service.find(name).value_or(Account{}), useOf(name)});
            m_creations.erase(number);
        });
        return std::function<void()>();
    });
}

Pending<void> AccountListing::accepted(const Account &seen, Pending<void> whole)
{
    return Pending<void>::ask([this, &seen, &whole](const Pending<void>::Answer &answer) {
        const int number = ++m_lastNumber;
        const auto sent =
            m_sent.emplace(number, Sent{seen.name, m_service.operationHere(seen.name), std::move(whole), answer}).first;
        sent->second.whole.then(this, [this, number](const Result<void> &outcome) { end(number, outcome); });
        return std::function<void()>();
    });
}

Pending<void> AccountListing::remove(const AccountRow &seen)
{
    return m_service.remove(seen.account);
}

void AccountListing::refresh()
{
    m_service.refresh();
}

void AccountListing::countStreams()
{
    m_counted.clear();
    for (const Stream &stream : m_streams.streams()) {
        AccountUse &use = m_counted[stream.id.account];
        const int consumers = std::max(stream.consumerCount, 0);
        use.streams = use.streams.value_or(0) + 1;
        use.consumers = use.consumers.value_or(0) + consumers;
        use.mostConsumers = std::max(use.mostConsumers.value_or(0), consumers);
    }
}

/// Streams that were read once, and are out of reach now, count as they were.
AccountUse AccountListing::useOf(const QString &account) const
{
    AccountUse use = m_counted.value(account);
    const bool isRead =
        m_streams.freshness().state == Freshness::State::Live && !m_streams.hiddenAccounts().contains(account);
    if (!use.streams && isRead) {
        use.streams = 0;
        use.consumers = 0;
    }
    const AccountFigures figures = m_service.usage(account);
    use.storage = figures.storage;
    use.connections = figures.connections;
    return use;
}

void AccountListing::renew()
{
    QList<AccountRow> rows;
    rows.reserve(m_service.accounts().size());
    for (const Account &account : m_service.accounts())
        rows.append({account.name, account, useOf(account.name)});
    m_rows = std::move(rows);
    Q_EMIT snapshotChanged();
}

void AccountListing::acceptWhatIsOnRecord()
{
    for (auto &[number, sent] : m_sent) {
        const QString operation = operationOf(m_service.find(sent.account));
        if (sent.isAccepted || operation.isEmpty() || operation != sent.operation)
            continue;
        sent.isAccepted = true;
        sent.answer({});
    }
}

void AccountListing::end(int number, const Result<void> &outcome)
{
    const auto found = m_sent.find(number);
    const Sent sent = std::move(found->second);
    m_sent.erase(found);
    if (!sent.isAccepted)
        sent.answer(outcome);
    else if (!outcome)
        Q_EMIT failedLater(sent.account, outcome.error());
}
