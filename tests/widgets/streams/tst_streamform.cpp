// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/assetfields.h"
#include "services/domain/subject.h"
#include "tests/widgets/fields.h"
#include "tests/widgets/mnemonics.h"
#include "tests/widgets/streams/streamdocuments.h"
#include "widgets/common/field.h"
#include "widgets/common/fold.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/segmentedchoice.h"
#include "widgets/common/subjectpreview.h"
#include "widgets/common/wrappinglabel.h"
#include "widgets/objects/metadatatable.h"
#include "widgets/streams/streamform.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

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
    void previewsWhatIsTaken();
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
    void keepsEveryOptionUntilItIsEdited();
    void editsWhatIsInsideObjects();
    void editsMetadataAsATable();
    void refusesMetadataThatCannotBe();
    void offersWorkloadsAndTakesOthers();
    void editsSources();
    void keepsWhatASourceHasAndTheFormDoesNotKnow();
    void takesAMirrorAwayAndBack();
    void putsProblemsOnTheFieldTheyAreAbout_data();
    void putsProblemsOnTheFieldTheyAreAbout();
    void opensWhatIsSetAndSaysHowMuch();
    void warnsOfABucket();
    void followsMetadataThatOthersChange();

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

/// Before the field is left: what is wrong stands beside the subject that it is about.
void StreamFormTest::previewsWhatIsTaken()
{
    const auto *preview = m_form->findChild<SubjectPreview *>(QStringLiteral("streamSubjectsPreview"));
    auto *edit = child<QLineEdit>("streamSubjectsEdit");
    m_form->setContext({{{{QStringLiteral("default"), QStringLiteral("ORDERS")}, {QStringLiteral("orders.>")}}}, 3,
        ServerVersion{2, 14, 9}});
    edit->setText(QStringLiteral("orders.new, $SYS.a, a.*, a.b"));
    QCOMPARE(preview->text(),
        QStringLiteral("orders.new · overlaps orders.> of ORDERS\n$SYS.a · the server's own\na.* · overlaps a.b\n"
                       "a.b · overlaps a.*"));
    m_form->setContext({{}, 3, ServerVersion{2, 14, 9}});
    QVERIFY(preview->text().startsWith(QStringLiteral("orders.new · only this subject")));
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
    QCOMPARE(kept->title(), QStringLiteral("Kept as it is: of_tomorrow"));
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
    QVERIFY2(said->text().contains(QStringLiteral("Purge: ")), qPrintable(said->text()));
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

namespace {

/// With all that there is, and more inside of it than this program knows.
Stream everything()
{
    Stream stream = ordersAsTold();
    stream.config = QJsonDocument::fromJson(StreamDocuments::everything).object();
    return stream;
}

QJsonObject without(QJsonObject config, const char *field)
{
    config.remove(QLatin1String(field));
    return config;
}

} // namespace

void StreamFormTest::keepsEveryOptionUntilItIsEdited()
{
    const Stream seen = everything();
    m_form = std::make_unique<StreamForm>(seen);
    m_form->setContext({{}, 3, ServerVersion{2, 14, 9}});
    QCOMPARE(m_form->draft().config, seen.config);
    QVERIFY(!m_form->hasDraft());
    const auto *kept = child<InlineMessage>("streamUnknownFieldsMessage");
    QCOMPARE(kept->title(), QStringLiteral("Kept as it is: of_tomorrow, placement.preferred"));
    enter("streamDescriptionEdit", QStringLiteral("x"));
    QJsonObject expected = seen.config;
    expected[QStringLiteral("description")] = QStringLiteral("x");
    QCOMPARE(m_form->draft().config, expected);
}

void StreamFormTest::editsWhatIsInsideObjects()
{
    const Stream seen = everything();
    m_form = std::make_unique<StreamForm>(seen);
    enter("streamRepublishToEdit", QStringLiteral("other.>"));
    enter("streamTagsEdit", QStringLiteral("ssd, zone:a"));
    enter("streamAckPendingEdit", QStringLiteral("50"));
    QJsonObject expected = seen.config;
    expected = withValueAt(expected, {QStringLiteral("republish"), QStringLiteral("dest")}, QStringLiteral("other.>"));
    expected = withValueAt(expected, {QStringLiteral("placement"), QStringLiteral("tags")},
        QJsonArray{QStringLiteral("ssd"), QStringLiteral("zone:a")});
    expected = withValueAt(expected, {QStringLiteral("consumer_limits"), QStringLiteral("max_ack_pending")}, 50);
    QCOMPARE(m_form->draft().config, expected);
    enter("streamTransformFromEdit", {});
    enter("streamTransformToEdit", {});
    QCOMPARE(m_form->draft().config, without(expected, "subject_transform"));
}

void StreamFormTest::editsMetadataAsATable()
{
    const Stream seen = everything();
    m_form = std::make_unique<StreamForm>(seen);
    m_form->show();
    auto *table = child<QWidget>("streamMetadataTable");
    const auto keys = table->findChildren<QLineEdit *>(QStringLiteral("metadataFirstEdit"));
    QCOMPARE(keys.size(), 1); // neither the server's own nor the linked app
    QCOMPARE(keys.first()->text(), QStringLiteral("team"));
    table->findChild<QLineEdit *>(QStringLiteral("metadataSecondEdit"))->setText(QStringLiteral("bills"));
    QTest::keyClick(table->findChild<QWidget *>(QStringLiteral("metadataAddButton")), Qt::Key_Space);
    auto *added = table->findChildren<QLineEdit *>(QStringLiteral("metadataFirstEdit")).last();
    QTRY_VERIFY(added->hasFocus());
    added->setText(QStringLiteral("pager"));
    QTest::keyClick(added, Qt::Key_Return);
    table->findChildren<QLineEdit *>(QStringLiteral("metadataSecondEdit")).last()->setText(QStringLiteral("#7"));
    QJsonObject metadata = seen.config[QStringLiteral("metadata")].toObject();
    metadata[QStringLiteral("team")] = QStringLiteral("bills");
    metadata[QStringLiteral("pager")] = QStringLiteral("#7");
    QCOMPARE(m_form->draft().config[QStringLiteral("metadata")].toObject(), metadata);
    QVERIFY(m_form->hasDraft());
    QTest::keyClick(table->findChildren<QWidget *>(QStringLiteral("metadataRemoveButton")).last(), Qt::Key_Space);
    metadata.remove(QStringLiteral("pager"));
    QCOMPARE(m_form->draft().config[QStringLiteral("metadata")].toObject(), metadata);
    keys.first()->setText(QStringLiteral("team"));
    table->findChild<QLineEdit *>(QStringLiteral("metadataSecondEdit"))->setText(QStringLiteral("orders"));
    QVERIFY(!m_form->hasDraft());
}

void StreamFormTest::refusesMetadataThatCannotBe()
{
    m_form = std::make_unique<StreamForm>(everything());
    QSignalSpy submitted(m_form.get(), &StreamForm::submitted);
    auto *table = child<QWidget>("streamMetadataTable");
    auto *key = table->findChild<QLineEdit *>(QStringLiteral("metadataFirstEdit"));
    for (const char *wrong : {"", "_nats.ver", "pennant.app/linked-app"}) {
        key->setText(QLatin1String(wrong));
        child<QPushButton>("createEditedStreamButton")->click();
        QVERIFY2(!errorBelow("streamMetadataTable").isEmpty(), wrong);
    }
    // what was pasted is cut where the field is full
    key->setText(QStringLiteral("team"));
    table->findChild<QLineEdit *>(QStringLiteral("metadataSecondEdit"))->setText(QString(6000, QLatin1Char('x')));
    child<QPushButton>("createEditedStreamButton")->click();
    QVERIFY(!errorBelow("streamMetadataTable").isEmpty());
    QCOMPARE(submitted.count(), 0);
    // what a server holds is no hindrance to a change of something else
    Stream odd = everything();
    odd.config.insert(QStringLiteral("metadata"),
        QJsonObject{
            {QString(), QStringLiteral("of nothing")}, {QStringLiteral("long"), QString(6000, QLatin1Char('y'))}});
    MetadataTable other;
    other.setValue(odd.config.value(QStringLiteral("metadata")));
    QCOMPARE(other.problem(), QString());
    QCOMPARE(other.value(), odd.config.value(QStringLiteral("metadata")));
}

void StreamFormTest::offersWorkloadsAndTakesOthers()
{
    m_form->setWorkloads({{QStringLiteral("shop/checkout"), QStringLiteral("Deployment")}}, QStringLiteral("a note"));
    auto *edit = child<QLineEdit>("streamLinkedAppEdit");
    QVERIFY(edit->completer()->completionModel()->index(0, 0).data().toString().contains(QStringLiteral("Deployment")));
    m_form->show();
    m_form->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_form.get()));
    edit->setFocus();
    QTest::keyClick(edit, Qt::Key_Down);
    QTRY_VERIFY(edit->completer()->popup()->isVisible());
    QTest::keyClick(edit->completer()->popup(), Qt::Key_Down);
    QTest::keyClick(edit->completer()->popup(), Qt::Key_Return);
    QCOMPARE(edit->text(), QStringLiteral("shop/checkout"));
    const QStringList path{QStringLiteral("metadata"), QLatin1String(linkedAppKey)};
    QCOMPARE(valueAt(m_form->draft().config, path).toString(), QStringLiteral("shop/checkout"));
    edit->setText(QStringLiteral("somewhere else"));
    QCOMPARE(valueAt(m_form->draft().config, path).toString(), QStringLiteral("somewhere else"));
    edit->clear();
    QVERIFY(!m_form->draft().config.contains(QStringLiteral("metadata")));
}

