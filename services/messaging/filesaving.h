// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"

#include <QByteArrayList>

#include <memory>

class QSaveFile;
class QThreadPool;

/// A file that is written piece by piece in the background and stands under its name once it is whole: an older one
/// stays until then, and what is let go before leaves nothing behind. Only an ordinary file is written to. One piece at
/// a time. GUI thread.
class SavedFile final {
public:
    explicit SavedFile(QString path);

    /// Appends `bytes`; an Error (Local) that names the file, and what to do, where that can't be done.
    Pending<void> write(const QByteArray &bytes);
    /// It is whole. Answers how many bytes it has.
    Pending<qint64> commit();
    const QString &path() const { return m_path; }

private:
    QString m_path;
    std::shared_ptr<QSaveFile> m_file; ///< also of whoever writes in the background
};

/// All of a file at once. Dropping the answer leaves nothing behind, unless the file has its name already.
Pending<qint64> saveToFile(const QByteArray &bytes, const QString &path);
/// The same of what lies in pieces, one after the other.
Pending<qint64> saveToFile(const QByteArrayList &pieces, const QString &path);

/// Those that write. Owned by the application, which waits for them at its end: a folder on the network may answer
/// after minutes, and the threads that take answers apart don't wait for it.
QThreadPool *savingThreads();
