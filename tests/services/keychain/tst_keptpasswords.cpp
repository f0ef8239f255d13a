// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/keychain/keptpasswords.h"
#include "tests/support/awaited.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakekeychain.h"

#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace std::chrono_literals;

namespace {

KeptId idOf(const char *account, const char *nameSpace = "messages")
{
    return {QStringLiteral("c1"), QLatin1String(nameSpace), QLatin1String(account)};
}

KeptPassword password(const char *text, const char *version = "7")
{
    return {{QStringLiteral("user"), SecretString(QByteArray(text)), {QStringLiteral("uid"), QLatin1String(version)}},
        QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5, 678), Qt::UTC)};
}

Error offline()
{
    return {Error::Kind::Offline, QStringLiteral("There is no keychain."), {}, {}, {}};
}

} // namespace

/// Kept passwords over a keychain that does as it is told.
class KeptPasswordsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_passwords.reset(); }
    void encodesWhatItIs_data();
    void encodesWhatItIs();
    void decodesNothingElse_data();
    void decodesNothingElse();
    void asksForNoKeychainBeforeThereIsAPassword();
    void readsWhatItKeptAfterARestart();
    void replacesAnEarlierVersion();
    void listsWithoutUnlocking();
    void waitsForAPersonOnceForAllThatAsk();
    void goesOnWithoutAPersonAfterAWhile();
    void keepsInMemoryWhereItFails_data();
    void keepsInMemoryWhereItFails();
    void listsWhatWasThereBeforeAFailedWrite();
    void listsWhatMayHaveBeenWritten();
    void movesToTheKeychainOnceThatAnswers();
    void saysThatTheKeychainHoldsSomethingElse();
    void removesInMemoryAndKeychain();
    void listsWhatCouldNotBeRemoved();
    void removesAllUntilOneCanNotBe();
    void forgetsARuntimeWithoutAsking();
    void keepsNothingWhereItIsSwitchedOff();
    void removesThoughSwitchedOff();
    void remembersTheSwitch();

private:
    void restart()
    {
        m_passwords = std::make_unique<KeptPasswords>(
            [this]() -> Result<std::unique_ptr<SecretStore>> {
                ++m_made;
                if (m_loadError)
                    return fail(*m_loadError);
                return std::make_unique<FakeKeychain>(m_state);
            },
            m_clock);
    }
    Result<void> keep(const KeptId &id, const KeptPassword &kept)
    {
        return awaited(m_passwords->keep(id, QStringLiteral("prod"), kept));
    }
    bool isWaiting() const { return m_passwords->isWaitingForPerson(); }
    QStringList listed() const
    {
        QStringList keys;
        for (const KeptEntry &entry : m_passwords->entries())
            keys.append(entry.id.key() + (entry.isSessionOnly ? QStringLiteral(" in memory") : QString()));
        return keys;
    }

    FakeClock m_clock;
    FakeKeychain::State m_state;
    std::optional<Error> m_loadError;
    int m_made = 0;
    std::unique_ptr<KeptPasswords> m_passwords;
};

void KeptPasswordsTest::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("PennantTest"));
    QCoreApplication::setApplicationName(QStringLiteral("KeptPasswordsTest"));
}

void KeptPasswordsTest::init()
{
    QSettings().clear();
    m_state = {};
    m_loadError.reset();
    m_made = 0;
    restart();
}

void KeptPasswordsTest::encodesWhatItIs_data()
{
    QTest::addColumn<QByteArray>("secret");
    QTest::newRow("plain") << QByteArray("a-generated-one");
    QTest::newRow("lines") << QByteArray("one\ntwo\n\nthree\n");
    QTest::newRow("not ASCII") << QByteArray("\xc3\xa4\xe2\x82\xac");
}

void KeptPasswordsTest::encodesWhatItIs()
{
    QFETCH(QByteArray, secret);
    const KeptPassword kept = password(secret.constData());
    QCOMPARE(decoded(encoded(kept)), std::optional(kept));
}

