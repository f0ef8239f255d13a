// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/consumers/resetdialog.h"

#include "models/celltext.h"
#include "services/domain/standin.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/field.h"
#include "widgets/common/numbertext.h"
#include "widgets/common/segmentedchoice.h"
#include "widgets/common/typinglimit.h"
#include "widgets/common/words.h"
#include "widgets/common/wrappinglabel.h"

#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <limits>

namespace {
constexpr int dialogWidth = 520;

QString numbered(const QStringList &steps)
{
    QStringList lines;
    for (const QString &step : steps)
        lines.append(QStringLiteral("%1.  %2").arg(lines.size() + 1).arg(step));
    return lines.join(QLatin1Char('\n'));
}

QString listed(const QStringList &items)
{
    QStringList lines;
    for (const QString &item : items)
        lines.append(QStringLiteral("•  %1").arg(item));
    return lines.join(QLatin1Char('\n'));
}

} // namespace

ResetDialog::ResetDialog(const Consumer &consumer, const Stream &stream, ResetManner manner, QWidget *parent)
    : QuestionDialog(tr("Deliver again to %1").arg(consumer.id.name), {}, parent)
    , m_consumer(consumer)
    , m_stream(stream)
    , m_manner(manner)
    , m_from(new SegmentedChoice(this))
    , m_sequence(new QLineEdit(this))
    , m_sequenceField(new Field(tr("&Sequence"), m_sequence, this))
    , m_meaning(new WrappingLabel(this))
    , m_steps(new WrappingLabel(this))
    , m_losses(new WrappingLabel(this))
    , m_reset(new QPushButton(isRecreation() ? tr("&Delete and make anew") : tr("&Deliver again"), this))
    , m_cancel(new QPushButton(tr("&Cancel"), this))
{
    setObjectName(QStringLiteral("resetDialog"));
    m_from->setObjectName(QStringLiteral("resetChoice"));
    m_sequence->setObjectName(QStringLiteral("resetSequenceEdit"));
    m_meaning->setObjectName(QStringLiteral("resetMeaningLabel"));
    m_steps->setObjectName(QStringLiteral("resetStepsLabel"));
    m_losses->setObjectName(QStringLiteral("resetLossesLabel"));
    m_reset->setObjectName(QStringLiteral("confirmResetButton"));
    m_cancel->setObjectName(QStringLiteral("cancelResetButton"));
    limitTyping(m_sequence);
    m_reset->setProperty("primary", true);
    m_reset->setProperty("danger", isRecreation());
    for (QPushButton *button : {m_reset, m_cancel})
        button->setAutoDefault(false);
    setMinimumWidth(dialogWidth);
    layOut();
    connect(m_from, &SegmentedChoice::currentChanged, this, &ResetDialog::renew);
    connect(m_sequence, &QLineEdit::textChanged, this, &ResetDialog::renew);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_reset, &QPushButton::clicked, this, &QDialog::accept);
    connect(this, &QDialog::accepted, this, [this] { Q_EMIT confirmed(reset()); });
    renew();
}

void ResetDialog::layOut()
{
    m_from->addChoice(tr("What was not acknowledged"), int(From::AckFloor));
    m_from->addChoice(tr("From a sequence"), int(From::Sequence));
    m_from->setCurrentIndex(0);
    body()->addWidget(new Field(tr("&What"), m_from, this));
    body()->addWidget(m_sequenceField);
    body()->addWidget(m_meaning);
    if (isRecreation())
        m_steps->setText(breakable(
            tr("These servers can't send a consumer back (nats-server 2.14 can), so it is deleted and made anew:\n%1\n"
               "Where that is cut short, %2 stays in the table, from where anyone can go on.")
                .arg(numbered(recreationSteps(m_consumer, m_stream)), standInName(m_consumer.id.name))));
    for (WrappingLabel *label : {m_steps, m_losses}) {
        label->setVisible(isRecreation());
        body()->addWidget(label);
    }
    addButtons(m_cancel, m_reset);
}

void ResetDialog::setAccess(const Access &access)
{
    m_access = access;
    renew();
}

ConsumerReset ResetDialog::reset() const
{
    if (From(m_from->currentData().toInt()) == From::AckFloor)
        return {std::nullopt, m_manner};
    const TypedNumber typed = readNumber(m_sequence->text(), std::numeric_limits<qint64>::max(), false);
    return {quint64(std::max<qint64>(typed.value.value_or(0), 0)), m_manner};
}

QString ResetDialog::problem() const
{
    const FieldErrors wrong = validate(reset(), m_consumer);
    return wrong.isEmpty() ? QString() : wrong.constFirst().message;
}

void ResetDialog::renew()
{
    const bool isSequenceAsked = From(m_from->currentData().toInt()) == From::Sequence;
    const QString wrong = problem();
    m_sequenceField->setVisible(isSequenceAsked);
    m_sequenceField->setHint(tr("The stream holds %1 to %2; the consumer has come to %3.")
                                 .arg(numberText(m_stream.firstSequence), numberText(m_stream.lastSequence),
                                     numberText(m_consumer.deliveredUpTo)));
    m_sequenceField->setError(m_sequence->text().isEmpty() ? QString() : wrong);
    m_losses->setText(wrong.isEmpty() ? listed(recreationLosses(m_consumer, m_stream, reset())) : QString());
    m_losses->setVisible(isRecreation() && wrong.isEmpty());
    ::setAccess(m_reset, m_access && !wrong.isEmpty() ? Access::no(wrong) : m_access);
    m_meaning->setText(wrong.isEmpty() ? meaning() : isSequenceAsked ? tr("Say from where.") : wrong);
}

QString ResetDialog::meaning() const
{
    const quint64 again = deliveredAgain(reset(), m_consumer, m_stream);
    if (again == 0)
        return tr("Nothing is delivered again: the consumer has not come that far.");
    return counted(
               qint64(again), tr("1 message is delivered once more."), tr("Up to %1 messages are delivered once more."))
        + tr(" Workers must bear to get a message twice; deliveries that wait for acknowledgement are no longer waited "
             "for.")
        + givenUpText();
}

/// What servers pass over.
QString ResetDialog::givenUpText() const
{
    const ConsumerReset wanted = reset();
    const bool arePassedOver = wanted.manner == ResetManner::Request && !sequenceToAsk(wanted, m_consumer);
    return m_consumer.givenUp() == 0 || !arePassedOver
        ? QString()
        : tr(" Those that were given up are not among them: servers go on behind them.");
}