void StreamFormTest::editsSources()
{
    m_form->show();
    auto *list = child<QWidget>("streamSourcesList");
    enter("streamNameEdit", QStringLiteral("ALL"));
    for (const char *name : {"EU", "US"}) {
        list->findChild<QToolButton *>(QStringLiteral("sourceAddButton"))->click();
        list->findChildren<QLineEdit *>(QStringLiteral("sourceNameEdit")).last()->setText(QLatin1String(name));
    }
    list->findChildren<QLineEdit *>(QStringLiteral("sourceFilterEdit")).last()->setText(QStringLiteral("us.>"));
    auto *begin = list->findChildren<SegmentedChoice *>(QStringLiteral("sourceBeginChoice")).first();
    begin->setCurrentData(QStringLiteral("opt_start_seq"));
    QSignalSpy submitted(m_form.get(), &StreamForm::submitted);
    submit();
    QCOMPARE(submitted.count(), 0);
    QVERIFY(!errorBelow("streamSourcesList").isEmpty());
    list->findChildren<QLineEdit *>(QStringLiteral("sourceSequenceEdit")).first()->setText(QStringLiteral("12"));
    const QJsonArray expected{
        QJsonObject{{QStringLiteral("name"), QStringLiteral("EU")}, {QStringLiteral("opt_start_seq"), 12}},
        QJsonObject{{QStringLiteral("name"), QStringLiteral("US")},
            {QStringLiteral("filter_subject"), QStringLiteral("us.>")}}};
    submit();
    QCOMPARE(submitted.count(), 1);
    QCOMPARE(m_form->draft().config[QStringLiteral("sources")].toArray(), expected);
    list->findChildren<QToolButton *>(QStringLiteral("sourceRemoveButton")).first()->click();
    QCOMPARE(m_form->draft().config[QStringLiteral("sources")].toArray(), QJsonArray{expected.last()});
}

