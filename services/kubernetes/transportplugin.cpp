// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/kubernetes/transportplugin.h"

#include "services/base/modulefile.h"

#include <QCoreApplication>
#include <QPluginLoader>

Result<TransportPlugin *> TransportPlugin::load()
{
    const QString file = moduleFile(QStringLiteral("pennant_network"));
    static QPluginLoader loader(file);
    if (auto *plugin = qobject_cast<TransportPlugin *>(loader.instance()))
        return plugin;
    return fail(Error::Kind::Local,
        QCoreApplication::translate("TransportPlugin",
            "The part of Pennant that talks to clusters (%1) can't be loaded. Install Pennant anew, then start it "
            "again.")
            .arg(file),
        loader.errorString());
}
