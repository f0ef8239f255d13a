// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

/// Leaves the mouse wheel to what scrolls: over a combo box it would choose something else that nobody asked for.
class WheelGuard final : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};
