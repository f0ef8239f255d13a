// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

/// The one way to something that can't be undone: says what will be gone, with one button that asks on.
class DangerCard final : public QFrame {
    Q_OBJECT

public:
    DangerCard(const QString &title, const QString &text, const QString &buttonText, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    void setText(const QString &text);
    QPushButton *button() const { return m_button; }

signals:
    void triggered();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_title;
    QLabel *m_text;
    QPushButton *m_button;
};
