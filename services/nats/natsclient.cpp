// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/nats/natsclient.h"

#include "services/base/logging.h"
#include "services/nats/natslibrary.h"

#include <QCoreApplication>

#include <algorithm>
#include <unordered_map>

namespace {

constexpr std::chrono::milliseconds connectTimeout{5000};
constexpr std::chrono::milliseconds pingInterval{1400};
constexpr int mostPingsOut = 2;
constexpr std::chrono::milliseconds reconnectWait{250};
constexpr std::chrono::milliseconds libraryEndTimeout{3000};
constexpr int ioBufferBytes = 64 * 1024;

QString text(const char *source)
{
    return QCoreApplication::translate("NatsConnection", source);
}

/// For whoever has a connection, or options for one: then it is loaded.
const NatsLibrary &library()
{
    return *NatsLibrary::loaded();
}

QString ownWords(natsStatus status)
{
    return QString::fromUtf8(library().natsStatus_GetText(status));
}

Error connectError(natsStatus status, const QString &address)
{
    switch (status) {
    case NATS_CONNECTION_AUTH_FAILED:
    case NATS_NOT_PERMITTED:
        return {Error::Kind::Unauthorized,
            text("NATS at %1 refuses the user name or password. They may have been rotated.").arg(address),
            ownWords(status), {}, {}};
    case NATS_SECURE_CONNECTION_REQUIRED:
    case NATS_SECURE_CONNECTION_WANTED:
    case NATS_SSL_ERROR:
        return {Error::Kind::Tls, text("NATS at %1 and this program do not agree on TLS.").arg(address),
            ownWords(status), {}, {}};
    default:
        return {Error::Kind::Offline, text("NATS at %1 can't be reached. Connecting goes on by itself.").arg(address),
            ownWords(status), {}, {}};
    }
}

/// Whoever asks for a change looks for its outcome after a Timeout only: all else must mean that nothing was done.
Error requestError(natsStatus status, const QString &subject)
{
    switch (status) {
    case NATS_TIMEOUT:
        return {Error::Kind::Timeout, text("NATS did not answer in time."), subject, {}, {}};
    case NATS_NO_RESPONDERS:
        return {Error::Kind::NotReady, text("Nobody answers on this subject."), subject, {}, {}};
    case NATS_NOT_PERMITTED:
        return {Error::Kind::Unauthorized, text("The user of this connection may not use %1.").arg(subject),
            ownWords(status), {}, {}};
    case NATS_MAX_PAYLOAD:
        return {Error::Kind::Invalid, text("The message is larger than the server takes."), ownWords(status), {}, {}};
    case NATS_INVALID_SUBJECT:
        return {Error::Kind::Invalid, text("The server takes no such subject."), subject, {}, {}};
    case NATS_NO_MEMORY:
        return {Error::Kind::Local, text("This workstation has no memory left."), ownWords(status), {}, {}};
    // the request may have been handed to the socket: whether it was carried out is not known
    default:
        return {Error::Kind::Timeout, text("The connection to NATS broke before the answer came."), ownWords(status),
            {}, {}};
    }
}

struct DestroyMessage {
    void operator()(natsMsg *message) const { library().natsMsg_Destroy(message); }
};
using MessagePointer = std::unique_ptr<natsMsg, DestroyMessage>;

// After a timeout: whether the server said that this user may not use the subject. It does so aside, not as a reply.
bool isForbidden(natsConnection *connection, const QByteArray &subject)
{
    const char *words = nullptr;
    const natsStatus status = library().natsConnection_GetLastError(connection, &words);
    return status == NATS_NOT_PERMITTED && QByteArray(words).contains('"' + subject + '"');
}

struct Heard {
    NatsClient::Listener listener;
    QString address;
};

std::mutex heardMutex;

// The library may call back after a connection's end: it knows who listens by a number only.
std::unordered_map<std::uintptr_t, std::shared_ptr<const Heard>> &allHeard()
{
    static std::unordered_map<std::uintptr_t, std::shared_ptr<const Heard>> heard;
    return heard;
}

std::uintptr_t keep(NatsClient::Listener listener, const QString &address)
{
    static std::uintptr_t last = 0;
    const std::lock_guard lock(heardMutex);
    allHeard().emplace(++last, std::make_shared<const Heard>(Heard{std::move(listener), address}));
    return last;
}

void forget(std::uintptr_t number)
{
    const std::lock_guard lock(heardMutex);
    allHeard().erase(number);
}

std::shared_ptr<const Heard> heardBy(void *closure)
{
    const std::lock_guard lock(heardMutex);
    const auto found = allHeard().find(reinterpret_cast<std::uintptr_t>(closure));
    return found == allHeard().end() ? nullptr : found->second;
}

void onDisconnected(natsConnection *, void *closure)
{
    if (const auto heard = heardBy(closure))
        heard->listener(NatsClient::Event::Disconnected, connectError(NATS_CONNECTION_DISCONNECTED, heard->address));
}

void onReconnected(natsConnection *, void *closure)
{
    if (const auto heard = heardBy(closure))
        heard->listener(NatsClient::Event::Reconnected, {});
}

void onClosed(natsConnection *connection, void *closure)
{
    const auto heard = heardBy(closure);
    if (!heard)
        return;
    const char *words = nullptr;
    Error error = connectError(library().natsConnection_GetLastError(connection, &words), heard->address);
    if (error.kind == Error::Kind::Offline)
        error.summary = text("The connection to NATS at %1 ended.").arg(heard->address);
    heard->listener(NatsClient::Event::Closed, error);
}

void onProblem(natsConnection *, natsSubscription *, natsStatus status, void *)
{
    qCDebug(lcNats) << "The NATS library reports:" << library().natsStatus_GetText(status);
}

// The library puts these into its CONNECT line as they are: a quote would end the text early.
bool isSafeInJson(const QByteArray &text)
{
    return std::all_of(
        text.cbegin(), text.cend(), [](char c) { return c != '"' && c != '\\' && (c < 0 || c >= ' ') && c != 0x7f; });
}

bool setAll(natsOptions *raw, const NatsConnection::Options &options, std::uintptr_t listener)
{
    auto *heard = reinterpret_cast<void *>(listener); // NOLINT(performance-no-int-to-ptr): cnats hands it back
    const bool isSafe = isSafeInJson(options.username.toUtf8()) && isSafeInJson(options.password.revealUtf8())
        && isSafeInJson(options.clientName.toUtf8());
    if (!isSafe)
        return false;
    const QString host =
        options.host.contains(QLatin1Char(':')) ? QLatin1Char('[') + options.host + QLatin1Char(']') : options.host;
    const QByteArray url = QStringLiteral("nats://%1:%2").arg(host).arg(options.port).toUtf8();
    const std::initializer_list<natsStatus> results{
        library().natsOptions_SetURL(raw, url.constData()),
        library().natsOptions_SetUserInfo(
            raw, options.username.toUtf8().constData(), options.password.revealUtf8().constData()),
        library().natsOptions_SetName(raw, options.clientName.toUtf8().constData()),
        library().natsOptions_SetTimeout(raw, connectTimeout.count()),
        library().natsOptions_SetPingInterval(raw, pingInterval.count()),
        library().natsOptions_SetMaxPingsOut(raw, mostPingsOut),
        library().natsOptions_SetAllowReconnect(raw, true),
        library().natsOptions_SetMaxReconnect(raw, -1),
        library().natsOptions_SetReconnectWait(raw, reconnectWait.count()),
        library().natsOptions_SetReconnectJitter(raw, reconnectWait.count(), reconnectWait.count()),
        // through a forwarded port the pods' own addresses lead nowhere
        library().natsOptions_SetIgnoreDiscoveredServers(raw, true),
        library().natsOptions_SetFailRequestsOnDisconnect(raw, true),
        library().natsOptions_SetSendAsap(raw, true),
        library().natsOptions_SetIOBufSize(raw, ioBufferBytes),
        library().natsOptions_SetDisconnectedCB(raw, onDisconnected, heard),
        library().natsOptions_SetReconnectedCB(raw, onReconnected, heard),
        library().natsOptions_SetClosedCB(raw, onClosed, heard),
        library().natsOptions_SetErrorHandler(raw, onProblem, heard),
        options.inboxPrefix.isEmpty()
            ? NATS_OK
            : library().natsOptions_SetCustomInboxPrefix(raw, options.inboxPrefix.toUtf8().constData()),
    };
    return std::all_of(results.begin(), results.end(), [](natsStatus status) { return status == NATS_OK; });
}

} // namespace

