// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/streammessage.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringDecoder>

namespace {

bool isUtf8(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder.decode(bytes);
    Q_UNUSED(text)
    return !decoder.hasError();
}

QJsonObject valuesByName(const QList<MessageHeader> &headers)
{
    QJsonObject byName;
    for (const MessageHeader &header : headers) {
        QJsonArray values = byName.value(header.name).toArray();
        values.append(header.value);
        byName.insert(header.name, values);
    }
    return byName;
}

QString base64(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

} // namespace

QList<MessageHeader> headersIn(const QByteArray &block)
{
    QList<MessageHeader> headers;
    QByteArrayList lines = block.split('\n');
    if (!lines.isEmpty())
        lines.removeFirst(); // "NATS/1.0"
    for (const QByteArray &line : std::as_const(lines)) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0)
            headers.append({QString::fromUtf8(line.left(colon)), QString::fromUtf8(line.mid(colon + 1).trimmed())});
    }
    return headers;
}

QByteArray toJsonLine(const StreamMessage &message)
{
    QJsonObject line{{QStringLiteral("seq"), qint64(message.sequence)}, {QStringLiteral("subject"), message.subject},
        {QStringLiteral("time"), message.timestamp}};
    if (!message.headerBlock.isEmpty() && isUtf8(message.headerBlock))
        line.insert(QStringLiteral("headers"), valuesByName(message.headers()));
    else if (!message.headerBlock.isEmpty())
        line.insert(QStringLiteral("headers_base64"), base64(message.headerBlock));
    const QString text = QString::fromUtf8(message.payload);
    if (text.toUtf8() == message.payload) // of one that begins with a byte order mark that would be lost
        line.insert(QStringLiteral("payload"), text);
    else
        line.insert(QStringLiteral("payload_base64"), base64(message.payload));
    return QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n';
}
