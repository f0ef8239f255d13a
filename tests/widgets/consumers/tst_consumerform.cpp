// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/fields.h"
#include "tests/widgets/mnemonics.h"
#include "widgets/common/field.h"
#include "widgets/common/segmentedchoice.h"
#include "widgets/consumers/consumerform.h"

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
    void hasAMnemonicForAllOfItsOwn();
    void limitsWhatIsTyped();

private:
    template <typename T> T *child(const char *name) const { return m_form->findChild<T *>(QLatin1String(name)); }
    QString errorBelow(const char *control) const;
    void enter(const char *edit, const QString &text) { child<QLineEdit>(edit)->setText(text); }
    void submit() { child<QPushButton>("createConsumerButton")->click(); }
    void deliverBy(DeliverPolicy policy)
    {
        auto *combo = child<QComboBox>("consumerDeliverPolicyCombo");
        combo->setCurrentIndex(combo->findData(int(policy)));
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
    QCOMPARE(combo->itemText(0), QStringLiteral("shop › orders"));
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
    ConsumerDraft expected;
    expected.stream = stream("stock").id;
    expected.name = QStringLiteral("worker");
    expected.filterSubjects = {QStringLiteral("stock.low"), QStringLiteral("stock.out")};
    expected.ackPolicy = AckPolicy::All;
    expected.ackWait = std::chrono::seconds(45);
    expected.maxDeliver = 5;
    expected.maxAckPending = 200;
    expected.deliverPolicy = DeliverPolicy::ByStartTime;
    expected.startTime = QDateTime(QDate(2026, 11, 22), QTime(8, 30), Qt::UTC);
    expected.mode = DeliveryMode::Push;
    expected.deliverSubject = QStringLiteral("deliver.worker");

    m_form->chooseStream(expected.stream);
    enter("consumerNameEdit", QStringLiteral("worker"));
    enter("consumerFilterSubjectsEdit", QStringLiteral("stock.low, stock.out"));
    child<SegmentedChoice>("consumerAckPolicyChoice")->setCurrentData(int(AckPolicy::All));
    enter("consumerAckWaitEdit", QStringLiteral("45"));
    enter("consumerMaxDeliverEdit", QStringLiteral("5"));
    enter("consumerMaxAckPendingEdit", QStringLiteral("200"));
    deliverBy(DeliverPolicy::ByStartTime);
    child<QDateTimeEdit>("consumerStartTimeEdit")->setDateTime(expected.startTime.toLocalTime());
    child<SegmentedChoice>("consumerModeChoice")->setCurrentData(int(DeliveryMode::Push));
    enter("consumerDeliverSubjectEdit", QStringLiteral("deliver.worker"));
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

void ConsumerFormTest::hasAMnemonicForAllOfItsOwn()
{
    deliverBy(DeliverPolicy::ByStartSequence);
    QVERIFY2(mnemonicClash(*m_form).isEmpty(), qPrintable(mnemonicClash(*m_form)));
}

void ConsumerFormTest::limitsWhatIsTyped()
{
    QCOMPARE(fieldWithoutLimit(*m_form), QString());
}

QTEST_MAIN(ConsumerFormTest)
#include "tst_consumerform.moc"
