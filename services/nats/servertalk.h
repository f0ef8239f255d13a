// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/result.h"
#include "services/base/secretstring.h"

#include <QByteArray>

#include <optional>

/// The lines of NATS' client protocol, as far as it takes to try a login by hand and to see how far that comes:
/// https://docs.nats.io/reference/reference-protocols/nats-protocol. Pure.
namespace ServerTalk {

struct Line {
    enum class Kind { Info, Ping, Pong, Refusal, Message, Other };
    Kind kind = Kind::Other;
    QByteArray text; ///< what follows the verb
    QByteArray payload; ///< of a message
    int status = 0; ///< in a message's headers: 503 where nobody listens

    bool operator==(const Line &) const = default;
};

/// What comes in, cut anywhere.
class Reader final {
public:
    void add(const QByteArray &data) { m_unread += data; }
    /// The next whole line; nothing while there is none. Protocol where this is no NATS.
    Result<std::optional<Line>> next();

private:
    QByteArray m_unread;
};

/// What a server says of itself first.
struct Greeting {
    QString version;
    qint64 maxPayload = 0;
    bool isTlsRequired = false;
    bool isTlsOffered = false;
    bool isLoginRequired = false;

    bool operator==(const Greeting &) const = default;
};

/// Protocol where the line is no INFO of a NATS server.
Result<Greeting> greetingOf(const Line &line);
/// CONNECT with PING. Holds the password: to be sent and let go.
QByteArray login(const QString &user, const SecretString &password);
/// A request on `subject` whose answer comes to `inbox`.
QByteArray request(const QByteArray &subject, const QByteArray &inbox);
/// What `-ERR` means for whoever logs in as `user`, with the server's words as detail.
Error refusal(const QByteArray &words, const QString &user);

} // namespace ServerTalk
