// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/subject.h"
#include "tests/widgets/fields.h"
#include "tests/widgets/mnemonics.h"
#include "widgets/common/field.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/segmentedchoice.h"
#include "widgets/common/subjectpreview.h"
#include "widgets/common/wrappinglabel.h"
#include "widgets/streams/streamform.h"

#include <QCheckBox>
#include <QComboBox>
#include <QJsonArray>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
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
    void showsTheFirstWrongField();
    void cutsNoWordsAtAnyWidth();
    void saysThatADraftWasKept();
    void beginsWithoutADraft();
    void typingMovesNoField();
    void hasAMnemonicForAllOfItsOwn();
    void limitsWhatIsTyped();
    void refusesWhatMayBeCut();
    void createsAndCancelsByMnemonic();
    void showsAStreamAndChangesWhatIsEdited();
    void keepsWhatItDoesNotEdit();
    void locksWhatCannotChange();
    void saysWhatAChangeDoes();
    void followsWhatOthersChange();
    void opensTheFoldOfWhatIsWrong();
    void beginsAsACopy();

private:
    template <typename T> T *child(const char *name) const { return m_form->findChild<T *>(QLatin1String(name)); }
    QString errorBelow(const char *control) const;
    void enter(const char *edit, const QString &text) { child<QLineEdit>(edit)->setText(text); }
    bool isInSight(const char *control) const;
    void submit() { child<QPushButton>("createStreamButton")->click(); }

    std::unique_ptr<StreamForm> m_form;
};

void StreamFormTest::init()
{
    m_form = std::make_unique<StreamForm>();
    m_form->setAccounts({QStringLiteral("default"), QStringLiteral("edge")});
    m_form->setContext({{}, 3});
}

/// The control with its label and what stands below it.
bool StreamFormTest::isInSight(const char *control) const
{
    const QWidget *field = child<QWidget>(control)->parentWidget();
    const QWidget *port = m_form->findChild<QScrollArea *>()->viewport();
    const QRect place(field->mapTo(port, QPoint()), field->size());
    return port->rect().contains(place);
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
    StreamDraft expected = StreamDraft::of(QStringLiteral("edge"), QStringLiteral("DEVICES"),
        {QStringLiteral("device.*.event"), QStringLiteral("device.*.state")});
    const QString description = QStringLiteral("what devices say");
    for (const auto &[field, value] : std::initializer_list<std::pair<const char *, QJsonValue>>{
             {"description", description}, {"retention", QStringLiteral("workqueue")},
             {"storage", QStringLiteral("memory")}, {"num_replicas", 3}, {"max_age", qint64(48) * 3'600'000'000'000},
             {"max_msgs", 1'000'000}, {"max_bytes", 512 * 1048576}, {"discard", QStringLiteral("new")}})
        expected.config.insert(QLatin1String(field), value);

    child<QComboBox>("streamAccountCombo")->setCurrentText(expected.account);
    enter("streamNameEdit", QStringLiteral(" DEVICES "));
    enter("streamSubjectsEdit", QStringLiteral("device.*.event,, device.*.state"));
    enter("streamDescriptionEdit", description);
    child<SegmentedChoice>("streamRetentionChoice")->setCurrentData(QStringLiteral("workqueue"));
    child<SegmentedChoice>("streamStorageChoice")->setCurrentData(QStringLiteral("memory"));
    child<SegmentedChoice>("streamReplicasChoice")->setCurrentData(3);
    child<SegmentedChoice>("streamDiscardChoice")->setCurrentData(QStringLiteral("new"));
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
    QVERIFY2(!lines[1].contains(subjectProblem(QStringLiteral("orders..x"))), "the field says why, once");
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
    QCOMPARE(create->text(), QStringLiteral("Crea&te stream"));
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

void StreamFormTest::showsTheFirstWrongField()
{
    m_form->resize(376, 420);
    m_form->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_form.get()));
    m_form->activateWindow();
    enter("streamNameEdit", QStringLiteral("ORDERS"));
    enter("streamMaxBytesEdit", QStringLiteral("many"));
    m_form->findChild<QScrollArea *>()->verticalScrollBar()->setValue(0);
    QVERIFY(!isInSight("streamMaxBytesEdit"));
    submit();
    QVERIFY(isInSight("streamMaxBytesEdit"));
    QTRY_VERIFY(child<QLineEdit>("streamMaxBytesEdit")->hasFocus());

    enter("streamNameEdit", {});
    submit();
    QVERIFY(isInSight("streamNameEdit"));
    QTRY_VERIFY(child<QLineEdit>("streamNameEdit")->hasFocus());
}

