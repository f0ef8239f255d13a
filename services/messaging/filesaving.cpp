// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/filesaving.h"

#include "services/base/background.h"
#include "services/base/mapped.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSaveFile>
#include <QThreadPool>

namespace {

constexpr int mostAtOnce = 4; // one that hangs must not hold up the others

QString text(const char *source)
{
    return QCoreApplication::translate("FileSaving", source);
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

tl::unexpected<Error> notSaved(const QString &path, const QString &why)
{
    return fail(Error::Kind::Local, text("%1 was not saved: %2").arg(path, why));
}

tl::unexpected<Error> notSaved(const QSaveFile &file)
{
    return notSaved(file.fileName(),
        text("%1. Nothing was written; choose another place, or free some space.").arg(file.errorString()));
}

Result<void> append(QSaveFile &file, const QByteArray &bytes)
{
    if (!file.isOpen()) {
        if (const QString problem = placeProblem(QFileInfo(file.fileName())); !problem.isEmpty())
            return notSaved(file.fileName(), problem);
        // Without this an existing file would be overwritten in place where its folder can't be written.
        file.setDirectWriteFallback(false);
        if (!file.open(QIODevice::WriteOnly))
            return notSaved(file);
    }
    if (file.write(bytes) != bytes.size())
        return notSaved(file);
    return {};
}

Flow<qint64> savedAtOnce(QByteArrayList pieces, QString path)
{
    SavedFile file(path);
    for (const QByteArray &piece : pieces) {
        Pending<void> writing = file.write(piece);
        auto written = co_await writing;
        if (!written)
            co_return fail(written.error());
    }
    Pending<qint64> committing = file.commit();
    auto committed = co_await committing;
    co_return committed;
}

} // namespace

SavedFile::SavedFile(QString path)
    : m_path(std::move(path))
    , m_file(std::make_shared<QSaveFile>(m_path))
{
}

Pending<void> SavedFile::write(const QByteArray &bytes)
{
    return runInBackground<void>(savingThreads(), [file = m_file, bytes] { return append(*file, bytes); });
}

Pending<qint64> SavedFile::commit()
{
    return runInBackground<qint64>(savingThreads(), [file = m_file]() -> Result<qint64> {
        const qint64 size = file->size();
        if (!file->commit())
            return notSaved(*file);
        return size;
    });
}

Pending<qint64> saveToFile(const QByteArray &bytes, const QString &path)
{
    return saveToFile(QByteArrayList{bytes}, path);
}

Pending<qint64> saveToFile(const QByteArrayList &pieces, const QString &path)
{
    return asPending(savedAtOnce(pieces, path));
}

QThreadPool *savingThreads()
{
    static QThreadPool *const pool = [] {
        auto *made = new QThreadPool(qApp);
        made->setMaxThreadCount(mostAtOnce);
        // They answer through the application object, which is still there then.
        qAddPostRoutine([] { savingThreads()->waitForDone(); });
        return made;
    }();
    return pool;
}
