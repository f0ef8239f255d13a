// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/runningoperations.h"

#include <QPointer>
#include <QWidget>

class ElidingLabel;
class Meter;
class QPushButton;
class RuntimeSource;

/// The line at the bottom: the operation under way with its progress, what runs, what a person has begun and put out
/// of sight, and who one is on which cluster.
class StatusLine final : public QWidget {
    Q_OBJECT

public:
    explicit StatusLine(QWidget *parent = nullptr);

    /// Shows this runtime until another or none is given, or it dies. `identity`: "oncall@prod";
    /// `about`: the lines of its tooltip.
    void setRuntime(RuntimeSource *runtime, const QString &identity, const QString &about);

    /// What a person has begun and what goes on; each can be shown from here.
    void setOperations(const QList<RunningOperations::Operation> &operations);
    /// Shows the only one, or offers all of them.
    void openOperations();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void renew();
    void renewIdentity();

    QPointer<RuntimeSource> m_runtime;
    QString m_identityText;
    QString m_about;
    QList<RunningOperations::Operation> m_operations;
    ElidingLabel *m_operation;
    Meter *m_meter;
    ElidingLabel *m_running;
    QPushButton *m_operationsButton;
    ElidingLabel *m_identity;
};
