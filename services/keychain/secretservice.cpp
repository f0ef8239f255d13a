// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/keychain/secretservice.h"

#include <QDBusConnection>
#include <QDBusError>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusVariant>
#include <QScopeGuard>

#include <optional>
#include <utility>

namespace {

constexpr int answerLimit = 10000; // ms

QString serviceName()
{
    return QStringLiteral("org.freedesktop.secrets");
}

QString promptInterface()
{
    return QStringLiteral("org.freedesktop.Secret.Prompt");
}

QDBusMessage callOf(const QString &path, const char *interface, const char *method, const QVariantList &arguments)
{
    QDBusMessage call =
        QDBusMessage::createMethodCall(serviceName(), path, QLatin1String(interface), QLatin1String(method));
    call.setArguments(arguments);
    return call;
}

QDBusMessage serviceCall(const char *method, const QVariantList &arguments)
{
    return callOf(QStringLiteral("/org/freedesktop/secrets"), "org.freedesktop.Secret.Service", method, arguments);
}

Error errorOf(const QDBusMessage &reply)
{
    const QString name = reply.errorName();
    const auto is = [&name](const char *end) { return name.endsWith(QLatin1String(end)); };
    if (is(".NoReply") || is(".Timeout"))
        return {Error::Kind::Timeout, SecretService::tr("The keychain of this workstation does not answer."),
            reply.errorMessage(), {}, {}};
    if (is(".IsLocked") || is(".AccessDenied"))
        return {Error::Kind::Forbidden, SecretService::tr("The keychain of this workstation refuses."),
            reply.errorMessage(), {}, {}};
    return {Error::Kind::Offline, SecretService::absentText(), reply.errorMessage(), {}, {}};
}

Pending<QDBusMessage> sent(const QDBusMessage &call)
{
    return Pending<QDBusMessage>::ask([&call](Pending<QDBusMessage>::Answer answer) -> std::function<void()> {
        const QDBusConnection bus = QDBusConnection::sessionBus();
        if (!bus.isConnected()) { // what is asked there is never answered
            answer(fail(Error{Error::Kind::Offline, SecretService::absentText(), bus.lastError().message(), {}, {}}));
            return {};
        }
        auto watcher = std::make_shared<QDBusPendingCallWatcher>(bus.asyncCall(call, answerLimit));
        QObject::connect(watcher.get(), &QDBusPendingCallWatcher::finished, qApp, [answer, seen = watcher.get()] {
            const QDBusMessage reply = seen->reply();
            answer(seen->isError() ? Result<QDBusMessage>(fail(errorOf(reply))) : Result<QDBusMessage>(reply));
        });
        return [watcher] { watcher->disconnect(); };
    });
}

QString pathAt(const QDBusMessage &reply, int place)
{
    return qvariant_cast<QDBusObjectPath>(reply.arguments().value(place)).path();
}

/// In place of a path, where there is none.
bool isNone(const QString &path)
{
    return path.isEmpty() || path == QLatin1String("/");
}

} // namespace

bool SecretService::isUsed()
{
#if defined(Q_OS_LINUX) || defined(Q_OS_FREEBSD)
    // as QtKeychain chooses: it asks KWallet by an interface of its own
    const QList<QByteArray> desktops = qgetenv("XDG_CURRENT_DESKTOP").split(':');
    return !desktops.contains("KDE") && qEnvironmentVariableIsEmpty("KDE_FULL_SESSION");
#else
    return false;
#endif
}

QString SecretService::absentText()
{
    return tr("No keychain answers on this workstation: there is no Secret Service on the D-Bus of this session.");
}

Flow<void> SecretService::open(bool mayAsk)
{
    Result<QString> collection = co_await defaultCollection();
    if (!collection)
        co_return fail(collection.error());
    const bool isMissing = isNone(*collection);
    Result<bool> locked(true);
    if (!isMissing)
        locked = co_await isLocked(*collection);
    if (!locked)
        co_return fail(locked.error());
    if (!*locked)
        co_return Result<void>();
    if (!mayAsk)
        co_return fail(Error::Kind::Forbidden, tr("The keychain of this workstation is locked."));
    Flow<void> asking = isMissing ? createCollection() : unlock(*collection);
    Result<void> asked = co_await asking;
    co_return asked;
}

