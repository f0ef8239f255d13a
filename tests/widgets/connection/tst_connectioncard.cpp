// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/runtimegallery/madeupruntime.h"
#include "widgets/common/copyablerow.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/secretrow.h"
#include "widgets/common/segmentedchoice.h"
#include "widgets/common/steplist.h"
#include "widgets/connection/connectioncard.h"
#include "widgets/connection/testview.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

namespace {

const QString password = QStringLiteral("made-up-and-only-here");

/// Everything that a person could read on `widget` now or by hovering.
QStringList textsOf(const QWidget &widget)
{
    QStringList texts;
    for (const QWidget *child : widget.findChildren<QWidget *>()) {
        texts << child->toolTip() << child->accessibleName() << child->accessibleDescription();
        if (const auto *label = qobject_cast<const QLabel *>(child))
            texts << label->text();
        if (const auto *edit = qobject_cast<const QLineEdit *>(child))
            texts << edit->displayText();
        if (const auto *edit = qobject_cast<const QPlainTextEdit *>(child))
            texts << edit->toPlainText();
    }
    return texts;
}

bool isShown(const QWidget &widget)
{
    return textsOf(widget).join(QLatin1Char('\n')).contains(password);
}

} // namespace

class TestConnectionCard final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void asksForThePasswordOnlyOnReveal();
    void copiesWithoutShowing();
    void forgetsWhenHidden();
    void masksTheClientUrl();
    void ignoresAnAnswerForAnotherAccount();
    void saysWhyThePasswordCantBeRead();
    void keepsTheChosenAccount();
    void saysWhyThereAreNoAccounts();
    void namesThePermissionThatThePasswordTakes();
    void saysHowTheWebSocketIsReached();
    void warnsOfAPasswordThatStandsEncodedInTheUrl();
    void namesTheContextInItsCommands();
    void doesWithoutItsPicker();
    void showsOneTopicOfExamplesAtATime();
    void offersATestOnceItIsJoined();
    void showsHowFarATestCame();

private:
    SecretRow *row(const char *name) const { return m_card->findChild<SecretRow *>(QLatin1String(name)); }
    static QToolButton *button(const SecretRow *row, const char *name)
    {
        return row->findChild<QToolButton *>(QLatin1String(name));
    }

    std::unique_ptr<ConnectionCard> m_card;
};

void TestConnectionCard::init()
{
    m_card = std::make_unique<ConnectionCard>();
    m_card->setAccounts(MadeUp::accounts());
    m_card->show();
    m_card->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_card.get()));
}

void TestConnectionCard::asksForThePasswordOnlyOnReveal()
{
    QSignalSpy wanted(m_card.get(), &ConnectionCard::passwordWanted);
    QCOMPARE(wanted.count(), 0);
    button(row("passwordRow"), "revealButton")->click();
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted.first().first().toString(), QStringLiteral("default"));
    QVERIFY(!isShown(*m_card));
    m_card->setPassword(QStringLiteral("default"), SecretString(password));
    QVERIFY(isShown(*m_card));
    button(row("passwordRow"), "revealButton")->click();
    QVERIFY(!isShown(*m_card));
}

void TestConnectionCard::copiesWithoutShowing()
{
    button(row("passwordRow"), "copyButton")->click();
    m_card->setPassword(QStringLiteral("default"), SecretString(password));
    QCOMPARE(QGuiApplication::clipboard()->text(), password);
    QVERIFY(!isShown(*m_card));
    QVERIFY(row("passwordRow")->secret().isEmpty());
}

void TestConnectionCard::forgetsWhenHidden()
{
    button(row("passwordRow"), "revealButton")->click();
    m_card->setPassword(QStringLiteral("default"), SecretString(password));
    m_card->findChild<SegmentedChoice *>(QStringLiteral("connectionViewChoice"))->setCurrentIndex(2);
    QVERIFY(row("passwordRow")->secret().isEmpty());
    QVERIFY(!isShown(*m_card));
}

