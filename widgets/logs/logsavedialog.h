// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFileDialog>

/// Asks where a log is to be saved: in the folder of the last one, at first among the downloads. Deletes itself when it
/// is closed.
///
/// Looks at no file's content: for its icons and types QFileDialog would read into each file of a folder, and those of
/// /proc and of dead network folders answer never.
class LogSaveDialog final : public QFileDialog {
    Q_OBJECT

public:
    /// `fileName` is proposed.
    LogSaveDialog(const QString &fileName, QWidget *parent);

    /// A log was saved as `file`.
    static void rememberFolderOf(const QString &file);
};