void StreamFormTest::keepsWhatASourceHasAndTheFormDoesNotKnow()
{
    const Stream seen = everything();
    m_form = std::make_unique<StreamForm>(seen);
    auto *list = child<QWidget>("streamSourcesList");
    auto *filter = list->findChildren<QLineEdit *>(QStringLiteral("sourceFilterEdit")).first();
    filter->setText(QStringLiteral("every.c.>"));
    QJsonArray sources = seen.config[QStringLiteral("sources")].toArray();
    QJsonObject first = sources.first().toObject();
    first[QStringLiteral("filter_subject")] = QStringLiteral("every.c.>");
    sources.replace(0, first);
    QJsonObject expected = seen.config;
    expected[QStringLiteral("sources")] = sources;
    QCOMPARE(m_form->draft().config, expected);
}

void StreamFormTest::takesAMirrorAwayAndBack()
{
    Stream seen = ordersAsTold();
    seen.config = QJsonDocument::fromJson(StreamDocuments::mirroring).object();
    m_form = std::make_unique<StreamForm>(seen);
    m_form->setContext({{}, 3, ServerVersion{2, 11, 11}});
    auto *list = child<QWidget>("streamMirrorList");
    auto *remove = list->findChild<QToolButton *>(QStringLiteral("mirrorRemoveButton"));
    QVERIFY(!list->findChild<QLineEdit *>(QStringLiteral("mirrorNameEdit"))->isEnabled());
    QVERIFY(!remove->isEnabled() && remove->toolTip().contains(QStringLiteral("2.12")));
    m_form->setContext({{}, 3, ServerVersion{2, 14, 9}});
    QVERIFY(remove->isEnabled());
    remove->click();
    QCOMPARE(m_form->draft().config, without(seen.config, "mirror"));
    QVERIFY(child<InlineMessage>("streamConsequencesMessage")->text().contains(QStringLiteral("Mirror: ")));
    auto *add = list->findChild<QToolButton *>(QStringLiteral("mirrorAddButton"));
    QVERIFY(add->isEnabled());
    add->click();
    QCOMPARE(m_form->draft().config, seen.config);
    QVERIFY(!m_form->hasDraft());
}

