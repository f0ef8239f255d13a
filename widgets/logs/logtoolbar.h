// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/runtime.h"
#include "services/messaging/logservice.h"

#include <QWidget>

class QComboBox;
class QPushButton;

/// Which log is read, and what can be done with it.
class LogToolBar final : public QWidget {
    Q_OBJECT

public:
    explicit LogToolBar(QWidget *parent = nullptr);

    /// The pods to choose from; the first one is chosen by itself. The chosen one stays chosen, also while it is gone.
    void setPods(const QList<RuntimePod> &pods);
    /// None of them, and none chosen: their runtime is gone.
    void forgetPods();
    /// Nothing where no pod is known yet.
    std::optional<LogRequest> request() const;
    void setFollowing(bool isFollowing);
    void setSelectionPresent(bool isPresent);
    /// Says for a while that so many lines are on the clipboard.
    void showCopied(qint64 lines);
    /// Without lines there is nothing to copy or download.
    void setLinesPresent(bool arePresent);

Q_SIGNALS:
    /// A person wants another log to be read.
    void requestChanged();
    void followToggled(bool isFollowing);
    void refreshRequested();
    void copyRequested();
    void downloadRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void createChoices();
    void createButtons();
    void arrange();
    void renewContainers();

    QList<RuntimePod> m_pods;
    QComboBox *m_pod;
    QComboBox *m_container;
    QComboBox *m_tailLines;
    QPushButton *m_previous;
    QPushButton *m_follow;
    QPushButton *m_refresh;
    QPushButton *m_copy;
    QPushButton *m_download;
};
