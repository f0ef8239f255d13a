// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/streammessage.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringDecoder>

#include <limits>

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

/// Calls `visit` with the name and the value of each header, until it answers false.
template <typename Visit> void forEachHeader(const QByteArray &block, Visit visit)
{
    qsizetype begin = block.indexOf('\n') + 1; // behind "NATS/1.0"
    while (begin > 0 && begin < block.size()) {
        qsizetype end = block.indexOf('\n', begin);
        if (end < 0)
            end = block.size();
        const QByteArrayView line(block.constData() + begin, end - begin);
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && !visit(line.first(colon), line.sliced(colon + 1)))
            return;
        begin = end + 1;
    }
}

QString base64(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

} // namespace

QList<MessageHeader> headersIn(const QByteArray &block)
{
    return headersIn(block, std::numeric_limits<qsizetype>::max());
}

QList<MessageHeader> headersIn(const QByteArray &block, qsizetype most)
{
    QList<MessageHeader> headers;
    forEachHeader(block, [&headers, most](QByteArrayView name, QByteArrayView value) {
        if (headers.size() >= most)
            return false;
        headers.append({QString::fromUtf8(name), QString::fromUtf8(value.trimmed())});
        return true;
    });
    return headers;
}

qsizetype headerCount(const QByteArray &block)
{
    qsizetype count = 0;
    forEachHeader(block, [&count](QByteArrayView, QByteArrayView) {
        ++count;
        return true;
    });
    return count;
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
