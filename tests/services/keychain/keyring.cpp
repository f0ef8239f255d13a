// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/services/keychain/keyring.h"

#include "services/keychain/qtkeychainstore.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusInterface>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusReply>
#include <QDBusVariant>
#include <QProcess>

namespace {

/// A secret as D-Bus carries it: (oayays).
struct WireSecret {
    QDBusObjectPath session;
    QByteArray parameters;
    QByteArray value;
    QString contentType;
};

QDBusArgument &operator<<(QDBusArgument &argument, const WireSecret &secret)
{
    argument.beginStructure();
    argument << secret.session << secret.parameters << secret.value << secret.contentType;
    argument.endStructure();
    return argument;
}

const QDBusArgument &operator>>(const QDBusArgument &argument, WireSecret &secret)
{
    argument.beginStructure();
    argument >> secret.session >> secret.parameters >> secret.value >> secret.contentType;
    argument.endStructure();
    return argument;
}

} // namespace

Q_DECLARE_METATYPE(WireSecret)

namespace {

const QString name = QStringLiteral("org.freedesktop.secrets");
const QString path = QStringLiteral("/org/freedesktop/secrets");

QDBusMessage call(const QString &interface, const QString &method, const QVariantList &arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(name, path, interface, method);
    message.setArguments(arguments);
    return QDBusConnection::sessionBus().call(message);
}

QDBusMessage service(const char *method, const QVariantList &arguments)
{
    return call(QStringLiteral("org.freedesktop.Secret.Service"), QLatin1String(method), arguments);
}

QDBusObjectPath collection()
{
    const QDBusMessage reply = service("ReadAlias", {QStringLiteral("default")});
    return qvariant_cast<QDBusObjectPath>(reply.arguments().value(0));
}

QByteArray lookedUp(const QStringList &more)
{
    QProcess tool;
    tool.start(QStringLiteral("secret-tool"),
        QStringList{QStringLiteral("lookup"), QStringLiteral("server"), QtKeychainStore::service()} + more);
    tool.waitForFinished();
    return QByteArray::fromBase64(tool.readAllStandardOutput());
}

} // namespace

bool Keyring::lock()
{
    const QVariant paths = QVariant::fromValue(QList<QDBusObjectPath>{collection()});
    return service("Lock", {paths}).type() == QDBusMessage::ReplyMessage && isLocked();
}

bool Keyring::unlock()
{
    qDBusRegisterMetaType<WireSecret>();
    const QVariant nothing = QVariant::fromValue(QDBusVariant(QString()));
    const QDBusMessage opened = service("OpenSession", {QStringLiteral("plain"), nothing});
    const WireSecret password{qvariant_cast<QDBusObjectPath>(opened.arguments().value(1)), {},
        qgetenv("PENNANT_KEYRING_PASSWORD"), QStringLiteral("text/plain")};
    call(QStringLiteral("org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"),
        QStringLiteral("UnlockWithMasterPassword"), {QVariant::fromValue(collection()), QVariant::fromValue(password)});
    return !isLocked();
}

bool Keyring::isLocked()
{
    QDBusInterface properties(
        name, collection().path(), QStringLiteral("org.freedesktop.DBus.Properties"), QDBusConnection::sessionBus());
    const QDBusReply<QDBusVariant> locked = properties.call(
        QStringLiteral("Get"), QStringLiteral("org.freedesktop.Secret.Collection"), QStringLiteral("Locked"));
    return locked.value().variant().toBool();
}

pid_t Keyring::process()
{
    collection();
    return pid_t(QDBusConnection::sessionBus().interface()->servicePid(name).value());
}

QByteArray Keyring::stored(const QString &key)
{
    return lookedUp({QStringLiteral("user"), key});
}

QByteArray Keyring::storedByProgram()
{
    return lookedUp({});
}
