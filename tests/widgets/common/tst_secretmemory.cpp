// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/base/freedmemory.h"
#include "tests/support/memoryscan.h"
#include "widgets/common/secretclipboard.h"
#include "widgets/common/secretrow.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace std::chrono_literals;

/// What is left of a secret in the memory of the program, and so in a core dump, once nobody looks at it any more. On a
/// real screen, whose clipboard other programs share.
class SecretMemoryTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void wipesWhatIsFreed();
    void nothingIsLeftOnceHidden();
    void nothingIsLeftOnceTheClipboardIsCleared();
    void nothingIsLeftOfWhatAnotherProgramPasted();
    void wipesForAsLongAsTheClipboardHoldsIt();

private:
    SecretString secret() const { return SecretString(MemoryScan::veil(m_veiled)); }
    void reveal();

    /// Of letters and digits; never the same twice, so that no test finds what another left.
    QByteArray m_veiled;
    std::unique_ptr<SecretRow> m_row;
};

void SecretMemoryTest::initTestCase()
{
    if (!MemoryScan::isPossible())
        QSKIP("looking into memory takes root");
    if (!FreedMemoryWiping::isPossible())
        QSKIP("takes glibc and no sanitizer");
}

void SecretMemoryTest::init()
{
    QByteArray made;
    {
        const FreedMemoryWiping wiping;
        made = MemoryScan::veil(generatePassword(24).revealUtf8());
    }
    m_veiled = made;
    QCOMPARE(MemoryScan::find(m_veiled).all(), 0);
    m_row = std::make_unique<SecretRow>(QStringLiteral("Password"));
    m_row->setOnDemand(true);
    m_row->resize(600, m_row->height());
    m_row->show();
    QVERIFY(QTest::qWaitForWindowActive(m_row.get()));
}

void SecretMemoryTest::reveal()
{
    connect(m_row.get(), &SecretRow::secretWanted, this, [this] { m_row->setSecret(secret()); });
}

void SecretMemoryTest::wipesWhatIsFreed()
{
    {
        const FreedMemoryWiping wiping;
        QString text = secret().reveal();
        QByteArray grown = secret().revealUtf8();
        grown.reserve(100'000);
        QVERIFY(MemoryScan::find(m_veiled).utf16 > 0);
        text.clear();
    }
    const MemoryScan::Found found = MemoryScan::find(m_veiled);
    QVERIFY2(found.all() == 0, qPrintable(found.where));
}

void SecretMemoryTest::nothingIsLeftOnceHidden()
{
    reveal();
    QTest::mouseClick(m_row->findChild<QWidget *>(QStringLiteral("revealButton")), Qt::LeftButton);
    QVERIFY(m_row->isRevealed());
    QTest::qWait(200); // painted
    QVERIFY(MemoryScan::find(m_veiled).all() > 0);
    QTest::mouseClick(m_row->findChild<QWidget *>(QStringLiteral("revealButton")), Qt::LeftButton);
    QVERIFY(!m_row->isRevealed());
    QTest::qWait(200);
    const MemoryScan::Found found = MemoryScan::find(m_veiled);
    QVERIFY2(found.all() == 0, qPrintable(found.where));
}

void SecretMemoryTest::nothingIsLeftOnceTheClipboardIsCleared()
{
    reveal();
    m_row->setHideAfter(2s);
    m_row->copy();
    QVERIFY(MemoryScan::find(m_veiled).all() > 0);
    QTRY_VERIFY(QGuiApplication::clipboard()->text().isEmpty());
    const MemoryScan::Found found = MemoryScan::find(m_veiled);
    QVERIFY2(found.all() == 0, qPrintable(found.where));
}

void SecretMemoryTest::nothingIsLeftOfWhatAnotherProgramPasted()
{
    reveal();
    m_row->setHideAfter(5s);
    m_row->copy();
    QProcess peer;
    peer.start(QStringLiteral(CLIPBOARD_PEER), {QStringLiteral("paste")});
    QTRY_COMPARE(peer.state(), QProcess::NotRunning);
    QCOMPARE(peer.readAllStandardOutput(), QByteArray("24\n"));
    QTRY_VERIFY_WITH_TIMEOUT(QGuiApplication::clipboard()->text().isEmpty(), 20'000);
    const MemoryScan::Found found = MemoryScan::find(m_veiled);
    QVERIFY2(found.all() == 0, qPrintable(found.where));
}

/// Whoever pastes in that time makes copies.
void SecretMemoryTest::wipesForAsLongAsTheClipboardHoldsIt()
{
    QTRY_VERIFY_WITH_TIMEOUT(!FreedMemoryWiping::isOn(), 20'000);
    reveal();
    m_row->setHideAfter(12s);
    m_row->copy();
    QVERIFY(!m_row->isRevealed());
    for (int second = 0; second < 10; ++second) {
        QTest::qWait(1000);
        QVERIFY(!QGuiApplication::clipboard()->text().isEmpty());
        QVERIFY(FreedMemoryWiping::isOn());
    }
    QTRY_VERIFY_WITH_TIMEOUT(QGuiApplication::clipboard()->text().isEmpty(), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(!FreedMemoryWiping::isOn(), 20'000);
    const MemoryScan::Found found = MemoryScan::find(m_veiled);
    QVERIFY2(found.all() == 0, qPrintable(found.where));
}

QTEST_MAIN(SecretMemoryTest)
#include "tst_secretmemory.moc"