Error notConnectedError(const QString &detail)
{
    return {Error::Kind::Offline, text("There is no connection to NATS right now. Connecting goes on by itself."),
        detail, {}, {}};
}

Error brokenSubjectError(const QString &subject)
{
    return requestError(NATS_INVALID_SUBJECT, subject);
}

void NatsClient::DestroyOptions::operator()(__natsOptions *options) const
{
    library().natsOptions_Destroy(options);
}

NatsClient::NatsClient(const NatsConnection::Options &options, Listener listener)
    : m_address(QStringLiteral("%1:%2").arg(options.host).arg(options.port))
    , m_listener(keep(std::move(listener), m_address))
{
    if (const auto loaded = NatsLibrary::load(); !loaded) {
        m_problem = loaded.error();
        return;
    }
    natsOptions *made = nullptr;
    if (library().natsOptions_Create(&made) != NATS_OK)
        return;
    m_options.reset(made);
    if (!setAll(made, options, m_listener))
        m_options.reset();
}

NatsClient::~NatsClient()
{
    if (m_connection)
        library().natsConnection_Destroy(m_connection);
    forget(m_listener);
}

Result<void> NatsClient::connect()
{
    if (m_problem)
        return fail(*m_problem);
    if (!m_options)
        return fail(Error::Kind::Local,
            text("The connection to NATS could not be prepared: the user name or password holds a quotation mark, a "
                 "backslash or a control character, which this program can't send."),
            m_address);
    natsConnection *connection = nullptr;
    const natsStatus status = library().natsConnection_Connect(&connection, m_options.get());
    if (status != NATS_OK) {
        qCDebug(lcNats) << "Connecting to" << m_address << "failed:" << library().natsStatus_GetText(status);
        return fail(connectError(status, m_address));
    }
    const std::lock_guard lock(m_mutex);
    m_connection = connection;
    m_isConnected = true;
    return {};
}

