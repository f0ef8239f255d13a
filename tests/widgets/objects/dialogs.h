// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

/// What the page of streams asks and tells about files, as `show` says.
QDialog *streamDialog(const QString &show);
