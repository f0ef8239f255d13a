// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relativetime.h"

#include <QCoreApplication>
#include <QLocale>

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("RelativeTime", text);
}

QString span(qint64 seconds)
{
    if (seconds < 60)
        return tr("%1 s").arg(seconds);
    if (seconds < 3600)
        return tr("%1 min").arg(seconds / 60);
    if (seconds < 2 * 86400)
        return tr("%1 h").arg(seconds / 3600);
    return tr("%1 d").arg(QLocale().toString(seconds / 86400));
}

} // namespace

QString relativeTime(const std::optional<QDateTime> &then, const QDateTime &now)
{
    if (!then || !then->isValid())
        return tr("never");
    const qint64 milliseconds = then->msecsTo(now);
    if (milliseconds > -2000 && milliseconds < 1000)
        return tr("now");
    return milliseconds > 0 ? tr("%1 ago").arg(span(milliseconds / 1000)) : tr("in %1").arg(span(-milliseconds / 1000));
}

QString exactTime(const std::optional<QDateTime> &then)
{
    if (!then || !then->isValid())
        return {};
    const QString local = then->toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz t"));
    const QString universal = then->toUTC().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz"));
    return tr("%1 · %2 UTC").arg(local, universal);
}
