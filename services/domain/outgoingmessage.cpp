// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/outgoingmessage.h"

#include "services/domain/subject.h"

#include <QCoreApplication>
#include <QLocale>
#include <QUuid>

#include <algorithm>

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("OutgoingMessage", source);
}

bool isWildcard(const QString &subject)
{
    const QStringList tokens = subject.split(QLatin1Char('.'));
    return tokens.contains(QStringLiteral("*")) || tokens.contains(QStringLiteral(">"));
}

QString problemOfSubject(const QString &subject, const Stream &stream)
{
    if (const QString problem = subjectProblem(subject); !problem.isEmpty())
        return problem;
    if (isWildcard(subject))
        return text("A message has one subject: no \"*\" and no \">\".");
    const QStringList subjects = stream.subjects();
    const bool isTaken = std::any_of(
        subjects.cbegin(), subjects.cend(), [&subject](const QString &own) { return subjectContains(own, subject); });
    if (isTaken)
        return {};
    return text("The stream takes no message on this subject: its subjects are %1.")
        .arg(subjects.join(QStringLiteral(", ")));
}

/// A token of printable ASCII, as HTTP's field names are: servers and clients split at the first colon.
bool isHeaderName(const QString &name)
{
    return !name.isEmpty() && std::all_of(name.cbegin(), name.cend(), [](QChar each) {
        return each.unicode() > 0x20 && each.unicode() < 0x7F && each != QLatin1Char(':');
    });
}

bool isOneLine(const QString &value)
{
    return std::none_of(value.cbegin(), value.cend(),
        [](QChar each) { return each == QLatin1Char('\r') || each == QLatin1Char('\n') || each.isNull(); });
}

bool isSequence(const QString &value)
{
    bool isNumber = false;
    value.toULongLong(&isNumber);
    return isNumber;
}

QString problemOfMeaning(const MessageHeader &header)
{
    const QString &name = header.name;
    const bool isOfSequence = name == QLatin1String("Nats-Expected-Last-Sequence")
        || name == QLatin1String("Nats-Expected-Last-Subject-Sequence");
    if (isOfSequence && !isSequence(header.value))
        return text("Enter a sequence, a whole number.");
    const bool isRollup = name == QLatin1String("Nats-Rollup");
    if (isRollup && header.value != QLatin1String("sub") && header.value != QLatin1String("all"))
        return text("Enter \"sub\" or \"all\".");
    return {};
}

QString problemOfHeader(const MessageHeader &header)
{
    if (!isHeaderName(header.name))
        return text("A header's name is one word of ASCII characters without a colon.");
    if (!isOneLine(header.value))
        return text("A header's value is one line.");
    return problemOfMeaning(header);
}

qsizetype sizeOf(const OutgoingMessage &message)
{
    qsizetype size = message.payload.size();
    if (message.headers.isEmpty())
        return size;
    constexpr qsizetype aroundAll = 12; // "NATS/1.0\r\n", "\r\n"
    constexpr qsizetype aroundEach = 4; // ": ", "\r\n"
    size += aroundAll;
    for (const MessageHeader &header : message.headers)
        size += header.name.size() + header.value.toUtf8().size() + aroundEach;
    return size;
}

} // namespace

QString OutgoingMessage::header(const QString &name) const
{
    const auto found = std::find_if(
        headers.cbegin(), headers.cend(), [&name](const MessageHeader &header) { return header.name == name; });
    return found == headers.cend() ? QString() : found->value;
}

QString messageIdHeader()
{
    return QStringLiteral("Nats-Msg-Id");
}

QString newMessageId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

QList<KnownHeader> knownHeaders()
{
    return {
        {messageIdHeader(), text("Stored once within the stream's duplicate window, however often it is sent.")},
        {QStringLiteral("Nats-Expected-Last-Sequence"), text("Refused unless this is the stream's last sequence.")},
        {QStringLiteral("Nats-Expected-Last-Subject-Sequence"),
            text("Refused unless this is the last sequence on the subject.")},
        {QStringLiteral("Nats-Expected-Last-Msg-Id"), text("Refused unless the last message had this Nats-Msg-Id.")},
        {QStringLiteral("Nats-Expected-Stream"), text("Refused unless this stream takes it.")},
        {QStringLiteral("Nats-TTL"),
            text("Goes after this time (\"1h\"), where the stream allows it (allow_msg_ttl).")},
        {QStringLiteral("Nats-Rollup"),
            text("Takes the place of all before on its subject (\"sub\") or of the stream (\"all\"), where the stream "
                 "allows it (allow_rollup_hdrs).")},
        {QStringLiteral("Content-Type"), text("For whoever reads it; the server gives it no meaning.")},
    };
}

