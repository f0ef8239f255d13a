// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/streams/streamform.h"

#include "models/celltext.h"
#include "services/domain/assetfields.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/field.h"
#include "widgets/common/fold.h"
#include "widgets/common/inlinemessage.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QToolButton>

#include <algorithm>
#include <limits>

namespace {

constexpr qint64 most = std::numeric_limits<qint64>::max();
constexpr qint64 second = 1'000'000'000;
constexpr qint64 hour = 3600 * second;
constexpr qint64 mebibyte = 1024 * 1024;
constexpr QuantityUnit hours{QuantityUnit::Kind::Duration, hour, hour * 24 * 365 * 200}; // as the domain's limit
constexpr QuantityUnit seconds{QuantityUnit::Kind::Duration, second, hour * 24 * 365 * 200};
constexpr QuantityUnit mebibytes{QuantityUnit::Kind::Bytes, mebibyte, most / mebibyte *mebibyte};
constexpr QuantityUnit bytes{QuantityUnit::Kind::Bytes, 1, std::numeric_limits<qint32>::max()};
constexpr QuantityUnit count{QuantityUnit::Kind::Count, 1, most};

FormPanel::Words newWords()
{
    return {StreamForm::tr("New stream"), StreamForm::tr("Crea&te stream"), StreamForm::tr("Creating the stream…"),
        QStringLiteral("stream")};
}

FormPanel::Words editWords(const QString &name)
{
    return {StreamForm::tr("Edit %1").arg(name), StreamForm::tr("Appl&y changes"),
        StreamForm::tr("Changing the stream…"), QStringLiteral("editedStream")};
}

QString meaningOf(const QString &retention)
{
    if (retention == toWire(Retention::Limits))
        return StreamForm::tr("Messages stay until a limit below is reached.");
    if (retention == toWire(Retention::Interest))
        return StreamForm::tr("Messages stay until every consumer has acknowledged them.");
    if (retention == toWire(Retention::WorkQueue))
        return StreamForm::tr("Each message goes to one consumer and leaves when it is acknowledged.");
    return {};
}

} // namespace

StreamForm::StreamForm(QWidget *parent)
    : StreamForm(std::nullopt, newWords(), parent)
{
}

StreamForm::StreamForm(const Stream &seen, QWidget *parent)
    : StreamForm(seen, editWords(seen.id.name), parent)
{
}

StreamForm::StreamForm(const std::optional<Stream> &seen, const Words &words, QWidget *parent)
    : ConfigForm(words, parent)
    , m_seen(seen)
    , m_consequences(new InlineMessage(this))
    , m_unknown(new InlineMessage(this))
{
    m_consequences->setObjectName(QStringLiteral("streamConsequencesMessage"));
    m_unknown->setObjectName(QStringLiteral("streamUnknownFieldsMessage"));
    m_consequences->hide();
    m_unknown->hide();
    makeControls();
    makeAdvancedControls();
    bindControls();
    layOut();
    if (m_seen)
        setAccounts({m_seen->id.account});
    showConfig(m_seen ? m_seen->config : m_begun);
    offerReplicas();
    lockFields();
    showUnknown();
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
    m_retention = addWordsOf<Retention>(QStringLiteral("retention"), "streamRetentionChoice");
    m_storage = addWordsOf<Storage>(QStringLiteral("storage"), "streamStorageChoice");
    m_replicas = addChoice(QStringLiteral("num_replicas"), "streamReplicasChoice");
    if (!m_seen)
        m_replicas->addChoice(tr("Cluster default"), 0);
    for (const int copies : {1, 3, 5})
        m_replicas->addChoice(QString::number(copies), copies);
    m_replicas->setCurrentIndex(0);
    m_maxAge = addQuantity(QStringLiteral("max_age"), "streamMaxAgeEdit", unlimited, hours);
    m_maxMessages = addQuantity(QStringLiteral("max_msgs"), "streamMaxMessagesEdit", unlimited, count);
    m_maxBytes = addQuantity(QStringLiteral("max_bytes"), "streamMaxBytesEdit", unlimited, mebibytes);
    m_discard = addWordsOf<Discard>(QStringLiteral("discard"), "streamDiscardChoice");
}

