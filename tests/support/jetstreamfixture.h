// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/messaging/accountconnections.h"
#include "services/messaging/accountservice.h"
#include "services/messaging/runtimeservice.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakejetstream.h"
#include "tests/support/messagingfixture.h"

#include <QStringList>

#include <functional>
#include <map>
#include <memory>

/// A runtime that is ready, with one FakeJetStream for each account, and the services below streams and consumers.
class JetStreamFixture final {
public:
    explicit JetStreamFixture(int replicas = 1);

    /// Begins to watch; true when the default account's connection is up.
    bool start();
    /// Lets time pass in small steps until `condition` holds.
    bool passTimeUntil(const std::function<bool()> &condition, int steps = 600);
    /// Lets `duration` pass in small steps, so that what works in the background keeps up.
    void passTime(std::chrono::milliseconds duration);
    /// The outcome of `question`, for which time passes.
    template <typename T> Result<T> outcomeOf(Pending<T> question)
    {
        std::optional<Result<T>> outcome;
        QObject context;
        question.then(&context, [&outcome](Result<T> result) { outcome = std::move(result); });
        if (!passTimeUntil([&outcome] { return outcome.has_value(); }))
            return fail(Error::Kind::Protocol, QStringLiteral("the test waited in vain"));
        return std::move(*outcome);
    }

    /// Links that lead to `server()` of whom they log in as.
    JetStreamLinks links();
    FakeJetStream &server(const QString &account = QStringLiteral("default"));
    /// Lets `server` hold these streams, each with so many consumers; `LIST` is paged as the real one pages it.
    void holdStreams(
        const QStringList &names, int consumersEach = 0, const QString &account = QStringLiteral("default"));
    /// Every link breaks, and new ones can't be opened until mendLinks().
    void breakLinks(const QString &why);
    void mendLinks() { *m_obstacle = std::nullopt; }
    /// No link is opened until goOnOpening().
    void holdOpening() { m_isOpeningHeld = true; }
    /// What was held is opened a little later.
    void goOnOpening() { m_isOpeningHeld = false; }

    static QJsonObject streamInfo(const QString &name, int consumers = 0);
    static QJsonObject consumerInfo(const QString &name);
    static QJsonObject page(const char *items, const QJsonArray &all, qint64 offset);
    /// What JetStream answers when it refuses.
    static QJsonObject refusal(int status, int code, const QString &description);

    MessagingFixture cluster;
    FakeClock clock;
    /// "pod as account" of every link that was to be opened.
    QStringList begun;
    /// Of those, what was.
    QStringList opened;

private:
    class Link;

    std::shared_ptr<std::optional<Error>> m_obstacle = std::make_shared<std::optional<Error>>();
    std::map<QString, std::unique_ptr<FakeJetStream>> m_servers;
    bool m_isOpeningHeld = false;

public:
    RuntimeService runtime;
    AccountService accounts;
    std::unique_ptr<AccountConnections> connections;
};
