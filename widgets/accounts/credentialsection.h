// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/access.h"
#include "services/domain/account.h"

#include <QWidget>

class CopyableRow;
class InlineMessage;
class QPushButton;
class StatusBadge;
class WrappingLabel;

/// The managed login of an account: its names, how it stands, and what is done with it. Knows no password.
class CredentialSection final : public QWidget {
    Q_OBJECT

public:
    explicit CredentialSection(QWidget *parent = nullptr);

    /// `oldClients`: how many still use the login that is replaced; nothing: not known.
    void setAccount(const Account &account, const std::optional<int> &oldClients, const QDateTime &now);
    void setAccess(const Access &access);

Q_SIGNALS:
    void rotateRequested();
    void endOverlapRequested();

private:
    void showOverlap(const RetiringLogin &retiring, const std::optional<int> &oldClients, const QDateTime &now);

    StatusBadge *m_badge;
    WrappingLabel *m_explanation;
    CopyableRow *m_username;
    CopyableRow *m_secret;
    InlineMessage *m_overlap;
    QPushButton *m_rotate;
};
