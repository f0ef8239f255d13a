// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/error.h"
#include "widgets/settings/changeplan.h"

#include <QWidget>

#include <optional>

class Card;
class ChangePlanRow;
class InlineMessage;
class QLabel;
class QPushButton;

/// What a draft would change on the running runtime, one row a field, with how it is done or why it can't be.
class ChangePlanCard final : public QWidget {
    Q_OBJECT

public:
    explicit ChangePlanCard(QWidget *parent = nullptr);

    void setChanges(const QList<PlannedChange> &changes);
    /// Stands in place of the rows while there are none.
    void setEmptyText(const QString &text);
    /// A reason switches Apply off, as a change that is refused does.
    void setLocked(const QString &reason);
    void setError(const std::optional<Error> &error);

Q_SIGNALS:
    void applyRequested();
    void discardRequested();

private:
    void renewApply();

    QList<PlannedChange> m_changes;
    QString m_lock;
    Card *m_card;
    QLabel *m_empty;
    QWidget *m_rowPlace;
    QList<ChangePlanRow *> m_rows;
    InlineMessage *m_error;
    QPushButton *m_discard;
    QPushButton *m_apply;
};
