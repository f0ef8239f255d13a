// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/look.h"

#include <QWidget>

class QLabel;
class QPushButton;

/// A line across a page that says how far what it shows can be trusted ("Stale since 09:41: connection refused").
class Banner final : public QWidget {
    Q_OBJECT

public:
    explicit Banner(QWidget *parent = nullptr);

    /// An empty text hides the banner.
    void setMessage(Tone tone, const QString &text);
    /// Another text, without announcing it: something that counts on.
    void setTextQuietly(const QString &text);
    QString text() const;
    /// Empty: no button.
    void setAction(const QString &text);
    QPushButton *actionButton() const { return m_action; }

signals:
    void actionTriggered();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void renewLook();

    Tone m_tone = Tone::Warning;
    QLabel *m_icon;
    QLabel *m_text;
    QPushButton *m_action;
};
