// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QWidget>

class ConfigurationView;
class QStackedLayout;
class QTabBar;
class QVBoxLayout;
class SidePanel;

/// One row in detail beside its list: what it does now (State) and what it was told to be (Configuration).
class DetailPanel final : public QWidget {
    Q_OBJECT

public:
    explicit DetailPanel(QWidget *parent = nullptr);

    SidePanel *panel() const { return m_panel; }
    /// Where the state's widgets stand, from the top.
    QVBoxLayout *state() const { return m_state; }
    void setConfiguration(const QJsonObject &config);
    QTabBar *tabs() const { return m_tabs; }

Q_SIGNALS:
    void closeRequested();

private:
    SidePanel *m_panel;
    QTabBar *m_tabs;
    QStackedLayout *m_stack;
    QVBoxLayout *m_state;
    ConfigurationView *m_configuration;
};