void StreamFormTest::cutsNoWordsAtAnyWidth()
{
    m_form->show();
    for (Field *field : m_form->findChildren<Field *>()) {
        field->setHint(QStringLiteral("What a field is told of what it may hold is longer than most would think."));
        field->setError(QStringLiteral("The server refuses it because ") + QString(90, QLatin1Char('W'))
            + QStringLiteral(" is nothing that it has ever heard of, nor anybody else."));
    }
    for (const int width : {300, 376, 500, 764, 1200}) {
        m_form->resize(width, 600);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        for (const WrappingLabel *label : m_form->findChildren<WrappingLabel *>()) {
            if (label->isHidden() || !label->isVisible())
                continue;
            const QWidget *field = label->parentWidget();
            const QRect room = field->rect();
            QVERIFY2(label->height() >= label->heightForWidth(label->width()), qPrintable(QString::number(width)));
            QVERIFY2(room.contains(label->geometry()), qPrintable(QString::number(width)));
            QVERIFY2(field->parentWidget()->rect().contains(field->geometry()), qPrintable(QString::number(width)));
        }
    }
}

void StreamFormTest::saysThatADraftWasKept()
{
    const auto *note = child<QWidget>("keptDraftNote");
    m_form->show();
    enter("streamNameEdit", QStringLiteral("ORDERS"));
    QVERIFY(!note->isVisible());
    m_form->hide();
    m_form->show();
    QVERIFY(note->isVisible());
    QCOMPARE(child<QLineEdit>("streamNameEdit")->text(), QStringLiteral("ORDERS"));
    child<QPushButton>("startOverButton")->click();
    QVERIFY(!note->isVisible());
    QVERIFY(child<QLineEdit>("streamNameEdit")->text().isEmpty());
    m_form->hide();
    m_form->show();
    QVERIFY(!note->isVisible());
}

void StreamFormTest::beginsWithoutADraft()
{
    QVERIFY(!m_form->hasDraft());
    m_form->setAccounts({QStringLiteral("alpha"), QStringLiteral("default")});
    QVERIFY(!m_form->hasDraft());
    enter("streamNameEdit", QStringLiteral("O"));
    QVERIFY(m_form->hasDraft());
    enter("streamNameEdit", {});
    QVERIFY(!m_form->hasDraft());
    child<SegmentedChoice>("streamStorageChoice")->setCurrentData(QStringLiteral("memory"));
    QVERIFY(m_form->hasDraft());
}

void StreamFormTest::typingMovesNoField()
{
    m_form->resize(376, 640);
    m_form->show();
    m_form->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_form.get()));
    const auto places = [this] {
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        QList<QPoint> found;
        for (const Field *field : m_form->findChildren<Field *>())
            found << field->mapTo(m_form.get(), QPoint());
        return found;
    };
    int wrong = 0;
    for (const char *name : {"streamNameEdit", "streamDescriptionEdit", "streamMaxAgeEdit", "streamMaxMessagesEdit",
             "streamMaxBytesEdit"}) {
        auto *edit = child<QLineEdit>(name);
        edit->setFocus();
        QTRY_VERIFY(edit->hasFocus());
        const QList<QPoint> before = places();
        for (const QString &text : {QStringLiteral("0"), QStringLiteral("a.b"), QString(5000, QLatin1Char('9'))}) {
            edit->setText(text);
            wrong += errorBelow(name).isEmpty() ? 0 : 1;
            QCOMPARE(places(), before);
        }
        edit->clear();
    }
    QVERIFY(wrong >= 10);
}

void StreamFormTest::hasAMnemonicForAllOfItsOwn()
{
    QVERIFY2(mnemonicClash(*m_form).isEmpty(), qPrintable(mnemonicClash(*m_form)));
}

void StreamFormTest::createsAndCancelsByMnemonic()
{
    QSignalSpy submitted(m_form.get(), &StreamForm::submitted);
    QSignalSpy cancelled(m_form.get(), &StreamForm::cancelled);
    m_form->show();
    m_form->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_form.get()));
    enter("streamNameEdit", QStringLiteral("ORDERS"));
    QTest::keyClick(m_form.get(), Qt::Key_T, Qt::AltModifier);
    QTRY_COMPARE(submitted.count(), 1);
    QTest::keyClick(m_form.get(), Qt::Key_N, Qt::AltModifier);
    QTRY_COMPARE(cancelled.count(), 1);
}

