// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/nats/natsconnection.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>

// cnats' own names
struct __natsConnection; // NOLINT(bugprone-reserved-identifier)
struct __natsOptions; // NOLINT(bugprone-reserved-identifier)

/// The cnats library behind a wall: one connection's blocking side. For worker threads, several at once; never for the
/// GUI thread. Reconnects by itself to the same address. Belongs to NatsConnection.
class NatsClient final {
public:
    enum class Event { Disconnected, Reconnected, Closed };
    /// Called from the library's own threads. No call begins after the NatsClient's end, but one may still be under
    /// way.
    using Listener = std::function<void(Event, const Error &)>;

    /// `options` are copied, into memory of the library as well.
    NatsClient(const NatsConnection::Options &options, Listener listener);
    /// No thread may be in any function any more.
    ~NatsClient();

    NatsClient(const NatsClient &) = delete;
    NatsClient &operator=(const NatsClient &) = delete;

    /// One try, 5 s at most. Errors: Unauthorized, Tls and Local are final, Offline may pass.
    Result<void> connect();
    Result<QByteArray> request(
        const QByteArray &subject, const QByteArray &payload, std::chrono::milliseconds timeout) const;
    Result<QByteArray> requestWithHeaders(const QByteArray &subject, const NatsHeaders &headers,
        const QByteArray &payload, std::chrono::milliseconds timeout) const;
    /// In order; what could not be sent ends it.
    Result<void> publish(const QList<NatsMessage> &messages) const;
    /// `receive` is called from one of the library's threads with what comes on `subject`, until what is answered goes
    /// (a call may be under way still). That may outlive this, but not the library.
    Result<std::shared_ptr<void>> subscribe(const QByteArray &subject, std::function<void(NatsMessage)> receive) const;
    /// Every request under way is answered at once, and every later one refused.
    void close();

    /// Requests are refused while there is no connection: they would wait in the library's buffer.
    void setConnected(bool connected) { m_isConnected = connected; }

    /// Ends the library and its threads, when no NatsClient is left.
    static void endLibrary();

private:
    struct DestroyOptions {
        void operator()(__natsOptions *options) const;
    };

    /// The connection to send on, or nothing.
    __natsConnection *current() const;

    QString m_address;
    std::uintptr_t m_listener;
    std::optional<Error> m_problem; ///< why nothing can be done at all
    std::unique_ptr<__natsOptions, DestroyOptions> m_options;
    mutable std::mutex m_mutex;
    __natsConnection *m_connection = nullptr;
    bool m_isClosing = false;
    std::atomic_bool m_isConnected = false;
};

/// What a request is answered with while there is no connection.
Error notConnectedError(const QString &detail);
/// What a request on a subject is answered with that would break the protocol.
Error brokenSubjectError(const QString &subject);
