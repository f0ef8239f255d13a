// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/mouse.h"

#include <QProcess>

bool Mouse::click(const QWidget &widget, QPoint point)
{
    const QPoint onScreen = widget.mapToGlobal(point);
    return QProcess::startDetached(QStringLiteral("xdotool"),
        {QStringLiteral("mousemove"), QString::number(onScreen.x()), QString::number(onScreen.y()),
            QStringLiteral("click"), QStringLiteral("1")});
}
