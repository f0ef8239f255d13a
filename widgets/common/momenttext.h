// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>

/// When something was, on this machine's clock to the second, as "09:41:07"; with the day before it where that is not
/// `today`.
QString momentText(const QDateTime &moment, const QDate &today = QDate::currentDate());
