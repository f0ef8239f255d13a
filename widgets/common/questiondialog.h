// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QPushButton;
class QVBoxLayout;

/// What all questions before a change look like: a heading, what it means, what is to be entered, and two buttons. In
/// front of the window that asks; grows with what it says; shown with open(), deletes itself when closed.
class QuestionDialog : public QDialog {
    Q_OBJECT

public:
    /// `text` may be empty.
    QuestionDialog(const QString &title, const QString &text, QWidget *parent);

protected:
    bool event(QEvent *event) override;
    /// What is added stands between the text and the buttons.
    QVBoxLayout *body() const { return m_body; }
    /// At the end of the last line, which begins with `first`, where the keyboard comes to it first.
    void addButtons(QPushButton *first, QPushButton *last);

private:
    QVBoxLayout *m_body;
};
