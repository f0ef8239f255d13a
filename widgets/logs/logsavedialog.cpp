// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/logs/logsavedialog.h"

#include <QAbstractFileIconProvider>
#include <QFileInfo>
#include <QIcon>
#include <QSettings>
#include <QStandardPaths>
#include <QStyle>

namespace {

QString folderKey()
{
    return QStringLiteral("logs/folder");
}

/// Tells files from folders, and no more. QFileDialog asks it on a thread of its own until its model dies: as the
/// dialog's last child it outlives that.
class PlainIcons final : public QObject, public QAbstractFileIconProvider {
public:
    explicit PlainIcons(QWidget *dialog)
        : QObject(dialog)
        , m_folder(dialog->style()->standardIcon(QStyle::SP_DirIcon))
        , m_file(dialog->style()->standardIcon(QStyle::SP_FileIcon))
        , m_folderType(LogSaveDialog::tr("Folder"))
        , m_fileType(LogSaveDialog::tr("File"))
    {
    }

    QIcon icon(IconType type) const override { return type == Folder ? m_folder : m_file; }
    QIcon icon(const QFileInfo &info) const override { return info.isDir() ? m_folder : m_file; }
    QString type(const QFileInfo &info) const override { return info.isDir() ? m_folderType : m_fileType; }

private:
    QIcon m_folder;
    QIcon m_file;
    QString m_folderType;
    QString m_fileType;
};

QString firstFolder()
{
    const QString last = QSettings().value(folderKey()).toString();
    if (!last.isEmpty() && QFileInfo(last).isDir())
        return last;
    const QString downloads = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
    return QFileInfo(downloads).isDir() ? downloads : QStandardPaths::writableLocation(QStandardPaths::HomeLocation);
}

} // namespace

LogSaveDialog::LogSaveDialog(const QString &fileName, QWidget *parent)
    : QFileDialog(parent, tr("Download log"), firstFolder())
{
    setObjectName(QStringLiteral("logDownloadDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setIconProvider(new PlainIcons(this));
    setAcceptMode(AcceptSave);
    selectFile(fileName);
}

void LogSaveDialog::rememberFolderOf(const QString &file)
{
    QSettings().setValue(folderKey(), QFileInfo(file).absolutePath());
}
