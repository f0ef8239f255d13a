// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/logs/logsavedialog.h"

namespace {
QString kind()
{
    return QStringLiteral("logs");
}
} // namespace

LogSaveDialog::LogSaveDialog(const QString &fileName, QWidget *parent)
    : FileChooser(tr("Download log"), kind(), parent)
{
    setObjectName(QStringLiteral("logDownloadDialog"));
    setAcceptMode(AcceptSave);
    selectFile(fileName);
}

void LogSaveDialog::rememberFolderOf(const QString &file)
{
    FileChooser::rememberFolderOf(file, kind());
}
