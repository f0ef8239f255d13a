// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/access.h"

class QAction;
class QWidget;

// What can't be done says why: the reason stands in the tooltip (shown on disabled widgets too) and in the description
// for assistive technology. An empty reason enables again and brings back the tooltip that was there before.
void setDisabledReason(QWidget *widget, const QString &reason);
void setDisabledReason(QAction *action, const QString &reason);

// The same from a rule's answer.
void setAccess(QWidget *widget, const Access &access);
void setAccess(QAction *action, const Access &access);
