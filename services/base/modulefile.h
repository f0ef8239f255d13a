// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// Where the module `name` of this program is: beside it, as built, or where it is installed to. Never searched for
/// elsewhere.
QString moduleFile(const QString &name);
