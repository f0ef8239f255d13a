// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QLineEdit>

class QAbstractItemView;
class QToolButton;

/// A line edit that narrows a list: search icon, the shortcut that leads here, a clear button. Escape clears; Down and
/// Return lead to the first row of what is narrowed, Up leads back from there.
class FilterBox final : public QLineEdit {
    Q_OBJECT

public:
    explicit FilterBox(const QString &placeholder = {}, QWidget *parent = nullptr);

    /// Focuses the box from anywhere in the window and is shown while it is empty.
    void setShortcut(const QKeySequence &shortcut);
    /// The rows that are narrowed. They must outlive the box or die with it.
    void setRows(QAbstractItemView *rows);
    /// At the right while there is text ("3 of 118").
    void setResultText(const QString &text);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void renewMargins();
    QString endText() const;
    bool goToRows();

    QKeySequence m_shortcut;
    QString m_resultText;
    QAbstractItemView *m_rows = nullptr;
    QToolButton *m_clear;
};
