// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/access.h"
#include "services/domain/runtime.h"

#include <QWidget>

class FactList;
class InlineMessage;
class QLabel;
class QPushButton;

/// What **Enable NATS** will create for a draft, the button that asks for it, and what came of asking.
class CreationPlanCard final : public QWidget {
    Q_OBJECT

public:
    explicit CreationPlanCard(QWidget *parent = nullptr);

    void setPlan(const RuntimeSpec &spec, const QString &nameSpace);
    void setEnableAccess(const Access &access);
    /// Beside the button; empty: nothing.
    void setNote(const QString &note);
    void setError(const std::optional<Error> &error);

Q_SIGNALS:
    void enableRequested();

private:
    FactList *m_plan;
    InlineMessage *m_error;
    QLabel *m_note;
    QPushButton *m_enable;
};
