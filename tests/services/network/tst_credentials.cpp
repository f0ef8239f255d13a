// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/credentials.h"

#include "tests/support/awaited.h"
#include "tests/support/fakeclock.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace std::chrono_literals;

/// How often a plugin is asked, by a clock that the test moves.
class CredentialsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void asksAgainWhenWhatWasHandedOutHasExpired();
    void usesWhatComesExpiredUntilItIsRefused();
    void leavesAPluginAloneForLongerWithEachRefusal();
    void beginsAnewWhereTheServerTookOne();
    void runsOnePluginForClustersThatTellItTheSame();
    void endsAPluginWithTheLastThatWaits();

private:
    /// A plugin that hands out token-1, token-2 and so on, with `more`.
    void usePlugin(const QByteArray &more = {})
    {
        const QByteArray script =
            "echo >> \"$0\"; printf '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":"
            "\"ExecCredential\",\"status\":{\"token\":\"token-%s\""
            + more + "}}' \"$(wc -l < \"$0\" | tr -d ' ')\"";
        m_access.exec = ExecPlugin{QStringLiteral("client.authentication.k8s.io/v1"), QStringLiteral("sh"),
            {QStringLiteral("-c"), QString::fromLatin1(script), m_folder->filePath(QStringLiteral("runs"))}, {},
            ExecPlugin::Interaction::IfAvailable, {}, {}};
        m_credentials->set(m_access);
    }
    qsizetype runs() const
    {
        QFile file(m_folder->filePath(QStringLiteral("runs")));
        return file.open(QIODevice::ReadOnly) ? file.readAll().count('\n') : 0;
    }
    std::unique_ptr<Credentials> another() const
    {
        return std::make_unique<Credentials>(*m_clock, m_logins, [](const LoginCredential &) { return std::nullopt; });
    }
    /// What went out just now was refused.
    bool isReplaced() { return awaited(m_credentials->replace(m_clock->monotonic())).has_value(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeClock> m_clock;
    std::shared_ptr<Logins> m_logins;
    std::unique_ptr<Credentials> m_credentials;
    ClusterAccess m_access;
};

void CredentialsTest::init()
{
    m_credentials.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_clock = std::make_unique<FakeClock>();
    m_logins = std::make_shared<Logins>();
    m_credentials = another();
    m_access = {};
    m_access.userName = QStringLiteral("ana");
}

void CredentialsTest::asksAgainWhenWhatWasHandedOutHasExpired()
{
    const QDateTime expires = m_clock->now().addSecs(60);
    usePlugin(",\"expirationTimestamp\":\"" + expires.toString(Qt::ISODate).toLatin1() + '"');
    QVERIFY(awaited(m_credentials->fetch()));
    m_clock->advance(59s);
    QVERIFY(m_credentials->areAtHand());
    m_clock->advance(1s);
    QVERIFY(!m_credentials->areAtHand());
    QVERIFY(awaited(m_credentials->fetch()));
    QCOMPARE(runs(), 2);
}

void CredentialsTest::usesWhatComesExpiredUntilItIsRefused()
{
    QSignalSpy warned(m_credentials.get(), &Credentials::warningChanged);
    usePlugin(",\"expirationTimestamp\":\"2020-01-01T00:00:00Z\"");
    QVERIFY(awaited(m_credentials->fetch()));
    QVERIFY(m_credentials->areAtHand());
    QCOMPARE(runs(), 1);
    QVERIFY2(m_credentials->warning().contains(QLatin1String("date and time")), qPrintable(m_credentials->warning()));
    QCOMPARE(warned.size(), 1);
    QVERIFY(isReplaced());
    QCOMPARE(runs(), 2);
    usePlugin(",\"expirationTimestamp\":\"2030-01-01T00:00:00Z\"");
    QVERIFY(m_credentials->warning().isEmpty());
    QCOMPARE(warned.size(), 2);
}

void CredentialsTest::leavesAPluginAloneForLongerWithEachRefusal()
{
    usePlugin();
    QVERIFY(awaited(m_credentials->fetch()));
    QVERIFY(isReplaced());
    QVERIFY(!isReplaced());
    m_clock->advance(10s);
    QVERIFY(isReplaced());
    m_clock->advance(9s);
    QVERIFY(!isReplaced());
    m_clock->advance(11s);
    QVERIFY(isReplaced());
    QCOMPARE(m_credentials->authorization(), QByteArray("Bearer token-4"));
}

void CredentialsTest::beginsAnewWhereTheServerTookOne()
{
    usePlugin();
    QVERIFY(awaited(m_credentials->fetch()));
    for (int i = 0; i < 4; ++i) {
        m_credentials->noteAccepted();
        QVERIFY(isReplaced());
        m_clock->advance(10s);
    }
    QCOMPARE(runs(), 5);
}

void CredentialsTest::runsOnePluginForClustersThatTellItTheSame()
{
    usePlugin();
    const auto beside = another();
    beside->set(m_access);
    const auto different = another();
    m_access.exec->cluster = "{}";
    different->set(m_access);
    auto ofOne = m_credentials->fetch();
    auto ofBeside = beside->fetch();
    QVERIFY(awaited(std::move(ofOne)));
    QVERIFY(awaited(std::move(ofBeside)));
    QCOMPARE(runs(), 1);
    QCOMPARE(m_credentials->authorization(), QByteArray("Bearer token-1"));
    QCOMPARE(beside->authorization(), QByteArray("Bearer token-1"));
    QVERIFY(awaited(different->fetch()));
    QCOMPARE(runs(), 2);
}

void CredentialsTest::endsAPluginWithTheLastThatWaits()
{
    QFile told(m_folder->filePath(QStringLiteral("told")));
    m_access.exec = ExecPlugin{QStringLiteral("client.authentication.k8s.io/v1"), QStringLiteral("sh"),
        {QStringLiteral("-c"), QStringLiteral("echo $$ > \"$0.new\"; mv \"$0.new\" \"$0\"; exec sleep 600"),
            told.fileName()},
        {}, ExecPlugin::Interaction::IfAvailable, {}, {}};
    m_credentials->set(m_access);
    auto beside = another();
    beside->set(m_access);
    const auto ofOne = m_credentials->fetch();
    const auto ofBeside = beside->fetch();
    QTRY_VERIFY(told.exists());
    QVERIFY(told.open(QIODevice::ReadOnly));
    const QString process = QStringLiteral("/proc/") + QString::fromLatin1(told.readAll().trimmed());
    m_credentials.reset();
    QTest::qWait(100);
    QVERIFY(QFile::exists(process));
    QVERIFY(!beside->waitingFor().isEmpty());
    beside.reset();
    QTRY_VERIFY(!QFile::exists(process));
}

QTEST_GUILESS_MAIN(CredentialsTest)
#include "tst_credentials.moc"
