// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/importreading.h"

#include "services/kubernetes/yamldocuments.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace {

constexpr qint64 largest = 8 * 1024 * 1024;

QString text(const char *source)
{
    return QCoreApplication::translate("AssetImport", source);
}

Error tooLarge()
{
    return {Error::Kind::Invalid,
        text("It is larger than 8 MiB: the configuration of a stream or consumer has a few kilobytes. Choose another "
             "file."),
        {}, {}, {}};
}

Result<QList<QJsonValue>> documentsIn(const QByteArray &content)
{
    QJsonParseError error;
    const QJsonDocument json = QJsonDocument::fromJson(content, &error);
    if (!json.isNull())
        return QList<QJsonValue>{json.isArray() ? QJsonValue(json.array()) : QJsonValue(json.object())};
    const QByteArray begin = content.trimmed().left(1);
    if (begin == "{" || begin == "[")
        return fail(Error::Kind::Invalid,
            text("It is no JSON: it breaks off or is misspelt at byte %1.").arg(error.offset), error.errorString());
    return yamlDocuments(content);
}

} // namespace

Result<QList<QJsonValue>> importedDocuments(const QByteArray &content)
{
    if (content.size() > largest)
        return fail(tooLarge());
    if (content.trimmed().isEmpty())
        return fail(Error::Kind::Invalid, text("It is empty."));
    return documentsIn(content);
}

Result<QByteArray> importedFile(const QString &path)
{
    // anything but a regular file (a pipe, a device) may block or never end
    const QFileInfo info(path);
    QFile file(path);
    if (!info.isFile() || !file.open(QIODevice::ReadOnly))
        return fail(Error::Kind::Local, text("%1 can't be read.").arg(path), file.errorString());
    if (info.size() > largest)
        return fail(tooLarge());
    return file.read(largest + 1);
}