void TestConnectionCard::masksTheClientUrl()
{
    m_card->findChild<SegmentedChoice *>(QStringLiteral("connectionViewChoice"))->setCurrentIndex(1);
    QVERIFY(textsOf(*m_card).join(QLatin1Char('\n')).contains(QStringLiteral("nats://default:•")));
    button(row("clientUrlRow"), "revealButton")->click();
    m_card->setPassword(QStringLiteral("default"), SecretString(password));
    const QString url = QStringLiteral("nats://default:%1@nats.pennant-messaging.svc.cluster.local:4222").arg(password);
    QCOMPARE(row("clientUrlRow")->secret().reveal(), url);
    QVERIFY(row("passwordRow")->secret().isEmpty());
}

void TestConnectionCard::ignoresAnAnswerForAnotherAccount()
{
    button(row("passwordRow"), "revealButton")->click();
    m_card->findChild<QComboBox *>(QStringLiteral("connectionAccountCombo"))->setCurrentIndex(1);
    m_card->setPassword(QStringLiteral("default"), SecretString(password));
    QVERIFY(!isShown(*m_card));
    QVERIFY(!row("passwordRow")->isWanted());
}

void TestConnectionCard::saysWhyThePasswordCantBeRead()
{
    button(row("passwordRow"), "revealButton")->click();
    m_card->setPasswordError(QStringLiteral("default"),
        {Error::Kind::Forbidden, QStringLiteral("You may not read Secrets here."), {}, {}, {}});
    const auto *message = m_card->findChild<InlineMessage *>(QStringLiteral("passwordErrorMessage"));
    QVERIFY(message->isVisible());
    QCOMPARE(message->title(), QStringLiteral("You may not read Secrets here."));
    QVERIFY(!row("passwordRow")->isWanted());
    button(row("passwordRow"), "revealButton")->click();
    QVERIFY(!message->isVisible());
}

void TestConnectionCard::keepsTheChosenAccount()
{
    auto *combo = m_card->findChild<QComboBox *>(QStringLiteral("connectionAccountCombo"));
    combo->setCurrentIndex(1);
    QList<Account> accounts = MadeUp::accounts();
    Account first = accounts.first();
    first.name = QStringLiteral("billing");
    accounts.prepend(first);
    m_card->setAccounts(accounts);
    QCOMPARE(m_card->currentAccount(), QStringLiteral("orders"));
    m_card->setAccounts({accounts.first()});
    QCOMPARE(m_card->currentAccount(), QStringLiteral("billing"));
}

void TestConnectionCard::saysWhyThereAreNoAccounts()
{
    m_card->setAccounts({}, Error{Error::Kind::Server, QStringLiteral("The API server failed."), {}, {}, {}});
    const auto *message = m_card->findChild<InlineMessage *>(QStringLiteral("accountsProblemMessage"));
    QVERIFY(message->isVisible());
    QCOMPARE(message->tone(), Tone::Bad);
    const auto *view = m_card->findChild<SegmentedChoice *>(QStringLiteral("connectionViewChoice"));
    QVERIFY(!view->isEnabled());
    QCOMPARE(view->toolTip(), QStringLiteral("The API server failed."));
    QCOMPARE(message->title(), QStringLiteral("The API server failed."));
    QVERIFY(!m_card->findChild<QComboBox *>(QStringLiteral("connectionAccountCombo"))->isVisible());
}

