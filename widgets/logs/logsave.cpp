// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/logs/logsave.h"

#include "services/base/background.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSaveFile>
#include <QThreadPool>

namespace {

constexpr int mostAtOnce = 8; // one that hangs must not hold up the others

QString text(const char *source)
{
    return QCoreApplication::translate("LogSave", source);
}

/// Pipes and devices would take the writer's thread for as long as they like.
QString placeProblem(const QFileInfo &target)
{
    const QFileInfo folder(target.path());
    if (!folder.exists())
        return text("the folder %1 does not exist. Choose another, or create it first.").arg(folder.filePath());
    if (!folder.isDir())
        return text("%1 is no folder. Choose another place.").arg(folder.filePath());
    if (target.isDir())
        return text("it is a folder. Enter the name of a file in it.");
    if (target.exists() && !target.isFile())
        return text("it is no ordinary file, but a device or a pipe. Choose another name.");
    return {};
}

QString adviceOn(QFileDevice::FileError error)
{
    switch (error) {
    case QFileDevice::PermissionsError:
        return text("Choose a folder that you may write to.");
    case QFileDevice::ResourceError:
    case QFileDevice::WriteError:
        return text("Free some space or choose another place.");
    default:
        return text("Choose another place.");
    }
}

Result<qint64> write(const QByteArrayList &blocks, const QString &path)
{
    if (const QString problem = placeProblem(QFileInfo(path)); !problem.isEmpty())
        return fail(Error::Kind::Local, text("The log could not be saved to %1: %2").arg(path, problem));
    QSaveFile file(path);
    // Without this an existing file would be overwritten in place where its folder can't be written.
    file.setDirectWriteFallback(false);
    qint64 written = 0;
    bool isWritten = file.open(QIODevice::WriteOnly);
    for (const QByteArray &block : blocks) {
        isWritten = isWritten && file.write(block) == block.size();
        written += block.size();
    }
    if (isWritten && file.commit())
        return written;
    return fail(Error::Kind::Local,
        text("The log could not be saved to %1: %2. Nothing was written. %3")
            .arg(path, file.errorString(), adviceOn(file.error())));
}

} // namespace

QThreadPool *savingThreads()
{
    static QThreadPool *const threads = [] {
        auto *made = new QThreadPool(qApp);
        made->setMaxThreadCount(mostAtOnce);
        // They answer through the application object, which is still there then.
        qAddPostRoutine([] { savingThreads()->waitForDone(); });
        return made;
    }();
    return threads;
}

Pending<qint64> saveLog(QThreadPool *pool, const QByteArrayList &blocks, const QString &file)
{
    return runInBackground<qint64>(pool, [blocks, file] { return write(blocks, file); });
}
