// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/error.h"

#include <QWidget>

class EmptyState;

/// What stands in the window while no cluster is open: why, and the one action that leads on.
class ClusterNotice final : public QWidget {
    Q_OBJECT

public:
    explicit ClusterNotice(QWidget *parent = nullptr);

    /// `problems` of the kubeconfigs, which may be why there is a choice.
    void tellToChoose(const QList<Error> &problems);
    /// `problems` of the kubeconfigs; without any, `files` name no context.
    void tellThereIsNone(const QList<Error> &problems, const QStringList &files);
    void tellUnknown(const QString &context, const QStringList &files);
    void tellClosed(const QString &cluster, const Error &why);

Q_SIGNALS:
    void kubeconfigRequested();
    void reloadRequested();

private:
    using Act = void (ClusterNotice::*)();

    void tell(const QString &title, const QString &text, const QString &action, Act act);

    EmptyState *m_state;
    Act m_act = nullptr;
};
