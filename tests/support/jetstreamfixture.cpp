// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/jetstreamfixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <algorithm>

using namespace std::chrono_literals;

namespace {

constexpr qint64 pageSize = 256;

QString text(const char *value)
{
    return QLatin1String(value);
}

QByteArray bytes(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

class JetStreamFixture::Link final : public JetStreamLink {
public:
    Link(JetStreamFixture &fixture, const QString &pod, const QString &account)
        : m_fixture(fixture)
        , m_pod(pod)
        , m_account(account)
        , m_shared(fixture.m_obstacle)
    {
    }

    Flow<void> open(Clock &clock, std::chrono::milliseconds limit) override
    {
        m_fixture.begun.append(text("%1 as %2").arg(m_pod, m_account));
        while (m_fixture.m_isOpeningHeld)
            co_await clock.sleep(limit / 10);
        if (*m_shared)
            co_return fail(**m_shared);
        m_fixture.opened.append(text("%1 as %2").arg(m_pod, m_account));
        co_return Result<void>();
    }

    std::optional<Error> obstacle() const override
    {
        // what broke once stays broken
        if (!m_broken && *m_shared)
            m_broken = *m_shared;
        return m_broken;
    }

    JetStreamTransport &transport() override { return m_fixture.server(m_account); }

private:
    JetStreamFixture &m_fixture;
    QString m_pod;
    QString m_account;
    std::shared_ptr<std::optional<Error>> m_shared;
    mutable std::optional<Error> m_broken;
};

JetStreamFixture::JetStreamFixture(int replicas)
    : runtime(cluster.cluster, clock, MessagingFixture::nameSpace, text("ana@laptop"))
    , accounts(cluster.cluster, clock, runtime, text("ana@laptop"))
{
    cluster.putRuntime(replicas);
    connections = std::make_unique<AccountConnections>(cluster.cluster, clock, runtime, accounts, links());
    server();
}

JetStreamLinks JetStreamFixture::links()
{
    return [this](const QString &pod, const Login &login, const QString &) {
        return std::make_shared<Link>(*this, pod, login.username);
    };
}

bool JetStreamFixture::start()
{
    runtime.start();
    accounts.start();
    return passTimeUntil([this] { return connections->api(text("default")) && runtime.editAccess().allowed; });
}

bool JetStreamFixture::passTimeUntil(const std::function<bool()> &condition, int steps)
{
    for (int i = 0; i < steps; ++i) {
        if (condition())
            return true;
        clock.advance(100ms);
        QTest::qWait(1); // the background works in real time
    }
    return condition();
}

void JetStreamFixture::passTime(std::chrono::milliseconds duration)
{
    const auto end = clock.monotonic() + duration;
    passTimeUntil([&] { return clock.monotonic() >= end; });
}

FakeJetStream &JetStreamFixture::server(const QString &account)
{
    auto &server = m_servers[account];
    if (!server) {
        server = std::make_unique<FakeJetStream>();
        server->stand(text("$JS.API.INFO"), {{text("limits"), QJsonObject()}});
        holdStreams({}, 0, account);
    }
    return *server;
}

void JetStreamFixture::holdStreams(const QStringList &names, int consumersEach, const QString &account)
{
    FakeJetStream &holder = server(account);
    QJsonArray streams;
    for (const QString &name : names)
        streams.append(streamInfo(name, consumersEach));
    holder.stand(text("$JS.API.STREAM.LIST"), [streams](const QJsonObject &body) {
        return bytes(page("streams", streams, body[text("offset")].toInteger()));
    });
    QJsonArray consumers;
    for (int i = 0; i < consumersEach; ++i)
        consumers.append(consumerInfo(text("c%1").arg(i)));
    for (const QString &name : names) {
        holder.stand(text("$JS.API.CONSUMER.LIST.") + name, [consumers](const QJsonObject &body) {
            return bytes(page("consumers", consumers, body[text("offset")].toInteger()));
        });
    }
}

void JetStreamFixture::breakLinks(const QString &why)
{
    *m_obstacle = Error{Error::Kind::Offline, why, {}, {}, {}};
}

QJsonObject JetStreamFixture::streamInfo(const QString &name, int consumers)
{
    return {{text("config"), QJsonObject{{text("name"), name}}},
        {text("state"), QJsonObject{{text("messages"), 3}, {text("consumer_count"), consumers}}}};
}

QJsonObject JetStreamFixture::consumerInfo(const QString &name)
{
    return {{text("name"), name}, {text("config"), QJsonObject{{text("durable_name"), name}}}};
}

QJsonObject JetStreamFixture::page(const char *items, const QJsonArray &all, qint64 offset)
{
    QJsonArray part;
    for (qint64 i = offset; i < std::min<qint64>(all.size(), offset + pageSize); ++i)
        part.append(all.at(i));
    return {{text(items), part}, {text("total"), all.size()}, {text("offset"), offset}, {text("limit"), pageSize}};
}

QJsonObject JetStreamFixture::refusal(int status, int code, const QString &description)
{
    const QJsonObject error{{text("code"), status}, {text("err_code"), code}, {text("description"), description}};
    return {{text("error"), error}};
}
