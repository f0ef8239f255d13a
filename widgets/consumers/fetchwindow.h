// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/messagetablemodel.h"
#include "services/base/pending.h"
#include "services/domain/consumer.h"
#include "services/domain/fetchedmessage.h"

#include <QWidget>

class Clock;
class ConsumerService;
class Field;
class InlineMessage;
class MessageView;
class QLineEdit;
class QPushButton;
class TableView;

/// Takes the next messages of a pull consumer to look at, without acknowledging them, in a window of its own. Says
/// before what that does to its workers.
class FetchWindow final : public QWidget {
    Q_OBJECT

public:
    /// Both must outlive it. `place` tells which cluster that is, in the window's title.
    FetchWindow(
        ConsumerService &service, Clock &clock, const Consumer &consumer, const QString &place, QWidget *parent);

    const ConsumerId &consumer() const { return m_id; }

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void layOut();
    void renewAccess();
    void showMeaning(const Consumer &consumer);
    void fetch();
    void showFetched(const QList<FetchedMessage> &fetched);
    void followSelection();
    std::optional<Consumer> found() const;
    std::optional<int> number() const;

    ConsumerService &m_service;
    Clock &m_clock;
    ConsumerId m_id;
    QLineEdit *m_number;
    Field *m_numberField;
    QPushButton *m_fetch;
    InlineMessage *m_meaning;
    InlineMessage *m_outcome;
    MessageTableModel *m_model;
    TableView *m_table;
    MessageView *m_view;
    QList<StreamMessage> m_messages; ///< all that were fetched here
    Pending<QList<FetchedMessage>> m_fetching;
    bool m_isFetching = false;
};
