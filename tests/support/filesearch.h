// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDirIterator>
#include <QFile>
#include <QStringList>

/// Files below `folders`, by name, in which `secret` stands as it is or in base64; or that there were none to look at.
inline QStringList filesWith(const QByteArray &secret, const QStringList &folders)
{
    QStringList found;
    int looked = 0;
    for (const QString &folder : folders) {
        QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (!file.open(QIODevice::ReadOnly))
                continue;
            ++looked;
            const QByteArray text = file.readAll();
            if (text.contains(secret) || QByteArray::fromBase64(text).contains(secret)
                || text.contains(secret.toBase64(QByteArray::OmitTrailingEquals).chopped(1)))
                found.append(file.fileName());
        }
    }
    return looked > 0 ? found : QStringList{QStringLiteral("no file was there to look at")};
}
