// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/streams/streamform.h"

#include "models/bucketwords.h"
#include "models/celltext.h"
#include "services/domain/assetfields.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/field.h"
#include "widgets/common/fold.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/subjectpreview.h"
#include "widgets/objects/metadatatable.h"
#include "widgets/streams/originlist.h"

#include <QCheckBox>
#include <QComboBox>
#include <QJsonArray>
#include <QLineEdit>
#include <QSignalBlocker>

#include <algorithm>
#include <chrono>

using namespace std::chrono_literals;

namespace {

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

/// How much of it is set to something that a server doesn't say of every stream.
qsizetype unusual(const QString &field, const QJsonObject &config)
{
    const QJsonValue value = valueAt(config, fieldPath(field));
    if (field == QLatin1String("metadata")) {
        const QStringList keys = value.toObject().keys();
        return std::count_if(keys.cbegin(), keys.cend(), MetadataTable::isShown);
    }
    if (field == QLatin1String("sources"))
        return value.toArray().size();
    const auto window = std::chrono::nanoseconds(value.toInteger());
    const bool isUsualWindow = field == QLatin1String("duplicate_window")
        && (window == 2min || value == config.value(QLatin1String("max_age")));
    const bool isUsualWord = value == QLatin1String("none") || value == QLatin1String("default");
    const bool isUsual = isUsualWindow || isUsualWord || value == -1 || changesBetween({}, {{field, value}}).isEmpty();
    return isUsual ? 0 : 1;
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
    , m_bucket(new InlineMessage(this))
{
    m_bucket->setObjectName(QStringLiteral("streamBucketMessage"));
    m_bucket->hide();
    makeControls();
    makeAdvancedControls();
    makePublishingControls();
    makeRoutingControls();
    bindControls();
    layOut();
    if (m_seen)
        setAccounts({m_seen->id.account});
    showConfig(m_seen ? m_seen->config : m_begun);
    offerReplicas();
    lockFields();
    showKept(m_seen ? m_seen->config : m_begun, !m_seen);
    showBucket();
    showFolds(true);
    finish();
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
    offerOrigins();
    lockFields();
    judge();
}

void StreamForm::offerOrigins()
{
    const QString account = m_seen ? m_seen->id.account : m_account->currentText();
    QStringList names;
    for (const StreamSubjects &stream : m_context.existing.streams()) {
        if (stream.id.account == account && !(m_seen && stream.id == m_seen->id))
            names.append(stream.id.name);
    }
    for (OriginList *list : {m_mirror, m_sources})
        list->setOffered(names);
}

void StreamForm::offerReplicas()
{
    for (int index = m_seen ? 0 : 1; index < m_replicas->count(); ++index) {
        StreamDraft probe{
            QStringLiteral("any"), {{QStringLiteral("num_replicas"), m_replicas->choiceData(index).toInt()}}};
        const QString reason = problemWith("num_replicas", probe, m_context);
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
        const QString reason = problemWith("retention", probe, m_context);
        m_retention->setChoiceEnabled(index, reason.isEmpty(), reason);
    }
}

/// What the server is too old for, and what can't be changed of a stream that is there.
void StreamForm::lockFields()
{
    for (QWidget *control : std::initializer_list<QWidget *>{m_storage, m_compression, m_allowDirect, m_denyDelete,
             m_denyPurge, m_maxPerSubject, m_discardPerSubject, m_maxConsumers, m_firstSequence, m_allowRollup,
             m_allowTtl, m_markerLife, m_counter, m_atomic, m_batched, m_schedules, m_persistence, m_inactive,
             m_ackPending, m_mirrorDirect, m_republishFrom, m_republishTo, m_republishHeaders, m_transformFrom,
             m_transformTo, m_metadata, m_linkedApp})
        setDisabledReason(control, whyLocked(control));
    const bool isSealed = m_seen && m_seen->config.value(nameOf(m_sealed)).toBool();
    setDisabledReason(m_sealed,
        isSealed ? tr("It is sealed, for good.") : tr("A stream is sealed by \"Seal…\" in the table's menu."));
    lockMirror();
    setDisabledReason(m_account, m_seen ? tr("A stream stays in its account.") : QString());
    m_name->setReadOnly(m_seen.has_value());
    m_name->setFocusPolicy(m_seen ? Qt::ClickFocus : Qt::StrongFocus);
}

QString StreamForm::whyLocked(const QWidget *control) const
{
    const AssetField *field = fieldNamed(streamFields(), nameOf(control));
    const bool isOnForGood =
        m_seen && field && field->later == AssetField::Later::OnlyOn && m_seen->config.value(nameOf(control)).toBool();
    return isOnForGood ? tr("Once it is on it can't be switched off.")
                       : whyNotSettable(nameOf(control), m_seen, m_context);
}

/// Of a stream that is there it can only be taken away, and not by every release.
void StreamForm::lockMirror()
{
    if (!m_seen)
        return;
    StreamDraft probe{m_seen->id.account, m_seen->config, m_seen};
    probe.config.remove(nameOf(m_mirror));
    OriginList::Reasons reasons;
    reasons.remove = problemWith("mirror", probe, m_context);
    reasons.change = tr("The origin can't be changed once the stream is there: only taken away.");
    if (!m_seen->config.contains(nameOf(m_mirror)))
        reasons.add = tr("A stream that is there can't be made a mirror.");
    m_mirror->setReasons(reasons);
}

/// Closed, it says how much of it is not as usual; `open`: what is set is to be seen.
void StreamForm::showFolds(bool open)
{
    const QJsonObject config = draft().config;
    for (Fold *fold : std::as_const(m_folds)) {
        qsizetype set = 0;
        for (const QWidget *control : boundControls()) {
            if (Fold::around(control) == fold)
                set += unusual(nameOf(control), config);
        }
        fold->setSummary(set > 0 ? tr("%1 set").arg(set) : QString());
        if (open)
            fold->setOpen(set > 0);
    }
}

void StreamForm::showBucket()
{
    const std::optional<Bucket> bucket = m_seen ? m_seen->bucket() : std::nullopt;
    if (bucket)
        m_bucket->showStanding(Tone::Warning, BucketWords::title(*bucket), BucketWords::beforeChange(*bucket));
    else
        m_bucket->hide();
}

void StreamForm::setWorkloads(const QList<Suggestions::Item> &workloads, const QString &note)
{
    m_workloads->setItems(workloads);
    m_linkedAppField->setHint(note);
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
    showKept(m_seen ? m_seen->config : m_begun, !m_seen);
    showFolds(true);
    judge();
}

QList<FieldChange> StreamForm::renewSeen(const Stream &now)
{
    m_seen = now;
    const QList<FieldChange> overtaken = followConfig(now.config);
    offerRetentions();
    lockFields();
    showKept(m_seen ? m_seen->config : m_begun, !m_seen);
    judge();
    return overtaken;
}

FieldErrors StreamForm::problems() const
{
    FieldErrors errors = validate(draft(), m_context);
    // the API takes 0 for no limit; whoever types it may mean something else
    for (const QLineEdit *edit : {m_maxAge, m_duplicateWindow, m_markerLife, m_inactive, m_ackPending}) {
        if (!isAsUsual(edit) && number(edit) == 0)
            errors.append({nameOf(edit), tr("Enter more than 0, or leave it empty.")});
    }
    return errors;
}

void StreamForm::judged()
{
    previewOf(m_subjects)->renew();
    showConsequences(consequences(draft(), m_now), !m_seen);
    showFolds(false);
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
    showKept(m_seen ? m_seen->config : m_begun, !m_seen);
    showFolds(true);
}
