// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/numbertext.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

TypedNumber readNumber(const QString &text, qint64 most, bool mayBeEmpty)
{
    const auto tr = [](const char *source) { return QCoreApplication::translate("TypedNumber", source); };
    const QString typed = text.trimmed();
    if (typed.isEmpty())
        return {};
    bool isNumber = false;
    qint64 value = typed.toLongLong(&isNumber);
    if (!isNumber)
        value = QLocale().toLongLong(typed, &isNumber);
    if (isNumber && value <= most)
        return {value, {}};
    static const QRegularExpression digits(QStringLiteral("\\A\\+?[0-9]+\\z"));
    if (isNumber || digits.match(typed).hasMatch())
        return {{}, tr("Enter at most %1.").arg(QLocale().toString(most))};
    return {{}, mayBeEmpty ? tr("Enter a whole number, or leave it empty.") : tr("Enter a whole number.")};
}
