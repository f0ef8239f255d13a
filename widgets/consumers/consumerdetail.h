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
    /// It stands in for another consumer: what became of that, and what there is to do. An empty title: it doesn't.
    void setUnfinished(const QString &title, const QString &text, const QString &action, const Access &access);

Q_SIGNALS:
    void editRequested();
    void resumeRequested();
    void finishRequested();

private:
    QPushButton *m_edit;
    QPushButton *m_resume; ///< shown while it is paused
    InlineMessage *m_obstacle;
    InlineMessage *m_unfinished;
    FactGrid *m_facts;
    ConsumerId m_id;
};
