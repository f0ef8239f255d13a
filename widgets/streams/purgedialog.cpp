// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/streams/purgedialog.h"

#include "models/bucketwords.h"
#include "models/celltext.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/field.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/look.h"
#include "widgets/common/numbertext.h"
#include "widgets/common/segmentedchoice.h"
#include "widgets/common/typinglimit.h"
#include "widgets/common/wrappinglabel.h"

#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <limits>

namespace {
constexpr int dialogWidth = 520;
} // namespace

PurgeDialog::PurgeDialog(const Stream &stream, Count count, QWidget *parent)
    : QuestionDialog(tr("Purge the stream %1").arg(stream.id.name), {}, parent)
    , m_stream(stream)
    , m_count(std::move(count))
    , m_which(new SegmentedChoice(this))
    , m_subject(new QLineEdit(this))
    , m_subjectField(new Field(tr("Only on su&bject"), m_subject, this))
    , m_number(new QLineEdit(this))
    , m_numberField(new Field(tr("&Number"), m_number, this))
    , m_meaning(new WrappingLabel(this))
    , m_purge(new QPushButton(tr("&Purge"), this))
    , m_cancel(new QPushButton(tr("&Cancel"), this))
{
    setObjectName(QStringLiteral("purgeDialog"));
    m_which->setObjectName(QStringLiteral("purgeChoice"));
    m_subject->setObjectName(QStringLiteral("purgeSubjectEdit"));
    m_number->setObjectName(QStringLiteral("purgeNumberEdit"));
    m_meaning->setObjectName(QStringLiteral("purgeMeaningLabel"));
    m_purge->setObjectName(QStringLiteral("confirmPurgeButton"));
    m_cancel->setObjectName(QStringLiteral("cancelPurgeButton"));
    m_subject->setPlaceholderText(tr("All subjects"));
    m_subject->setFont(Look::fixedFont());
    limitTyping(m_subject);
    limitTyping(m_number);
    m_purge->setProperty("danger", true);
    m_purge->setProperty("primary", true);
    for (QPushButton *button : {m_purge, m_cancel})
        button->setAutoDefault(false);
    setMinimumWidth(dialogWidth);
    layOut();
    connect(m_which, &SegmentedChoice::currentChanged, this, &PurgeDialog::renew);
    connect(m_subject, &QLineEdit::textChanged, this, &PurgeDialog::renew);
    connect(m_number, &QLineEdit::textChanged, this, &PurgeDialog::renew);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_purge, &QPushButton::clicked, this, &QDialog::accept);
    connect(this, &QDialog::accepted, this, [this] { Q_EMIT confirmed(purge()); });
    renew();
}

void PurgeDialog::layOut()
{
    m_which->addChoice(tr("All messages"), int(Which::All));
    m_which->addChoice(tr("Before a sequence"), int(Which::Before));
    m_which->addChoice(tr("All but the newest"), int(Which::Keep));
    m_which->setCurrentIndex(0);
    if (const std::optional<Bucket> bucket = m_stream.bucket()) {
        auto *warning = new InlineMessage(this);
        warning->setObjectName(QStringLiteral("purgeBucketMessage"));
        warning->showStanding(Tone::Warning, BucketWords::tag(*bucket), BucketWords::beforePurge(*bucket));
        body()->addWidget(warning);
    }
    body()->addWidget(new Field(tr("&What goes"), m_which, this));
    body()->addWidget(m_numberField);
    body()->addWidget(m_subjectField);
    body()->addWidget(m_meaning);
    addButtons(m_cancel, m_purge);
}

void PurgeDialog::setAccess(const Access &access)
{
    m_access = access;
    renew();
}

std::optional<quint64> PurgeDialog::number(const QLineEdit *edit)
{
    const TypedNumber typed = readNumber(edit->text(), std::numeric_limits<qint64>::max(), false);
    return typed.value && *typed.value >= 0 ? std::optional(quint64(*typed.value)) : std::nullopt;
}

StreamPurge PurgeDialog::purge() const
{
    StreamPurge purge;
    purge.subject = m_subject->text().trimmed();
    const auto which = Which(m_which->currentData().toInt());
    if (which == Which::Before)
        purge.before = number(m_number);
    if (which == Which::Keep)
        purge.keep = number(m_number);
    return purge;
}

/// A number that is missing would mean all of it.
FieldErrors PurgeDialog::problems() const
{
    FieldErrors errors = validate(purge());
    const bool isNumberWanted = Which(m_which->currentData().toInt()) != Which::All;
    if (isNumberWanted && !number(m_number))
        errors.append({QStringLiteral("keep"), tr("Enter a whole number.")});
    return errors;
}

void PurgeDialog::renew()
{
    const auto which = Which(m_which->currentData().toInt());
    m_numberField->setVisible(which != Which::All);
    m_numberField->setLabel(which == Which::Before ? tr("Seque&nce") : tr("&Number to keep"));
    m_numberField->setHint(which == Which::Before
            ? tr("What has a lower one goes; that one stays. It holds %1 to %2.")
                  .arg(numberText(m_stream.firstSequence), numberText(m_stream.lastSequence))
            : QString());
    const FieldErrors wrong = problems();
    QString subjectError;
    QString numberError;
    for (const FieldError &error : wrong)
        (error.field == QLatin1String("subject") ? subjectError : numberError) = error.message;
    m_subjectField->setError(subjectError);
    m_numberField->setError(m_number->text().isEmpty() ? QString() : numberError);
    ::setAccess(m_purge, m_access && !wrong.isEmpty() ? Access::no(wrong.constFirst().message) : m_access);
    if (!wrong.isEmpty()) {
        m_counting.drop();
        return m_meaning->setText(tr("Say what is to go."));
    }
    countAnew();
}

void PurgeDialog::countAnew()
{
    m_counted = purge();
    if (m_counted.subject.isEmpty()) {
        m_counting.drop();
        return showCount(0);
    }
    m_meaning->setText(tr("Messages are being counted…"));
    m_counting = m_count(m_counted);
    m_counting.then(this, [this](const Result<quint64> &count) {
        if (count)
            return showCount(*count);
        m_meaning->setText(tr("How many messages go is not known: %1").arg(count.error().summary));
    });
}

void PurgeDialog::showCount(quint64 ofSubject)
{
    const PurgeCount count = countOf(m_counted, m_stream, ofSubject);
    const QString all = numberText(m_stream.messages);
    const QString some = numberText(count.messages);
    const QString goes = count.isExact
        ? tr("%1 of %2 messages go, and nothing brings them back.").arg(some, all)
        : tr("At most %1 of %2 messages go, and nothing brings them back.").arg(some, all);
    const QString consumers =
        m_stream.consumerCount > 0 ? tr(" Consumers that have not delivered them skip them.") : QString();
    m_meaning->setText(goes + consumers);
}
