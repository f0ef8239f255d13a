// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>

class ElidingLabel;
class Meter;
class RuntimeSource;

/// The line at the bottom: the operation under way with its progress, what runs, and who one is on which cluster.
class StatusLine final : public QWidget {
    Q_OBJECT

public:
    explicit StatusLine(QWidget *parent = nullptr);

    /// Shows this runtime until another or none is given, or it dies. `identity`: "oncall@prod";
    /// `about`: the lines of its tooltip.
    void setRuntime(RuntimeSource *runtime, const QString &identity, const QString &about);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void renew();
    void renewIdentity();

    QPointer<RuntimeSource> m_runtime;
    QString m_identityText;
    QString m_about;
    ElidingLabel *m_operation;
    Meter *m_meter;
    ElidingLabel *m_running;
    ElidingLabel *m_identity;
};