void StreamFormTest::putsProblemsOnTheFieldTheyAreAbout_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("control");
    for (const auto &[field, control] :
        std::initializer_list<std::pair<const char *, const char *>>{{"mirror", "streamMirrorList"},
            {"sources", "streamSourcesList"}, {"republish.src", "streamRepublishFromEdit"},
            {"republish.dest", "streamRepublishToEdit"}, {"subject_transform.src", "streamTransformFromEdit"},
            {"subject_transform.dest", "streamTransformToEdit"}, {"placement.cluster", "streamClusterEdit"},
            {"placement.tags", "streamTagsEdit"}, {"consumer_limits.max_ack_pending", "streamAckPendingEdit"},
            {"subject_delete_marker_ttl", "streamMarkerLifeEdit"}, {"allow_msg_counter", "streamCounterBox"},
            {"allow_msg_schedules", "streamSchedulesBox"}, {"persist_mode", "streamPersistChoice"},
            {"allow_atomic", "streamAtomicBox"}, {"allow_batched", "streamBatchedBox"},
            {"metadata", "streamMetadataTable"}, {"mirror_direct", "streamMirrorDirectBox"}})
        QTest::newRow(field) << QString(QLatin1String(field)) << QString(QLatin1String(control));
}

void StreamFormTest::putsProblemsOnTheFieldTheyAreAbout()
{
    QFETCH(QString, field);
    QFETCH(QString, control);
    const QString words = QStringLiteral("the server's words");
    m_form->showError({Error::Kind::Invalid, QStringLiteral("Refused."), {}, {{field, words}}, {}});
    QCOMPARE(errorBelow(qPrintable(control)), words);
}

void StreamFormTest::opensWhatIsSetAndSaysHowMuch()
{
    const auto fold = [this](const char *heading) { return Fold::around(child<QToolButton>(heading)); };
    for (const char *heading : {"streamAdvancedButton", "streamFeedsButton", "streamRoutingButton",
             "streamPlacementButton", "streamMetadataButton"})
        QVERIFY2(!fold(heading)->isOpen(), heading);
    enter("streamClusterEdit", QStringLiteral("east"));
    QVERIFY(child<QToolButton>("streamPlacementButton")->text().contains(QStringLiteral("1 set")));
    m_form = std::make_unique<StreamForm>(ordersAsTold());
    QVERIFY(fold("streamFeedsButton")->isOpen());
    QVERIFY(!fold("streamRoutingButton")->isOpen());
}

void StreamFormTest::warnsOfABucket()
{
    Stream bucket = ordersAsTold();
    QVERIFY(child<InlineMessage>("streamBucketMessage")->isHidden());
    bucket.id.name = QStringLiteral("KV_state");
    bucket.config[QStringLiteral("name")] = bucket.id.name;
    bucket.config[QStringLiteral("subjects")] = QJsonArray{QStringLiteral("$KV.state.>")};
    m_form = std::make_unique<StreamForm>(bucket);
    QVERIFY(child<InlineMessage>("streamBucketMessage")->title().contains(QStringLiteral("state")));
    enter("streamSubjectsEdit", QStringLiteral("$KV.state.>, $KV.other.>"));
    child<QPushButton>("createEditedStreamButton")->click();
    QVERIFY2(errorBelow("streamSubjectsEdit").contains(QStringLiteral("$KV.other.>")),
        qPrintable(errorBelow("streamSubjectsEdit")));
}

void StreamFormTest::followsMetadataThatOthersChange()
{
    const Stream seen = everything();
    m_form = std::make_unique<StreamForm>(seen);
    auto *table = child<QWidget>("streamMetadataTable");
    table->findChild<QLineEdit *>(QStringLiteral("metadataSecondEdit"))->setText(QStringLiteral("mine"));
    Stream now = seen;
    const QStringList app{QStringLiteral("metadata"), QLatin1String(linkedAppKey)};
    now.config = withValueAt(now.config, app, QStringLiteral("theirs"));
    QVERIFY(m_form->renewSeen(now).isEmpty()); // not of what was edited here
    QCOMPARE(child<QLineEdit>("streamLinkedAppEdit")->text(), QStringLiteral("theirs"));
    const QStringList team{QStringLiteral("metadata"), QStringLiteral("team")};
    now.config = withValueAt(now.config, team, QStringLiteral("their team"));
    const QList<FieldChange> overtaken = m_form->renewSeen(now);
    QCOMPARE(overtaken.size(), 1);
    QCOMPARE(overtaken.constFirst().field, QStringLiteral("metadata"));
    QCOMPARE(m_form->draft().config, withValueAt(now.config, team, QStringLiteral("mine")));
}

QTEST_MAIN(StreamFormTest)
#include "tst_streamform.moc"
