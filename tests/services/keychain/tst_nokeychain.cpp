// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/base/clock.h"
#include "services/keychain/keptpasswords.h"
#include "services/keychain/qtkeychainstore.h"
#include "tests/support/awaited.h"
#include "tests/support/filesearch.h"

#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

/// A workstation without a keychain: its environment names a D-Bus that is not there.
class NoKeychainTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsInMemoryOnly();
};

void NoKeychainTest::keepsInMemoryOnly()
{
    const QTemporaryDir home;
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, home.path());
    qputenv("HOME", home.path().toUtf8());
    QCoreApplication::setOrganizationName(QStringLiteral("PennantTest"));
    QCoreApplication::setApplicationName(QStringLiteral("NoKeychainTest"));
    SystemClock clock;
    const KeptId account{QStringLiteral("c"), QStringLiteral("pennant-messaging"), QStringLiteral("default")};
    const KeptPassword kept{
        {QStringLiteral("default"), generatePassword(), {QStringLiteral("uid"), QStringLiteral("7")}}, clock.now()};
    {
        KeptPasswords passwords(
            []() -> Result<std::unique_ptr<SecretStore>> { return std::make_unique<QtKeychainStore>(); }, clock);
        int told = 0;
        connect(&passwords, &KeptPasswords::problemChanged, this, [&told] { ++told; });
        const Result<void> stored = awaited(passwords.keep(account, QStringLiteral("prod"), kept));
        QVERIFY(!stored);
        QCOMPARE(stored.error().kind, Error::Kind::Offline);
        QVERIFY2(stored.error().summary.contains(QStringLiteral("Secret Service")), whyNot(stored));
        QVERIFY(!awaited(passwords.keep(account, QStringLiteral("prod"), kept)));
        QCOMPARE(told, 1);
        QVERIFY(passwords.find(account)->isSessionOnly);
        const Result<KeptPassword> read = awaited(passwords.read(account));
        QVERIFY(read);
        QCOMPARE(read->credential, kept.credential);
        QVERIFY(awaited(passwords.remove(account)));
        QVERIFY(passwords.entries().isEmpty());
        QVERIFY(!awaited(passwords.keep(account, QStringLiteral("prod"), kept)));
    }
    KeptPasswords restarted(
        []() -> Result<std::unique_ptr<SecretStore>> { return std::make_unique<QtKeychainStore>(); }, clock);
    QVERIFY(restarted.entries().isEmpty());
    QCOMPARE(filesWith(kept.credential.password.revealUtf8(), {home.path()}), QStringList());
}

QTEST_GUILESS_MAIN(NoKeychainTest)
#include "tst_nokeychain.moc"
