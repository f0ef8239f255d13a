// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/momenttext.h"

#include <QLocale>

QString momentText(const QDateTime &moment, const QDate &today)
{
    const QDateTime here = moment.toLocalTime();
    const QString time = here.toString(QStringLiteral("HH:mm:ss"));
    if (here.date() == today)
        return time;
    return QLocale().toString(here.date(), QLocale::ShortFormat) + u' ' + time;
}
