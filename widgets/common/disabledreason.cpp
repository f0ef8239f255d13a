// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/disabledreason.h"

#include "widgets/common/plaintooltip.h"

#include <QAction>
#include <QVariant>
#include <QWidget>

namespace {

constexpr auto usualToolTip = "pennantUsualToolTip";
constexpr auto usualDescription = "pennantUsualDescription";

/// What `target` is to say now: the reason, or what it said before there was one, which is kept under `key`.
QString said(QObject *target, const char *key, const QString &current, const QString &reason)
{
    const QVariant usual = target->property(key);
    if (reason.isEmpty()) {
        target->setProperty(key, QVariant());
        return usual.isValid() ? usual.toString() : current;
    }
    if (!usual.isValid())
        target->setProperty(key, current);
    return reason;
}

} // namespace

void setDisabledReason(QWidget *widget, const QString &reason)
{
    widget->setToolTip(said(widget, usualToolTip, widget->toolTip(), plainToolTip(reason)));
    widget->setAccessibleDescription(said(widget, usualDescription, widget->accessibleDescription(), reason));
    widget->setEnabled(reason.isEmpty());
}

void setDisabledReason(QAction *action, const QString &reason)
{
    action->setToolTip(said(action, usualToolTip, action->toolTip(), plainToolTip(reason)));
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
