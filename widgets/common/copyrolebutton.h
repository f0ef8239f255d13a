// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

/// `grant` goes to the clipboard, and `button`, with the Copy icon, says so.
void copyGrant(QAbstractButton *button, const QString &grant);

/// Beside what can't be done: puts a Role that would grant it to the clipboard, for whoever administers the cluster.
/// Hidden where no Role would help.
class CopyRoleButton final : public QPushButton {
    Q_OBJECT

public:
    explicit CopyRoleButton(QWidget *parent = nullptr);

    /// `grant`: the Role as YAML; empty: there is none. `reason`: what is missing, for whoever can't see what stands
    /// beside it.
    void setGrant(const QString &grant, const QString &reason = {});

private:
    QString m_grant;
};
