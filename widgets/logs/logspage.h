// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/runningoperations.h"
#include "widgets/common/kubectltarget.h"
#include "widgets/logs/logfollower.h"

#include <QWidget>

class EmptyState;
class InlineMessage;
class LogService;
class LogToolBar;
class LogView;
class QLabel;
class QStackedWidget;
class RuntimeSource;
struct RuntimePod;

/// The Logs tab: the log of one container of one of the runtime's pods.
class LogsPage final : public QWidget {
    Q_OBJECT

public:
    /// The services and `clock` must outlive it.
    LogsPage(LogService &logs, RuntimeSource &runtime, Clock &clock, QWidget *parent = nullptr);

    /// The cluster that the commands shown here are for.
    void setKubectl(const KubectlTarget &kubectl);
    /// Where a download is listed while it runs; it must outlive the page.
    void listIn(RunningOperations &operations) { m_operations = &operations; }
    /// Reads the log again from its beginning.
    void refresh();

Q_SIGNALS:
    /// A person wants to enable the runtime, or where it can't be enabled to go back to the one that can.
    void settingsRequested();
    /// The page is to come into sight.
    void sightRequested();

private:
    void arrange();
    void followToolBar();
    void renewPods();
    void renewState();
    void renewAccess();
    void showError(const Error &error);
    void renewEmptyState();
    bool hasNoPrevious() const;
    const RuntimePod *unstartedPod() const;
    void tellUnstarted(const RuntimePod &pod);
    void renewStatusText();
    void setFollowing(bool isFollowing);
    void chooseFile();
    void save(const QString &file);
    void dropSaving();

    RuntimeSource &m_runtime;
    KubectlTarget m_kubectl;
    LogFollower m_follower;
    Pending<qint64> m_saving;
    RunningOperations *m_operations = nullptr;
    RunningOperations::Entry m_savingEntry;
    LogToolBar *m_toolBar;
    QString m_grant; ///< what would let the log be read, where it is refused; offered by m_message
    InlineMessage *m_message;
    InlineMessage *m_outcome; ///< of copying or saving
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    LogView *m_view;
    QLabel *m_statusText;
};
