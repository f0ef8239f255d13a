// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/shellquote.h"

#include <QRegularExpression>

QString shellQuoted(QString value)
{
    static const QRegularExpression plain(QStringLiteral("\\A[A-Za-z0-9_.:/@-]+\\z"));
    if (plain.match(value).hasMatch())
        return value;
    return QLatin1Char('\'') + value.replace(QLatin1Char('\''), QLatin1String("'\\''")) + QLatin1Char('\'');
}
