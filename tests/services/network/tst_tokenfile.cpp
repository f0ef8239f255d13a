// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/tokenfile.h"

#include "tests/support/fakeclock.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

using namespace std::chrono_literals;

/// A token that others renew in its file.
class TokenFileTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        write("first\n");
        m_token.set(path(), SecretString(QStringLiteral("first")));
    }

    void isReadAgainAfterAWhile()
    {
        const auto before = m_token.renewedAt();
        write("second\n");
        m_clock.advance(29s);
        QCOMPARE(afterReading(), QStringLiteral("first"));
        m_clock.advance(2s);
        QCOMPARE(m_token.token().reveal(), QStringLiteral("first"));
        QCOMPARE(afterReading(), QStringLiteral("second"));
        QCOMPARE(m_token.renewedAt(), before + 31s);
    }

    void staysWhereTheFileBringsNothing_data()
    {
        QTest::addColumn<bool>("isThere");
        QTest::newRow("empty") << true;
        QTest::newRow("missing") << false;
    }

    void staysWhereTheFileBringsNothing()
    {
        QFETCH(bool, isThere);
        const auto before = m_token.renewedAt();
        write("\n");
        if (!isThere)
            QVERIFY(QFile::remove(path()));
        m_clock.advance(31s);
        QCOMPARE(afterReading(), QStringLiteral("first"));
        QCOMPARE(m_token.renewedAt(), before);
        write("second");
        m_clock.advance(31s);
        QCOMPARE(afterReading(), QStringLiteral("second"));
    }

private:
    QString path() const { return m_folder.filePath(QStringLiteral("token")); }
    void write(const QByteArray &text)
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(text), text.size());
    }
    /// What it says once a reading that it began has been taken in.
    QString afterReading()
    {
        m_token.token();
        QThreadPool::globalInstance()->waitForDone();
        QTest::qWait(0); // the answer
        QTest::qWait(0); // its delivery
        return m_token.token().reveal();
    }

    QTemporaryDir m_folder;
    FakeClock m_clock;
    TokenFile m_token{m_clock};
};

QTEST_GUILESS_MAIN(TokenFileTest)
#include "tst_tokenfile.moc"
