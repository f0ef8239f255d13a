// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/accounttablemodel.h"
#include "services/domain/clientconnection.h"
#include "services/messaging/configurationrollout.h"
#include "widgets/common/detailpanel.h"

#include <optional>

class ClientsView;
class CopyRoleButton;
class CredentialSection;
class FactGrid;
class LimitsView;
class OperationNote;
class QLabel;
class QPushButton;
class UsersView;
class WrappingLabel;

/// What AccountDetail shows beside the account itself.
struct AccountState {
    QList<PodConfiguration> rollout = {};
    std::optional<QList<ClientConnection>> clients = {};
    std::optional<Error> usageProblem = {};
    bool isWaiting = false; ///< what was asked here is not on record so far
    QString clientsMissing = {}; ///< why there may be others than `clients`; empty: there are none
    Access change = Access::no({}); ///< to edit it, rotate, change its users
    QString changeGrant = {}; ///< a Role that would give that; empty: none would
    Access retry = Access::no({});
    Access reveal = Access::no({});
    Access kick = Access::no({});
};

/// One account beside the table: what it is, its limits with their use, its managed login; its further users; who is
/// connected.
class AccountDetail final : public DetailPanel {
    Q_OBJECT

public:
    explicit AccountDetail(QWidget *parent = nullptr);

    /// `now` is what relative times are counted from.
    void setObject(const AccountRow &row, const QDateTime &now);
    void setState(const AccountState &state);
    const QString &id() const { return m_row.id; }
    const AccountRow &row() const { return m_row; }
    /// How many clients are connected as `login`; nothing: not known.
    std::optional<int> connectedAs(const QString &login) const;
    /// How clients connect to it: takes ownership, and shows it under its own heading.
    void setConnection(QWidget *connection);
    UsersView *users() const { return m_users; }
    ClientsView *clients() const { return m_clients; }

Q_SIGNALS:
    void editRequested();
    void rotateRequested();
    void endOverlapRequested();
    void retryRequested();

private:
    void layOut();
    void renewTabs();

    AccountRow m_row;
    AccountState m_state;
    QDateTime m_now;
    OperationNote *m_operation;
    FactGrid *m_identity;
    WrappingLabel *m_description;
    LimitsView *m_limits;
    CredentialSection *m_credential;
    QLabel *m_connectionTitle;
    QVBoxLayout *m_connection;
    UsersView *m_users;
    ClientsView *m_clients;
    QPushButton *m_edit;
    CopyRoleButton *m_copyRole;
};