QString publishProblem(const Stream &stream)
{
    if (stream.config.value(QLatin1String("sealed")).toBool())
        return text("Stream %1 is sealed: it takes no message any more.").arg(stream.id.name);
    if (stream.config.contains(QLatin1String("mirror")))
        return text("Stream %1 mirrors another: publish to that one.").arg(stream.id.name);
    if (stream.subjects().isEmpty())
        return text("Stream %1 has no subjects of its own: publish to the streams that it gathers from.")
            .arg(stream.id.name);
    if (stream.config.value(QLatin1String("no_ack")).toBool())
        return text("Stream %1 confirms nothing that is published to it (no_ack): whether a message was stored would "
                    "never be known.")
            .arg(stream.id.name);
    return {};
}

PublishEffect effectOf(const OutgoingMessage &message)
{
    PublishEffect effect;
    for (const MessageHeader &header : message.headers) {
        // servers take the value in any case
        if (header.name.compare(QLatin1String("Nats-Rollup"), Qt::CaseInsensitive) != 0)
            continue;
        const QString value = header.value.trimmed().toLower();
        if (value == QLatin1String("all"))
            effect.rollUp = PublishEffect::RollUp::Stream;
        else if (value == QLatin1String("sub") && effect.rollUp == PublishEffect::RollUp::None)
            effect.rollUp = PublishEffect::RollUp::Subject;
    }
    const QStringList tokens = message.subject.split(QLatin1Char('.'));
    if (tokens.size() > 2 && tokens[0] == QLatin1String("$KV"))
        effect.bucket = text("the key-value bucket %1").arg(tokens[1]);
    else if (tokens.size() > 2 && tokens[0] == QLatin1String("$O"))
        effect.bucket = text("the object store %1").arg(tokens[1]);
    return effect;
}

QString effectText(const PublishEffect &effect, const OutgoingMessage &message, const std::optional<quint64> &messages)
{
    QStringList sentences;
    const QString count = messages ? QLocale().toString(*messages) : QString();
    if (effect.rollUp == PublishEffect::RollUp::Stream)
        sentences.append(messages ? text("Its header Nats-Rollup lets all %1 messages of the stream go.").arg(count)
                                  : text("Its header Nats-Rollup lets all messages of the stream go."));
    if (effect.rollUp == PublishEffect::RollUp::Subject)
        sentences.append(messages
                ? text("Its header Nats-Rollup lets all that is stored on %1 go: %2 messages.")
                      .arg(message.subject, count)
                : text("Its header Nats-Rollup lets all that is stored on %1 go. How many messages that are is not "
                       "known.")
                      .arg(message.subject));
    if (effect.rollUp != PublishEffect::RollUp::None)
        sentences.append(text("Nothing brings them back."));
    if (!effect.bucket.isEmpty())
        sentences.append(text("The subject belongs to %1: its clients take the message for a write of their own, and "
                              "it may take the place of what they have stored.")
                             .arg(effect.bucket));
    return sentences.join(QLatin1Char(' '));
}

FieldErrors validate(const OutgoingMessage &message, const Stream &stream)
{
    FieldErrors errors;
    if (const QString problem = problemOfSubject(message.subject, stream); !problem.isEmpty())
        errors.append({QStringLiteral("subject"), problem});
    for (qsizetype i = 0; i < message.headers.size(); ++i) {
        if (const QString problem = problemOfHeader(message.headers[i]); !problem.isEmpty())
            errors.append({QStringLiteral("headers/%1").arg(i), problem});
    }
    const qint64 most = stream.config.value(QLatin1String("max_msg_size")).toInteger(-1);
    if (most > 0 && sizeOf(message) > most)
        errors.append({QStringLiteral("payload"),
            text("The stream takes messages of up to %1, headers included.").arg(ByteCount{most}.text())});
    return errors;
}
