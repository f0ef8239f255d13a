// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/filechooser.h"

/// Asks where a log is to be saved.
class LogSaveDialog final : public FileChooser {
    Q_OBJECT

public:
    /// `fileName` is proposed.
    LogSaveDialog(const QString &fileName, QWidget *parent);

    /// A log was saved as `file`.
    static void rememberFolderOf(const QString &file);
};
