// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/streamimport.h"

#include "services/base/background.h"
#include "services/messaging/importreading.h"

Result<QList<ImportedStream>> streamsInText(const QByteArray &content)
{
    return importedDocuments(content).and_then(importedStreams);
}

Pending<QList<ImportedStream>> streamsInFile(const QString &path)
{
    return runInBackground<QList<ImportedStream>>(QThreadPool::globalInstance(),
        [path]() -> Result<QList<ImportedStream>> { return importedFile(path).and_then(streamsInText); });
}

Pending<QList<ImportedStream>> streamsIn(const QByteArray &content)
{
    return runInBackground<QList<ImportedStream>>(
        QThreadPool::globalInstance(), [content] { return streamsInText(content); });
}
