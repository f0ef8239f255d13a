// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/icons.h"

#include <QWidget>

class CopyRoleButton;
class QLabel;
class QPushButton;

/// What a place would hold and the one action that fills it, instead of nothing.
class EmptyState final : public QWidget {
    Q_OBJECT

public:
    explicit EmptyState(QWidget *parent = nullptr);
    EmptyState(Icons::Name icon, const QString &title, const QString &text, QWidget *parent = nullptr);

    void setContent(Icons::Name icon, const QString &title, const QString &text);
    /// Empty: no button.
    void setAction(const QString &text);
    /// A reason disables the button and stands below it.
    void setActionReason(const QString &reason);
    /// A Role that would allow what `reason` says is not, to be copied; empty: none would.
    void setGrant(const QString &grant, const QString &reason);
    QPushButton *actionButton() const { return m_action; }

signals:
    void actionTriggered();

protected:
    void changeEvent(QEvent *event) override;

private:
    void renewLook();

    Icons::Name m_iconName = Icons::Name::Info;
    QLabel *m_icon;
    QLabel *m_title;
    QLabel *m_text;
    QPushButton *m_action;
    QLabel *m_reason;
    CopyRoleButton *m_copyRole;
};
