// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/nats/jetstreamtransport.h"

#include <QTimer>

#include <functional>
#include <optional>

/// A subscription whose messages wait in it until they are taken. Belongs to whoever subscribed; NatsConnection fills
/// it. GUI thread, but for what receiver() answers.
class NatsInbox final : public NatsSubscription {
public:
    /// `mostBytes`, by sizeOf(), may wait in it.
    NatsInbox(QString subject, qint64 mostBytes);
    ~NatsInbox() override;

    NatsInbox(const NatsInbox &) = delete;
    NatsInbox &operator=(const NatsInbox &) = delete;

    QString subject() const override { return m_subject; }
    Pending<QList<NatsMessage>> next(std::chrono::milliseconds timeout) override;

    /// What it takes to hold one.
    static qint64 sizeOf(const NatsMessage &message);

    /// For any thread: puts a message in. Outlives the inbox, for which nothing comes then.
    std::function<void(NatsMessage)> receiver() const;
    /// Called once, at its end or when it breaks.
    void setEnd(std::function<void()> end) { m_end = std::move(end); }
    /// Nothing more will come.
    void breakWith(const Error &why);

private:
    struct Mail;

    Result<QList<NatsMessage>> take();
    void deliver();
    void end();

    QString m_subject;
    std::shared_ptr<Mail> m_mail;
    std::function<void()> m_end;
    std::optional<Pending<QList<NatsMessage>>::Answer> m_asked;
    std::optional<Error> m_broken;
    QTimer m_limit;
};
