// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/consumerimport.h"

#include "services/base/background.h"
#include "services/messaging/importreading.h"

Result<QList<ImportedConsumer>> consumersInText(const QByteArray &content, const QDateTime &now)
{
    return importedDocuments(content).and_then(
        [&now](const QList<QJsonValue> &documents) { return importedConsumers(documents, now); });
}

Pending<QList<ImportedConsumer>> consumersInFile(const QString &path, const QDateTime &now)
{
    return runInBackground<QList<ImportedConsumer>>(
        QThreadPool::globalInstance(), [path, now]() -> Result<QList<ImportedConsumer>> {
            return importedFile(path).and_then(
                [&now](const QByteArray &content) { return consumersInText(content, now); });
        });
}

Pending<QList<ImportedConsumer>> consumersIn(const QByteArray &content, const QDateTime &now)
{
    return runInBackground<QList<ImportedConsumer>>(
        QThreadPool::globalInstance(), [content, now] { return consumersInText(content, now); });
}
