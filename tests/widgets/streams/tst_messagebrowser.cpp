// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/streams/messagebrowser.h"

#include "services/base/runningoperations.h"
#include "services/messaging/messageexport.h"
#include "tests/support/messagesfixture.h"
#include "widgets/common/actionquestion.h"
#include "widgets/common/copyablerow.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/segmentedchoice.h"
#include "widgets/common/switch.h"
#include "widgets/common/tableview.h"
#include "widgets/objects/messageview.h"
#include "widgets/streams/headereditor.h"
#include "widgets/streams/messageoutput.h"
#include "widgets/streams/payloadedit.h"
#include "widgets/streams/publishdialog.h"
#include "widgets/streams/streamspage.h"

#include <QClipboard>
#include <QDateTimeEdit>
#include <QFileDialog>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace std::chrono_literals;

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

} // namespace

class MessageBrowserTest final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<MessagesFixture> m_fixture;
    std::unique_ptr<MessageBrowser> m_browser;

    template <typename T> T *child(const char *name) const { return m_browser->findChild<T *>(text(name)); }
    TableView *table() const { return child<TableView>("messageTable"); }
    int rows() const { return table()->model()->rowCount(); }
    QString cell(int row, int column) const { return table()->model()->index(row, column).data().toString(); }
    QString payload() const { return child<QPlainTextEdit>("payloadText")->toPlainText(); }
    bool passes(const std::function<bool()> &condition) { return m_fixture->base.passTimeUntil(condition); }
    void type(const char *edit, const QString &words)
    {
        auto *line = child<QLineEdit>(edit);
        line->setFocus();
        line->selectAll();
        QTest::keyClicks(line, words);
        QTest::keyClick(line, Qt::Key_Return);
    }

    /// With `count` messages, every tenth of them on orders.rare.
    bool open(int count)
    {
        m_fixture = std::make_unique<MessagesFixture>();
        for (int i = 1; i <= count; ++i)
            m_fixture->messages.add(
                i % 10 ? text("orders.often") : text("orders.rare"), "{\"n\":" + QByteArray::number(i) + "}");
        if (!m_fixture->start())
            return false;
        m_browser =
            std::make_unique<MessageBrowser>(m_fixture->service, m_fixture->base.clock, m_fixture->id, text("staging"));
        m_browser->show();
        const int shown = std::min(count, 50);
        return passes([this, shown] { return rows() == shown && !payloadIsDue(shown); });
    }
    bool payloadIsDue(int shown) const { return shown > 0 && payload().isEmpty(); }

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(text("pennant-tests"));
    }
    void init() { QSettings().clear(); }
    void cleanup()
    {
        m_browser.reset();
        m_fixture.reset();
    }

    void beginsWithTheNewest()
    {
        QVERIFY(open(120));
        QVERIFY(m_browser->windowTitle().contains(text("orders")));
        QVERIFY(m_browser->windowTitle().contains(text("staging")));
        QCOMPARE(cell(0, MessageTableModel::SequenceColumn), text("71"));
        QCOMPARE(cell(49, MessageTableModel::SequenceColumn), text("120"));
        QCOMPARE(table()->currentIndex().row(), 49);
        QCOMPARE(payload(), text("{\n  \"n\": 120\n}"));
        QVERIFY(child<QPushButton>("olderMessagesButton")->isEnabled());
        QVERIFY(!child<QPushButton>("newerMessagesButton")->isEnabled());
        QVERIFY(!child<QPushButton>("newerMessagesButton")->toolTip().isEmpty());
    }

    void turnsPages()
    {
        QVERIFY(open(120));
        child<QPushButton>("olderMessagesButton")->click();
        QVERIFY(passes([this] { return cell(0, 0) == text("21"); }));
        QCOMPARE(table()->currentIndex().row(), 49);
        child<QPushButton>("firstMessagesButton")->click();
        QVERIFY(passes([this] { return cell(0, 0) == text("1"); }));
        QVERIFY(!child<QPushButton>("olderMessagesButton")->isEnabled());
        child<QPushButton>("newerMessagesButton")->click();
        QVERIFY(passes([this] { return cell(0, 0) == text("51"); }));
        QCOMPARE(table()->currentIndex().row(), 0);
        child<QPushButton>("lastMessagesButton")->click();
        QVERIFY(passes([this] { return cell(0, 0) == text("71"); }));
    }

    void turnsPagesByTheKeysThatGoAlongRows()
    {
        QVERIFY(open(120));
        QTest::keyClick(table(), Qt::Key_Home);
        QVERIFY(passes([this] { return cell(0, 0) == text("1"); }));
        QTest::keyClick(table(), Qt::Key_Down);
        QCOMPARE(table()->currentIndex().row(), 1);
        QTest::keyClick(table(), Qt::Key_Up);
        QTest::keyClick(table(), Qt::Key_Up);
        QCOMPARE(cell(0, 0), text("1"));
        QTest::keyClick(table(), Qt::Key_End);
        QVERIFY(passes([this] { return cell(0, 0) == text("71"); }));
        table()->setCurrentIndex(table()->model()->index(0, 0));
        QTest::keyClick(table(), Qt::Key_Up);
        QVERIFY(passes([this] { return cell(0, 0) == text("21"); }));
        QCOMPARE(table()->currentIndex().row(), 49);
        QTest::keyClick(table(), Qt::Key_PageDown);
        QVERIFY(passes([this] { return cell(0, 0) == text("71"); }));
        QTest::keyClick(m_browser.get(), Qt::Key_Escape);
        QVERIFY(!m_browser->isVisible());
    }

    void narrowsToASubject()
    {
        QVERIFY(open(120));
        type("messageSubjectEdit", text("*.rare"));
        QVERIFY(passes([this] { return rows() == 12; }));
        QCOMPARE(cell(0, MessageTableModel::SubjectColumn), text("orders.rare"));
        auto *subject = child<QLineEdit>("messageSubjectEdit");
        subject->setText(text("orders..x"));
        QVERIFY(child<QWidget>("messageFilterProblem")->isVisible());
        m_fixture->base.passTime(2s);
        QCOMPARE(rows(), 12);
        subject->setText(text("never"));
        QVERIFY(passes([this] { return child<EmptyState>("messageEmpty")->isVisible() && rows() == 0; }));
        QVERIFY(!child<QPushButton>("deleteMessageButton")->isEnabled());
        subject->clear();
        QVERIFY(passes([this] { return rows() == 50; }));
    }

    void goesToASequenceOrATime()
    {
        QVERIFY(open(120));
        m_fixture->messages.erase(30);
        type("messageSequenceEdit", text("30"));
        QVERIFY(passes([this] { return cell(0, 0) == text("31"); }));
        child<SegmentedChoice>("messageWhereChoice")->setCurrentIndex(1);
        child<QDateTimeEdit>("messageTimeEdit")->setDateTime(FakeMessages::timeOf(90).toLocalTime());
        child<QPushButton>("goToMessageButton")->click();
        QVERIFY(passes([this] { return cell(0, 0) == text("90"); }));
        child<SegmentedChoice>("messageWhereChoice")->setCurrentIndex(0);
        type("messageSequenceEdit", text("ninety"));
        QVERIFY(child<QWidget>("messageFilterProblem")->isVisible());
    }

    void showsWhatAMessageHolds()
    {
        QVERIFY(open(3));
        m_fixture->messages.add(
            text("orders.often"), QByteArray("\0\x01\xff", 3), "NATS/1.0\r\nNats-Msg-Id: abc\r\nX: y\r\n\r\n");
        child<QPushButton>("lastMessagesButton")->click();
        QVERIFY(passes([this] { return rows() == 4 && payload().startsWith(text("00000000")); }));
        QCOMPARE(child<SegmentedChoice>("payloadFaceChoice")->currentIndex(), 2);
        QCOMPARE(cell(3, MessageTableModel::HeadersColumn), text("2"));
        // a person's choice stands for the messages after it
        child<SegmentedChoice>("payloadFaceChoice")->choose(0);
        QVERIFY(passes([this] { return !payload().startsWith(text("00000000")); }));
        table()->setCurrentIndex(table()->model()->index(0, 0));
        QVERIFY(passes([this] { return payload() == text("{\"n\":1}"); }));
        child<QPushButton>("copyPayloadButton")->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), text("{\"n\":1}"));
    }

    void showsTheBeginningOfWhatIsHuge()
    {
        QVERIFY(open(1));
        m_fixture->messages.add(text("orders.often"), QByteArray(5'000'000, 'x'));
        child<QPushButton>("lastMessagesButton")->click();
        QVERIFY(passes([this] { return rows() == 2 && payload().size() > 60'000; }));
        QVERIFY(payload().size() < 100'000);
        QVERIFY(child<QLabel>("payloadNote")->isVisible());
        QTemporaryDir folder;
        child<QPushButton>("savePayloadButton")->click();
        auto *dialog = child<QFileDialog>("saveMessagesDialog");
        const QString file = folder.filePath(text("payload.bin"));
        Q_EMIT dialog->fileSelected(file);
        dialog->close();
        auto *message = child<InlineMessage>("messageOutputMessage");
        QVERIFY(passes([message] { return message->isVisible(); }));
        QCOMPARE(message->tone(), Tone::Good);
        QCOMPARE(QFileInfo(file).size(), 5'000'000);
    }

    void deletesAfterAQuestion()
    {
        QVERIFY(open(3));
        child<QPushButton>("deleteMessageButton")->click();
        auto *question = child<QDialog>("deleteMessageDialog");
        QVERIFY(question);
        question->findChild<QPushButton *>(text("cancelDeleteMessageButton"))->click();
        QTest::qWait(1);
        table()->setFocus();
        QTest::keyClick(table(), Qt::Key_Delete);
        question = child<QDialog>("deleteMessageDialog");
        QVERIFY(question);
        question->findChild<QPushButton *>(text("confirmDeleteMessageButton"))->click();
        QVERIFY(passes([this] { return rows() == 2; }));
        QVERIFY(!m_fixture->messages.messages().contains(3));
        QCOMPARE(child<InlineMessage>("messageBrowserMessage")->tone(), Tone::Good);
    }

    void saysWhyNothingIsDeleted()
    {
        QVERIFY(open(3));
        m_fixture->configure({{text("deny_delete"), true}});
        QVERIFY(passes([this] { return !child<QPushButton>("deleteMessageButton")->isEnabled(); }));
        QVERIFY(child<QPushButton>("deleteMessageButton")->toolTip().contains(text("deny_delete")));
    }

    void followsWhatComes()
    {
        QVERIFY(open(3));
        child<Switch>("liveMessagesSwitch")->click();
        QCOMPARE(rows(), 0);
        QVERIFY(!child<QPushButton>("firstMessagesButton")->isEnabled());
        m_fixture->messages.add(text("orders.often"));
        QVERIFY(passes([this] { return rows() == 1; }));
        QCOMPARE(cell(0, 0), text("4"));
        auto *pause = child<QPushButton>("pauseMessagesButton");
        pause->click();
        m_fixture->base.passTime(3s);
        m_fixture->messages.add(text("orders.often"));
        m_fixture->base.passTime(3s);
        QCOMPARE(rows(), 1);
        pause->click();
        QVERIFY(passes([this] { return rows() == 2; }));
        child<Switch>("liveMessagesSwitch")->click();
        QVERIFY(passes([this] { return rows() == 5; }));
        QVERIFY(!pause->isVisible());
    }

    void exportsWhatIsChosen()
    {
        QVERIFY(open(120));
        child<QPushButton>("exportMessagesButton")->click();
        auto *dialog = child<QDialog>("exportMessagesDialog");
        QVERIFY(dialog);
        dialog->findChild<QLineEdit *>(text("exportFirstEdit"))->setText(text("11"));
        dialog->findChild<QLineEdit *>(text("exportLastEdit"))->setText(text("5"));
        QVERIFY(!dialog->findChild<QPushButton *>(text("confirmExportButton"))->isEnabled());
        dialog->findChild<QLineEdit *>(text("exportLastEdit"))->setText(text("100"));
        dialog->findChild<QPushButton *>(text("confirmExportButton"))->click();
        auto *place = child<QFileDialog>("saveMessagesDialog");
        QVERIFY(place);
        QTemporaryDir folder;
        const QString path = folder.filePath(text("out.ndjson"));
        Q_EMIT place->fileSelected(path);
        place->close();
        auto *message = child<InlineMessage>("messageOutputMessage");
        QVERIFY(passes([message] { return message->isVisible(); }));
        QVERIFY2(message->title().contains(text("90")), qPrintable(message->title()));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll().count('\n'), 90);
    }

    /// A window for each stream, which outlives its closing only with a message that was begun.
    void opensFromTheStreams()
    {
        QVERIFY(open(3));
        m_browser.reset();
        StreamsPage page(m_fixture->base.runtime, m_fixture->base.accounts, m_fixture->streams, m_fixture->base.clock);
        page.setMessages(m_fixture->service, text("staging"));
        page.show();
        page.open(m_fixture->id);
        auto *button = page.findChild<QPushButton *>(text("browseMessagesButton"));
        QVERIFY(passes([button] { return button->isVisible() && button->isEnabled(); }));
        button->click();
        QPointer<MessageBrowser> browser = page.findChild<MessageBrowser *>();
        QVERIFY(browser && browser->isWindow() && browser->isVisible());
        QCOMPARE(page.browse(m_fixture->id), browser.data());
        QTest::keyClick(browser.data(), Qt::Key_Escape);
        QTRY_VERIFY(!browser);
        browser = page.browse(m_fixture->id);
        QVERIFY(passes(
            [&browser] { return browser->findChild<QPushButton *>(text("publishMessageButton"))->isEnabled(); }));
        browser->showPublishing();
        browser->close();
        QTest::qWait(10);
        QCOMPARE(page.browse(m_fixture->id), browser.data());
    }

    void copiesAHeaderAsTheMessageHoldsIt()
    {
        auto message = std::make_shared<StreamMessage>();
        const QString held = QStringLiteral("a\tb  c\u202Ed\u0007e");
        message->headerBlock = "NATS/1.0\r\nX-Odd: " + held.toUtf8() + "\r\n\r\n";
        MessageView view;
        view.setMessage(message);
        QCOMPARE(message->headers().constFirst().value, held);
        auto *row = view.findChild<CopyableRow *>();
        QVERIFY(row && row->value() != held); // what is shown is safe to show
        row->findChild<QToolButton *>(text("copyButton"))->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), held);
        QGuiApplication::clipboard()->clear();
        auto *value = row->findChild<QLineEdit *>(text("valueEdit"));
        value->selectAll();
        QTest::keySequence(value, QKeySequence::Copy);
        QCOMPARE(QGuiApplication::clipboard()->text(), held);
        value->setSelection(0, 1);
        QTest::keySequence(value, QKeySequence::Copy);
        QCOMPARE(QGuiApplication::clipboard()->text(), text("a"));
    }

    void knowsAPublicationThatWasBegun()
    {
        QVERIFY(open(3));
        QVERIFY(passes([this] { return child<QPushButton>("publishMessageButton")->isEnabled(); }));
        m_browser->showPublishing();
        auto *dialog = child<PublishDialog>("publishDialog");
        QVERIFY(!dialog->hasDraft());
        auto *subject = dialog->findChild<QLineEdit *>(text("publishSubjectEdit"));
        QTest::keyClicks(subject, text("orders.new"));
        QVERIFY(dialog->hasDraft());
        dialog->reject();
        m_browser->close();
        QVERIFY(!dialog->isVisible());
        QVERIFY(dialog->hasDraft());
        m_browser->show();
        m_browser->showPublishing();
        m_fixture->server().stand(text("orders.new"),
            [](const QJsonObject &) -> Result<QByteArray> { return QByteArray("{\"stream\":\"orders\",\"seq\":4}"); });
        dialog->findChild<QPushButton *>(text("confirmPublishButton"))->click();
        QVERIFY(passes([dialog] { return !dialog->hasDraft(); })); // what was stored is no draft
        dialog->findChild<QPlainTextEdit *>(text("publishPayloadEdit"))->setPlainText(text("more"));
        QVERIFY(dialog->hasDraft());
    }

    void listsAnExportWhileItRuns()
    {
        QVERIFY(open(3));
        RunningOperations operations;
        m_browser->listIn(&operations);
        const QTemporaryDir folder;
        auto *output = m_browser->findChild<MessageOutput *>();
        output->exportRange({{}, 1, 3});
        Q_EMIT child<QFileDialog>("saveMessagesDialog")->fileSelected(folder.filePath(text("orders.ndjson")));
        QCOMPARE(operations.titles(), QStringList{text("Export of messages of orders")});
        operations.all().constFirst().stop();
        QCOMPARE(operations.titles(), QStringList());
        QVERIFY(!output->isRunning());
        m_browser.reset();
    }

    void publishesWhatWasTyped()
    {
        PayloadEdit edit;
        const QString typed = QString(QStringLiteral("10")) + QChar(QChar::Nbsp) + QChar(0x20AC) + QLatin1Char('\n')
            + QStringLiteral("x") + QChar(QChar::LineSeparator) + QStringLiteral("y\n");
        edit.setPlainText(typed);
        QCOMPARE(edit.payload(), typed.toUtf8());
        QGuiApplication::clipboard()->setText(QString(PayloadEdit::mostPasted + 1, QLatin1Char('x')));
        edit.paste();
        QCOMPARE(edit.payload(), typed.toUtf8());
        QGuiApplication::clipboard()->setText(text("z"));
        edit.moveCursor(QTextCursor::End);
        edit.paste();
        QTest::keyClick(&edit, Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(edit.payload(), (typed + text("z\n")).toUtf8());
    }

    /// One click would purge the stream.
    void asksBeforeARollUp()
    {
        QVERIFY(open(3));
        QVERIFY(passes([this] { return child<QPushButton>("publishMessageButton")->isEnabled(); }));
        m_browser->showPublishing();
        auto *dialog = child<PublishDialog>("publishDialog");
        auto *publish = dialog->findChild<QPushButton *>(text("confirmPublishButton"));
        QTest::keyClicks(dialog->findChild<QLineEdit *>(text("publishSubjectEdit")), text("orders.new"));
        auto *headers = dialog->findChild<HeaderEditor *>();
        m_fixture->server().stand(text("orders.new"),
            [](const QJsonObject &) -> Result<QByteArray> { return QByteArray("{\"stream\":\"orders\",\"seq\":4}"); });
        for (const char *rollUp : {"all", "sub"}) {
            if (qstrcmp(rollUp, "all") == 0)
                headers->addHeader(text("Nats-Rollup"), text(rollUp));
            else
                headers->setValue(text("Nats-Rollup"), text(rollUp));
            const int before = m_fixture->server().count(text("orders.new"));
            publish->click();
            QVERIFY(passes([dialog] { return dialog->findChild<ActionQuestion *>(); }));
            QPointer<ActionQuestion> question = dialog->findChild<ActionQuestion *>();
            m_fixture->base.passTime(1s);
            QCOMPARE(m_fixture->server().count(text("orders.new")), before);
            QString said;
            for (const QLabel *label : question->findChildren<QLabel *>())
                said += label->text();
            QVERIFY2(said.contains(text("Nats-Rollup")), qPrintable(said));
            QVERIFY2(rollUp[0] == 's' || said.contains(text("all 3 messages")), qPrintable(said));
            question->reject();
            QTRY_VERIFY(!question);
            m_fixture->base.passTime(1s);
            QCOMPARE(m_fixture->server().count(text("orders.new")), before);
            publish->click();
            QVERIFY(passes([dialog] { return dialog->findChild<ActionQuestion *>(); }));
            dialog->findChild<QPushButton *>(text("confirmActionButton"))->click();
            QVERIFY(passes([&] { return m_fixture->server().count(text("orders.new")) == before + 1; }));
            QTRY_VERIFY(!dialog->findChild<ActionQuestion *>());
            QVERIFY(passes([publish] { return publish->isEnabled(); }));
        }
    }

    void publishesAndShowsWhatTheServerSays()
    {
        QVERIFY(open(3));
        QVERIFY(passes([this] { return child<QPushButton>("publishMessageButton")->isEnabled(); }));
        child<QPushButton>("publishMessageButton")->click();
        auto *dialog = child<QDialog>("publishDialog");
        QVERIFY(dialog && dialog->isVisible());
        auto *publish = dialog->findChild<QPushButton *>(text("confirmPublishButton"));
        auto *subject = dialog->findChild<QLineEdit *>(text("publishSubjectEdit"));
        auto *id = dialog->findChild<QLineEdit *>(text("headerValueEdit"));
        QVERIFY(!publish->isEnabled());
        QVERIFY(!id->text().isEmpty());
        QTest::keyClicks(subject, text("orders.new"));
        QVERIFY2(publish->isEnabled(), qPrintable(publish->toolTip()));
        dialog->findChild<QPlainTextEdit *>(text("publishPayloadEdit"))->setPlainText(QStringLiteral("größer"));
        m_fixture->server().stand(text("orders.new"), [this](const QJsonObject &) -> Result<QByteArray> {
            const quint64 sequence = m_fixture->messages.add(text("orders.new"), m_fixture->server().lastPayload());
            return QByteArray("{\"stream\":\"orders\",\"seq\":" + QByteArray::number(sequence) + "}");
        });
        const QString sent = id->text();
        publish->click();
        auto *outcome = dialog->findChild<InlineMessage *>(text("publishOutcome"));
        QVERIFY(passes([outcome] { return outcome->isVisible(); }));
        QCOMPARE(outcome->tone(), Tone::Good);
        QVERIFY2(outcome->title().contains(text("#4")), qPrintable(outcome->title()));
        QCOMPARE(m_fixture->server().lastHeaders().constFirst().second, sent.toUtf8());
        QVERIFY(id->text() != sent);
        QCOMPARE(m_fixture->messages.messages().at(4).payload, QStringLiteral("größer").toUtf8());
        QVERIFY(passes([this] { return rows() == 4; }));
        // what is not known keeps its id, so that it can be sent again
        m_fixture->server().stand(text("orders.new"), [](const QJsonObject &) -> Result<QByteArray> {
            return fail(Error::Kind::Timeout, text("NATS did not answer in time."));
        });
        const QString second = id->text();
        publish->click();
        QVERIFY(passes([outcome] { return outcome->tone() == Tone::Warning; }));
        QCOMPARE(id->text(), second);
        // and what was entered is there again
        dialog->close();
        child<QPushButton>("publishMessageButton")->click();
        QCOMPARE(subject->text(), text("orders.new"));
    }
};

QTEST_MAIN(MessageBrowserTest)
#include "tst_messagebrowser.moc"
