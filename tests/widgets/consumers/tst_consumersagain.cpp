// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/consumerservice.h"
#include "services/messaging/streamservice.h"
#include "tests/support/fakeconsumers.h"
#include "tests/support/jetstreamfixture.h"
#include "tests/support/olderjetstream.h"
#include "widgets/common/confirmbytyping.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/segmentedchoice.h"
#include "widgets/common/tableview.h"
#include "widgets/common/wrappinglabel.h"
#include "widgets/consumers/consumerspage.h"
#include "widgets/consumers/resetdialog.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTest>

using Fate = FakeConsumers::Fate;

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

const ConsumerId worker{{QStringLiteral("default"), QStringLiteral("orders")}, QStringLiteral("worker")};
const ConsumerId standIn{worker.stream, QStringLiteral("worker-pennant-stand-in")};

} // namespace

/// Delivering again on servers that can't send a consumer back, on the Consumers tab.
class ConsumersAgainTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void saysBeforeWhatItDoes();
    void asksForASequenceWhereNothingElseIsKnown();
    void makesItAnew();
    void goesOnFromTheDetail();
    void deletesTheStandInFromTheRow();
    void warnsOfDeletingTheOnlyOne();

private:
    template <typename T> T *shown(const char *name) const
    {
        for (T *each : m_page->findChildren<T *>(QLatin1String(name))) {
            if (each->isVisible())
                return each;
        }
        return nullptr;
    }
    bool passTimeUntil(const std::function<bool()> &condition) { return m_fixture->passTimeUntil(condition); }
    bool isSaid(const char *words)
    {
        return passTimeUntil([&] {
            const auto *message = shown<InlineMessage>("consumerMessage");
            return message && message->title().contains(QLatin1String(words));
        });
    }
    /// The actions of a row's context menu; one of them is triggered.
    QStringList actions(const ConsumerId &row, const char *chosen = nullptr);
    ResetDialog *askForTwenty();
    /// Asks for it with the button of the dialog, and lets that change fail.
    void beginAndFail(int change);
    QString label(const ResetDialog *dialog, const char *name) const
    {
        return dialog->findChild<WrappingLabel *>(QLatin1String(name))->text();
    }

    std::unique_ptr<JetStreamFixture> m_fixture;
    std::unique_ptr<FakeConsumers> m_there;
    std::unique_ptr<OlderJetStream> m_source;
    std::unique_ptr<StreamService> m_streams;
    std::unique_ptr<ConsumerService> m_consumers;
    std::unique_ptr<ConsumersPage> m_page;
};

void ConsumersAgainTest::init()
{
    m_fixture = std::make_unique<JetStreamFixture>();
    m_source = std::make_unique<OlderJetStream>(*m_fixture->connections, ServerVersion{2, 11, 11});
    m_streams = std::make_unique<StreamService>(m_fixture->runtime, *m_source, m_fixture->clock);
    m_consumers = std::make_unique<ConsumerService>(m_fixture->runtime, *m_streams, *m_source, m_fixture->clock);
    m_fixture->holdStreams({worker.stream.name}, 1);
    m_there = std::make_unique<FakeConsumers>(
        m_fixture->server(), worker.stream.name, QStringList{worker.name, standIn.name});
    m_there->put({{text("durable_name"), worker.name}, {text("name"), worker.name},
        {text("ack_policy"), text("explicit")}, {text("deliver_policy"), text("all")}});
    m_there->tell(worker.name, text("delivered"), QJsonObject{{text("stream_seq"), 40}, {text("consumer_seq"), 40}});
    m_there->tell(worker.name, text("ack_floor"), QJsonObject{{text("stream_seq"), 30}});
    m_there->tell(worker.name, text("num_ack_pending"), 10);
    m_page = std::make_unique<ConsumersPage>(m_fixture->runtime, m_fixture->accounts, *m_consumers, m_fixture->clock);
    m_page->resize(1200, 900);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    m_streams->refresh();
    m_consumers->refresh();
    QVERIFY(m_fixture->start());
    QVERIFY(passTimeUntil([this] { return m_consumers->find(worker) && m_consumers->createAccess(); }));
}

void ConsumersAgainTest::cleanup()
{
    m_page.reset();
    m_consumers.reset();
    m_streams.reset();
    m_source.reset();
    m_there.reset();
    m_fixture.reset();
}

QStringList ConsumersAgainTest::actions(const ConsumerId &row, const char *chosen)
{
    m_page->open(row);
    auto *table = m_page->findChild<TableView *>();
    const QPoint place = table->visualRect(table->currentIndex()).center();
    QContextMenuEvent asked(QContextMenuEvent::Keyboard, place, table->viewport()->mapToGlobal(place));
    QCoreApplication::sendEvent(table->viewport(), &asked);
    QMenu *menu = table->findChildren<QMenu *>().constLast();
    QStringList possible;
    for (QAction *each : menu->actions()) {
        if (each->isEnabled() && !each->isSeparator())
            possible.append(each->text());
        if (chosen && each->isEnabled() && each->text() == QString::fromUtf8(chosen))
            each->trigger();
    }
    menu->close();
    return possible;
}

