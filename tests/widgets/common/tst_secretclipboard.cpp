// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/secretclipboard.h"

#include "widgets/common/secretfield.h"
#include "widgets/common/secretrow.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <QToolButton>

#include <csignal>

using namespace std::chrono_literals;

namespace {

QClipboard &clipboard()
{
    return *QGuiApplication::clipboard();
}

QString primary()
{
    return clipboard().text(QClipboard::Selection);
}

bool isMarked(const QString &text)
{
    const QMimeData *data = clipboard().mimeData();
    return data->text() == text && data->data(QStringLiteral("x-kde-passwordManagerHint")) == "secret";
}

/// X turns down who has not yet heard of the owner before: it tries until `ours` has gone.
bool isTakenBy(QProcess &peer, const QMimeData *ours)
{
    const bool isOurs = clipboard().mimeData() == ours;
    if (isOurs)
        peer.write("take it\n");
    return !isOurs;
}

void drag(QWidget *over)
{
    QTest::mousePress(over, Qt::LeftButton, {}, {3, over->height() / 2});
    QTest::mouseMove(over, {40, over->height() / 2});
    QTest::mouseMove(over, {120, over->height() / 2});
    QTest::mouseRelease(over, Qt::LeftButton, {}, {120, over->height() / 2});
}

/// The menu that a widget opens, and what stands in it under `text`.
QAction *openedMenuItem(QWidget *on, const QString &text)
{
    const QPoint place = on->rect().center();
    QContextMenuEvent event(QContextMenuEvent::Mouse, place, on->mapToGlobal(place));
    QCoreApplication::sendEvent(on, &event);
    const auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    if (!menu)
        return nullptr;
    for (QAction *action : menu->actions()) {
        if (action->text().remove(u'&').startsWith(text))
            return action;
    }
    return nullptr;
}

} // namespace

/// What becomes of a secret on a screen that other programs share.
class SecretClipboardTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void asksNobodyElse_data();
    void asksNobodyElse();
    void takesOffWhatIsStillThere();
    void rowKeepsItsValueFromThePrimarySelection();
    void rowCopiesAsASecretByKeyAndMenu();
    void fieldKeepsItsValueFromThePrimarySelection();
    void fieldCopiesAsASecret_data();
    void fieldCopiesAsASecret();
    void fieldCopiesAsASecretFromItsMenu();
    void maskedFieldCopiesNothing();

private:
    void showRow();
    void showField(bool isRevealed = true);

    const SecretString m_secret{QStringLiteral("a secret for this test")};
    std::unique_ptr<SecretRow> m_row;
    std::unique_ptr<SecretField> m_field;
};

void SecretClipboardTest::init()
{
    QCOMPARE(QGuiApplication::platformName(), QStringLiteral("xcb"));
    clipboard().setText(QStringLiteral("before"));
    clipboard().setText(QStringLiteral("before"), QClipboard::Selection);
}

void SecretClipboardTest::cleanup()
{
    while (QWidget *popup = QApplication::activePopupWidget())
        popup->close();
    m_row.reset();
    m_field.reset();
}

void SecretClipboardTest::showRow()
{
    m_row = std::make_unique<SecretRow>(QStringLiteral("Password"));
    m_row->setSecret(m_secret);
    m_row->resize(600, m_row->height());
    m_row->show();
    QVERIFY(QTest::qWaitForWindowActive(m_row.get()));
    m_row->setRevealed(true);
}

void SecretClipboardTest::showField(bool isRevealed)
{
    m_field = std::make_unique<SecretField>();
    m_field->setSecret(m_secret);
    m_field->resize(600, 32);
    m_field->show();
    QVERIFY(QTest::qWaitForWindowActive(m_field.get()));
    m_field->lineEdit()->setFocus();
    m_field->setRevealed(isRevealed);
}

void SecretClipboardTest::asksNobodyElse_data()
{
    QTest::addColumn<bool>("isQuitting");
    QTest::newRow("when its time is over") << false;
    QTest::newRow("when the program ends") << true;
}

/// An owner that has stopped answers nothing: asking it would hold the window up for fifteen seconds.
void SecretClipboardTest::asksNobodyElse()
{
    QFETCH(bool, isQuitting);
    QProcess peer;
    peer.start(QStringLiteral(CLIPBOARD_PEER), {});
    copySecret(m_secret, 2s);
    const QMimeData *ours = clipboard().mimeData();
    QTimer later;
    later.setSingleShot(true);
    QSignalSpy isOver(&later, &QTimer::timeout);
    later.start(2s);
    QTRY_VERIFY(isTakenBy(peer, ours));
    ::kill(pid_t(peer.processId()), SIGSTOP);
    if (isQuitting)
        QMetaObject::invokeMethod(qApp, "aboutToQuit", Qt::DirectConnection);
    else
        QVERIFY(isOver.wait());
    ::kill(pid_t(peer.processId()), SIGCONT);

    peer.closeWriteChannel();
    QVERIFY(peer.waitForFinished());
    QCOMPARE(peer.readAllStandardOutput(), QByteArray());
}