Flow<QString> SecretService::defaultCollection()
{
    const QDBusMessage call = serviceCall("ReadAlias", {QStringLiteral("default")});
    Result<QDBusMessage> reply = co_await sent(call);
    if (!reply)
        co_return fail(reply.error());
    co_return pathAt(*reply, 0);
}

Flow<bool> SecretService::isLocked(QString collection)
{
    const QDBusMessage call = callOf(collection, "org.freedesktop.DBus.Properties", "Get",
        {QStringLiteral("org.freedesktop.Secret.Collection"), QStringLiteral("Locked")});
    Result<QDBusMessage> reply = co_await sent(call);
    if (!reply)
        co_return fail(reply.error());
    co_return qvariant_cast<QDBusVariant>(reply->arguments().value(0)).variant().toBool();
}

Flow<void> SecretService::unlock(const QString &collection)
{
    const QVariant paths = QVariant::fromValue(QList<QDBusObjectPath>{QDBusObjectPath(collection)});
    return carriedOut(serviceCall("Unlock", {paths}));
}

Flow<void> SecretService::createCollection()
{
    const QVariantMap properties{{QStringLiteral("org.freedesktop.Secret.Collection.Label"), tr("Default keyring")}};
    return carriedOut(serviceCall("CreateCollection", {properties, QStringLiteral("default")}));
}

/// What answers with a result and the prompt that has to come first.
Flow<void> SecretService::carriedOut(QDBusMessage call)
{
    Result<QDBusMessage> reply = co_await sent(call);
    if (!reply)
        co_return fail(reply.error());
    Flow<void> asking = askPerson(pathAt(*reply, 1));
    Result<void> asked = co_await asking;
    co_return asked;
}

/// `prompt` as the service gave it: none where nobody need be asked.
Flow<void> SecretService::askPerson(QString prompt)
{
    if (isNone(prompt))
        co_return Result<void>();
    Pending<bool> end = promptEnd(prompt); // before it can come
    setWaiting(true);
    const auto atEnd = qScopeGuard([this] { setWaiting(false); });
    const QDBusMessage call = callOf(prompt, "org.freedesktop.Secret.Prompt", "Prompt", {QString()});
    Result<QDBusMessage> shown = co_await sent(call);
    if (!shown)
        co_return fail(shown.error());
    Result<bool> done = co_await end;
    if (done && *done)
        co_return Result<void>();
    co_return fail(Error::Kind::Forbidden, tr("The keychain of this workstation is locked, and it was not unlocked."));
}

Pending<bool> SecretService::promptEnd(const QString &prompt)
{
    return Pending<bool>::ask([&](Pending<bool>::Answer answer) -> std::function<void()> {
        m_prompt = prompt;
        m_promptAnswer = answer;
        QDBusConnection::sessionBus().connect(
            serviceName(), prompt, promptInterface(), QStringLiteral("Completed"), this, SLOT(endPrompt(QDBusMessage)));
        // the question stays: gnome-keyring 42 ends itself where a prompt that is shown is dismissed
        return [this] {
            stopListening();
            setWaiting(false);
        };
    });
}

void SecretService::stopListening()
{
    QDBusConnection::sessionBus().disconnect(
        serviceName(), m_prompt, promptInterface(), QStringLiteral("Completed"), this, SLOT(endPrompt(QDBusMessage)));
    m_promptAnswer.reset();
}

void SecretService::endPrompt(const QDBusMessage &completed)
{
    if (completed.path() != m_prompt || !m_promptAnswer)
        return;
    const bool isDismissed = completed.arguments().value(0).toBool();
    const auto answer = *m_promptAnswer;
    stopListening();
    answer(!isDismissed);
}

void SecretService::setWaiting(bool isWaiting)
{
    if (std::exchange(m_isWaiting, isWaiting) != isWaiting)
        Q_EMIT waitingForPersonChanged();
}
