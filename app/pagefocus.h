// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

class QStackedWidget;
class QWidget;

/// Keeps the keyboard in the page that a stack shows. Where the widget that has it is hidden or disabled, Qt would hand
/// it to whatever comes next in the window; here it stays in the page, also where that happens while a dialog has it,
/// and goes to nothing that destroys.
class PageFocus final : public QObject {
    Q_OBJECT

public:
    explicit PageFocus(QStackedWidget *stack);

    /// Hands the keyboard to the page: to what stands for it (its focus proxy's, to the end), without one to what had
    /// it there last, else to the first that takes it and destroys nothing.
    void enter();

private:
    void followFocus(QWidget *old, QWidget *now);

    QPointer<QStackedWidget> m_stack;
    bool m_wasInPage = false; ///< when the window had the keyboard last
};
