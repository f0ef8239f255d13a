// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QStackedWidget;
class QTabBar;

/// A window with every piece of the visual language in each of its states.
class Gallery final : public QWidget {
    Q_OBJECT

public:
    Gallery();
    void showPage(int index);
    void moveFocus(int times);
    /// Shows what lies over a window: "confirm", "menu", "combo" or "tip".
    void open(const QString &what);

private:
    QTabBar *m_tabs;
    QStackedWidget *m_pages;
};
