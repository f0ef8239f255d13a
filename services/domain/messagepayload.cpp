// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/messagepayload.h"

#include <QJsonDocument>
#include <QStringDecoder>

#include <algorithm>

namespace {

constexpr qsizetype mostText = 64 * 1024;
constexpr qsizetype mostHex = 16 * 1024;
constexpr qsizetype mostJson = 1024 * 1024;
constexpr qsizetype glance = 4096;
constexpr int bytesPerLine = 8; // a line of it fits a panel beside a list
constexpr int indentation = 2;

/// At most `most` bytes, none of a character that does not fit whole.
QByteArray beginningOf(const QByteArray &payload, qsizetype most)
{
    if (payload.size() <= most)
        return payload;
    constexpr int longest = 3; // bytes that follow the first one of a character
    qsizetype end = most;
    while (end > most - longest && (uchar(payload[end]) & 0xC0) == 0x80)
        --end;
    return payload.left(end);
}

/// Turns what stands around it, or joins and hides what stands beside it.
bool isDirective(QChar character)
{
    const ushort code = character.unicode();
    return (code >= 0x200B && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E)
        || (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF || code == 0x061C;
}

bool isBreak(QChar character)
{
    return character == QLatin1Char('\n') || character == QLatin1Char('\t');
}

/// Control characters as the pictures that Unicode has of them.
QString shownSafely(QString text)
{
    constexpr ushort pictures = 0x2400;
    constexpr ushort pictureOfDelete = 0x2421;
    text.replace(QLatin1String("\r\n"), QLatin1String("\n"));
    for (QChar &character : text) {
        const ushort code = character.unicode();
        if (code < 0x20 && !isBreak(character))
            character = QChar(ushort(pictures + code));
        else if (code == 0x7F)
            character = QChar(pictureOfDelete);
        else if ((code >= 0x80 && code < 0xA0) || isDirective(character))
            character = QChar(QChar::ReplacementCharacter);
    }
    return text;
}

bool isText(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder.decode(bytes);
    const auto isControl = [](QChar character) {
        return character.unicode() < 0x20 && !isBreak(character) && character != QLatin1Char('\r');
    };
    return !decoder.hasError() && std::none_of(text.cbegin(), text.cend(), isControl);
}

bool isJson(const QByteArray &payload)
{
    if (payload.size() > mostJson)
        return false;
    const QByteArray start = payload.left(glance).trimmed();
    if (!start.startsWith('{') && !start.startsWith('['))
        return false;
    QJsonParseError error;
    QJsonDocument::fromJson(payload, &error);
    return error.error == QJsonParseError::NoError;
}

/// Lays out JSON that is known to be some: every token stays as it came. No further than there is room for: a deep
/// document takes many times its size.
class Indenter final {
public:
    QByteArray indented(const QByteArray &json)
    {
        for (; m_read < json.size() && m_result.size() <= mostText; ++m_read) {
            const char c = json[m_read];
            if (m_isInString)
                addOfString(c);
            else if (c != ' ' && c != '\t' && c != '\r' && c != '\n')
                addToken(c);
        }
        return m_result;
    }
    qsizetype read() const { return m_read; }

private:
    void addOfString(char c)
    {
        m_result += c;
        m_isInString = m_isEscaped || c != '"';
        m_isEscaped = !m_isEscaped && c == '\\';
    }

    void addToken(char c)
    {
        const bool isClosing = c == '}' || c == ']';
        if (isClosing)
            --m_depth;
        if (isClosing != m_isJustOpened)
            breakLine();
        m_isJustOpened = c == '{' || c == '[';
        m_result += c;
        if (m_isJustOpened)
            ++m_depth;
        if (c == ',')
            breakLine();
        if (c == ':')
            m_result += ' ';
        m_isInString = c == '"';
    }

    void breakLine() { m_result += '\n' + QByteArray(qsizetype(std::max(m_depth, 0)) * indentation, ' '); }

    QByteArray m_result;
    qsizetype m_read = 0;
    int m_depth = 0;
    bool m_isInString = false;
    bool m_isEscaped = false;
    bool m_isJustOpened = false;
};

QString hexLine(const QByteArray &bytes, qsizetype offset)
{
    const QByteArray part = bytes.mid(offset, bytesPerLine);
    QString signs;
    for (const char c : part)
        signs += c >= 0x20 && c < 0x7F ? QLatin1Char(c) : QLatin1Char('.');
    const QString codes = QString::fromLatin1(part.toHex(' ')).leftJustified(bytesPerLine * 3, QLatin1Char(' '));
    return QStringLiteral("%1  %2 %3").arg(offset, 8, 16, QLatin1Char('0')).arg(codes, signs);
}

PayloadText asHex(const QByteArray &payload)
{
    const qsizetype shown = std::min(payload.size(), mostHex);
    QStringList lines;
    for (qsizetype offset = 0; offset < shown; offset += bytesPerLine)
        lines.append(hexLine(payload, offset));
    return {lines.join(QLatin1Char('\n')), shown, true};
}

PayloadText asText(const QByteArray &payload)
{
    const QByteArray beginning = beginningOf(payload, mostText);
    return {shownSafely(QString::fromUtf8(beginning)), beginning.size(), true};
}

PayloadText asJson(const QByteArray &payload)
{
    if (!isJson(payload)) {
        PayloadText text = asText(payload);
        text.isAsAsked = false;
        return text;
    }
    Indenter indenter;
    const QByteArray laidOut = indenter.indented(payload);
    PayloadText text = asText(laidOut);
    const bool isWhole = text.shown == laidOut.size();
    text.shown = isWhole ? indenter.read() : std::min(indenter.read(), payload.size() - 1);
    return text;
}

} // namespace

PayloadFace likelyFaceOf(const QByteArray &payload)
{
    if (isJson(payload))
        return PayloadFace::Json;
    return isText(beginningOf(payload, glance)) ? PayloadFace::Text : PayloadFace::Hex;
}

PayloadText payloadText(const QByteArray &payload, PayloadFace face)
{
    switch (face) {
    case PayloadFace::Text:
        return asText(payload);
    case PayloadFace::Json:
        return asJson(payload);
    case PayloadFace::Hex:
        return asHex(payload);
    }
    Q_UNREACHABLE();
}

QString payloadPreview(const QByteArray &payload, int most)
{
    constexpr qsizetype longestCharacter = 4;
    const QByteArray beginning = beginningOf(payload, qsizetype(most) * longestCharacter);
    return shownSafely(QString::fromUtf8(beginning)).simplified().left(most);
}