void KeptPasswordsTest::decodesNothingElse_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no password") << QByteArray("pennant-1\nuid\n7\n2026-01-02T03:04:05.678Z\nuser\n");
    QTest::newRow("too few lines") << QByteArray("pennant-1\nuid\n7\n2026-01-02T03:04:05.678Z");
    QTest::newRow("a later format") << QByteArray("pennant-2\nuid\n7\n2026-01-02T03:04:05.678Z\nuser\nsecret");
    QTest::newRow("no time") << QByteArray("pennant-1\nuid\n7\nyesterday\nuser\nsecret");
}

void KeptPasswordsTest::decodesNothingElse()
{
    QFETCH(QByteArray, text);
    QVERIFY(!decoded(SecretString(text)));
}

void KeptPasswordsTest::asksForNoKeychainBeforeThereIsAPassword()
{
    QVERIFY(m_passwords->entries().isEmpty());
    QVERIFY(!m_passwords->find(idOf("default")));
    QVERIFY(awaited(m_passwords->remove(idOf("default"))));
    QVERIFY(awaited(m_passwords->removeAll()));
    m_passwords->forgetRuntime(QStringLiteral("c1"), QStringLiteral("messages"));
    QCOMPARE(m_made, 0);
}

void KeptPasswordsTest::readsWhatItKeptAfterARestart()
{
    const KeptPassword kept = password("secret");
    QVERIFY(keep(idOf("default"), kept));
    restart();
    const KeptEntry entry{idOf("default"), QStringLiteral("prod"), kept.credential.version, kept.fetchedAt};
    QCOMPARE(m_passwords->entries(), QList<KeptEntry>{entry});
    QCOMPARE(*awaited(m_passwords->read(idOf("default"))), kept);
    QVERIFY(!m_passwords->problem());
}

void KeptPasswordsTest::replacesAnEarlierVersion()
{
    QVERIFY(keep(idOf("default"), password("old", "7")));
    QVERIFY(keep(idOf("default"), password("new", "8")));
    QCOMPARE(m_passwords->entries().size(), 1);
    QCOMPARE(m_passwords->find(idOf("default"))->version.resourceVersion, QStringLiteral("8"));
    QCOMPARE(*awaited(m_passwords->read(idOf("default"))), password("new", "8"));
}

void KeptPasswordsTest::listsWithoutUnlocking()
{
    QVERIFY(keep(idOf("b"), password("secret")));
    QVERIFY(keep(idOf("a"), password("secret")));
    m_state.isLocked = true;
    m_state.asked.clear();
    restart();
    QCOMPARE(listed(), (QStringList{idOf("a").key(), idOf("b").key()}));
    QVERIFY(m_state.asked.isEmpty());
}

void KeptPasswordsTest::waitsForAPersonOnceForAllThatAsk()
{
    QVERIFY(keep(idOf("a"), password("one")));
    QVERIFY(keep(idOf("b"), password("two")));
    m_state.isLocked = true;
    m_state.asked.clear();
    QSignalSpy waiting(m_passwords.get(), &KeptPasswords::waitingForPersonChanged);
    Pending<KeptPassword> first = m_passwords->read(idOf("a"));
    Pending<KeptPassword> second = m_passwords->read(idOf("b"));
    QTRY_VERIFY(isWaiting());
    m_clock.advance(30s); // a person takes his time
    QVERIFY(isWaiting());
    QCOMPARE(m_state.asked.count(QStringLiteral("open")), 1);
    m_state.open->answerAsPerson(true);
    QCOMPARE(*awaited(std::move(first)), password("one"));
    QCOMPARE(*awaited(std::move(second)), password("two"));
    QCOMPARE(waiting.count(), 2);
    QVERIFY(!m_passwords->problem());
}

void KeptPasswordsTest::goesOnWithoutAPersonAfterAWhile()
{
    QVERIFY(keep(idOf("default"), password("secret")));
    m_state.isLocked = true;
    Pending<KeptPassword> read = m_passwords->read(idOf("default"));
    QTRY_VERIFY(isWaiting());
    m_clock.advance(61s);
    const Result<KeptPassword> answer = awaited(std::move(read));
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, Error::Kind::Timeout);
    QVERIFY(!isWaiting());
    QVERIFY(m_passwords->problem().has_value());
    // and nobody is asked again
    m_state.asked.clear();
    QVERIFY(!awaited(m_passwords->read(idOf("default"))));
    QVERIFY(m_state.asked.isEmpty());
}

