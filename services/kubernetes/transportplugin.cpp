// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/kubernetes/transportplugin.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QPluginLoader>

namespace {

/// Beside the program, as built, or where it is installed to. Never searched for elsewhere.
QString moduleFile()
{
    const QDir home(QCoreApplication::applicationDirPath());
    const QString built = home.filePath(QStringLiteral(PENNANT_NETWORK_MODULE));
    return QFileInfo::exists(built)
        ? built
        : QDir::cleanPath(home.filePath(QStringLiteral(PENNANT_MODULE_FOLDER "/" PENNANT_NETWORK_MODULE)));
}

} // namespace

Result<TransportPlugin *> TransportPlugin::load()
{
    static QPluginLoader loader(moduleFile());
    if (auto *plugin = qobject_cast<TransportPlugin *>(loader.instance()))
        return plugin;
    return fail(Error::Kind::Local,
        QCoreApplication::translate("TransportPlugin",
            "The part of Pennant that talks to clusters (%1) can't be loaded. Install Pennant anew, then start it "
            "again.")
            .arg(loader.fileName().isEmpty() ? moduleFile() : loader.fileName()),
        loader.errorString());
}
