// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/nats/natsinbox.h"

#include <QCoreApplication>

#include <mutex>
#include <utility>

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("NatsConnection", source);
}

} // namespace

/// What both sides see.
struct NatsInbox::Mail {
    std::mutex mutex;
    QList<NatsMessage> waiting;
    qint64 bytes = 0;
    qint64 mostBytes = 0;
    bool isFull = false; ///< for good: something was lost
    bool isTold = false; ///< the reader is on his way
    NatsInbox *reader = nullptr; ///< changed in the GUI thread only
};

NatsInbox::NatsInbox(QString subject, qint64 mostBytes)
    : m_subject(std::move(subject))
    , m_mail(std::make_shared<Mail>())
{
    m_mail->mostBytes = mostBytes;
    m_mail->reader = this;
    m_limit.setSingleShot(true);
    QObject::connect(&m_limit, &QTimer::timeout, &m_limit, [this] {
        if (const auto asked = std::exchange(m_asked, std::nullopt))
            (*asked)(fail(Error::Kind::Timeout, text("NATS sent nothing more in time."), m_subject));
    });
}

NatsInbox::~NatsInbox()
{
    m_mail->reader = nullptr;
    end();
}

qint64 NatsInbox::sizeOf(const NatsMessage &message)
{
    constexpr qint64 each = 256; // the message itself, and what each of its parts is kept in
    constexpr qint64 eachHeader = 96;
    qint64 size = each + message.payload.size() + message.subject.size() + message.replyTo.size();
    for (const auto &[name, value] : message.headers)
        size += eachHeader + name.size() + value.size();
    return size;
}

std::function<void(NatsMessage)> NatsInbox::receiver() const
{
    return [mail = m_mail](NatsMessage message) {
        const std::lock_guard lock(mail->mutex);
        mail->bytes += sizeOf(message);
        if (mail->isFull || mail->bytes > mail->mostBytes)
            mail->isFull = true;
        else
            mail->waiting.append(std::move(message));
        if (std::exchange(mail->isTold, true))
            return;
        if (QCoreApplication *application = QCoreApplication::instance())
            QMetaObject::invokeMethod(
                application,
                [mail] {
                    if (mail->reader)
                        mail->reader->deliver();
                },
                Qt::QueuedConnection);
    };
}

Pending<QList<NatsMessage>> NatsInbox::next(std::chrono::milliseconds timeout)
{
    return Pending<QList<NatsMessage>>::ask([&](auto answer) -> std::function<void()> {
        m_asked = answer;
        m_limit.start(timeout);
        deliver();
        return [mail = m_mail] {
            if (mail->reader)
                mail->reader->m_asked.reset();
        };
    });
}

/// What came is answered before what went wrong since.
Result<QList<NatsMessage>> NatsInbox::take()
{
    const std::lock_guard lock(m_mail->mutex);
    m_mail->isTold = false;
    m_mail->bytes = 0;
    if (!m_mail->waiting.isEmpty())
        return std::exchange(m_mail->waiting, {});
    if (m_mail->isFull)
        return fail(Error::Kind::Local, text("More came from NATS than this program could take in time."));
    if (m_broken)
        return fail(*m_broken);
    return QList<NatsMessage>();
}

void NatsInbox::deliver()
{
    if (!m_asked)
        return;
    Result<QList<NatsMessage>> messages = take();
    if (messages && messages->isEmpty())
        return;
    m_limit.stop();
    (*std::exchange(m_asked, std::nullopt))(std::move(messages));
}

void NatsInbox::breakWith(const Error &why)
{
    if (m_broken)
        return;
    m_broken = why;
    end();
    deliver();
}

void NatsInbox::end()
{
    if (const auto finish = std::exchange(m_end, nullptr))
        finish();
}
