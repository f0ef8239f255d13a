// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFileDialog>

/// Asks for a file or a folder: in the folder of the last one of its kind, at first among the downloads. Deletes itself
/// when it is closed.
///
/// Looks at no file's content: for its icons and types QFileDialog would read into each file of a folder, and those of
/// /proc and of dead network folders answer never.
class FileChooser : public QFileDialog {
    Q_OBJECT

public:
    /// `kind` is what the last folder is remembered for: "logs".
    FileChooser(const QString &title, const QString &kind, QWidget *parent);

    /// Such a file was written or read.
    static void rememberFolderOf(const QString &file, const QString &kind);
};
