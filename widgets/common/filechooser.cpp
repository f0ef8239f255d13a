// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/filechooser.h"

#include <QAbstractFileIconProvider>
#include <QFileInfo>
#include <QIcon>
#include <QSettings>
#include <QStandardPaths>
#include <QStyle>

namespace {

QString folderKey(const QString &kind)
{
    return kind + QStringLiteral("/folder");
}

/// Tells files from folders, and no more. QFileDialog asks it on a thread of its own until its model dies: as the
/// dialog's last child it outlives that.
class PlainIcons final : public QObject, public QAbstractFileIconProvider {
public:
    explicit PlainIcons(QWidget *dialog)
        : QObject(dialog)
        , m_folder(dialog->style()->standardIcon(QStyle::SP_DirIcon))
        , m_file(dialog->style()->standardIcon(QStyle::SP_FileIcon))
        , m_folderType(FileChooser::tr("Folder"))
        , m_fileType(FileChooser::tr("File"))
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

QString firstFolder(const QString &kind)
{
    const QString last = QSettings().value(folderKey(kind)).toString();
    if (!last.isEmpty() && QFileInfo(last).isDir())
        return last;
    const QString downloads = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
    return QFileInfo(downloads).isDir() ? downloads : QStandardPaths::writableLocation(QStandardPaths::HomeLocation);
}

} // namespace

FileChooser::FileChooser(const QString &title, const QString &kind, QWidget *parent)
    : QFileDialog(parent, title, firstFolder(kind))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setIconProvider(new PlainIcons(this));
}

void FileChooser::rememberFolderOf(const QString &file, const QString &kind)
{
    QSettings().setValue(folderKey(kind), QFileInfo(file).absolutePath());
}
