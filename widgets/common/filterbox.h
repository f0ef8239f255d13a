// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QLineEdit>

class QToolButton;

/// A line edit that narrows a list: search icon, the shortcut that leads here, a clear button. Escape clears.
class FilterBox final : public QLineEdit {
    Q_OBJECT

public:
    explicit FilterBox(const QString &placeholder = {}, QWidget *parent = nullptr);

    /// Focuses the box from anywhere in the window and is shown while it is empty.
    void setShortcut(const QKeySequence &shortcut);
    /// At the right while there is text ("3 of 118").
    void setResultText(const QString &text);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void renewMargins();
    QString endText() const;

    QKeySequence m_shortcut;
    QString m_resultText;
    QToolButton *m_clear;
};
