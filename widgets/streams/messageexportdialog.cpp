// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/streams/messageexportdialog.h"

#include "models/celltext.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/field.h"
#include "widgets/common/look.h"
#include "widgets/common/numbertext.h"
#include "widgets/common/painting.h"
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

MessageExportDialog::MessageExportDialog(const Choice &choice, QWidget *parent)
    : QuestionDialog(tr("Export messages"), {}, parent)
    , m_which(new SegmentedChoice(this))
    , m_first(new QLineEdit(QString::number(choice.first), this))
    , m_last(new QLineEdit(QString::number(choice.last), this))
    , m_firstField(new Field(tr("From sequence"), m_first, this))
    , m_lastField(new Field(tr("To sequence"), m_last, this))
    , m_meaning(new WrappingLabel(this))
    , m_export(new QPushButton(tr("Export…"), this))
    , m_subject(choice.subject)
{
    setObjectName(QStringLiteral("exportMessagesDialog"));
    m_which->setObjectName(QStringLiteral("exportChoice"));
    m_first->setObjectName(QStringLiteral("exportFirstEdit"));
    m_last->setObjectName(QStringLiteral("exportLastEdit"));
    m_meaning->setObjectName(QStringLiteral("exportMeaningLabel"));
    m_export->setObjectName(QStringLiteral("confirmExportButton"));
    m_export->setProperty("primary", true);
    m_export->setDefault(true);
    limitTyping(m_first);
    limitTyping(m_last);
    setMinimumWidth(dialogWidth);
    layOut(choice);
    connect(m_which, &SegmentedChoice::currentChanged, this, &MessageExportDialog::renew);
    connect(m_first, &QLineEdit::textChanged, this, &MessageExportDialog::renew);
    connect(m_last, &QLineEdit::textChanged, this, &MessageExportDialog::renew);
    connect(m_export, &QPushButton::clicked, this, &MessageExportDialog::confirm);
    renew();
}

void MessageExportDialog::layOut(const Choice &choice)
{
    m_which->addChoice(tr("Selected (%1)").arg(choice.selected), int(Which::Selected));
    m_which->addChoice(tr("Shown (%1)").arg(choice.shown), int(Which::Shown));
    m_which->addChoice(tr("A range"), int(Which::Range));
    m_which->setChoiceEnabled(int(Which::Selected), choice.selected > 0, tr("No message is selected."));
    m_which->setChoiceEnabled(int(Which::Shown), choice.shown > 0, tr("No message is shown."));
    m_which->setCurrentIndex(int(choice.selected > 1 ? Which::Selected : Which::Range));
    setTextRole(m_meaning, Look::SoftText);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("cancelExportButton"));
    cancel->setAutoDefault(false);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    auto *range = new QHBoxLayout;
    range->setSpacing(Look::spaceM);
    range->addWidget(m_firstField);
    range->addWidget(m_lastField);
    body()->addWidget(new Field(tr("Which"), m_which, this));
    body()->addLayout(range);
    body()->addWidget(m_meaning);
    addButtons(cancel, m_export);
}

std::optional<quint64> MessageExportDialog::sequenceIn(const QLineEdit *edit) const
{
    const TypedNumber typed = readNumber(edit->text(), std::numeric_limits<qint64>::max(), false);
    return typed.value && *typed.value > 0 ? std::optional(quint64(*typed.value)) : std::nullopt;
}

void MessageExportDialog::renew()
{
    const bool isRange = Which(m_which->currentData().toInt()) == Which::Range;
    const auto first = sequenceIn(m_first);
    const auto last = sequenceIn(m_last);
    m_firstField->setVisible(isRange);
    m_lastField->setVisible(isRange);
    const QString number = tr("Enter a sequence, a whole number.");
    m_firstField->setError(first ? QString() : number);
    m_lastField->setError(!last ? number : first && *last < *first ? tr("That is before the first.") : QString());
    const bool isWrong = isRange && (!first || !last || *last < *first);
    setDisabledReason(m_export, isWrong ? tr("Correct the sequences first.") : QString());
    const QString format = tr("One JSON document a line (NDJSON): seq, subject, time, headers, and payload as text or, "
                              "where it is none, as payload_base64.");
    const QString subject = isRange && !m_subject.isEmpty() ? tr("Only messages on %1. ").arg(m_subject) : QString();
    m_meaning->setText(subject + format);
}

void MessageExportDialog::confirm()
{
    const auto which = Which(m_which->currentData().toInt());
    const auto first = sequenceIn(m_first);
    const auto last = sequenceIn(m_last);
    accept();
    if (which == Which::Selected)
        Q_EMIT selectedWanted();
    else if (which == Which::Shown)
        Q_EMIT shownWanted();
    else
        Q_EMIT rangeWanted(*first, *last);
}
