// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/fields.h"
#include "tests/widgets/mnemonics.h"
#include "widgets/common/field.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/segmentedchoice.h"
#include "widgets/consumers/consumerform.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QJsonArray>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <memory>

namespace {

Stream stream(const char *name, int replicas = 1)
{
    Stream made;
    made.id = {QStringLiteral("shop"), QLatin1String(name)};
    made.config = {{QStringLiteral("subjects"), QJsonArray{QStringLiteral("%1.>").arg(QLatin1String(name))}},
        {QStringLiteral("num_replicas"), replicas}};
    made.currentReplicas = replicas;
    return made;
}

/// As a server tells of it.
Consumer served()
{
    Consumer consumer;
    consumer.id = {stream("orders").id, QStringLiteral("worker")};
    consumer.config = {{QStringLiteral("name"), QStringLiteral("worker")},
        {QStringLiteral("durable_name"), QStringLiteral("worker")},
        {QStringLiteral("ack_policy"), QStringLiteral("explicit")},
        {QStringLiteral("deliver_policy"), QStringLiteral("all")},
        {QStringLiteral("replay_policy"), QStringLiteral("instant")},
        {QStringLiteral("ack_wait"), Q_INT64_C(30'000'000'001)}, {QStringLiteral("max_deliver"), 5},
        {QStringLiteral("max_waiting"), 512}, {QStringLiteral("max_ack_pending"), 1000},
        {QStringLiteral("num_replicas"), 0}, {QStringLiteral("filter_subject"), QStringLiteral("orders.a")},
        {QStringLiteral("of_tomorrow"), 7}};
    return consumer;
}

ConsumerContext context()
{
    return {{stream("orders"), stream("stock")}, {served()}, 1, ServerVersion{2, 14, 6}};
}

} // namespace

class ConsumerFormTest final : public QObject {
    Q_OBJECT

private slots:
    void init();
    void offersOnlyReadyStreams();
    void keepsTheStreamWhenOthersCome();
    void submitsWhatWasEntered();
    void showsOnlyWhatApplies();
    void doesNotTakeADefaultForAnEntry();
    void refusesNumbersThatMakeNoSense();
    void judgesFiltersAgainstTheStream();
    void advisesEmptyOnlyWhereThatIsAllowed();
    void givesNoMnemonicTwice();
    void limitsWhatIsTyped();
    void beginsWithTheTimeThatItIs();
    void editsTheServersDocument();
    void locksWhatCannotChange();
    void saysWhatTheServerIsTooOldFor();
    void keepsOneFilterWhereItStood();
    void takesUnlimitedForAnAnswer();

private:
    template <typename T> T *child(const char *name) const { return m_form->findChild<T *>(QLatin1String(name)); }
    QString errorBelow(const char *control) const;
    void enter(const char *edit, const QString &text) { child<QLineEdit>(edit)->setText(text); }
    void submit() { child<QPushButton>("createConsumerButton")->click(); }
    void deliverBy(DeliverPolicy policy)
    {
        auto *combo = child<QComboBox>("consumerDeliverPolicyCombo");
        combo->setCurrentIndex(combo->findData(toWire(policy)));
    }

    std::unique_ptr<ConsumerForm> m_form;
};

void ConsumerFormTest::init()
{
    m_form = std::make_unique<ConsumerForm>();
    m_form->setContext({{stream("orders"), stream("stock")}, {}});
    m_form->setNow(QDateTime(QDate(2026, 11, 23), QTime(12, 0), Qt::UTC));
}

QString ConsumerFormTest::errorBelow(const char *control) const
{
    for (const Field *field : m_form->findChildren<Field *>()) {
        if (field->control()->objectName() == QLatin1String(control))
            return field->error();
    }
    return QStringLiteral("no such field");
}

void ConsumerFormTest::offersOnlyReadyStreams()
{
    Stream offline = stream("away");
    offline.isOffline = true;
    m_form->setContext({{offline, stream("orders"), stream("nobody", 3)}, {}});
    const auto *combo = child<QComboBox>("consumerStreamCombo");
    QCOMPARE(combo->count(), 1);
    QCOMPARE(combo->itemText(0), QStringLiteral("orders · shop"));
}

void ConsumerFormTest::keepsTheStreamWhenOthersCome()
{
    m_form->chooseStream(stream("stock").id);
    m_form->setContext({{stream("audit"), stream("orders"), stream("stock")}, {}});
    QCOMPARE(m_form->draft().stream, stream("stock").id);
    m_form->setContext({{stream("orders")}, {}});
    QCOMPARE(m_form->draft().stream, StreamId{});
}

void ConsumerFormTest::submitsWhatWasEntered()
{
    QSignalSpy submitted(m_form.get(), &ConsumerForm::submitted);
    const QDateTime start(QDate(2026, 11, 22), QTime(8, 30), Qt::UTC);
    ConsumerDraft expected = ConsumerDraft::of(
        stream("stock").id, QStringLiteral("worker"), {QStringLiteral("stock.low"), QStringLiteral("stock.out")});
    const QJsonObject fields{{QStringLiteral("ack_policy"), QStringLiteral("all")},
        {QStringLiteral("ack_wait"), Q_INT64_C(45'000'000'000)}, {QStringLiteral("max_deliver"), 5},
        {QStringLiteral("max_ack_pending"), 200}, {QStringLiteral("deliver_policy"), QStringLiteral("by_start_time")},
        {QStringLiteral("opt_start_time"), start.toString(Qt::ISODateWithMs)},
        {QStringLiteral("replay_policy"), QStringLiteral("original")},
        {QStringLiteral("deliver_subject"), QStringLiteral("deliver.worker")},
        {QStringLiteral("idle_heartbeat"), Q_INT64_C(5'000'000'000)}, {QStringLiteral("flow_control"), true},
        {QStringLiteral("backoff"), QJsonArray{Q_INT64_C(1'000'000'000), Q_INT64_C(120'000'000'000)}},
        {QStringLiteral("inactive_threshold"), Q_INT64_C(3'600'000'000'000)}};
    for (auto field = fields.begin(); field != fields.end(); ++field)
        expected.config.insert(field.key(), field.value());

    m_form->chooseStream(expected.stream);
    enter("consumerNameEdit", QStringLiteral("worker"));
    enter("consumerFilterSubjectsEdit", QStringLiteral("stock.low, stock.out"));
    child<SegmentedChoice>("consumerAckPolicyChoice")->setCurrentData(toWire(AckPolicy::All));
    enter("consumerAckWaitEdit", QStringLiteral("45"));
    enter("consumerMaxDeliverEdit", QStringLiteral("5"));
    enter("consumerMaxAckPendingEdit", QStringLiteral("200"));
    deliverBy(DeliverPolicy::ByStartTime);
    child<QDateTimeEdit>("consumerStartTimeEdit")->setDateTime(start.toLocalTime());
    child<SegmentedChoice>("consumerReplayPolicyChoice")->setCurrentIndex(1);
    child<SegmentedChoice>("consumerModeChoice")->setCurrentData(int(DeliveryMode::Push));
    enter("consumerDeliverSubjectEdit", QStringLiteral("deliver.worker"));
    enter("consumerHeartbeatEdit", QStringLiteral("5"));
    child<QCheckBox>("consumerFlowControlBox")->setChecked(true);
    enter("consumerBackoffEdit", QStringLiteral("1, 2m"));
    enter("consumerCleanupEdit", QStringLiteral("1h"));
    submit();

    QCOMPARE(submitted.count(), 1);
    QCOMPARE(submitted.first().first().value<ConsumerDraft>(), expected);
}

void ConsumerFormTest::doesNotTakeADefaultForAnEntry()
{
    for (const char *name : {"consumerAckWaitEdit", "consumerMaxAckPendingEdit", "consumerMaxDeliverEdit"}) {
        const QString words = m_form->findChild<QLineEdit *>(QLatin1String(name))->placeholderText();
        QVERIFY2(!words.isEmpty() && words.front().isLetter(), name);
    }
}

void ConsumerFormTest::showsOnlyWhatApplies()
{
    const auto isShown = [this](const char *name) { return child<QWidget>(name)->isVisibleTo(m_form.get()); };
    QVERIFY(!isShown("consumerStartSequenceEdit"));
    QVERIFY(!isShown("consumerStartTimeEdit"));
    QVERIFY(!isShown("consumerDeliverSubjectEdit"));
    deliverBy(DeliverPolicy::ByStartSequence);
    QVERIFY(isShown("consumerStartSequenceEdit"));
    deliverBy(DeliverPolicy::ByStartTime);
    QVERIFY(!isShown("consumerStartSequenceEdit"));
    QVERIFY(isShown("consumerStartTimeEdit"));
    child<SegmentedChoice>("consumerModeChoice")->setCurrentData(int(DeliveryMode::Push));
    QVERIFY(isShown("consumerDeliverSubjectEdit"));
}

void ConsumerFormTest::refusesNumbersThatMakeNoSense()
{
    QSignalSpy submitted(m_form.get(), &ConsumerForm::submitted);
    enter("consumerNameEdit", QStringLiteral("worker"));
    deliverBy(DeliverPolicy::ByStartSequence);
    for (const char *edit :
        {"consumerAckWaitEdit", "consumerMaxDeliverEdit", "consumerMaxAckPendingEdit", "consumerStartSequenceEdit"}) {
        for (const QString &text : {QStringLiteral("1e9"), QStringLiteral("-3"), QString(31, QLatin1Char('9'))}) {
            enter(edit, text);
            QVERIFY2(!errorBelow(edit).isEmpty(), edit);
        }
    }
    submit();
    QCOMPARE(submitted.count(), 0);
}

void ConsumerFormTest::judgesFiltersAgainstTheStream()
{
    QSignalSpy submitted(m_form.get(), &ConsumerForm::submitted);
    enter("consumerNameEdit", QStringLiteral("worker"));
    enter("consumerFilterSubjectsEdit", QStringLiteral("elsewhere.>"));
    submit();
    QVERIFY(!errorBelow("consumerFilterSubjectsEdit").isEmpty());
    QCOMPARE(submitted.count(), 0);
    enter("consumerFilterSubjectsEdit", QStringLiteral("orders.paid"));
    submit();
    QCOMPARE(submitted.count(), 1);
}

void ConsumerFormTest::advisesEmptyOnlyWhereThatIsAllowed()
{
    child<SegmentedChoice>("consumerModeChoice")->setCurrentData(int(DeliveryMode::Push));
    deliverBy(DeliverPolicy::ByStartSequence);
    enter("consumerNameEdit", QStringLiteral("worker"));
    enter("consumerDeliverSubjectEdit", QStringLiteral("deliver.worker"));
    QSignalSpy submitted(m_form.get(), &ConsumerForm::submitted);
    for (auto *edit : m_form->findChildren<QLineEdit *>()) {
        if (!edit->isVisibleTo(m_form.get()) || edit->objectName().startsWith(QLatin1String("qt_")))
            continue;
        const QByteArray name = edit->objectName().toLatin1();
        const QString before = edit->text();
        edit->setText(QStringLiteral("1.x*"));
        const bool isEmptyAdvised = errorBelow(name.constData()).contains(QStringLiteral("empty"));
        edit->clear();
        submit();
        const bool isEmptyRefused = !errorBelow(name.constData()).isEmpty();
        QVERIFY2(!isEmptyAdvised || !isEmptyRefused, name.constData());
        edit->setText(before);
    }
}

void ConsumerFormTest::givesNoMnemonicTwice()
{
    deliverBy(DeliverPolicy::ByStartSequence);
    const QString clash = mnemonicClash(*m_form, Lacking::Allowed);
    QVERIFY2(clash.isEmpty(), qPrintable(clash));
}

void ConsumerFormTest::limitsWhatIsTyped()
{
    QCOMPARE(fieldWithoutLimit(*m_form), QString());
}

/// The time that stands there counts, though nobody has touched it.
void ConsumerFormTest::beginsWithTheTimeThatItIs()
{
    deliverBy(DeliverPolicy::ByStartTime);
    QCOMPARE(m_form->draft().config.value(QLatin1String("opt_start_time")).toString(),
        QStringLiteral("2026-11-23T12:00:00.000Z"));
    m_form->clear();
    QVERIFY(!m_form->hasDraft());
}

void ConsumerFormTest::editsTheServersDocument()
{
    const Consumer seen = served();
    m_form = std::make_unique<ConsumerForm>(seen);
    m_form->setContext(context());
    QVERIFY(!m_form->hasDraft());
    QCOMPARE(m_form->draft(), (ConsumerDraft{seen.id.stream, seen.config, seen}));
    enter("consumerMaxDeliverEdit", QStringLiteral("9"));
    QJsonObject expected = seen.config;
    expected[QStringLiteral("max_deliver")] = 9;
    QCOMPARE(m_form->draft().config, expected);
    const QString kept =
        m_form->findChild<InlineMessage *>(QStringLiteral("editedConsumerUnknownFieldsMessage"))->title();
    QVERIFY2(kept.contains(QStringLiteral("of_tomorrow")), qPrintable(kept));
}

void ConsumerFormTest::locksWhatCannotChange()
{
    m_form = std::make_unique<ConsumerForm>(served());
    m_form->setContext(context());
    for (const char *locked :
        {"consumerStreamCombo", "consumerAckPolicyChoice", "consumerDeliverPolicyCombo", "consumerReplayPolicyChoice",
            "consumerModeChoice", "consumerMaxWaitingEdit", "consumerMemoryStorageBox"}) {
        QVERIFY2(!child<QWidget>(locked)->isEnabled(), locked);
        QVERIFY2(!child<QWidget>(locked)->toolTip().isEmpty(), locked);
    }
    for (const char *open : {"consumerFilterSubjectsEdit", "consumerAckWaitEdit", "consumerMaxBatchEdit",
             "consumerBackoffEdit", "consumerHeadersOnlyBox", "consumerReplicasChoice"})
        QVERIFY2(child<QWidget>(open)->isEnabled(), open);
}

void ConsumerFormTest::saysWhatTheServerIsTooOldFor()
{
    ConsumerContext old = context();
    old.server = ServerVersion{2, 6, 0};
    m_form->setContext(old);
    QVERIFY(!child<QWidget>("consumerBackoffEdit")->isEnabled());
    QVERIFY(child<QWidget>("consumerBackoffEdit")->toolTip().contains(QStringLiteral("2.7.1")));
}

void ConsumerFormTest::keepsOneFilterWhereItStood()
{
    Consumer seen = served();
    seen.config.remove(QStringLiteral("filter_subject"));
    seen.config[QStringLiteral("filter_subjects")] = QJsonArray{QStringLiteral("orders.a")};
    m_form = std::make_unique<ConsumerForm>(seen);
    m_form->setContext(context());
    QCOMPARE(m_form->draft().config, seen.config);
    enter("consumerFilterSubjectsEdit", QStringLiteral("orders.a, orders.b"));
    QCOMPARE(filtersIn(m_form->draft().config), (QStringList{QStringLiteral("orders.a"), QStringLiteral("orders.b")}));
    // somebody else has changed them meanwhile
    Consumer now = seen;
    now.config[QStringLiteral("filter_subjects")] = QJsonArray{QStringLiteral("orders.c")};
    const QList<FieldChange> overtaken = m_form->renewSeen(now);
    QCOMPARE(overtaken.size(), 1);
    QCOMPARE(overtaken.constFirst().field, QStringLiteral("filter_subjects"));
    QCOMPARE(overtaken.constFirst().after, QJsonValue(QJsonArray{QStringLiteral("orders.c")}));
}

void ConsumerFormTest::takesUnlimitedForAnAnswer()
{
    enter("consumerMaxAckPendingEdit", QStringLiteral("Unlimited"));
    QCOMPARE(m_form->draft().config.value(QLatin1String("max_ack_pending")).toInteger(), -1);
    Consumer seen = served();
    seen.config[QStringLiteral("max_ack_pending")] = -1;
    m_form = std::make_unique<ConsumerForm>(seen);
    QCOMPARE(child<QLineEdit>("consumerMaxAckPendingEdit")->text(), QStringLiteral("unlimited"));
}

QTEST_MAIN(ConsumerFormTest)
#include "tst_consumerform.moc"