void StreamForm::makeAdvancedControls()
{
    const QString unlimited = tr("Unlimited");
    m_maxMessageSize = addQuantity(QStringLiteral("max_msg_size"), "streamMaxMessageSizeEdit", unlimited, bytes);
    m_duplicateWindow =
        addQuantity(QStringLiteral("duplicate_window"), "streamDuplicateWindowEdit", tr("2 minutes"), seconds);
    m_compression = addChoice(QStringLiteral("compression"), "streamCompressionChoice");
    for (const char *word : {"none", "s2"})
        m_compression->addChoice(QLatin1String(word), QString(QLatin1String(word)));
    m_compression->setCurrentIndex(0);
    m_maxPerSubject = addQuantity(QStringLiteral("max_msgs_per_subject"), "streamMaxPerSubjectEdit", unlimited, count);
    m_maxConsumers = addQuantity(QStringLiteral("max_consumers"), "streamMaxConsumersEdit", unlimited, count);
    m_firstSequence = addQuantity(QStringLiteral("first_seq"), "streamFirstSequenceEdit", QStringLiteral("1"), count);
    m_allowDirect = addFlag(QStringLiteral("allow_direct"), "streamAllowDirectBox", tr("Allow"));
    m_denyDelete = addFlag(QStringLiteral("deny_delete"), "streamDenyDeleteBox", tr("Deny"));
    m_denyPurge = addFlag(QStringLiteral("deny_purge"), "streamDenyPurgeBox", tr("Deny"));
    m_discardPerSubject =
        addFlag(QStringLiteral("discard_new_per_subject"), "streamDiscardPerSubjectBox", tr("For each subject"));
    m_allowRollup = addFlag(QStringLiteral("allow_rollup_hdrs"), "streamAllowRollupBox", tr("Allow"));
    m_allowTtl = addFlag(QStringLiteral("allow_msg_ttl"), "streamAllowTtlBox", tr("Allow"));
    m_noAck = addFlag(QStringLiteral("no_ack"), "streamNoAckBox", tr("Off"));
}

void StreamForm::bindControls()
{
    for (QLineEdit *edit : {m_name, m_description})
        bindText(edit);
    bindSubjects(m_subjects);
    for (SegmentedChoice *choice : {m_retention, m_storage, m_replicas, m_discard, m_compression})
        bindChoice(choice);
    bindQuantity(m_maxAge, hours, 0);
    bindQuantity(m_duplicateWindow, seconds, QJsonValue::Undefined); // the server has a default
    bindQuantity(m_maxBytes, mebibytes, -1);
    bindQuantity(m_maxMessageSize, bytes, -1);
    for (QLineEdit *edit : {m_maxMessages, m_maxPerSubject, m_maxConsumers})
        bindQuantity(edit, count, -1);
    bindQuantity(m_firstSequence, count, 0);
    for (QCheckBox *box :
        {m_allowDirect, m_denyDelete, m_denyPurge, m_discardPerSubject, m_allowRollup, m_allowTtl, m_noAck})
        bindFlag(box);
}

void StreamForm::layOut()
{
    addSection(tr("Identity"));
    addField(tr("Acco&unt"), m_account);
    addField(tr("Stream na&me"), m_name,
        m_seen ? tr("Fixed once the stream is made.") : tr("Without blanks and without . * > / and \\"));
    addField(tr("Sub&jects"), m_subjects,
        tr("Separated by commas; * stands for one word, > for all that follow. Empty: the stream's name."));
    addField(tr("Descri&ption"), m_description);
    setFirstControl(m_seen ? m_subjects : m_name);
    layOutRetention();
    layOutAdvanced();
    addWide(m_unknown);
    addStanding(m_consequences);
}

