// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/streams/streamform.h"

#include "models/celltext.h"
#include "widgets/common/field.h"

#include <QComboBox>
#include <QLineEdit>
#include <QSignalBlocker>

#include <algorithm>
#include <limits>

namespace {

constexpr qint64 bytesPerMebibyte = 1024 * 1024;
constexpr qint64 mostMebibytes = std::numeric_limits<qint64>::max() / bytesPerMebibyte;
constexpr qint64 mostMessages = std::numeric_limits<qint64>::max();
constexpr qint64 mostHours = 24 * 365 * 200; // as the domain's limit: 292 years of nanoseconds fill an int64

QString meaningOf(Retention retention)
{
    switch (retention) {
    case Retention::Limits:
        return StreamForm::tr("Messages stay until a limit below is reached.");
    case Retention::Interest:
        return StreamForm::tr("Messages stay until every consumer has acknowledged them.");
    case Retention::WorkQueue:
        return StreamForm::tr("Each message goes to one consumer and leaves when it is acknowledged.");
    }
    return {};
}

} // namespace

StreamForm::StreamForm(QWidget *parent)
    : FormPanel({tr("New stream"), tr("Crea&te stream"), tr("Creating the stream…"), QStringLiteral("stream")}, parent)
{
    makeControls();
    layOut();
    offerReplicas();
    finish();
}

void StreamForm::makeControls()
{
    const QString unlimited = tr("Unlimited");
    m_account = addCombo(QStringLiteral("account"), "streamAccountCombo");
    m_name = addEdit(QStringLiteral("name"), "streamNameEdit", QStringLiteral("ORDERS"));
    m_subjects = addSubjects(QStringLiteral("subjects"), "streamSubjectsEdit", "streamSubjectsPreview",
        QStringLiteral("orders.>, payments.*.settled"));
    m_description = addEdit(QStringLiteral("description"), "streamDescriptionEdit");
    m_retention = addChoiceOf<Retention>(QStringLiteral("retention"), "streamRetentionChoice");
    m_storage = addChoiceOf<Storage>(QStringLiteral("storage"), "streamStorageChoice");
    m_replicas = addChoice(QStringLiteral("num_replicas"), "streamReplicasChoice");
    m_replicas->addChoice(tr("Cluster default"), 0);
    for (const int copies : {1, 3, 5})
        m_replicas->addChoice(QString::number(copies), copies);
    m_replicas->setCurrentIndex(0);
    m_maxAge = addNumber(QStringLiteral("max_age"), "streamMaxAgeEdit", unlimited, mostHours);
    m_maxMessages = addNumber(QStringLiteral("max_msgs"), "streamMaxMessagesEdit", unlimited, mostMessages);
    m_maxBytes = addNumber(QStringLiteral("max_bytes"), "streamMaxBytesEdit", unlimited, mostMebibytes);
    m_discard = addChoiceOf<Discard>(QStringLiteral("discard"), "streamDiscardChoice");
}

void StreamForm::layOut()
{
    addSection(tr("Identity"));
    addField(tr("Acco&unt"), m_account);
    setFirstControl(addField(tr("Stream na&me"), m_name, tr("Without blanks and without . * > / and \\"))->control());
    addField(tr("Sub&jects"), m_subjects,
        tr("Separated by commas; * stands for one word, > for all that follow. Empty: the stream's name."));
    addField(tr("Descri&ption"), m_description);
    addSection(tr("Retention And Storage"));
    m_retentionField = addField(tr("Retenti&on"), m_retention);
    addField(tr("Stora&ge"), m_storage);
    m_replicasField = addField(tr("&Replicas"), m_replicas);
    addNarrowField(tr("Max age (&hours)"), m_maxAge);
    addNarrowField(tr("Ma&x messages"), m_maxMessages);
    addNarrowField(tr("Max &bytes (MB)"), m_maxBytes, tr("1 MB is 1 MiB: 1,048,576 bytes."));
    addNarrowField(tr("&Discard"), m_discard, tr("What gives way when a limit is reached: old messages or new ones."));
}

void StreamForm::showWhatApplies()
{
    m_retentionField->setHint(meaningOf(chosen<Retention>(m_retention)));
}

void StreamForm::setAccounts(const QStringList &accounts)
{
    const QString before = m_account->currentText();
    const QSignalBlocker quiet(m_account);
    m_account->clear();
    m_account->addItems(inOrder(accounts));
    m_account->setCurrentIndex(std::max(m_account->findText(before), accounts.isEmpty() ? -1 : 0));
    judge();
}

void StreamForm::setContext(const StreamContext &context)
{
    m_context = context;
    offerReplicas();
    judge();
}

void StreamForm::offerReplicas()
{
    for (int index = 1; index < m_replicas->count(); ++index) {
        StreamDraft probe;
        probe.replicas = m_replicas->choiceData(index).toInt();
        QString reason;
        for (const FieldError &error : validate(probe, m_context)) {
            if (error.field == QLatin1String("num_replicas"))
                reason = error.message;
        }
        m_replicas->setChoiceEnabled(index, reason.isEmpty(), reason);
    }
    const int usual = std::clamp(m_context.serverReplicas, 1, 3);
    QStringList hint{
        usual == 1 ? tr("The cluster's default is 1 copy.") : tr("The cluster's default is %1 copies.").arg(usual)};
    hint << m_replicas->choiceReason(m_replicas->count() - 1); // of the most copies: the first to be locked
    hint.removeAll(QString());
    m_replicasField->setHint(hint.join(QLatin1Char(' ')));
}

StreamDraft StreamForm::draft() const
{
    StreamDraft draft;
    draft.account = m_account->currentText();
    draft.name = m_name->text().trimmed();
    draft.subjects = subjects(m_subjects);
    draft.description = m_description->text().trimmed();
    draft.retention = chosen<Retention>(m_retention);
    draft.storage = chosen<Storage>(m_storage);
    draft.replicas = m_replicas->currentData().toInt();
    draft.discard = chosen<Discard>(m_discard);
    draft.maxMessages = number(m_maxMessages);
    if (const auto hours = number(m_maxAge))
        draft.maxAge = std::chrono::hours(std::max<qint64>(*hours, -1));
    if (const auto mebibytes = number(m_maxBytes))
        draft.maxBytes = ByteCount::mebibytes(std::max<qint64>(*mebibytes, -1));
    return draft;
}

void StreamForm::setDraft(const StreamDraft &draft)
{
    m_account->setCurrentIndex(m_account->findText(draft.account));
    m_name->setText(draft.name);
    m_subjects->setText(draft.subjects.join(QStringLiteral(", ")));
    m_description->setText(draft.description);
    m_retention->setCurrentData(int(draft.retention));
    m_storage->setCurrentData(int(draft.storage));
    m_replicas->setCurrentData(draft.replicas);
    m_discard->setCurrentData(int(draft.discard));
    m_maxAge->setText(draft.maxAge ? QString::number(draft.maxAge->count()) : QString());
    m_maxMessages->setText(draft.maxMessages ? QString::number(*draft.maxMessages) : QString());
    m_maxBytes->setText(draft.maxBytes ? QString::number(draft.maxBytes->bytes / bytesPerMebibyte) : QString());
}

FieldErrors StreamForm::problems() const
{
    return validate(draft(), m_context);
}

void StreamForm::submitDraft()
{
    Q_EMIT submitted(draft());
}

void StreamForm::emptyControls()
{
    StreamDraft empty;
    empty.account = m_account->itemText(0);
    setDraft(empty);
}
