// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/accounttablemodel.h"
#include "services/base/freshness.h"
#include "services/base/pending.h"
#include "services/domain/access.h"
#include "widgets/accounts/accountform.h"

#include <QHash>
#include <QObject>

#include <map>

class AccountService;
class StreamService;

/// The accounts as their page lists them: each with what is used of it. What is sent counts as accepted once the
/// cluster has it on record: from then on the account itself tells how far it has come, which may take minutes.
class AccountListing final : public QObject {
    Q_OBJECT

public:
    /// Both must outlive it; `streams` are those that are counted.
    AccountListing(AccountService &service, const StreamService &streams, QObject *parent = nullptr);

    AccountService &service() const { return m_service; }
    const QList<AccountRow> &rows() const { return m_rows; }
    Freshness freshness() const;
    Access createAccess() const;
    Access deleteAccess(const AccountRow &row) const;

    /// Answers once the account is on record.
    Pending<AccountRow> create(const AccountDraft &draft);
    /// The same of a change of `seen`: `whole` answers when every server has it.
    Pending<void> accepted(const Account &seen, Pending<void> whole);
    Pending<void> remove(const AccountRow &seen);
    void refresh();

Q_SIGNALS:
    void snapshotChanged();
    void freshnessChanged();
    void accessChanged();
    /// What was accepted came to nothing after all.
    void failedLater(const QString &account, const Error &error);

private:
    struct Sent {
        QString account;
        QString operation; ///< that was begun by it
        Pending<void> whole;
        Pending<void>::Answer answer;
        bool isAccepted = false;
    };
    void countStreams();
    AccountUse useOf(const QString &account) const;
    void renew();
    void acceptWhatIsOnRecord();
    void end(int number, const Result<void> &outcome);

    AccountService &m_service;
    const StreamService &m_streams;
    QHash<QString, AccountUse> m_counted; ///< of streams, by account; those without have none
    QList<AccountRow> m_rows;
    std::map<int, Sent> m_sent;
    std::map<int, Pending<void>> m_creations; ///< until they are accepted
    int m_lastNumber = 0;
};
