// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/keychain/keychainplugin.h"
#include "tests/support/awaited.h"

#include <QTest>

/// The keychain as the program has it: from a module, which stands on what the program exports.
class KeychainModuleTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void storesAndReads();
};

void KeychainModuleTest::storesAndReads()
{
    const Result<std::unique_ptr<SecretStore>> store = KeychainPlugin::createStore();
    QVERIFY2(store, whyNot(store));
    const QString key = QStringLiteral("c/messages/default");
    const SecretString secret = generatePassword();
    const Result<void> opened = awaited((*store)->open(SecretStore::IfLocked::Fail));
    QVERIFY2(opened, whyNot(opened));
    QVERIFY(awaited((*store)->write(key, secret)));
    QCOMPARE(*awaited((*store)->read(key)), secret);
    QVERIFY(awaited((*store)->remove(key)));
    QCOMPARE(awaited((*store)->read(key)).error().kind, Error::Kind::NotFound);
}

QTEST_GUILESS_MAIN(KeychainModuleTest)
#include "tst_keychainmodule.moc"
