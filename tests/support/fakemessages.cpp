// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakemessages.h"

#include "services/domain/subject.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

QByteArray bytes(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray notFound()
{
    const QJsonObject error{
        {text("code"), 404}, {text("err_code"), 10037}, {text("description"), text("no message found")}};
    return bytes({{text("error"), error}});
}

} // namespace

FakeMessages::FakeMessages(FakeJetStream &server, const QString &stream)
    : m_stream(stream)
{
    server.stand(text("$JS.API.STREAM.INFO.") + stream,
        [this](const QJsonObject &) -> Result<QByteArray> { return bytes(info()); });
    server.stand(text("$JS.API.STREAM.MSG.GET.") + stream,
        [this](const QJsonObject &body) -> Result<QByteArray> { return get(body); });
    server.stand(text("$JS.API.STREAM.MSG.DELETE.") + stream,
        [this](const QJsonObject &body) -> Result<QByteArray> { return remove(body); });
}

QDateTime FakeMessages::timeOf(quint64 sequence)
{
    return QDateTime(QDate(2026, 1, 2), QTime(0, 0), Qt::UTC).addSecs(qint64(sequence));
}

quint64 FakeMessages::add(const QString &subject, const QByteArray &payload, const QByteArray &headers)
{
    StreamMessage message;
    message.sequence = m_next++;
    message.subject = subject;
    message.time = timeOf(message.sequence);
    message.timestamp = message.time.toString(Qt::ISODateWithMs);
    message.headerBlock = headers;
    message.payload = payload;
    m_messages.emplace(message.sequence, message);
    return message.sequence;
}

QJsonObject FakeMessages::info() const
{
    const quint64 first = m_messages.empty() ? m_next : m_messages.begin()->first;
    return {{text("config"), QJsonObject{{text("name"), m_stream}, {text("subjects"), QJsonArray{text(">")}}}},
        {text("created"), text("2026-01-01T00:00:00Z")},
        {text("state"),
            QJsonObject{{text("messages"), qint64(m_messages.size())}, {text("first_seq"), qint64(first)},
                {text("last_seq"), qint64(m_next - 1)}}}};
}

const StreamMessage *FakeMessages::find(const QJsonObject &body) const
{
    const QString next = body[text("next_by_subj")].toString();
    const QString last = body[text("last_by_subj")].toString();
    quint64 from = quint64(body[text("seq")].toInteger());
    if (next.isEmpty() && last.isEmpty())
        return m_messages.contains(from) ? &m_messages.at(from) : nullptr;
    if (const QString since = body[text("start_time")].toString(); !since.isEmpty() && !m_isOld) {
        from = m_next;
        for (const auto &[sequence, message] : m_messages) {
            if (message.time >= QDateTime::fromString(since, Qt::ISODateWithMs)) {
                from = sequence;
                break;
            }
        }
    }
    const StreamMessage *found = nullptr;
    for (const auto &[sequence, message] : m_messages) {
        if (sequence < from || !subjectContains(next.isEmpty() ? last : next, message.subject))
            continue;
        found = &message;
        if (!next.isEmpty())
            break;
    }
    return found;
}

QByteArray FakeMessages::get(const QJsonObject &body) const
{
    const StreamMessage *found = find(body);
    if (!found)
        return notFound();
    QJsonObject message{{text("subject"), found->subject}, {text("seq"), qint64(found->sequence)},
        {text("time"), found->timestamp}, {text("data"), QString::fromLatin1(found->payload.toBase64())}};
    if (!found->headerBlock.isEmpty())
        message[text("hdrs")] = QString::fromLatin1(found->headerBlock.toBase64());
    return bytes({{text("message"), message}});
}

QByteArray FakeMessages::remove(const QJsonObject &body)
{
    const bool isGone = m_messages.erase(quint64(body[text("seq")].toInteger())) > 0;
    return isGone ? bytes({{text("success"), true}}) : notFound();
}
