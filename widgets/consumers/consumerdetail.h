// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/consumer.h"
#include "widgets/common/detailpanel.h"

class FactGrid;
class InlineMessage;

/// One consumer beside the table: its state, what holds it back, its whole configuration.
class ConsumerDetail final : public DetailPanel {
    Q_OBJECT

public:
    explicit ConsumerDetail(QWidget *parent = nullptr);

    /// `now` is what relative times are counted from.
    void setObject(const Consumer &consumer, const QDateTime &now);
    const ConsumerId &id() const { return m_id; }

private:
    InlineMessage *m_obstacle;
    FactGrid *m_facts;
    ConsumerId m_id;
};
