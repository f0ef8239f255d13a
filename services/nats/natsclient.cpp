// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/nats/natsclient.h"

#include "services/base/logging.h"
#include "services/nats/natslibrary.h"

#include <QByteArrayList>
#include <QCoreApplication>

#include <algorithm>
#include <cstdlib>
#include <memory>
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

/// Takes over `reply`.
Result<QByteArray> answerOf(natsConnection *connection, natsStatus status, natsMsg *reply, const QByteArray &subject)
{
    const MessagePointer owned(reply);
    if (status == NATS_OK)
        return QByteArray(library().natsMsg_GetData(reply), library().natsMsg_GetDataLength(reply));
    if (status == NATS_TIMEOUT && isForbidden(connection, subject))
        status = NATS_NOT_PERMITTED;
    return fail(requestError(status, QString::fromUtf8(subject)));
}

struct Heard {
    NatsClient::Listener listener;
    QString address;
};

void *closureOf(std::uintptr_t number)
{
    return reinterpret_cast<void *>(number); // NOLINT(performance-no-int-to-ptr): cnats hands it back
}

// The library may call back after the end of what it was told to call: it knows who listens by a number only.
template <typename T> class Numbered {
public:
    std::uintptr_t keep(T what)
    {
        const std::lock_guard lock(m_mutex);
        m_all.emplace(++m_last, std::make_shared<const T>(std::move(what)));
        return m_last;
    }

    void forget(std::uintptr_t number)
    {
        const std::lock_guard lock(m_mutex);
        m_all.erase(number);
    }

    std::shared_ptr<const T> find(void *closure) const
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_all.find(reinterpret_cast<std::uintptr_t>(closure));
        return found == m_all.end() ? nullptr : found->second;
    }

private:
    mutable std::mutex m_mutex;
    std::unordered_map<std::uintptr_t, std::shared_ptr<const T>> m_all;
    std::uintptr_t m_last = 0;
};

Numbered<Heard> &listeners()
{
    static Numbered<Heard> all;
    return all;
}

Numbered<std::function<void(NatsMessage)>> &receivers()
{
    static Numbered<std::function<void(NatsMessage)>> all;
    return all;
}

std::shared_ptr<const Heard> heardBy(void *closure)
{
    return listeners().find(closure);
}

/// Of a list whose texts stay the library's.
struct ListEnd {
    void operator()(const char **list) const { std::free(list); }
};
using TextList = std::unique_ptr<const char *, ListEnd>;

/// The library knows no order among names.
NatsHeaders headersOf(natsMsg *message)
{
    const char **found = nullptr;
    int count = 0;
    if (library().natsMsgHeader_Keys(message, &found, &count) != NATS_OK)
        return {};
    const TextList keptNames(found);
    QByteArrayList names;
    for (int i = 0; i < count; ++i)
        names.append(found[i]);
    std::sort(names.begin(), names.end());
    NatsHeaders headers;
    for (const QByteArray &name : std::as_const(names)) {
        const char **values = nullptr;
        int valueCount = 0;
        if (library().natsMsgHeader_Values(message, name.constData(), &values, &valueCount) != NATS_OK)
            continue;
        const TextList keptValues(values);
        for (int i = 0; i < valueCount; ++i)
            headers.append({name, values[i]});
    }
    return headers;
}

NatsMessage copied(natsMsg *message)
{
    NatsMessage copy;
    copy.subject = library().natsMsg_GetSubject(message);
    copy.replyTo = library().natsMsg_GetReply(message);
    copy.payload = QByteArray(library().natsMsg_GetData(message), library().natsMsg_GetDataLength(message));
    const char *status = nullptr;
    if (copy.payload.isEmpty() && library().natsMsgHeader_Get(message, "Status", &status) == NATS_OK)
        copy.status = QByteArray(status).toInt();
    const char *words = nullptr;
    if (copy.status != 0 && library().natsMsgHeader_Get(message, "Description", &words) == NATS_OK)
        copy.statusText = QString::fromUtf8(words);
    if (copy.status == 0)
        copy.headers = headersOf(message);
    return copy;
}

void onMessage(natsConnection *, natsSubscription *, natsMsg *message, void *closure)
{
    const MessagePointer owned(message);
    if (const auto receive = receivers().find(closure))
        (*receive)(copied(message));
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
    void *heard = closureOf(listener);
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
    , m_listener(listeners().keep({std::move(listener), m_address}))
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
    listeners().forget(m_listener);
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
    const natsStatus status = library().natsConnection_Request(
        &reply, connection, subject.constData(), payload.constData(), int(payload.size()), timeout.count());
    return answerOf(connection, status, reply, subject);
}

Result<QByteArray> NatsClient::requestWithHeaders(const QByteArray &subject, const NatsHeaders &headers,
    const QByteArray &payload, std::chrono::milliseconds timeout) const
{
    natsConnection *connection = current();
    if (!connection)
        return fail(notConnectedError({}));
    natsMsg *message = nullptr;
    natsStatus status =
        library().natsMsg_Create(&message, subject.constData(), nullptr, payload.constData(), int(payload.size()));
    const MessagePointer owned(message);
    for (const auto &[name, value] : headers) {
        if (status == NATS_OK)
            status = library().natsMsgHeader_Add(message, name.constData(), value.constData());
    }
    if (status != NATS_OK) // nothing was sent: it may not be taken for a broken connection
        return fail(Error::Kind::Invalid, text("The message could not be put together. Look at its headers."),
            ownWords(status));
    natsMsg *reply = nullptr;
    status = library().natsConnection_RequestMsg(&reply, connection, message, timeout.count());
    return answerOf(connection, status, reply, subject);
}

Result<void> NatsClient::publish(const QList<NatsMessage> &messages) const
{
    for (const NatsMessage &message : messages) {
        natsConnection *connection = current();
        if (!connection)
            return fail(notConnectedError({}));
        const natsStatus status = message.replyTo.isEmpty()
            ? library().natsConnection_Publish(
                connection, message.subject.constData(), message.payload.constData(), int(message.payload.size()))
            : library().natsConnection_PublishRequest(connection, message.subject.constData(),
                message.replyTo.constData(), message.payload.constData(), int(message.payload.size()));
        if (status != NATS_OK)
            return fail(requestError(status, QString::fromUtf8(message.subject)));
    }
    return {};
}

Result<std::shared_ptr<void>> NatsClient::subscribe(
    const QByteArray &subject, std::function<void(NatsMessage)> receive) const
{
    natsConnection *connection = current();
    if (!connection)
        return fail(notConnectedError({}));
    const std::uintptr_t number = receivers().keep(std::move(receive));
    natsSubscription *made = nullptr;
    const natsStatus status =
        library().natsConnection_Subscribe(&made, connection, subject.constData(), onMessage, closureOf(number));
    if (status != NATS_OK) {
        receivers().forget(number);
        return fail(requestError(status, QString::fromUtf8(subject)));
    }
    return std::shared_ptr<void>(made, [number](void *subscription) {
        receivers().forget(number);
        library().natsSubscription_Unsubscribe(static_cast<natsSubscription *>(subscription));
        library().natsSubscription_Destroy(static_cast<natsSubscription *>(subscription));
    });
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