ResetDialog *ConsumersAgainTest::askForTwenty()
{
    actions(worker, "Deliver again…");
    auto *dialog = m_page->findChild<ResetDialog *>();
    dialog->findChild<SegmentedChoice *>(text("resetChoice"))->setCurrentIndex(1);
    dialog->findChild<QLineEdit *>(text("resetSequenceEdit"))->setText(text("20"));
    return dialog;
}

void ConsumersAgainTest::beginAndFail(int change)
{
    m_there->setFate(change, Fate::Refused);
    askForTwenty()->findChild<QPushButton *>(text("confirmResetButton"))->click();
}

void ConsumersAgainTest::saysBeforeWhatItDoes()
{
    const ResetDialog *dialog = askForTwenty();
    QVERIFY(label(dialog, "resetMeaningLabel").contains(text("Up to 3 messages")));
    const QString steps = label(dialog, "resetStepsLabel");
    QVERIFY2(steps.contains(text("2.  worker is deleted")), qPrintable(steps));
    const QString losses = label(dialog, "resetLossesLabel");
    QVERIFY2(losses.contains(text("(10 now)")) && losses.contains(text("opt_start_seq 20")), qPrintable(losses));
    QCOMPARE(dialog->findChild<QPushButton *>(text("confirmResetButton"))->text(), text("&Delete and make anew"));
    QVERIFY(m_there->changes().isEmpty());
}

void ConsumersAgainTest::asksForASequenceWhereNothingElseIsKnown()
{
    m_there->tell(worker.name, text("ack_floor"), QJsonObject());
    QJsonObject config = m_there->config(worker.name);
    config[text("deliver_policy")] = text("new");
    m_there->tell(worker.name, text("config"), config);
    QVERIFY(passTimeUntil([this] { return m_consumers->find(worker)->deliverPolicy() == DeliverPolicy::New; }));
    const ResetDialog *dialog = askForTwenty();
    QVERIFY(dialog->findChild<QPushButton *>(text("confirmResetButton"))->isEnabled());
    dialog->findChild<SegmentedChoice *>(text("resetChoice"))->setCurrentIndex(0);
    QVERIFY(!dialog->findChild<QPushButton *>(text("confirmResetButton"))->isEnabled());
    QVERIFY(label(dialog, "resetMeaningLabel").contains(text("enter a sequence")));
}

void ConsumersAgainTest::makesItAnew()
{
    askForTwenty()->findChild<QPushButton *>(text("confirmResetButton"))->click();
    QVERIFY(isSaid("delivers again"));
    QCOMPARE(m_there->changes().size(), 4);
    QCOMPARE(m_there->config(worker.name)[text("opt_start_seq")].toInt(), 20);
}

void ConsumersAgainTest::goesOnFromTheDetail()
{
    beginAndFail(2);
    QVERIFY(isSaid("was not made anew"));
    QVERIFY(passTimeUntil([this] { return m_consumers->find(standIn) && !m_consumers->find(worker); }));
    m_page->open(standIn);
    const auto *unfinished = shown<InlineMessage>("consumerUnfinishedMessage");
    QVERIFY(unfinished);
    QVERIFY2(unfinished->text().contains(text("worker is not there")), qPrintable(unfinished->text()));
    QCOMPARE(unfinished->actionButton()->text(), text("Make worker anew"));
    QVERIFY(!shown<QPushButton>("editConsumerButton")->isEnabled());
    unfinished->actionButton()->click();
    QVERIFY(isSaid("worker is there"));
    QVERIFY(passTimeUntil([this] { return m_consumers->find(worker) && !m_consumers->find(standIn); }));
    m_page->open(worker);
    QVERIFY(!shown<InlineMessage>("consumerUnfinishedMessage"));
}

void ConsumersAgainTest::deletesTheStandInFromTheRow()
{
    beginAndFail(3);
    QVERIFY(passTimeUntil([this] { return m_consumers->find(standIn).has_value(); }));
    QVERIFY(passTimeUntil([this] { return m_consumers->find(worker).has_value(); }));
    const QStringList possible = actions(standIn, "Delete the stand-in");
    for (const char *other : {"Edit…", "Clone…", "Pause…", "Deliver again…", "Fetch messages…"})
        QVERIFY2(!possible.contains(QString::fromUtf8(other)), other);
    QVERIFY(passTimeUntil([this] { return !m_there->contains(standIn.name); }));
    QVERIFY(m_there->contains(worker.name));
}

void ConsumersAgainTest::warnsOfDeletingTheOnlyOne()
{
    beginAndFail(2);
    QVERIFY(passTimeUntil([this] { return m_consumers->find(standIn) && !m_consumers->find(worker); }));
    m_page->open(standIn);
    shown<QPushButton>("deleteConsumerButton")->click();
    const auto *question = m_page->findChild<ConfirmByTyping *>();
    QVERIFY(question);
    QVERIFY2(question->accessibleDescription().contains(text("settings of worker")),
        qPrintable(question->accessibleDescription()));
}

QTEST_MAIN(ConsumersAgainTest)
#include "tst_consumersagain.moc"
