// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keptpasswordsdialog.h"
#include "services/messaging/runtimenames.h"
#include "services/messaging/runtimeservice.h"
#include "tests/app/windowfixture.h"
#include "tests/support/fakekeychain.h"
#include "widgets/common/banner.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/secretrow.h"

#include <QLabel>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

using namespace std::chrono_literals;

/// Reveal on the connection card, and what comes of it: in the window, over a cluster in memory and a keychain that
/// does as it is told.
class RevealedPasswordsTest final : public WindowFixture {
    Q_OBJECT

private Q_SLOTS:
    void saysThatItIsKeptAndRemovesIt();
    void saysThatItWasChangedSince();
    void saysWhatTheKeychainWaitsFor();
    void warnsOnceWhereTheKeychainFails();
    void saysThatAPasswordMayBeOld();
    void showsNoPasswordOfAnotherLogin();

private:
    void openRuntime()
    {
        m_state = {};
        m_makeKeychain = [this]() -> Result<std::unique_ptr<SecretStore>> {
            return std::make_unique<FakeKeychain>(m_state);
        };
        m_prepareCluster = [this] {
            putRuntime(RuntimeOperation::Kind::Enable, RuntimeOperation::State::Done);
            setPassword("the-first-one");
        };
        writeKubeconfig(twoClusters);
        open();
        m_window->resize(1440, 900);
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QTRY_VERIFY((pass(), row() && row()->isVisible()));
        QTRY_VERIFY((pass(), revealButton()->isEnabled()));
    }
    void setPassword(const char *password)
    {
        const QString encoded = QString::fromLatin1(QByteArray(password).toBase64());
        m_cluster->change({u"v1"_qs, u"Secret"_qs, u"pennant-messaging"_qs, RuntimeNames::clientSecret(u"default"_qs)},
            {{u"data"_qs, QJsonObject{{u"password"_qs, encoded}}}});
    }
    void pass() { m_clock.advance(200ms); }
    SecretRow *row() const { return find<SecretRow>("passwordRow"); }
    QToolButton *revealButton() const { return row()->findChild<QToolButton *>(u"revealButton"_qs); }
    QString shown() const { return row()->findChild<QLabel *>(u"valueLabel"_qs)->text(); }
    QLabel *line() const { return find<QLabel>("keptPasswordLabel"); }
    QPushButton *removeButton() const { return find<QPushButton>("removeKeptPasswordButton"); }
    void reveal()
    {
        if (row()->isRevealed())
            revealButton()->click();
        revealButton()->click();
    }

    FakeKeychain::State m_state;
};

void RevealedPasswordsTest::saysThatItIsKeptAndRemovesIt()
{
    openRuntime();
    QVERIFY(!line()->isVisible());
    reveal();
    QTRY_COMPARE((pass(), shown()), u"the-first-one"_qs);
    QTRY_VERIFY((pass(), line()->isVisible()));
    QVERIFY2(line()->text().contains(u"keychain"_qs), qPrintable(line()->text()));
    QCOMPARE(m_state.held.size(), std::size_t(1));
    removeButton()->click();
    QTRY_VERIFY((pass(), !line()->isVisible()));
    QVERIFY(!removeButton()->isVisible());
    QVERIFY(m_state.held.empty());
}

void RevealedPasswordsTest::saysThatItWasChangedSince()
{
    openRuntime();
    reveal();
    QTRY_VERIFY((pass(), line()->isVisible()));
    setPassword("the-second-one");
    QTRY_VERIFY((pass(), line()->text().contains(u"changed since"_qs)));
    reveal();
    QTRY_COMPARE((pass(), shown()), u"the-second-one"_qs);
    QTRY_VERIFY((pass(), !line()->text().contains(u"changed since"_qs)));
}

void RevealedPasswordsTest::saysWhatTheKeychainWaitsFor()
{
    openRuntime();
    reveal();
    QTRY_VERIFY((pass(), line()->isVisible()));
    m_state.isLocked = true;
    reveal();
    QTRY_VERIFY((pass(), line()->text().contains(u"unlocked"_qs)));
    QVERIFY(row()->isWanted());
    m_state.open->answerAsPerson(true);
    QTRY_COMPARE((pass(), shown()), u"the-first-one"_qs);
    QVERIFY(!line()->text().contains(u"unlocked"_qs));
}

void RevealedPasswordsTest::warnsOnceWhereTheKeychainFails()
{
    openRuntime();
    m_state.obstacle = Error{Error::Kind::Offline, u"There is none here."_qs, {}, {}, {}};
    reveal();
    QTRY_COMPARE((pass(), shown()), u"the-first-one"_qs);
    auto isWarned = [this] {
        const auto banners = m_window->findChildren<Banner *>();
        return std::any_of(banners.cbegin(), banners.cend(), [](const Banner *banner) {
            return banner->isVisible() && banner->text().contains(u"There is none here."_qs);
        });
    };
    QTRY_VERIFY((pass(), isWarned()));
    QTRY_VERIFY((pass(), line()->isVisible()));
    QVERIFY2(line()->text().contains(u"memory"_qs), qPrintable(line()->text()));
    QVERIFY(m_state.held.empty());
}

void RevealedPasswordsTest::saysThatAPasswordMayBeOld()
{
    openRuntime();
    reveal();
    QTRY_VERIFY((pass(), line()->isVisible()));
    auto *message = find<InlineMessage>("unconfirmedPasswordMessage");
    QVERIFY(!message->isVisible());
    m_cluster->goOffline();
    QTRY_VERIFY((pass(), m_messaging->runtime().freshness().state == Freshness::State::Stale));
    reveal();
    QTRY_COMPARE((pass(), shown()), u"the-first-one"_qs);
    QVERIFY(message->isVisible());
    m_cluster->goOnline();
    QTRY_VERIFY((m_clock.advance(5s), m_messaging->runtime().freshness().state == Freshness::State::Live));
    reveal();
    QTRY_COMPARE((pass(), shown()), u"the-first-one"_qs);
    QVERIFY(!message->isVisible());
}

/// In the midst of a rotation the account tells another user name than its Secret so far.
void RevealedPasswordsTest::showsNoPasswordOfAnotherLogin()
{
    openRuntime();
    const QString other = QString::fromLatin1(QByteArray("default_2").toBase64());
    m_cluster->change({u"v1"_qs, u"Secret"_qs, u"pennant-messaging"_qs, RuntimeNames::clientSecret(u"default"_qs)},
        {{u"data"_qs, QJsonObject{{u"username"_qs, other}}}});
    reveal();
    const auto *error = find<QWidget>("passwordErrorMessage");
    QTRY_VERIFY((pass(), error->isVisible()));
    QVERIFY(!row()->isRevealed());
    QVERIFY(shown() != u"the-first-one"_qs);
}

QTEST_MAIN(RevealedPasswordsTest)
#include "tst_revealedpasswords.moc"