void StreamForm::layOutRetention()
{
    addSection(tr("Retention And Storage"));
    m_retentionField = addField(tr("Retenti&on"), m_retention);
    addField(tr("Stora&ge"), m_storage);
    m_replicasField = addField(tr("&Replicas"), m_replicas);
    addNarrowField(tr("Max age (&hours)"), m_maxAge, tr("Or with a unit: 90m, 7d."));
    addNarrowField(tr("Ma&x messages"), m_maxMessages);
    addNarrowField(tr("Max &bytes (MB)"), m_maxBytes, tr("1 MB is 1 MiB. Or with a unit: 2 GB."));
    addNarrowField(tr("&Discard"), m_discard, tr("What gives way when a limit is reached: old messages or new ones."));
}

void StreamForm::layOutAdvanced()
{
    m_advanced = addFold(tr("Advanced options"));
    m_advanced->heading()->setObjectName(QStringLiteral("streamAdvancedButton"));
    addNarrowField(tr("Max message si&ze (bytes)"), m_maxMessageSize, tr("Or with a unit: 64 KB."));
    addNarrowField(tr("Duplicate &window (s)"), m_duplicateWindow, tr("In which a repeated Nats-Msg-Id is dropped."));
    addNarrowField(tr("Compression"), m_compression, tr("Of files on the volume."));
    addNarrowField(tr("Direct get"), m_allowDirect, tr("Any copy answers, not the leader alone."));
    addNarrowField(tr("Message delete"), m_denyDelete, tr("Through the API. Can't be taken back."));
    addNarrowField(tr("Purge"), m_denyPurge, tr("Through the API. Can't be taken back."));
    addNarrowField(tr("Max messages per subject"), m_maxPerSubject);
    addNarrowField(tr("Discard new"), m_discardPerSubject, tr("With discard new and a limit for each subject."));
    addNarrowField(tr("Max consumers"), m_maxConsumers);
    addNarrowField(tr("First sequence"), m_firstSequence);
    addNarrowField(tr("Roll-up headers"), m_allowRollup, tr("A message may replace those before it."));
    addNarrowField(tr("TTL of messages"), m_allowTtl, tr("A message may say how long it stays. Can't be taken back."));
    addNarrowField(tr("Acknowledgement to publishers"), m_noAck);
    endFold();
}

void StreamForm::showWhatApplies()
{
    m_retentionField->setHint(meaningOf(m_retention->currentData().toString()));
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
    offerRetentions();
    lockFields();
    judge();
}

void StreamForm::offerReplicas()
{
    for (int index = m_seen ? 0 : 1; index < m_replicas->count(); ++index) {
        StreamDraft probe{
            QStringLiteral("any"), {{QStringLiteral("num_replicas"), m_replicas->choiceData(index).toInt()}}};
        QString reason;
        for (const FieldError &error : validate(probe, m_context)) {
            if (error.field == QLatin1String("num_replicas"))
                reason = error.message;
        }
        m_replicas->setChoiceEnabled(index, reason.isEmpty(), reason);
    }
    const int usual = std::clamp(m_context.serverReplicas, 1, 3);
    QStringList hint;
    if (!m_seen)
        hint << (usual == 1 ? tr("The cluster's default is 1 copy.")
                            : tr("The cluster's default is %1 copies.").arg(usual));
    hint << m_replicas->choiceReason(m_replicas->count() - 1); // of the most copies: the first to be locked
    hint.removeAll(QString());
    m_replicasField->setHint(hint.join(QLatin1Char(' ')));
}

void StreamForm::offerRetentions()
{
    if (!m_seen)
        return;
    for (int index = 0; index < m_retention->count(); ++index) {
        StreamDraft probe{m_seen->id.account, m_seen->config, m_seen};
        probe.config.insert(QStringLiteral("retention"), m_retention->choiceData(index).toString());
        QString reason;
        for (const FieldError &error : validate(probe, m_context)) {
            if (error.field == QLatin1String("retention"))
                reason = error.message;
        }
        m_retention->setChoiceEnabled(index, reason.isEmpty(), reason);
    }
}