void SecretClipboardTest::takesOffWhatIsStillThere()
{
    copySecret(m_secret, 50ms);
    QVERIFY(isMarked(m_secret.reveal()));
    QTRY_VERIFY(clipboard().text().isEmpty());
}

void SecretClipboardTest::rowKeepsItsValueFromThePrimarySelection()
{
    showRow();
    auto *value = m_row->findChild<QLabel *>(QStringLiteral("valueLabel"));
    QCOMPARE(value->text(), m_secret.reveal());
    drag(value);
    QCOMPARE(primary(), QStringLiteral("before"));
    QTest::mouseDClick(value, Qt::LeftButton, {}, {10, value->height() / 2});
    QCOMPARE(primary(), QStringLiteral("before"));
}

void SecretClipboardTest::rowCopiesAsASecretByKeyAndMenu()
{
    showRow();
    auto *value = m_row->findChild<QLabel *>(QStringLiteral("valueLabel"));
    auto *reveal = m_row->findChild<QToolButton *>(QStringLiteral("revealButton"));
    reveal->setFocus();
    QTest::keyClick(reveal, Qt::Key_C, Qt::ControlModifier);
    QVERIFY(isMarked(m_secret.reveal()));

    clipboard().setText(QStringLiteral("before"));
    QAction *copy = openedMenuItem(value, QStringLiteral("Copy"));
    QVERIFY(copy);
    copy->trigger();
    QVERIFY(isMarked(m_secret.reveal()));
}

void SecretClipboardTest::fieldKeepsItsValueFromThePrimarySelection()
{
    showField();
    drag(m_field->lineEdit());
    QVERIFY(m_field->lineEdit()->hasSelectedText());
    QCOMPARE(primary(), QStringLiteral("before"));
    QTest::mouseDClick(m_field->lineEdit(), Qt::LeftButton, {}, {10, 10});
    QCOMPARE(primary(), QStringLiteral("before"));
}

void SecretClipboardTest::fieldCopiesAsASecret_data()
{
    QTest::addColumn<QKeySequence>("keys");
    QTest::addColumn<bool>("isTaken");
    QTest::newRow("copy") << QKeySequence(Qt::CTRL | Qt::Key_C) << false;
    QTest::newRow("copy as of old") << QKeySequence(Qt::CTRL | Qt::Key_Insert) << false;
    QTest::newRow("cut") << QKeySequence(Qt::CTRL | Qt::Key_X) << true;
    QTest::newRow("cut as of old") << QKeySequence(Qt::SHIFT | Qt::Key_Delete) << true;
    QTest::newRow("delete to the end") << QKeySequence(Qt::CTRL | Qt::Key_K) << true;
    QTest::newRow("delete all") << QKeySequence(Qt::CTRL | Qt::Key_U) << true;
}

void SecretClipboardTest::fieldCopiesAsASecret()
{
    QFETCH(QKeySequence, keys);
    showField();
    m_field->lineEdit()->setSelection(int(m_secret.reveal().size()), -int(m_secret.reveal().size()));
    QTest::keySequence(m_field->lineEdit(), keys);
    QVERIFY2(isMarked(m_secret.reveal()), qPrintable(clipboard().text()));
    QTEST(m_field->lineEdit()->text().isEmpty(), "isTaken");
    QCOMPARE(primary(), QStringLiteral("before"));
}

void SecretClipboardTest::fieldCopiesAsASecretFromItsMenu()
{
    showField();
    m_field->lineEdit()->selectAll();
    QAction *copy = openedMenuItem(m_field->lineEdit(), QStringLiteral("Copy"));
    QVERIFY(copy);
    copy->trigger();
    QVERIFY(isMarked(m_secret.reveal()));
    QApplication::activePopupWidget()->close();

    clipboard().setText(QStringLiteral("before"));
    QAction *cut = openedMenuItem(m_field->lineEdit(), QStringLiteral("Cut"));
    QVERIFY(cut);
    cut->trigger();
    QVERIFY(isMarked(m_secret.reveal()));
    QVERIFY(m_field->lineEdit()->text().isEmpty());
}

void SecretClipboardTest::maskedFieldCopiesNothing()
{
    showField(false);
    m_field->lineEdit()->selectAll();
    QTest::keySequence(m_field->lineEdit(), QKeySequence(Qt::CTRL | Qt::Key_C));
    QCOMPARE(clipboard().text(), QStringLiteral("before"));
    drag(m_field->lineEdit());
    QCOMPARE(primary(), QStringLiteral("before"));
}

QTEST_MAIN(SecretClipboardTest)
#include "tst_secretclipboard.moc"