void StreamFormTest::limitsWhatIsTyped()
{
    QCOMPARE(fieldWithoutLimit(*m_form), QString());
}

void StreamFormTest::refusesWhatMayBeCut()
{
    QSignalSpy submitted(m_form.get(), &StreamForm::submitted);
    enter("streamNameEdit", QStringLiteral("ORDERS"));
    enter("streamSubjectsEdit", QStringLiteral("orders.%1").arg(QString(1'000'000, QLatin1Char('x'))));
    submit();
    QCOMPARE(submitted.count(), 0);
    QVERIFY(errorBelow("streamSubjectsEdit").contains(QStringLiteral("20,000 characters")));
}

namespace {

Stream ordersAsTold()
{
    Stream stream;
    stream.id = {QStringLiteral("default"), QStringLiteral("orders")};
    stream.config = {{QStringLiteral("name"), stream.id.name},
        {QStringLiteral("subjects"), QJsonArray{QStringLiteral("orders.>")}},
        {QStringLiteral("retention"), QStringLiteral("limits")}, {QStringLiteral("storage"), QStringLiteral("memory")},
        {QStringLiteral("discard"), QStringLiteral("old")}, {QStringLiteral("num_replicas"), 2},
        {QStringLiteral("max_age"), Q_INT64_C(5400000000000)}, {QStringLiteral("max_msgs"), -1},
        {QStringLiteral("max_bytes"), 1000}, {QStringLiteral("duplicate_window"), Q_INT64_C(120000000000)},
        {QStringLiteral("deny_delete"), true}, {QStringLiteral("compression"), QStringLiteral("zstd")},
        {QStringLiteral("of_tomorrow"), QJsonObject{{QStringLiteral("a"), Q_INT64_C(9007199254740993)}}},
        {QStringLiteral("sources"), QJsonArray{QJsonObject{{QStringLiteral("name"), QStringLiteral("other")}}}}};
    stream.messages = 100;
    return stream;
}

} // namespace

void StreamFormTest::showsAStreamAndChangesWhatIsEdited()
{
    const Stream seen = ordersAsTold();
    m_form = std::make_unique<StreamForm>(seen);
    m_form->setContext({{}, 3, ServerVersion{2, 14, 9}});
    QCOMPARE(m_form->draft().config, seen.config); // to the last byte
    QVERIFY(!m_form->hasDraft());
    QCOMPARE(child<QLineEdit>("streamMaxAgeEdit")->text(), QStringLiteral("1h30m"));
    QCOMPARE(child<QLineEdit>("streamMaxBytesEdit")->text(), QStringLiteral("1000B"));
    QVERIFY(child<QLineEdit>("streamMaxMessagesEdit")->text().isEmpty());
    QCOMPARE(child<SegmentedChoice>("streamReplicasChoice")->currentData().toInt(), 2);
    QSignalSpy submitted(m_form.get(), &StreamForm::submitted);
    enter("streamMaxMessagesEdit", QStringLiteral("500"));
    enter("streamMaxBytesEdit", {});
    child<QPushButton>("createEditedStreamButton")->click();
    QCOMPARE(submitted.count(), 1);
    QJsonObject expected = seen.config;
    expected[QStringLiteral("max_msgs")] = 500;
    expected[QStringLiteral("max_bytes")] = -1;
    const auto draft = submitted.first().first().value<StreamDraft>();
    QCOMPARE(draft.config, expected);
    QCOMPARE(draft.seen, seen);
}

void StreamFormTest::keepsWhatItDoesNotEdit()
{
    m_form = std::make_unique<StreamForm>(ordersAsTold());
    const auto *kept = child<InlineMessage>("streamUnknownFieldsMessage");
    QVERIFY(!kept->isHidden());
    QVERIFY2(kept->title().contains(QStringLiteral("of_tomorrow")) && kept->title().contains(QStringLiteral("sources")),
        qPrintable(kept->title()));
    QCOMPARE(child<SegmentedChoice>("streamCompressionChoice")->currentData().toString(), QStringLiteral("zstd"));
}

