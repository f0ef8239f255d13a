// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/serverversion.h"

#include <QRegularExpression>

std::optional<ServerVersion> ServerVersion::fromText(const QString &text)
{
    static const QRegularExpression numbers(QStringLiteral("^v?(\\d{1,6})\\.(\\d{1,6})(?:\\.(\\d{1,6}))?(?![\\d])"));
    const QRegularExpressionMatch found = numbers.match(text);
    if (!found.hasMatch())
        return std::nullopt;
    return ServerVersion{found.captured(1).toInt(), found.captured(2).toInt(), found.captured(3).toInt()};
}

QString ServerVersion::text() const
{
    const QString release = QStringLiteral("%1.%2").arg(major).arg(minor);
    return patch == 0 ? release : QStringLiteral("%1.%2").arg(release).arg(patch);
}
