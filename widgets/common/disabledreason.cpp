// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/disabledreason.h"

#include <QAction>
#include <QVariant>
#include <QWidget>

namespace {

constexpr auto usualToolTip = "pennantUsualToolTip";

template <typename Target> QString toolTipFor(Target *target, const QString &reason)
{
    const QVariant usual = target->property(usualToolTip);
    if (reason.isEmpty()) {
        target->setProperty(usualToolTip, QVariant());
        return usual.isValid() ? usual.toString() : target->toolTip();
    }
    if (!usual.isValid())
        target->setProperty(usualToolTip, target->toolTip());
    return reason;
}

} // namespace

void setDisabledReason(QWidget *widget, const QString &reason)
{
    widget->setToolTip(toolTipFor(widget, reason));
    widget->setAccessibleDescription(reason);
    widget->setEnabled(reason.isEmpty());
}

void setDisabledReason(QAction *action, const QString &reason)
{
    action->setToolTip(toolTipFor(action, reason));
    action->setEnabled(reason.isEmpty());
}

void setAccess(QWidget *widget, const Access &access)
{
    setDisabledReason(widget, access.allowed ? QString() : access.reason);
    widget->setEnabled(access.allowed);
}

void setAccess(QAction *action, const Access &access)
{
    setDisabledReason(action, access.allowed ? QString() : access.reason);
    action->setEnabled(access.allowed);
}
