// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/look.h"

#include <QWidget>

class QLabel;
class StatusBadge;

/// One line of a change plan: how it is done (badge), what changes, and what that means for whoever is connected.
class ChangePlanRow final : public QWidget {
    Q_OBJECT

public:
    ChangePlanRow(Tone tone, const QString &tag, const QString &title, const QString &text, QWidget *parent = nullptr);

    void setContent(Tone tone, const QString &tag, const QString &title, const QString &text);
    void setLineBelow(bool line);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void renewLook();

    StatusBadge *m_badge;
    QLabel *m_title;
    QLabel *m_text;
    bool m_lineBelow = true;
};
