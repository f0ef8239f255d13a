// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/access.h"
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
    void setEditAccess(const Access &access);
    void setResumeAccess(const Access &access);

Q_SIGNALS:
    void editRequested();
    void resumeRequested();

private:
    QPushButton *m_edit;
    QPushButton *m_resume; ///< shown while it is paused
    InlineMessage *m_obstacle;
    FactGrid *m_facts;
    ConsumerId m_id;
};
