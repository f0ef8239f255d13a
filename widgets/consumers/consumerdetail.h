// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/access.h"
#include "services/domain/consumer.h"

#include <QWidget>

class DetailPanel;
class FactGrid;
class InlineMessage;
class QPushButton;

/// One consumer beside the table: its state, what holds it back, its whole configuration. Shows values; asks for
/// nothing itself.
class ConsumerDetail final : public QWidget {
    Q_OBJECT

public:
    explicit ConsumerDetail(QWidget *parent = nullptr);

    /// `now` is what relative times are counted from.
    void setConsumer(const Consumer &consumer, const QDateTime &now);
    const ConsumerId &id() const { return m_id; }
    void setDeleteAccess(const Access &access);

Q_SIGNALS:
    void deleteRequested();
    void closeRequested();

private:
    DetailPanel *m_panel;
    InlineMessage *m_obstacle;
    FactGrid *m_facts;
    QPushButton *m_delete;
    ConsumerId m_id;
};
