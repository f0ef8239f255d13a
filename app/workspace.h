// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/runtimeoutcome.h"
#include "app/tabs.h"
#include "services/base/pending.h"

#include <QWidget>

#include <array>
#include <optional>

class Clock;
class Messaging;
class PageFocus;
class QStackedWidget;
class QTabBar;
class TopLine;
class WorkspaceBanners;
struct Error;

/// Messaging on one open cluster: the top line and the seven tabs. A page is built when it is first shown.
class Workspace final : public QWidget {
    Q_OBJECT

public:
    /// `messaging` and `clock` must outlive it. `kubeconfig` is the file the cluster stands in, where kubectl has to be
    /// told it; else empty.
    Workspace(Messaging &messaging, const QString &cluster, const QString &kubeconfig, Clock &clock,
        QWidget *parent = nullptr);

    Tab currentTab() const;
    /// Shows the tab and hands the keyboard to its page.
    void setCurrentTab(Tab tab);
    void setTlsVerified(bool verified);
    /// Says that what the kubeconfig holds now can't be used, until that is over.
    void setCredentialsProblem(const std::optional<Error> &problem);
    /// Reads the runtime and the lists again, and what the page in sight shows.
    void refresh();

Q_SIGNALS:
    void currentTabChanged();
    void reloadRequested();
    /// Read-only mode of this cluster is to end.
    void changesRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void createTabs();
    void follow();
    void showPage(int index);
    void renewStatus();
    void renewFreshness();
    void renewProtection();
    void renewCounts();
    void renewOutcome();
    void askForFate();
    void showOutcome();
    void endOutcome();
    void setCount(Tab tab, qsizetype count);

    Messaging &m_messaging;
    Clock &m_clock;
    QString m_cluster;
    QString m_kubeconfig;
    RuntimeOutcome m_outcome;
    TopLine *m_topLine;
    QTabBar *m_tabs;
    WorkspaceBanners *m_banners;
    QStackedWidget *m_stack;
    PageFocus *m_focus;
    std::array<QWidget *, tabCount> m_pages{};
    Pending<NamespaceFate> m_fate;
    Pending<void> m_outcomeEnd; ///< while an outcome is shown
};