/// What the server is too old for, and what can't be changed of a stream that is there.
void StreamForm::lockFields()
{
    for (QWidget *control :
        std::initializer_list<QWidget *>{m_storage, m_compression, m_allowDirect, m_denyDelete, m_denyPurge,
            m_maxPerSubject, m_discardPerSubject, m_maxConsumers, m_firstSequence, m_allowRollup, m_allowTtl}) {
        QString reason = whyNotSettable(nameOf(control), m_seen, m_context);
        const AssetField *field = fieldNamed(streamFields(), nameOf(control));
        const bool isOnForGood = m_seen && field && field->later == AssetField::Later::OnlyOn
            && m_seen->config.value(nameOf(control)).toBool();
        if (isOnForGood)
            reason = tr("Once it is on it can't be switched off.");
        setDisabledReason(control, reason);
    }
    setDisabledReason(m_account, m_seen ? tr("A stream stays in its account.") : QString());
    m_name->setReadOnly(m_seen.has_value());
    m_name->setFocusPolicy(m_seen ? Qt::ClickFocus : Qt::StrongFocus);
}

/// What stands in the document and in none of the controls here.
void StreamForm::showUnknown()
{
    QStringList kept;
    const QJsonObject config = m_seen ? m_seen->config : m_begun;
    for (auto field = config.begin(); field != config.end(); ++field) {
        const bool isHere = isBound(field.key());
        const bool isSet = !changesBetween({}, {{field.key(), field.value()}}).isEmpty();
        if (!isHere && isSet)
            kept.append(field.key());
    }
    if (kept.isEmpty())
        return m_unknown->hide();
    m_unknown->showStanding(Tone::Neutral, tr("Kept as it is: %1").arg(kept.join(QStringLiteral(", "))),
        m_seen ? tr("These settings are not edited here, and go back to the server as they came.")
               : tr("These settings are not edited here, and are taken over as they are."));
}

void StreamForm::showConsequences()
{
    QStringList lines;
    for (const FieldError &consequence : consequences(draft(), m_now))
        lines.append(QStringLiteral("%1: %2").arg(consequence.field, consequence.message));
    if (lines.isEmpty())
        m_consequences->hide();
    else
        m_consequences->showStanding(Tone::Warning,
            m_seen ? tr("What can't be taken back") : tr("What can't be changed later"), lines.join(u'\n'));
}

StreamDraft StreamForm::draft() const
{
    if (m_seen)
        return {m_seen->id.account, entered(m_seen->config), m_seen};
    return {m_account->currentText(), entered(m_begun), {}};
}

void StreamForm::beginAs(const QString &account, const QJsonObject &config)
{
    m_begun = config;
    const QSignalBlocker quiet(m_account); // no edit of a person
    m_account->setCurrentIndex(std::max(m_account->findText(account), 0));
    showConfig(config);
    showUnknown();
    judge();
}

QList<FieldChange> StreamForm::renewSeen(const Stream &now)
{
    m_seen = now;
    const QList<FieldChange> overtaken = followConfig(now.config);
    offerRetentions();
    lockFields();
    showUnknown();
    judge();
    return overtaken;
}

FieldErrors StreamForm::problems() const
{
    FieldErrors errors = validate(draft(), m_context);
    // the API takes 0 for no limit; whoever types it may mean something else
    for (const QLineEdit *edit : {m_maxAge, m_duplicateWindow}) {
        if (!isAsUsual(edit) && number(edit) == 0)
            errors.append({nameOf(edit), tr("Enter more than 0, or leave it empty.")});
    }
    return errors;
}

void StreamForm::judged()
{
    showConsequences();
}

void StreamForm::submitDraft()
{
    Q_EMIT submitted(draft());
}

void StreamForm::emptyControls()
{
    m_begun = {};
    if (!m_seen)
        m_account->setCurrentIndex(0);
    showConfig(m_seen ? m_seen->config : m_begun);
    showUnknown();
}
