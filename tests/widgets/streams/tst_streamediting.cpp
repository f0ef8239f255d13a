// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/streamservice.h"
#include "services/messaging/workloads.h"
#include "tests/support/fakecluster.h"
#include "tests/support/jetstreamfixture.h"
#include "widgets/common/confirmbytyping.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/segmentedchoice.h"
#include "widgets/common/wrappinglabel.h"
#include "widgets/streams/purgedialog.h"
#include "widgets/streams/streamform.h"
#include "widgets/streams/streamspage.h"

#include <QAbstractItemModel>
#include <QCheckBox>
#include <QCompleter>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

namespace {

const StreamId orders{QStringLiteral("default"), QStringLiteral("orders")};

QString text(const char *value)
{
    return QLatin1String(value);
}

QByteArray bytes(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

/// What a person changes on the Streams tab, over the real services and a JetStream that is played.
class StreamEditingTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void changesAStreamAndGoesBackToIt();
    void showsWhatSomebodyElseHasChanged();
    void tellsWhatTheServerLeftOut();
    void keepsWhatWasEntered();
    void clonesAStream();
    void saysHowMuchAPurgeTakesAndWhatHasGone();
    void purgesNothingByAMissingNumber();
    void offersWhatRunsInTheCluster();
    void saysThatADeletionTakesABucketAlong();

private:
    template <typename T> T *shown(const char *name) const
    {
        for (T *each : m_page->findChildren<T *>(QLatin1String(name))) {
            if (each->isVisible())
                return each;
        }
        return nullptr;
    }
    void enter(const char *edit, const char *value) const { shown<QLineEdit>(edit)->setText(QLatin1String(value)); }
    bool passTimeUntil(const std::function<bool()> &condition) { return m_fixture->passTimeUntil(condition); }
    void edit() const
    {
        m_page->open(orders);
        shown<QPushButton>("editStreamButton")->click();
    }
    QJsonObject info() const
    {
        QJsonObject info = JetStreamFixture::streamInfo(orders.name);
        info[text("config")] = m_config;
        return info;
    }
    const QJsonObject &known() const { return m_streams->streams().constFirst().config; }

    QJsonObject m_config; ///< of the stream, as the server has it
    std::function<QJsonObject(const QJsonObject &)> m_take; ///< what the server makes of an update
    std::unique_ptr<JetStreamFixture> m_fixture;
    std::unique_ptr<StreamService> m_streams;
    std::unique_ptr<StreamsPage> m_page;
};

void StreamEditingTest::init()
{
    m_config = {{text("name"), orders.name}, {text("subjects"), QJsonArray{text("orders.>")}},
        {text("retention"), text("limits")}, {text("storage"), text("file")}, {text("discard"), text("old")},
        {text("num_replicas"), 1}, {text("max_msgs"), 1000}, {text("of_tomorrow"), 7}};
    m_take = [](const QJsonObject &asked) { return asked; };
    m_fixture = std::make_unique<JetStreamFixture>();
    m_streams = std::make_unique<StreamService>(m_fixture->runtime, *m_fixture->connections, m_fixture->clock);
    FakeJetStream &server = m_fixture->server();
    server.stand(text("$JS.API.STREAM.LIST"),
        [this](const QJsonObject &) { return bytes(JetStreamFixture::page("streams", {info()}, 0)); });
    server.stand(text("$JS.API.STREAM.INFO.orders"), [this](const QJsonObject &) { return bytes(info()); });
    server.stand(text("$JS.API.STREAM.UPDATE.orders"), [this](const QJsonObject &asked) {
        m_config = m_take(asked);
        return bytes(info());
    });
    m_page = std::make_unique<StreamsPage>(m_fixture->runtime, m_fixture->accounts, *m_streams, m_fixture->clock);
    m_page->resize(1200, 900);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    m_streams->refresh();
    QVERIFY(m_fixture->start());
    QVERIFY(passTimeUntil([this] { return m_streams->streams().size() == 1; }));
}

void StreamEditingTest::cleanup()
{
    m_page.reset();
    m_streams.reset();
    m_fixture.reset();
}

void StreamEditingTest::changesAStreamAndGoesBackToIt()
{
    const QJsonObject before = m_config;
    edit();
    enter("streamMaxMessagesEdit", "2000");
    shown<QPushButton>("createEditedStreamButton")->click();
    QVERIFY(passTimeUntil([this] { return shown<QPushButton>("editStreamButton") != nullptr; }));
    QJsonObject expected = before;
    expected[text("max_msgs")] = 2000;
    QCOMPARE(m_config, expected);
    QVERIFY(passTimeUntil([&] { return known() == expected; }));
    QVERIFY(!shown<InlineMessage>("streamMessage"));
}

void StreamEditingTest::showsWhatSomebodyElseHasChanged()
{
    edit();
    enter("streamMaxMessagesEdit", "2000");
    m_config[text("max_msgs")] = 500;
    m_config[text("description")] = text("Bo's");
    QVERIFY(passTimeUntil([this] { return known() == m_config; }));
    QVERIFY(passTimeUntil([this] { return shown<InlineMessage>("streamMessage") != nullptr; }));
    const QString noticed = shown<InlineMessage>("streamMessage")->title();
    QVERIFY2(noticed.contains(text("description, max_msgs")), qPrintable(noticed));
    shown<QPushButton>("createEditedStreamButton")->click();
    QCOMPARE(m_config[text("max_msgs")].toInt(), 500); // says first what theirs is
    const QString kept = shown<InlineMessage>("streamMessage")->title();
    QVERIFY2(kept.contains(text("description. That is kept")), qPrintable(kept));
    QCOMPARE(shown<QLineEdit>("streamDescriptionEdit")->text(), text("Bo's"));
    QCOMPARE(shown<QLineEdit>("streamMaxMessagesEdit")->text(), text("2000"));
    shown<QPushButton>("createEditedStreamButton")->click();
    QVERIFY(passTimeUntil([this] { return m_config[text("max_msgs")].toInt() == 2000; }));
    QCOMPARE(m_config[text("description")].toString(), text("Bo's"));
}

void StreamEditingTest::tellsWhatTheServerLeftOut()
{
    m_take = [](QJsonObject asked) {
        asked.remove(text("allow_direct"));
        return asked;
    };
    edit();
    auto *direct = m_page->findChildren<QCheckBox *>(text("streamAllowDirectBox")).constLast();
    direct->setChecked(true);
    shown<QPushButton>("createEditedStreamButton")->click();
    QVERIFY(passTimeUntil([this] { return shown<InlineMessage>("streamMessage") != nullptr; }));
    const auto *message = shown<InlineMessage>("streamMessage");
    QVERIFY2(message->text().contains(text("allow_direct")), qPrintable(message->text()));
}

void StreamEditingTest::keepsWhatWasEntered()
{
    edit();
    enter("streamMaxMessagesEdit", "2000");
    QTest::keyClick(shown<QLineEdit>("streamMaxMessagesEdit"), Qt::Key_Escape);
    QVERIFY(!shown<QLineEdit>("streamMaxMessagesEdit"));
    edit();
    QCOMPARE(shown<QLineEdit>("streamMaxMessagesEdit")->text(), text("2000"));
    shown<QPushButton>("cancelEditedStreamButton")->click();
    edit();
    QCOMPARE(shown<QLineEdit>("streamMaxMessagesEdit")->text(), text("1000"));
    QCOMPARE(m_config[text("max_msgs")].toInt(), 1000);
}

void StreamEditingTest::clonesAStream()
{
    QJsonObject made;
    m_fixture->server().stand(text("$JS.API.STREAM.CREATE.copies"), [this, &made](const QJsonObject &asked) {
        made = asked;
        QJsonObject answer = info();
        answer[text("config")] = asked;
        return bytes(answer);
    });
    m_page->clone(orders);
    enter("streamNameEdit", "copies");
    enter("streamSubjectsEdit", "copies.>");
    shown<QPushButton>("createStreamButton")->click();
    QVERIFY(passTimeUntil([&made] { return !made.isEmpty(); }));
    QCOMPARE(made[text("of_tomorrow")].toInt(), 7);
    QCOMPARE(made[text("max_msgs")].toInt(), 1000);
    QCOMPARE(made[text("name")].toString(), text("copies"));
}

void StreamEditingTest::saysHowMuchAPurgeTakesAndWhatHasGone()
{
    QJsonObject sent;
    m_fixture->server().stand(text("$JS.API.STREAM.INFO.orders"), [this](const QJsonObject &asked) {
        QJsonObject answer = info();
        if (asked.contains(text("subjects_filter")))
            answer[text("state")] = QJsonObject{
                {text("subjects"), QJsonObject{{text("orders.a"), 2}, {text("orders.b"), 40}}}, {text("messages"), 3}};
        return bytes(answer);
    });
    m_fixture->server().stand(text("$JS.API.STREAM.PURGE.orders"), [&sent](const QJsonObject &asked) {
        sent = asked;
        return bytes({{text("success"), true}, {text("purged"), 1234}});
    });
    m_page->askToPurge(orders);
    auto *dialog = m_page->findChild<PurgeDialog *>();
    const auto *meaning = dialog->findChild<WrappingLabel *>(text("purgeMeaningLabel"));
    QVERIFY2(meaning->text().contains(text("3 of 3")), qPrintable(meaning->text()));
    dialog->findChild<QLineEdit *>(text("purgeSubjectEdit"))->setText(text("orders.*"));
    QVERIFY(passTimeUntil([meaning] { return meaning->text().contains(text("42 of")); }));
    dialog->findChild<QPushButton *>(text("confirmPurgeButton"))->click();
    QVERIFY(passTimeUntil([this] { return shown<InlineMessage>("streamMessage") != nullptr; }));
    QCOMPARE(sent, (QJsonObject{{text("filter"), text("orders.*")}}));
    QVERIFY2(shown<InlineMessage>("streamMessage")->title().contains(text("1,234")),
        qPrintable(shown<InlineMessage>("streamMessage")->title()));
}

void StreamEditingTest::purgesNothingByAMissingNumber()
{
    m_page->askToPurge(orders);
    auto *dialog = m_page->findChild<PurgeDialog *>();
    auto *choice = dialog->findChild<SegmentedChoice *>(text("purgeChoice"));
    const auto *purge = dialog->findChild<QPushButton *>(text("confirmPurgeButton"));
    QVERIFY(purge->isEnabled());
    choice->setCurrentIndex(2);
    QVERIFY(!purge->isEnabled());
    auto *number = dialog->findChild<QLineEdit *>(text("purgeNumberEdit"));
    for (const char *nonsense : {"0", "-1", "many", "1.5"}) {
        number->setText(text(nonsense));
        QVERIFY2(!purge->isEnabled(), nonsense);
    }
    number->setText(text("1"));
    QVERIFY(purge->isEnabled());
    m_config[text("deny_purge")] = true;
    QVERIFY(passTimeUntil([this] { return known() == m_config; }));
    QVERIFY(!m_streams->purgeAccess(m_streams->streams().constFirst()));
}

void StreamEditingTest::offersWhatRunsInTheCluster()
{
    FakeCluster cluster;
    cluster.put({{text("apiVersion"), text("apps/v1")}, {text("kind"), text("Deployment")},
        {text("metadata"), QJsonObject{{text("namespace"), text("shop")}, {text("name"), text("checkout")}}}});
    Workloads workloads(cluster, m_fixture->clock, {});
    m_page->offerWorkloads(workloads);
    QVERIFY(cluster.requests.isEmpty()); // before a form is opened
    edit();
    const auto *app = shown<QLineEdit>("streamLinkedAppEdit");
    QTRY_COMPARE(app->completer()->completionModel()->rowCount(), 1);
    enter("streamLinkedAppEdit", "shop/checkout");
    shown<QPushButton>("createEditedStreamButton")->click();
    QVERIFY(passTimeUntil([this] { return m_streams->streams().constFirst().linkedApp() == text("shop/checkout"); }));
    QCOMPARE(m_config[text("of_tomorrow")].toInt(), 7);
    m_page.reset(); // before what it was offered
}

void StreamEditingTest::saysThatADeletionTakesABucketAlong()
{
    const StreamId bucket{text("default"), text("KV_state")};
    m_config[text("name")] = bucket.name;
    m_config[text("subjects")] = QJsonArray{text("$KV.state.>")};
    QVERIFY(passTimeUntil([&] { return m_streams->streams().constFirst().id == bucket; }));
    m_page->open(bucket);
    shown<QPushButton>("deleteStreamButton")->click();
    const auto *question = m_page->findChild<ConfirmByTyping *>();
    QVERIFY(question);
    QStringList words;
    for (const QLabel *label : question->findChildren<QLabel *>())
        words.append(label->text());
    QVERIFY2(words.join(u' ').contains(text("bucket state")), qPrintable(words.join(u' ')));
}

QTEST_MAIN(StreamEditingTest)
#include "tst_streamediting.moc"
