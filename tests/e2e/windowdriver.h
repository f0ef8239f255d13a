// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

#include <functional>

/// Uses a window as a person does: by what can be seen, with mouse and keyboard. Every find waits until the control is
/// there, visible and enabled; what never comes is a failure that names it and leaves a screenshot. GUI thread.
class WindowDriver final {
public:
    explicit WindowDriver(QWidget &window);

    template <typename T> T *find(const QString &objectName) { return qobject_cast<T *>(await(objectName)); }

    void click(const QString &objectName);
    /// Replaces what stands in a line edit.
    void type(const QString &objectName, const QString &text);
    /// Picks the entry of a combo box whose text begins with `text`.
    void choose(const QString &objectName, const QString &text);
    /// Takes the segment that shows `text`.
    void press(const QString &objectName, const QString &text);
    void openTab(const QString &title);

    /// Everything a person can read inside `objectName` (empty: the window): labels, buttons, edits, tables.
    QString textIn(const QString &objectName = {}) const;
    /// Waits until textIn() contains `text`.
    bool shows(const QString &text, const QString &objectName = {}, int seconds = 60);
    /// Waits until a control in sight is disabled and says to everybody that it is for `reason`.
    bool refuses(const QString &objectName, const QString &reason, int seconds = 60);
    bool waitFor(const std::function<bool()> &condition, int seconds = 60);

    /// Saves what the window looks like to PENNANT_SCREENSHOTS, if that is set.
    void screenshot(const QString &name);
    /// True once something was not found: the test should end.
    bool hasFailed() const { return !m_failure.isEmpty(); }
    const QString &failure() const { return m_failure; }

private:
    QWidget *await(const QString &objectName);
    QWidget *visible(const QString &objectName) const;
    void fail(const QString &why);

    QWidget &m_window;
    QString m_failure;
};
