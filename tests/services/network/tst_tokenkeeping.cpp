// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/tokenkeeping.h"

#include "tests/support/fakeclock.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono_literals;

/// Tokens into a real kubeconfig that others may lock or write.
class TokenKeepingTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keepsTokens();
    void triesUntilItCan();
    void keepsTheLatestOfSeveral();
    void leavesAloneWhatOthersWrote();
    void endsWithOtherCredentials();

private:
    OidcLogin login(int number) const
    {
        OidcLogin login;
        login.file = path();
        login.idToken = SecretString(QStringLiteral("id.%1.x").arg(number));
        login.refreshToken = SecretString(QStringLiteral("refresh-%1").arg(number));
        return login;
    }
    QString path() const { return m_folder->filePath(QStringLiteral("config")); }
    QString lock() const { return path() + QStringLiteral(".lock"); }
    static bool write(const QString &path, const QByteArray &content)
    {
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
    }
    bool holds(int number) const
    {
        QFile file(path());
        const QByteArray content = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        return content.contains("id." + QByteArray::number(number) + ".x")
            && content.contains("refresh-" + QByteArray::number(number));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<TokenKeeping> m_keeping;
};

void TokenKeepingTest::init()
{
    m_keeping.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_clock = std::make_unique<FakeClock>();
    m_keeping = std::make_unique<TokenKeeping>(*m_clock, QStringLiteral("ana"));
    QVERIFY(write(path(),
        "users: [{name: ana, user: {auth-provider: {config: {id-token: id.1.x, refresh-token: refresh-1}}}}]\n"));
}

void TokenKeepingTest::keepsTokens()
{
    m_keeping->keep(login(1), login(2));
    QTRY_VERIFY(holds(2));
    QVERIFY(m_keeping->problem().isEmpty());
}

void TokenKeepingTest::triesUntilItCan()
{
    QVERIFY(write(lock(), {}));
    m_keeping->keep(login(1), login(2));
    QTRY_VERIFY(!m_keeping->problem().isEmpty());
    const QString problem = m_keeping->problem();
    QVERIFY2(problem.contains(lock()) && problem.contains(QLatin1String("keeps trying")), qPrintable(problem));
    QVERIFY(!problem.contains(QLatin1String("refresh-")) && !problem.contains(QLatin1String("id.")));
    QCOMPARE(m_keeping->latest(login(1)), login(2)); // as the kubeconfig still says
    QCOMPARE(m_keeping->latest(login(7)), login(7));
    m_keeping->noteRead(login(1));
    m_clock->advance(1s);
    QTRY_COMPARE(m_clock->sleepers(), 1);
    QVERIFY(!m_keeping->problem().isEmpty());
    QVERIFY(QFile::exists(lock()));
    QVERIFY(holds(1));
    QVERIFY(QFile::remove(lock()));
    m_clock->advance(2s);
    QTRY_VERIFY(m_keeping->problem().isEmpty());
    QVERIFY(holds(2));
}

void TokenKeepingTest::keepsTheLatestOfSeveral()
{
    QVERIFY(write(lock(), {}));
    m_keeping->keep(login(1), login(2));
    m_keeping->keep(login(2), login(3));
    QTRY_VERIFY(!m_keeping->problem().isEmpty());
    QVERIFY(QFile::remove(lock()));
    m_keeping->keep(login(3), login(4));
    QTRY_VERIFY(holds(4));
    for (int number = 1; number <= 4; ++number)
        QCOMPARE(m_keeping->latest(login(number)), login(4)); // for whoever has not read the kubeconfig yet
    QTRY_VERIFY(m_keeping->problem().isEmpty());
}

void TokenKeepingTest::leavesAloneWhatOthersWrote()
{
    QVERIFY(write(lock(), {}));
    m_keeping->keep(login(1), login(2));
    QTRY_VERIFY(!m_keeping->problem().isEmpty());
    QVERIFY(write(path(),
        "users: [{name: ana, user: {auth-provider: {config: {id-token: id.9.x, refresh-token: refresh-9}}}}]\n"));
    QVERIFY(QFile::remove(lock()));
    m_clock->advance(1s);
    QTRY_VERIFY(m_keeping->problem().isEmpty());
    QVERIFY(holds(9));
    QCOMPARE(m_clock->sleepers(), 0);
}

void TokenKeepingTest::endsWithOtherCredentials()
{
    QVERIFY(write(lock(), {}));
    m_keeping->keep(login(1), login(2));
    QTRY_VERIFY(!m_keeping->problem().isEmpty());
    m_keeping->noteRead(login(9));
    QVERIFY(m_keeping->problem().isEmpty());
    QCOMPARE(m_clock->sleepers(), 0);
}

QTEST_GUILESS_MAIN(TokenKeepingTest)
#include "tst_tokenkeeping.moc"