void KeptPasswordsTest::keepsInMemoryWhereItFails_data()
{
    QTest::addColumn<QString>("where");
    for (const char *where : {"module", "open", "write", "refused", "silent"})
        QTest::newRow(where) << QString::fromLatin1(where);
}

void KeptPasswordsTest::keepsInMemoryWhereItFails()
{
    QFETCH(QString, where);
    if (where == QLatin1String("module"))
        m_loadError = offline();
    else if (where == QLatin1String("open"))
        m_state.obstacle = offline();
    else if (where == QLatin1String("write"))
        m_state.failure = offline();
    m_state.isLocked = where == QLatin1String("refused");
    m_state.isSilent = where == QLatin1String("silent");
    QSignalSpy told(m_passwords.get(), &KeptPasswords::problemChanged);
    Pending<void> keeping = m_passwords->keep(idOf("default"), QStringLiteral("prod"), password("secret"));
    if (where == QLatin1String("refused")) {
        QTRY_VERIFY(isWaiting());
        m_state.open->answerAsPerson(false);
    } else if (where == QLatin1String("silent")) {
        QTest::qWait(10);
        m_clock.advance(61s);
    }
    QVERIFY(!awaited(std::move(keeping)));
    QVERIFY(m_passwords->find(idOf("default"))->isSessionOnly);
    QCOMPARE(m_passwords->entries().size(), 1);
    QCOMPARE(*awaited(m_passwords->read(idOf("default"))), password("secret"));
    QVERIFY(!keep(idOf("other"), password("another")));
    QCOMPARE(*awaited(m_passwords->read(idOf("other"))), password("another"));
    QCOMPARE(told.count(), 1); // once, not each time
    QVERIFY(m_state.held.empty());
    restart();
    QVERIFY(where == QLatin1String("silent") || m_passwords->entries().isEmpty());
}

void KeptPasswordsTest::listsWhatWasThereBeforeAFailedWrite()
{
    QVERIFY(keep(idOf("default"), password("old", "7")));
    m_state.failure = offline();
    QVERIFY(!keep(idOf("default"), password("new", "8")));
    QCOMPARE(*awaited(m_passwords->read(idOf("default"))), password("new", "8"));
    m_state.failure.reset();
    restart();
    QCOMPARE(m_passwords->find(idOf("default"))->version.resourceVersion, QStringLiteral("7"));
    QCOMPARE(*awaited(m_passwords->read(idOf("default"))), password("old", "7"));
}

/// It has been sent, and nobody knows what became of it: it must be possible to find and remove it.
void KeptPasswordsTest::listsWhatMayHaveBeenWritten()
{
    QVERIFY(keep(idOf("other"), password("secret"))); // it is open
    Pending<void> keeping = m_passwords->keep(idOf("default"), QStringLiteral("prod"), password("secret"));
    m_state.isSilent = true;
    QTRY_VERIFY((m_clock.advance(5s), m_passwords->problem().has_value()));
    QVERIFY(!awaited(std::move(keeping)));
    restart();
    QVERIFY(m_passwords->find(idOf("default")).has_value());
}

void KeptPasswordsTest::movesToTheKeychainOnceThatAnswers()
{
    m_state.obstacle = offline();
    QVERIFY(!keep(idOf("a"), password("one")));
    QVERIFY(!keep(idOf("b"), password("two")));
    QVERIFY(!awaited(m_passwords->tryAgain()));
    QVERIFY(m_passwords->problem().has_value());
    m_state.obstacle.reset();
    QVERIFY(awaited(m_passwords->tryAgain()));
    QVERIFY(!m_passwords->problem());
    QCOMPARE(listed(), (QStringList{idOf("a").key(), idOf("b").key()}));
    restart();
    QCOMPARE(*awaited(m_passwords->read(idOf("b"))), password("two"));
}

void KeptPasswordsTest::saysThatTheKeychainHoldsSomethingElse()
{
    QVERIFY(keep(idOf("default"), password("secret")));
    m_state.held[idOf("default").key()] = SecretString(QByteArray("what another program wrote"));
    Result<KeptPassword> read = awaited(m_passwords->read(idOf("default")));
    QCOMPARE(read.error().kind, Error::Kind::NotFound);
    m_state.held.clear();
    read = awaited(m_passwords->read(idOf("default")));
    QCOMPARE(read.error().kind, Error::Kind::NotFound);
    QVERIFY(!m_passwords->problem());
}

