// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/base/modulefile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

QString moduleFile(const QString &name)
{
    const QDir home(QCoreApplication::applicationDirPath());
    const QString file = name + QStringLiteral(PENNANT_MODULE_SUFFIX);
    const QString built = home.filePath(file);
    return QFileInfo::exists(built) ? built
                                    : QDir::cleanPath(home.filePath(QStringLiteral(PENNANT_MODULE_FOLDER "/") + file));
}
