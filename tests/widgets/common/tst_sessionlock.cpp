// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/sessionlock.h"

#include "widgets/common/secretfield.h"
#include "widgets/common/secretrow.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

/// On a real message bus, which is both the system's and the session's here: what logind and screen savers say, said by
/// another connection under their names.
class SessionLockTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void hidesWhatIsRevealed_data();
    void hidesWhatIsRevealed();
    void leavesItWhenTheLockIsOver_data();
    void leavesItWhenTheLockIsOver();
    void believesNobodyElse();

private:
    /// As its next message is sent in order, everything said before has arrived.
    static void say(QDBusConnection who, const QString &interface, const QString &signal, const QVariantList &arguments)
    {
        QDBusMessage message = QDBusMessage::createSignal(QStringLiteral("/org/pennant/test"), interface, signal);
        message.setArguments(arguments);
        QVERIFY(who.send(message));
    }

    QDBusConnection m_desktop{QString()};
    std::unique_ptr<SecretRow> m_row;
    std::unique_ptr<SecretField> m_field;
};

void SessionLockTest::initTestCase()
{
    const QByteArray address = qgetenv("DBUS_SESSION_BUS_ADDRESS");
    QVERIFY2(!address.isEmpty() && address == qgetenv("DBUS_SYSTEM_BUS_ADDRESS"), "run it by ctest");
    m_desktop = QDBusConnection::connectToBus(QString::fromUtf8(address), QStringLiteral("desktop"));
    for (const char *name : {"org.freedesktop.login1", "org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"})
        QVERIFY(m_desktop.registerService(QLatin1String(name)));
}

void SessionLockTest::init()
{
    m_row = std::make_unique<SecretRow>(QStringLiteral("Password"));
    m_row->setSecret(SecretString(QStringLiteral("a secret for this test")));
    m_row->show();
    QVERIFY(QTest::qWaitForWindowActive(m_row.get()));
    m_row->setRevealed(true);
    m_field = std::make_unique<SecretField>();
    m_field->setSecret(SecretString(QStringLiteral("another")));
    m_field->setRevealed(true);
    QVERIFY(m_row->isRevealed() && m_field->isRevealed());
}

void SessionLockTest::hidesWhatIsRevealed_data()
{
    QTest::addColumn<QString>("interface");
    QTest::addColumn<QString>("signal");
    QTest::addColumn<QVariantList>("arguments");
    const QString logind = QStringLiteral("org.freedesktop.login1");
    const QString changed = QStringLiteral("ActiveChanged");
    QTest::newRow("lock") << logind + QStringLiteral(".Session") << QStringLiteral("Lock") << QVariantList();
    QTest::newRow("sleep") << logind + QStringLiteral(".Manager") << QStringLiteral("PrepareForSleep")
                           << QVariantList{true};
    QTest::newRow("screen saver") << QStringLiteral("org.freedesktop.ScreenSaver") << changed << QVariantList{true};
    QTest::newRow("GNOME") << QStringLiteral("org.gnome.ScreenSaver") << changed << QVariantList{true};
}

void SessionLockTest::hidesWhatIsRevealed()
{
    QFETCH(QString, interface);
    QFETCH(QString, signal);
    QFETCH(QVariantList, arguments);
    say(m_desktop, interface, signal, arguments);
    QTRY_VERIFY(!m_row->isRevealed());
    QTRY_VERIFY(!m_field->isRevealed());
}

void SessionLockTest::leavesItWhenTheLockIsOver_data()
{
    QTest::addColumn<QString>("interface");
    QTest::addColumn<QString>("signal");
    QTest::newRow("woken") << QStringLiteral("org.freedesktop.login1.Manager") << QStringLiteral("PrepareForSleep");
    QTest::newRow("screen saver") << QStringLiteral("org.freedesktop.ScreenSaver") << QStringLiteral("ActiveChanged");
}

void SessionLockTest::leavesItWhenTheLockIsOver()
{
    QFETCH(QString, interface);
    QFETCH(QString, signal);
    QSignalSpy locked(&SessionLock::instance(), &SessionLock::locked);
    say(m_desktop, interface, signal, {false});
    say(m_desktop, QStringLiteral("org.gnome.ScreenSaver"), QStringLiteral("ActiveChanged"), {true});
    QTRY_VERIFY(!m_row->isRevealed());
    QCOMPARE(locked.count(), 1);
}

void SessionLockTest::believesNobodyElse()
{
    QSignalSpy locked(&SessionLock::instance(), &SessionLock::locked);
    const QString address = QString::fromUtf8(qgetenv("DBUS_SESSION_BUS_ADDRESS"));
    QDBusConnection stranger = QDBusConnection::connectToBus(address, QStringLiteral("stranger"));
    say(stranger, QStringLiteral("org.freedesktop.ScreenSaver"), QStringLiteral("ActiveChanged"), {true});
    // sent in order, once the bus has answered the stranger
    QVERIFY(stranger.interface()->isServiceRegistered(QStringLiteral("org.gnome.ScreenSaver")));
    say(m_desktop, QStringLiteral("org.gnome.ScreenSaver"), QStringLiteral("ActiveChanged"), {true});
    QTRY_VERIFY(!m_row->isRevealed());
    QCOMPARE(locked.count(), 1);
}

QTEST_MAIN(SessionLockTest)
#include "tst_sessionlock.moc"
