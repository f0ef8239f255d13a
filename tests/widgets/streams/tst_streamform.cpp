// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/field.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/segmentedchoice.h"
#include "widgets/common/subjectpreview.h"
#include "widgets/streams/streamform.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <memory>

class StreamFormTest final : public QObject {
    Q_OBJECT

private slots:
    void init();
    void submitsWhatWasEntered();
    void startsWithoutComplaints();
    void showsAllProblemsOnceSubmitted();
    void refusesNumbersThatMakeNoSense_data();
    void refusesNumbersThatMakeNoSense();
    void previewsSubjectsWhileTyping();
    void refusesMoreSubjectsThanAPersonEnters();
    void staysNarrowWithLongWords();
    void disablesReplicasThatTheRuntimeCannotKeep();
    void putsServerErrorsOnTheirFields();
    void saysWhatIsNoFieldsErrorInTheServersWords();
    void cancelDiscards();
    void waitsForTheAnswer();

private:
    template <typename T> T *child(const char *name) const { return m_form->findChild<T *>(QLatin1String(name)); }
    QString errorBelow(const char *control) const;
    void enter(const char *edit, const QString &text) { child<QLineEdit>(edit)->setText(text); }
    void submit() { child<QPushButton>("createStreamButton")->click(); }

    std::unique_ptr<StreamForm> m_form;
};

void StreamFormTest::init()
{
    m_form = std::make_unique<StreamForm>();
    m_form->setAccounts({QStringLiteral("default"), QStringLiteral("edge")});
    m_form->setContext({{}, 3});
}

QString StreamFormTest::errorBelow(const char *control) const
{
    for (const Field *field : m_form->findChildren<Field *>()) {
        if (field->control()->objectName() == QLatin1String(control))
            return field->error();
    }
    return QStringLiteral("no such field");
}

void StreamFormTest::submitsWhatWasEntered()
{
    QSignalSpy submitted(m_form.get(), &StreamForm::submitted);
    StreamDraft expected;
    expected.account = QStringLiteral("edge");
    expected.name = QStringLiteral("DEVICES");
    expected.subjects = {QStringLiteral("device.*.event"), QStringLiteral("device.*.state")};
    expected.description = QStringLiteral("what devices say");
    expected.retention = Retention::WorkQueue;
    expected.storage = Storage::Memory;
    expected.replicas = 3;
    expected.maxAge = std::chrono::hours(48);
    expected.maxMessages = 1'000'000;
    expected.maxBytes = ByteCount::mebibytes(512);
    expected.discard = Discard::New;

    child<QComboBox>("streamAccountCombo")->setCurrentText(expected.account);
    enter("streamNameEdit", QStringLiteral(" DEVICES "));
    enter("streamSubjectsEdit", QStringLiteral("device.*.event,, device.*.state"));
    enter("streamDescriptionEdit", expected.description);
    child<SegmentedChoice>("streamRetentionChoice")->setCurrentData(int(Retention::WorkQueue));
    child<SegmentedChoice>("streamStorageChoice")->setCurrentData(int(Storage::Memory));
    child<SegmentedChoice>("streamReplicasChoice")->setCurrentData(3);
    child<SegmentedChoice>("streamDiscardChoice")->setCurrentData(int(Discard::New));
    enter("streamMaxAgeEdit", QStringLiteral("48"));
    enter("streamMaxMessagesEdit", QStringLiteral("1000000"));
    enter("streamMaxBytesEdit", QStringLiteral("512"));
    submit();

    QCOMPARE(submitted.count(), 1);
    QCOMPARE(submitted.first().first().value<StreamDraft>(), expected);
}

void StreamFormTest::startsWithoutComplaints()
{
    for (const Field *field : m_form->findChildren<Field *>())
        QVERIFY2(!field->hasError(), qPrintable(field->error()));
}

void StreamFormTest::showsAllProblemsOnceSubmitted()
{
    QSignalSpy submitted(m_form.get(), &StreamForm::submitted);
    submit();
    QCOMPARE(submitted.count(), 0);
    QVERIFY(!errorBelow("streamNameEdit").isEmpty());
    enter("streamNameEdit", QStringLiteral("ORDERS"));
    QVERIFY(errorBelow("streamNameEdit").isEmpty());
}

void StreamFormTest::refusesNumbersThatMakeNoSense_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("words") << QStringLiteral("many");
    QTest::newRow("10^30") << QStringLiteral("1000000000000000000000000000000");
    QTest::newRow("exponent") << QStringLiteral("10^30");
    QTest::newRow("fraction") << QStringLiteral("1.5.2");
    QTest::newRow("negative") << QStringLiteral("-7");
    QTest::newRow("zero") << QStringLiteral("0");
    QTest::newRow("a pasted page") << QString(100'000, QLatin1Char('x'));
    QTest::newRow("a byte of nothing") << QString(QChar(0));
}

void StreamFormTest::refusesNumbersThatMakeNoSense()
{
    QFETCH(QString, text);
    QSignalSpy submitted(m_form.get(), &StreamForm::submitted);
    enter("streamNameEdit", QStringLiteral("ORDERS"));
    for (const char *edit : {"streamMaxAgeEdit", "streamMaxMessagesEdit", "streamMaxBytesEdit"}) {
        enter(edit, text);
        QVERIFY2(!errorBelow(edit).isEmpty(), edit);
    }
    submit();
    QCOMPARE(submitted.count(), 0);
}