void TestConnectionCard::namesThePermissionThatThePasswordTakes()
{
    const QString reason = QStringLiteral("You may not get secrets/nats-account-default.");
    m_card->setRevealAccess(Access::no(reason), QStringLiteral("kind: Role"));
    auto *reveal = button(row("passwordRow"), "revealButton");
    QVERIFY(!reveal->isEnabled());
    QCOMPARE(reveal->toolTip(), reason);
    QVERIFY(!button(row("clientUrlRow"), "copyButton")->isEnabled());
    row("passwordRow")->copy(); // by Ctrl+C
    QVERIFY(!row("passwordRow")->isWanted());
    const auto *message = m_card->findChild<InlineMessage *>(QStringLiteral("passwordRefusedMessage"));
    QVERIFY(message->isVisible());
    QCOMPARE(message->text(), reason);
    message->actionButton()->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("kind: Role"));
    m_card->setRevealAccess(Access::yes(), {});
    QVERIFY(reveal->isEnabled() && !message->isVisible());
}

void TestConnectionCard::saysHowTheWebSocketIsReached()
{
    const auto *hint = m_card->findChild<QLabel *>(QStringLiteral("webSocketHintLabel"));
    QVERIFY(hint->isVisible());
    QVERIFY2(hint->text().contains(QStringLiteral("ws://localhost:8080")), qPrintable(hint->text()));
    auto *command = m_card->findChild<CopyableRow *>(QStringLiteral("webSocketForwardingRow"));
    QVERIFY(command->isVisible());
    QVERIFY2(command->value().endsWith(QStringLiteral("port-forward svc/nats 8080")), qPrintable(command->value()));
    QList<Account> accounts = MadeUp::accounts();
    accounts.first().connection.webSocketUrl.clear();
    m_card->setAccounts(accounts);
    QVERIFY(!hint->isVisible());
    QVERIFY(!command->isVisible());
}

void TestConnectionCard::warnsOfAPasswordThatStandsEncodedInTheUrl()
{
    m_card->findChild<SegmentedChoice *>(QStringLiteral("connectionViewChoice"))->setCurrentIndex(1);
    const auto *note = m_card->findChild<QLabel *>(QStringLiteral("clientUrlEncodedLabel"));
    QVERIFY(!note->isVisible());
    button(row("clientUrlRow"), "copyButton")->click();
    m_card->setPassword(QStringLiteral("default"), SecretString(password));
    QVERIFY(!note->isVisible());
    button(row("clientUrlRow"), "copyButton")->click();
    m_card->setPassword(QStringLiteral("default"), SecretString(QStringLiteral("p@ss:w/$x#%{é")));
    QVERIFY(note->isVisible());
    QVERIFY2(note->text().contains(QStringLiteral("user and password separately")), qPrintable(note->text()));
    m_card->findChild<QComboBox *>(QStringLiteral("connectionAccountCombo"))->setCurrentIndex(1);
    QVERIFY(!note->isVisible());
}

void TestConnectionCard::namesTheContextInItsCommands()
{
    m_card->setKubectl({QStringLiteral("prod"), {}});
    const QString texts = textsOf(*m_card).join(QLatin1Char('\n'));
    QVERIFY(texts.contains(QStringLiteral("kubectl --context prod -n ")));
    QVERIFY2(!texts.contains(QStringLiteral("kubectl -n ")), qPrintable(texts));
}

void TestConnectionCard::doesWithoutItsPicker()
{
    const auto *combo = m_card->findChild<QComboBox *>(QStringLiteral("connectionAccountCombo"));
    QVERIFY(combo->isVisible());
    m_card->setPicker(false);
    m_card->test()->show();
    QVERIFY(!combo->isVisible());
    m_card->setAccounts({MadeUp::accounts().last()});
    QCOMPARE(m_card->currentAccount(), MadeUp::accounts().last().name);
    for (int view = 0; view < 3; ++view) {
        m_card->findChild<SegmentedChoice *>(QStringLiteral("connectionViewChoice"))->setCurrentIndex(view);
        QTRY_VERIFY2(m_card->minimumSizeHint().width() <= 420,
            qPrintable(QStringLiteral("view %1: %2").arg(view).arg(m_card->minimumSizeHint().width())));
    }
}

