// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QString>
#include <QStringList>

#include <optional>

/// The tabs of the workspace, in the order they stand in the window.
enum class Tab { Overview, Accounts, Streams, Consumers, Settings, Insights, Logs };

constexpr int tabCount = 7;

/// "overview", for the command line, settings and object names.
QString tabName(Tab tab);
QStringList tabNames();
std::optional<Tab> tabNamed(const QString &name);

/// "&Overview", with its mnemonic.
QString tabTitle(Tab tab);
/// Ctrl+1 to Ctrl+7.
QKeySequence tabShortcut(Tab tab);
