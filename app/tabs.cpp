// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tabs.h"

#include <QCoreApplication>

#include <array>

namespace {

struct Names {
    const char *name;
    const char *title;
};

constexpr std::array<Names, tabCount> names{{
    {"overview", QT_TRANSLATE_NOOP("Tab", "O&verview")},
    {"accounts", QT_TRANSLATE_NOOP("Tab", "&Accounts")},
    {"streams", QT_TRANSLATE_NOOP("Tab", "&Streams")},
    {"consumers", QT_TRANSLATE_NOOP("Tab", "&Consumers")},
    {"settings", QT_TRANSLATE_NOOP("Tab", "S&ettings")},
    {"insights", QT_TRANSLATE_NOOP("Tab", "&Insights")},
    {"logs", QT_TRANSLATE_NOOP("Tab", "&Logs")},
}};

} // namespace

QString tabName(Tab tab)
{
    return QLatin1String(names.at(std::size_t(tab)).name);
}

QStringList tabNames()
{
    QStringList all;
    for (const Names &each : names)
        all.append(QLatin1String(each.name));
    return all;
}

std::optional<Tab> tabNamed(const QString &name)
{
    const qsizetype index = tabNames().indexOf(name.toLower());
    return index < 0 ? std::nullopt : std::optional(Tab(index));
}

QString tabTitle(Tab tab)
{
    return QCoreApplication::translate("Tab", names.at(std::size_t(tab)).title);
}

QKeySequence tabShortcut(Tab tab)
{
    return {Qt::CTRL | Qt::Key(Qt::Key_1 + int(tab))};
}
