// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/clientlistmodel.h"
#include "services/base/error.h"
#include "services/domain/access.h"

#include <QWidget>

class EmptyState;
class FilterBox;
class InlineMessage;
class QLabel;
class QPushButton;
class QStackedLayout;
class TableView;

/// Who is connected to an account, and the button that disconnects one of them.
class ClientsView final : public QWidget {
    Q_OBJECT

public:
    explicit ClientsView(QWidget *parent = nullptr);

    /// Nothing: not read so far, or why not. `missing` says why there may be others; empty: there are none.
    void setClients(const std::optional<QList<ClientConnection>> &clients, const std::optional<Error> &problem,
        const QString &missing = {});
    void setNow(const QDateTime &now);
    void setKickAccess(const Access &access);

Q_SIGNALS:
    void kickRequested(const ClientConnection &client);

private:
    void layOut();
    void renew();
    void renewKick();
    void askToKick();

    ClientListModel m_model;
    QList<ClientConnection> m_shown;
    bool m_isKnown = false;
    Access m_access = Access::yes();
    FilterBox *m_filter;
    QLabel *m_count;
    InlineMessage *m_problem;
    TableView *m_table;
    EmptyState *m_empty;
    QStackedLayout *m_stack;
    QPushButton *m_kick;
};
