// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/commenttext.h"

#include <QRegularExpression>

#include <algorithm>

namespace {

/// YAML knows more ends of lines than shells do, and editors carry out what turns the direction.
bool isHidden(QChar character)
{
    switch (character.category()) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        return false;
    }
}

} // namespace

QString nameInComment(const QString &name)
{
    static const QRegularExpression plain(QStringLiteral("\\A[A-Za-z0-9_.:/=@-]+\\z"));
    if (plain.match(name).hasMatch())
        return name;
    QString quoted;
    for (const QChar character : name) {
        if (isHidden(character))
            quoted += QStringLiteral("\\u%1").arg(int(character.unicode()), 4, 16, QLatin1Char('0'));
        else if (character == QLatin1Char('"') || character == QLatin1Char('\\'))
            quoted += QLatin1Char('\\') + QString(character);
        else
            quoted += character;
    }
    return QLatin1Char('"') + quoted + QLatin1Char('"');
}

QString lineInComment(QString line)
{
    std::replace_if(line.begin(), line.end(), isHidden, QChar(QChar::ReplacementCharacter));
    return line;
}
