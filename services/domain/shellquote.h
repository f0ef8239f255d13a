// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// For a POSIX shell: what isn't plain stands between single quotes, where everything is taken as it is.
QString shellQuoted(QString value);
