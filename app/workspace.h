// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/tabs.h"

#include <QWidget>

#include <array>

class Banner;
class Clock;
class Messaging;
class QStackedWidget;
class QTabBar;
class TopLine;

/// Messaging on one open cluster: the top line and the seven tabs. A page is built when it is first shown.
class Workspace final : public QWidget {
    Q_OBJECT

public:
    /// `messaging` and `clock` must outlive it.
    Workspace(Messaging &messaging, const QString &cluster, Clock &clock, QWidget *parent = nullptr);

    Tab currentTab() const;
    void setCurrentTab(Tab tab);
    void setTlsVerified(bool verified);
    /// Reads the runtime and the lists again, and what the page in sight shows.
    void refresh();

Q_SIGNALS:
    void currentTabChanged();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void createTabs();
    void follow();
    void showPage(int index);
    void renewStatus();
    void renewFreshness();
    void renewCounts();
    void setCount(Tab tab, qsizetype count);

    Messaging &m_messaging;
    Clock &m_clock;
    TopLine *m_topLine;
    QTabBar *m_tabs;
    Banner *m_banner;
    QStackedWidget *m_stack;
    std::array<QWidget *, tabCount> m_pages{};
};