natsConnection *NatsClient::current() const
{
    const std::lock_guard lock(m_mutex);
    return m_isClosing || !m_isConnected ? nullptr : m_connection;
}

Result<QByteArray> NatsClient::request(
    const QByteArray &subject, const QByteArray &payload, std::chrono::milliseconds timeout) const
{
    natsConnection *connection = current();
    if (!connection)
        return fail(notConnectedError({}));
    natsMsg *reply = nullptr;
    natsStatus status = library().natsConnection_Request(
        &reply, connection, subject.constData(), payload.constData(), int(payload.size()), timeout.count());
    const MessagePointer owned(reply);
    if (status == NATS_OK)
        return QByteArray(library().natsMsg_GetData(reply), library().natsMsg_GetDataLength(reply));
    if (status == NATS_TIMEOUT && isForbidden(connection, subject))
        status = NATS_NOT_PERMITTED;
    return fail(requestError(status, QString::fromUtf8(subject)));
}

void NatsClient::close()
{
    natsConnection *connection = nullptr;
    {
        const std::lock_guard lock(m_mutex);
        m_isClosing = true;
        connection = m_connection;
    }
    if (connection)
        library().natsConnection_Close(connection);
}

void NatsClient::endLibrary()
{
    if (const NatsLibrary *loaded = NatsLibrary::loaded())
        loaded->nats_CloseAndWait(libraryEndTimeout.count());
}
