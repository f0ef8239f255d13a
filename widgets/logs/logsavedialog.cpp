// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/logs/logsavedialog.h"

#include <QAbstractFileIconProvider>
#include <QApplication>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>
#include <QStyle>

namespace {

QString folderKey()
{
    return QStringLiteral("logs/folder");
}

/// Tells files from folders, and no more.
class PlainIcons final : public QAbstractFileIconProvider {
public:
    QIcon icon(IconType type) const override
    {
        return QApplication::style()->standardIcon(type == Folder ? QStyle::SP_DirIcon : QStyle::SP_FileIcon);
    }
    QIcon icon(const QFileInfo &info) const override { return icon(info.isDir() ? Folder : File); }
    QString type(const QFileInfo &info) const override
    {
        return info.isDir() ? LogSaveDialog::tr("Folder") : LogSaveDialog::tr("File");
    }
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
    , m_icons(std::make_unique<PlainIcons>())
{
    setObjectName(QStringLiteral("logDownloadDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setIconProvider(m_icons.get());
    setAcceptMode(AcceptSave);
    selectFile(fileName);
    connect(this, &QFileDialog::fileSelected, this, [](const QString &file) {
        if (const QString folder = QFileInfo(file).absolutePath(); QFileInfo(folder).isDir())
            QSettings().setValue(folderKey(), folder);
    });
}

LogSaveDialog::~LogSaveDialog()
{
    setIconProvider(nullptr);
}
