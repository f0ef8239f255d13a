// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/pennantstyle.h"

#include "widgets/common/look.h"

PennantStyle::PennantStyle()
    : QProxyStyle(QStringLiteral("fusion"))
{
}

void PennantStyle::polish(QPalette &palette)
{
    QProxyStyle::polish(palette);
    Look::adoptPalette(palette);
}