void StreamFormTest::locksWhatCannotChange()
{
    m_form = std::make_unique<StreamForm>(ordersAsTold());
    m_form->setContext({{}, 3, ServerVersion{2, 9, 25}});
    for (const char *control : {"streamStorageChoice", "streamAccountCombo", "streamDenyDeleteBox",
             "streamCompressionChoice", "streamAllowTtlBox", "streamFirstSequenceEdit"}) {
        QVERIFY2(!child<QWidget>(control)->isEnabled(), control);
        QVERIFY2(!child<QWidget>(control)->toolTip().isEmpty(), control);
    }
    QVERIFY(child<QLineEdit>("streamNameEdit")->isReadOnly());
    QVERIFY(child<QWidget>("streamDenyPurgeBox")->isEnabled());
    const auto *retention = child<SegmentedChoice>("streamRetentionChoice");
    QVERIFY(retention->isChoiceEnabled(0) && !retention->isChoiceEnabled(1) && !retention->isChoiceEnabled(2));
    m_form->setContext({{}, 3, ServerVersion{2, 14, 9}});
    QVERIFY(child<QWidget>("streamCompressionChoice")->isEnabled());
    QVERIFY(retention->isChoiceEnabled(1) && !retention->isChoiceEnabled(2));
}

void StreamFormTest::saysWhatAChangeDoes()
{
    m_form = std::make_unique<StreamForm>(ordersAsTold());
    const auto *said = child<InlineMessage>("streamConsequencesMessage");
    QVERIFY(said->isHidden());
    enter("streamMaxMessagesEdit", QStringLiteral("40"));
    QVERIFY(!said->isHidden());
    QVERIFY2(said->text().contains(QStringLiteral("60")), qPrintable(said->text()));
    enter("streamMaxMessagesEdit", QStringLiteral("400"));
    QVERIFY(said->isHidden());
    child<QCheckBox>("streamDenyPurgeBox")->setChecked(true);
    QVERIFY2(said->text().contains(QStringLiteral("deny_purge")), qPrintable(said->text()));
}

void StreamFormTest::followsWhatOthersChange()
{
    m_form = std::make_unique<StreamForm>(ordersAsTold());
    enter("streamMaxMessagesEdit", QStringLiteral("500"));
    Stream now = ordersAsTold();
    now.config[QStringLiteral("description")] = QStringLiteral("Bo's");
    now.config[QStringLiteral("of_tomorrow")] = 7;
    QVERIFY(m_form->renewSeen(now).isEmpty());
    QCOMPARE(child<QLineEdit>("streamDescriptionEdit")->text(), QStringLiteral("Bo's"));
    QJsonObject expected = now.config;
    expected[QStringLiteral("max_msgs")] = 500;
    QCOMPARE(m_form->draft().config, expected);
    now.config[QStringLiteral("max_msgs")] = 300;
    const QList<FieldChange> overtaken = m_form->renewSeen(now);
    QCOMPARE(overtaken.size(), 1);
    QCOMPARE(overtaken.constFirst().field, QStringLiteral("max_msgs"));
    QCOMPARE(overtaken.constFirst().after, now.config.value(QLatin1String("max_msgs")));
    QCOMPARE(child<QLineEdit>("streamMaxMessagesEdit")->text(), QStringLiteral("500"));
    QVERIFY(m_form->hasDraft());
    now.config[QStringLiteral("max_msgs")] = 500;
    QVERIFY(m_form->renewSeen(now).isEmpty());
    QVERIFY(!m_form->hasDraft());
}

void StreamFormTest::opensTheFoldOfWhatIsWrong()
{
    m_form->show();
    enter("streamNameEdit", QStringLiteral("ORDERS"));
    enter("streamMaxMessageSizeEdit", QStringLiteral("many"));
    auto *edit = child<QLineEdit>("streamMaxMessageSizeEdit");
    QVERIFY(!edit->isVisible());
    QSignalSpy submitted(m_form.get(), &StreamForm::submitted);
    submit();
    QCOMPARE(submitted.count(), 0);
    QVERIFY(edit->isVisible());
    QVERIFY(!errorBelow("streamMaxMessageSizeEdit").isEmpty());
}

void StreamFormTest::beginsAsACopy()
{
    QJsonObject config = ordersAsTold().config;
    config.remove(QStringLiteral("name"));
    m_form->beginAs(QStringLiteral("edge"), config);
    QVERIFY(!m_form->hasDraft());
    enter("streamNameEdit", QStringLiteral("copy"));
    QJsonObject expected = config;
    expected[QStringLiteral("name")] = QStringLiteral("copy");
    QCOMPARE(m_form->draft().account, QStringLiteral("edge"));
    QCOMPARE(m_form->draft().config, expected);
    m_form->clear();
    QCOMPARE(m_form->draft().config, QJsonObject());
}

QTEST_MAIN(StreamFormTest)
#include "tst_streamform.moc"
