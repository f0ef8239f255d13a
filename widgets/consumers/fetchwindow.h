// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/messagetablemodel.h"
#include "services/base/pending.h"
#include "services/domain/consumer.h"
#include "services/domain/fetchedmessage.h"

#include <QHash>
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
/// before what that does to its workers. Where what was fetched grows large, what came earlier gives way.
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
    void showFetched(const Fetched &fetched);
    void keep(const QList<FetchedMessage> &fetched);
    /// What is to be known of them, besides how many came.
    QString wordsOn(const Fetched &fetched) const;
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
    QList<StreamMessage> m_messages; ///< what was fetched here, by sequence; bounded in size
    QHash<quint64, MessageTableModel::Mark> m_marks;
    QJsonObject m_config; ///< of the consumer when it was last fetched from
    Pending<Fetched> m_fetching;
    bool m_isFetching = false;
};