void TestConnectionCard::showsOneTopicOfExamplesAtATime()
{
    m_card->findChild<SegmentedChoice *>(QStringLiteral("connectionViewChoice"))->setCurrentIndex(2);
    auto *topic = m_card->findChild<QComboBox *>(QStringLiteral("exampleTopicCombo"));
    QCOMPARE(topic->count(), 7);
    const auto codes = [this] {
        QStringList texts;
        for (const QPlainTextEdit *edit : m_card->findChildren<QPlainTextEdit *>(QStringLiteral("exampleEdit")))
            texts.append(edit->toPlainText());
        return texts;
    };
    QCOMPARE(codes().size(), 2);
    topic->setCurrentIndex(topic->findText(QStringLiteral("Go")));
    QCOMPARE(codes().size(), 3);
    QVERIFY(codes()[1].startsWith(QStringLiteral("package main")));
    m_card->findChildren<QPushButton *>(QStringLiteral("copyExampleButton"))[1]->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), codes()[1]);
    m_card->setAccounts({MadeUp::accounts().last()});
    QCOMPARE(topic->currentText(), QStringLiteral("Go"));
}

void TestConnectionCard::offersATestOnceItIsJoined()
{
    auto *button = m_card->findChild<QPushButton *>(QStringLiteral("testConnectionButton"));
    QVERIFY(!button->isVisible());
    m_card->test()->show();
    RuntimePod ready;
    ready.name = QStringLiteral("nats-1");
    ready.ready = true;
    RuntimePod starting;
    starting.name = QStringLiteral("nats-0");
    m_card->test()->setPods({starting, ready});
    auto *pod = m_card->findChild<QComboBox *>(QStringLiteral("testPodCombo"));
    QSignalSpy asked(m_card->test(), &TestView::testRequested);
    button->click();
    QCOMPARE(asked.takeFirst().first().toString(), QString());
    QCOMPARE(pod->itemText(1), QStringLiteral("nats-0 (not ready)"));
    pod->setCurrentIndex(2);
    m_card->test()->setPods({ready});
    QCOMPARE(pod->currentText(), QStringLiteral("nats-1"));
    button->click();
    QCOMPARE(asked.takeFirst().first().toString(), QStringLiteral("nats-1"));
}

void TestConnectionCard::showsHowFarATestCame()
{
    TestView *test = m_card->test();
    test->show();
    auto *button = m_card->findChild<QPushButton *>(QStringLiteral("testConnectionButton"));
    const auto *message = m_card->findChild<InlineMessage *>(QStringLiteral("connectionTestMessage"));
    const auto *stages = m_card->findChild<StepList *>(QStringLiteral("connectionStageList"));
    RuntimeStep login{QStringLiteral("login"), QStringLiteral("Login"), RuntimeStep::State::Current, {}, {}, {}};
    test->setTest({login}, true, {});
    QVERIFY(stages->isVisible() && !message->isVisible());
    QSignalSpy stopped(test, &TestView::stopRequested);
    button->click();
    QCOMPARE(stopped.count(), 1);
    login.state = RuntimeStep::State::Failed;
    test->setTest({login}, false,
        Error{Error::Kind::Unauthorized, QStringLiteral("Refused."), QStringLiteral("the server's words"), {}, {}});
    QCOMPARE(message->tone(), Tone::Bad);
    QCOMPARE(message->title(), QStringLiteral("Clients can't connect"));
    QCOMPARE(message->detail(), QStringLiteral("the server's words"));
    login.state = RuntimeStep::State::Done;
    login.elapsed = std::chrono::milliseconds(1200);
    test->setTest({login}, false, {});
    QCOMPARE(message->tone(), Tone::Good);
    QVERIFY2(message->text().contains(QStringLiteral("1.2 s")), qPrintable(message->text()));
    test->forget();
    QVERIFY(!stages->isVisible() && !message->isVisible());
}

QTEST_MAIN(TestConnectionCard)
#include "tst_connectioncard.moc"
