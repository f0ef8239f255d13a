// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/logs/logsave.h"

#include "services/base/background.h"

#include <QCoreApplication>
#include <QSaveFile>

namespace {

Result<qint64> write(const QByteArrayList &blocks, const QString &path)
{
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
        QCoreApplication::translate("LogSave",
            "The log could not be saved to %1: %2. Nothing was written; free some space or choose another place.")
            .arg(path, file.errorString()));
}

} // namespace

Pending<qint64> saveLog(QThreadPool *pool, const QByteArrayList &blocks, const QString &file)
{
    return runInBackground<qint64>(pool, [blocks, file] { return write(blocks, file); });
}