void KeptPasswordsTest::removesInMemoryAndKeychain()
{
    QVERIFY(keep(idOf("default"), password("old")));
    m_state.failure = offline();
    QVERIFY(!keep(idOf("default"), password("new", "8")));
    m_state.failure.reset();
    QVERIFY(awaited(m_passwords->remove(idOf("default"))));
    QVERIFY(m_passwords->entries().isEmpty());
    QVERIFY(m_state.held.empty());
    QVERIFY(!m_passwords->problem()); // it has answered
    QVERIFY(!awaited(m_passwords->read(idOf("default"))));
}

void KeptPasswordsTest::listsWhatCouldNotBeRemoved()
{
    QVERIFY(keep(idOf("default"), password("secret")));
    m_state.obstacle = offline();
    QVERIFY(!awaited(m_passwords->remove(idOf("default"))));
    QCOMPARE(listed(), QStringList{idOf("default").key()});
    m_state.obstacle.reset();
    m_state.failure = offline();
    QVERIFY(!awaited(m_passwords->remove(idOf("default"))));
    QCOMPARE(listed(), QStringList{idOf("default").key()});
}

void KeptPasswordsTest::removesAllUntilOneCanNotBe()
{
    for (const char *account : {"a", "b", "c"})
        QVERIFY(keep(idOf(account), password("secret")));
    m_state.failure = offline();
    QVERIFY(!awaited(m_passwords->removeAll()));
    QCOMPARE(m_passwords->entries().size(), 3);
    m_state.failure.reset();
    QVERIFY(awaited(m_passwords->removeAll()));
    QVERIFY(m_passwords->entries().isEmpty());
    QVERIFY(m_state.held.empty());
}

void KeptPasswordsTest::forgetsARuntimeWithoutAsking()
{
    QVERIFY(keep(idOf("a"), password("secret")));
    QVERIFY(keep(idOf("a", "elsewhere"), password("secret")));
    m_state.isLocked = true;
    m_passwords->forgetRuntime(QStringLiteral("c1"), QStringLiteral("messages"));
    QTest::qWait(10);
    QVERIFY(!isWaiting());
    QVERIFY(!m_passwords->problem());
    QCOMPARE(m_passwords->entries().size(), 2);
    m_state.isLocked = false;
    m_passwords->forgetRuntime(QStringLiteral("c1"), QStringLiteral("messages"));
    QTRY_COMPARE(listed(), (QStringList{idOf("a", "elsewhere").key()}));
    QCOMPARE(m_state.held.size(), std::size_t(1));
}

void KeptPasswordsTest::keepsNothingWhereItIsSwitchedOff()
{
    m_state.obstacle = offline();
    QVERIFY(!keep(idOf("a"), password("secret")));
    m_passwords->setOn(false);
    QVERIFY(m_passwords->entries().isEmpty()); // memory is let go
    m_state.asked.clear();
    QVERIFY(keep(idOf("b"), password("secret")));
    QVERIFY(m_passwords->entries().isEmpty());
    QVERIFY(m_state.asked.isEmpty());
}

void KeptPasswordsTest::removesThoughSwitchedOff()
{
    QVERIFY(keep(idOf("a"), password("secret")));
    m_passwords->setOn(false);
    QCOMPARE(m_passwords->entries().size(), 1);
    QVERIFY(awaited(m_passwords->removeAll()));
    QVERIFY(m_state.held.empty());
}

void KeptPasswordsTest::remembersTheSwitch()
{
    QVERIFY(m_passwords->isOn());
    QSignalSpy changed(m_passwords.get(), &KeptPasswords::isOnChanged);
    m_passwords->setOn(false);
    m_passwords->setOn(false);
    QCOMPARE(changed.count(), 1);
    restart();
    QVERIFY(!m_passwords->isOn());
}

QTEST_GUILESS_MAIN(KeptPasswordsTest)
#include "tst_keptpasswords.moc"
