// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/nats/servertalk.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <iterator>

namespace {

using Kind = ServerTalk::Line::Kind;

constexpr qsizetype longestLine = 64 * 1024;
constexpr qsizetype largestPayload = 8 * 1024 * 1024;
const QByteArray lineEnd = QByteArrayLiteral("\r\n");

QString text(const char *source)
{
    return QCoreApplication::translate("ServerTalk", source);
}

tl::unexpected<Error> noNats(const QByteArray &said)
{
    // what a stranger says may be binary
    QString words = QString::fromLatin1(said.left(120));
    for (QChar &character : words) {
        if (!character.isPrint())
            character = u'.';
    }
    return fail(Error::Kind::Protocol,
        text("What answers at that port does not speak NATS. Check that the pod is one of the runtime's, and that no "
             "other program took the port."),
        words);
}

Kind kindOf(const QByteArray &verb)
{
    if (verb == "INFO")
        return Kind::Info;
    if (verb == "PING")
        return Kind::Ping;
    if (verb == "PONG")
        return Kind::Pong;
    if (verb == "-ERR")
        return Kind::Refusal;
    if (verb == "MSG" || verb == "HMSG")
        return Kind::Message;
    return Kind::Other;
}

struct Meaning {
    const char *words; // in small letters, of nats-server's server/errors.go
    Error::Kind kind;
    const char *summary;
};

const Meaning meanings[] = {
    {"authorization violation", Error::Kind::Unauthorized,
        QT_TRANSLATE_NOOP("ServerTalk",
            "The server refused the login of %1: user or password is not what it knows. Where the password was changed "
            "a moment ago, this pod may not have it yet: try again in a minute, then look at the pod's log.")},
    {"authentication timeout", Error::Kind::Timeout,
        QT_TRANSLATE_NOOP("ServerTalk",
            "The server took too long to check the login of %1: many clients may be logging in at once. Try again in "
            "a minute.")},
    {"authentication expired", Error::Kind::Unauthorized,
        QT_TRANSLATE_NOOP("ServerTalk", "The login of %1 has expired. Give the account a new credential.")},
    {"maximum connections exceeded", Error::Kind::NotReady,
        QT_TRANSLATE_NOOP("ServerTalk",
            "The server takes no more connections, not of %1 either. Close clients that are not needed, or try "
            "another pod.")},
    {"maximum account active connections exceeded", Error::Kind::NotReady,
        QT_TRANSLATE_NOOP("ServerTalk",
            "The account of %1 has as many connections as it may. Close clients that are not needed, or raise the "
            "account's limit.")},
    {"permissions violation", Error::Kind::Forbidden,
        QT_TRANSLATE_NOOP(
            "ServerTalk", "%1 is logged in, but may not do that. Give the user the permission that the server names.")},
    {"tls required", Error::Kind::Tls,
        QT_TRANSLATE_NOOP(
            "ServerTalk", "The server demands TLS, which %1 was not offered here. Clients must connect with tls://.")},
    {"unknown protocol operation", Error::Kind::Protocol,
        QT_TRANSLATE_NOOP("ServerTalk",
            "The server did not understand the login of %1. Its version may be one that this program does not know.")},
};

} // namespace

Result<std::optional<ServerTalk::Line>> ServerTalk::Reader::next()
{
    const qsizetype end = m_unread.indexOf(lineEnd);
    if (end < 0 && m_unread.size() <= longestLine)
        return std::optional<Line>();
    if (end < 0 || end > longestLine)
        return noNats(m_unread);
    const QByteArray whole = m_unread.left(end);
    const qsizetype blank = whole.indexOf(' ');
    Line line{kindOf(whole.left(blank < 0 ? whole.size() : blank).toUpper()), {}, {}, 0};
    line.text = blank < 0 ? QByteArray() : whole.mid(blank + 1).trimmed();
    qsizetype taken = end + lineEnd.size();
    if (line.kind == Kind::Message) {
        const QList<QByteArray> words = line.text.split(' ');
        const bool hasHeaders = whole.startsWith('H');
        const qsizetype size = words.constLast().toLongLong();
        const qsizetype head = hasHeaders && words.size() > 1 ? words.at(words.size() - 2).toLongLong() : 0;
        if (size < 0 || size > largestPayload || head < 0 || head > size)
            return noNats(whole);
        if (m_unread.size() < taken + size + lineEnd.size())
            return std::optional<Line>();
        line.status = m_unread.mid(taken, head).split('\r').constFirst().split(' ').value(1).toInt();
        line.payload = m_unread.mid(taken + head, size - head);
        taken += size + lineEnd.size();
    }
    m_unread.remove(0, taken);
    return std::optional(line);
}

Result<ServerTalk::Greeting> ServerTalk::greetingOf(const Line &line)
{
    const QJsonObject info = QJsonDocument::fromJson(line.text).object();
    if (line.kind != Kind::Info || info.isEmpty())
        return noNats(line.text);
    Greeting greeting;
    greeting.version = info[QLatin1String("version")].toString();
    greeting.maxPayload = info[QLatin1String("max_payload")].toInteger();
    greeting.isTlsRequired = info[QLatin1String("tls_required")].toBool();
    greeting.isTlsOffered = greeting.isTlsRequired || info[QLatin1String("tls_available")].toBool();
    greeting.isLoginRequired = info[QLatin1String("auth_required")].toBool();
    return greeting;
}

QByteArray ServerTalk::login(const QString &user, const SecretString &password)
{
    const QJsonObject options{{QStringLiteral("verbose"), false}, {QStringLiteral("pedantic"), false},
        {QStringLiteral("lang"), QStringLiteral("pennant")}, {QStringLiteral("version"), QStringLiteral("1")},
        {QStringLiteral("name"), QStringLiteral("pennant connection test")}, {QStringLiteral("protocol"), 1},
        {QStringLiteral("headers"), true}, {QStringLiteral("no_responders"), true}, {QStringLiteral("user"), user},
        {QStringLiteral("pass"), password.reveal()}};
    return "CONNECT " + QJsonDocument(options).toJson(QJsonDocument::Compact) + "\r\nPING\r\n";
}

QByteArray ServerTalk::request(const QByteArray &subject, const QByteArray &inbox)
{
    return "SUB " + inbox + " 1\r\nPUB " + subject + ' ' + inbox + " 0\r\n\r\n";
}

Error ServerTalk::refusal(const QByteArray &words, const QString &user)
{
    QByteArray plain = words.trimmed();
    if (plain.size() > 1 && plain.startsWith('\'') && plain.endsWith('\''))
        plain = plain.mid(1, plain.size() - 2);
    const QString said = QString::fromUtf8(plain.left(300));
    const auto found = std::find_if(std::begin(meanings), std::end(meanings),
        [&said](const Meaning &meaning) { return said.toLower().contains(QLatin1String(meaning.words)); });
    if (found == std::end(meanings))
        return {Error::Kind::Server, text("The server refused: %1. Look at the pod's log.").arg(said), said, {}, {}};
    return {found->kind, text(found->summary).arg(user), said, {}, {}};
}
