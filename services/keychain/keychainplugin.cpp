// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/keychain/keychainplugin.h"

#include "services/base/modulefile.h"

#include <QCoreApplication>
#include <QPluginLoader>

Result<KeychainPlugin *> KeychainPlugin::load()
{
    const QString file = moduleFile(QStringLiteral("pennant_keychain"));
    static QPluginLoader loader(file);
    if (auto *plugin = qobject_cast<KeychainPlugin *>(loader.instance()))
        return plugin;
    return fail(Error::Kind::Local,
        QCoreApplication::translate("KeychainPlugin",
            "The part of Pennant that talks to the keychain (%1) can't be loaded. Install libqt6keychain1, or Pennant "
            "anew.")
            .arg(file),
        loader.errorString());
}

Result<std::unique_ptr<SecretStore>> KeychainPlugin::createStore()
{
    const Result<KeychainPlugin *> plugin = load();
    if (!plugin)
        return fail(plugin.error());
    return (*plugin)->create();
}