void StreamFormTest::previewsSubjectsWhileTyping()
{
    const auto *preview = m_form->findChild<SubjectPreview *>(QStringLiteral("streamSubjectsPreview"));
    enter("streamSubjectsEdit", QStringLiteral("orders.*.paid, orders..x, stock"));
    const QStringList lines = preview->text().split(QLatin1Char('\n'));
    QCOMPARE(lines.size(), 3);
    QVERIFY(lines[0].contains(QStringLiteral("orders.x.paid")));
    QVERIFY(!lines[1].contains(QStringLiteral("matches")));
    QVERIFY(lines[2].startsWith(QStringLiteral("stock")));
}

void StreamFormTest::refusesMoreSubjectsThanAPersonEnters()
{
    QSignalSpy submitted(m_form.get(), &StreamForm::submitted);
    enter("streamNameEdit", QStringLiteral("ORDERS"));
    enter("streamSubjectsEdit", QStringLiteral("a,").repeated(15'000));
    submit();
    QVERIFY(errorBelow("streamSubjectsEdit").contains(QStringLiteral("500")));
    QCOMPARE(submitted.count(), 0);
}

void StreamFormTest::staysNarrowWithLongWords()
{
    enter("streamSubjectsEdit", QStringLiteral("orders.*") + QString(5000, QLatin1Char('x')));
    submit();
    QVERIFY(!errorBelow("streamSubjectsEdit").isEmpty());
    for (const Field *field : m_form->findChildren<Field *>())
        QVERIFY2(field->minimumSizeHint().width() < 340, qPrintable(field->control()->objectName()));
}

void StreamFormTest::disablesReplicasThatTheRuntimeCannotKeep()
{
    auto *replicas = child<SegmentedChoice>("streamReplicasChoice");
    m_form->setContext({{}, 1});
    replicas->setCurrentIndex(0);
    replicas->setFocus();
    QTest::keyClick(replicas, Qt::Key_End);
    QCOMPARE(replicas->currentData().toInt(), 1);
    m_form->setContext({{}, 5});
    QTest::keyClick(replicas, Qt::Key_End);
    QCOMPARE(replicas->currentData().toInt(), 5);
}

void StreamFormTest::putsServerErrorsOnTheirFields()
{
    enter("streamNameEdit", QStringLiteral("ORDERS"));
    submit();
    const QString message = QStringLiteral("stream name already in use");
    m_form->showError(
        Error{Error::Kind::Invalid, QStringLiteral("Refused."), {}, {{QStringLiteral("name"), message}}, {}});
    QCOMPARE(errorBelow("streamNameEdit"), message);
    QCOMPARE(child<QLineEdit>("streamNameEdit")->text(), QStringLiteral("ORDERS"));
    enter("streamNameEdit", QStringLiteral("ORDERS2"));
    QVERIFY(errorBelow("streamNameEdit").isEmpty());
}

void StreamFormTest::saysWhatIsNoFieldsErrorInTheServersWords()
{
    m_form->showError(Error{Error::Kind::Server, QStringLiteral("The server could not do it."),
        QStringLiteral("insufficient resources (10023)"), {{QStringLiteral("placement"), QStringLiteral("no peers")}},
        {}});
    const auto *message = m_form->findChild<InlineMessage *>();
    QVERIFY(!message->isHidden());
    QCOMPARE(message->title(), QStringLiteral("The server could not do it."));
    QVERIFY(message->text().contains(QStringLiteral("no peers")));
    QCOMPARE(message->detail(), QStringLiteral("insufficient resources (10023)"));
}

void StreamFormTest::cancelDiscards()
{
    QSignalSpy cancelled(m_form.get(), &StreamForm::cancelled);
    enter("streamNameEdit", QStringLiteral("a.b"));
    QVERIFY(!errorBelow("streamNameEdit").isEmpty());
    child<QPushButton>("cancelStreamButton")->click();
    QCOMPARE(cancelled.count(), 1);
    StreamDraft empty;
    empty.account = QStringLiteral("default");
    QCOMPARE(m_form->draft(), empty);
    QVERIFY(errorBelow("streamNameEdit").isEmpty());
}

void StreamFormTest::waitsForTheAnswer()
{
    auto *create = child<QPushButton>("createStreamButton");
    QCOMPARE(create->text(), QStringLiteral("Create stream"));
    m_form->setBusy(true);
    QVERIFY(!create->isEnabled());
    QVERIFY(!create->toolTip().isEmpty());
    QVERIFY(!child<QLineEdit>("streamNameEdit")->isEnabled());
    m_form->setBusy(false);
    QVERIFY(create->isEnabled());
    m_form->setSubmitAccess(Access::no(QStringLiteral("The cluster is archived.")));
    QVERIFY(!create->isEnabled());
    QCOMPARE(create->toolTip(), QStringLiteral("The cluster is archived."));
}

QTEST_MAIN(StreamFormTest)
#include "tst_streamform.moc"
