// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

/// Return and Enter press the button that has the keyboard, as Space does, wherever it stands: Qt does so in dialogs
/// only. With Ctrl or another modifier they stay with whoever else waits for them.
class ReturnPresses final : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// To be installed on push buttons and tool buttons.
    bool eventFilter(QObject *watched, QEvent *event) override;
};
