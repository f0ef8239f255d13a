// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/objects/configform.h"

#include "services/domain/assetfields.h"
#include "widgets/common/documentcontrol.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/objects/metadatatable.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QJsonArray>
#include <QLineEdit>

#include <algorithm>
#include <utility>

namespace {

/// What a person has put into a control, whatever it stands for.
QVariant stateOf(const QWidget *control)
{
    if (const auto *edit = qobject_cast<const QLineEdit *>(control))
        return edit->text();
    if (const auto *box = qobject_cast<const QCheckBox *>(control))
        return box->isChecked();
    if (const auto *combo = qobject_cast<const QComboBox *>(control))
        return combo->currentIndex();
    if (const auto *time = qobject_cast<const QDateTimeEdit *>(control))
        return time->dateTime();
    if (const auto *document = qobject_cast<const DocumentControl *>(control))
        return QVariant::fromValue(document->value());
    return static_cast<const SegmentedChoice *>(control)->currentIndex();
}

void setState(QWidget *control, const QVariant &state)
{
    if (auto *edit = qobject_cast<QLineEdit *>(control))
        edit->setText(state.toString());
    else if (auto *box = qobject_cast<QCheckBox *>(control))
        box->setChecked(state.toBool());
    else if (auto *combo = qobject_cast<QComboBox *>(control))
        combo->setCurrentIndex(state.toInt());
    else if (auto *time = qobject_cast<QDateTimeEdit *>(control))
        time->setDateTime(state.toDateTime());
    else if (auto *document = qobject_cast<DocumentControl *>(control))
        document->setValue(state.value<QJsonValue>());
    else
        static_cast<SegmentedChoice *>(control)->setCurrentIndex(state.toInt());
}

/// What the table of metadata shows, or all else of it.
QJsonObject metadataPart(const QJsonValue &metadata, bool shown)
{
    QJsonObject part;
    const QJsonObject whole = metadata.toObject();
    for (auto entry = whole.begin(); entry != whole.end(); ++entry) {
        if (MetadataTable::isShown(entry.key()) == shown)
            part.insert(entry.key(), entry.value());
    }
    return part;
}

} // namespace

QJsonValue ConfigForm::Binding::in(const QJsonObject &config) const
{
    const QJsonValue value = valueAt(config, fieldPath(field));
    if (!isMetadata)
        return value;
    const QJsonObject part = metadataPart(value, true);
    return part.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(part);
}

QJsonObject ConfigForm::Binding::put(const QJsonObject &config, const QJsonValue &value) const
{
    if (!isMetadata)
        return withValueAt(config, fieldPath(field), value);
    QJsonObject whole = metadataPart(config.value(field), false);
    const QJsonObject part = value.toObject();
    for (auto entry = part.begin(); entry != part.end(); ++entry)
        whole.insert(entry.key(), entry.value());
    return withValueAt(config, {field}, whole.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(whole));
}

void ConfigForm::bind(QWidget *control, std::function<void(const QJsonValue &)> show, std::function<QJsonValue()> read)
{
    m_bindings.append({nameOf(control), control, std::move(show), std::move(read)});
}

void ConfigForm::bindText(QLineEdit *edit)
{
    bind(
        edit, [this, edit](const QJsonValue &value) { setUsualText(edit, value.toString()); },
        [edit] {
            const QString text = edit->text().trimmed();
            return text.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(text);
        });
}

void ConfigForm::bindSubjects(QLineEdit *edit)
{
    const auto show = [this, edit](const QJsonValue &value) {
        QStringList subjects;
        for (const QJsonValue &subject : value.toArray())
            subjects.append(subject.toString());
        setUsualText(edit, subjects.join(QStringLiteral(", ")));
    };
    bind(edit, show, [edit] {
        const QStringList entered = subjects(edit);
        return entered.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(QJsonArray::fromStringList(entered));
    });
}

void ConfigForm::bindQuantity(QLineEdit *edit, const QuantityUnit &unit, const QJsonValue &none)
{
    const auto show = [this, edit, unit](const QJsonValue &value) {
        const qint64 amount = value.toInteger();
        const bool isTold = amount > 0 || (unit.mayBeUnlimited && amount == -1);
        setUsualText(edit, isTold ? quantityText(amount, unit) : QString()); // servers take 0 and -1 for none
    };
    bind(edit, show, [this, edit, none] {
        const std::optional<qint64> amount = number(edit);
        return amount ? QJsonValue(*amount) : none;
    });
}

void ConfigForm::bindQuantities(QLineEdit *edit, const QuantityUnit &unit)
{
    const auto show = [this, edit, unit](const QJsonValue &value) {
        QList<qint64> amounts;
        for (const QJsonValue &amount : value.toArray())
            amounts.append(amount.toInteger());
        setUsualText(edit, quantitiesText(amounts, unit));
    };
    bind(edit, show, [this, edit] {
        QJsonArray amounts;
        for (const qint64 amount : quantities(edit))
            amounts.append(amount);
        return amounts.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(amounts);
    });
}

void ConfigForm::bindFlag(QCheckBox *box)
{
    bind(
        box, [this, box](const QJsonValue &value) { setUsualFlag(box, value.toBool()); },
        [box] { return QJsonValue(box->isChecked()); });
}

void ConfigForm::bindChoice(SegmentedChoice *choice)
{
    const auto show = [this, choice](const QJsonValue &value) {
        const QVariant own = value.toVariant();
        const bool isSet = value.isString() ? !value.toString().isEmpty() : value.toInt() != 0;
        bool isOffered = !isSet;
        for (int index = 0; index < choice->count(); ++index)
            isOffered = isOffered || choice->choiceData(index) == own;
        if (!isOffered)
            choice->addChoice(own.toString(), own); // of a server that knows more than this program
        setUsualChoice(choice, isSet ? own : choice->choiceData(0));
    };
    bind(choice, show, [choice] {
        const QJsonValue value = QJsonValue::fromVariant(choice->currentData());
        const bool isLeftOpen = value.isString() ? value.toString().isEmpty() : value.toInt() == 0;
        return isLeftOpen ? QJsonValue(QJsonValue::Undefined) : value;
    });
}

void ConfigForm::bindItem(QComboBox *combo)
{
    const auto show = [this, combo](const QJsonValue &value) {
        const QString own = value.toString();
        if (!own.isEmpty() && combo->findData(own) < 0)
            combo->addItem(own, own); // of a server that knows more than this program
        setUsualItem(combo, own.isEmpty() ? combo->itemData(0) : QVariant(own));
    };
    bind(combo, show, [combo] { return QJsonValue(combo->currentData().toString()); });
}

void ConfigForm::bindTime(QDateTimeEdit *edit)
{
    const auto show = [this, edit](const QJsonValue &value) {
        const QDateTime time = QDateTime::fromString(value.toString(), Qt::ISODateWithMs).toLocalTime();
        setUsualTime(edit, time.isValid() ? time : edit->dateTime());
    };
    bind(edit, show, [edit] { return QJsonValue(edit->dateTime().toUTC().toString(Qt::ISODateWithMs)); });
}

void ConfigForm::layOutNotes(const QString &stem)
{
    m_keptNote = new InlineMessage(this);
    m_consequences = new InlineMessage(this);
    m_keptNote->setObjectName(stem + QStringLiteral("UnknownFieldsMessage"));
    m_consequences->setObjectName(stem + QStringLiteral("ConsequencesMessage"));
    m_keptNote->hide();
    m_consequences->hide();
    addWide(m_keptNote);
    addStanding(m_consequences);
}

void ConfigForm::showKept(const QJsonObject &config, bool isNew)
{
    const QStringList kept = unbound(config);
    if (kept.isEmpty())
        return m_keptNote->hide();
    m_keptNote->showStanding(Tone::Neutral, tr("Kept as it is: %1").arg(kept.join(QStringLiteral(", "))),
        isNew ? tr("These settings are not edited here, and are taken over as they are.")
              : tr("These settings are not edited here, and go back to the server as they came."));
}

void ConfigForm::showConsequences(const FieldErrors &consequences, bool isNew)
{
    QStringList lines;
    for (const FieldError &consequence : consequences)
        lines.append(QStringLiteral("%1: %2").arg(labelOf(consequence.field), consequence.message));
    if (lines.isEmpty())
        return m_consequences->hide();
    m_consequences->showStanding(
        Tone::Warning, isNew ? tr("What can't be changed later") : tr("What can't be taken back"), lines.join(u'\n'));
}

void ConfigForm::bindDocument(DocumentControl *control)
{
    bind(
        control, [this, control](const QJsonValue &value) { setUsualDocument(control, value); },
        [control] { return control->value(); });
}

void ConfigForm::bindMetadata(MetadataTable *table)
{
    bindDocument(table);
    m_bindings.last().isMetadata = true;
}

void ConfigForm::showConfig(const QJsonObject &config)
{
    m_shown = config;
    for (const Binding &binding : std::as_const(m_bindings))
        binding.show(binding.in(config));
}

QJsonObject ConfigForm::entered(QJsonObject config) const
{
    for (const Binding &binding : m_bindings) {
        if (!isAsUsual(binding.control))
            config = binding.put(config, binding.read());
    }
    return config;
}

bool ConfigForm::isBound(const QString &field) const
{
    return std::any_of(
        m_bindings.cbegin(), m_bindings.cend(), [&field](const Binding &binding) { return binding.field == field; });
}

QList<QWidget *> ConfigForm::boundControls() const
{
    QList<QWidget *> controls;
    for (const Binding &binding : m_bindings)
        controls.append(binding.control);
    return controls;
}

QStringList ConfigForm::unbound(const QJsonObject &config) const
{
    QStringList fields;
    for (const FieldChange &set : changesBetween({}, config)) {
        const QString whole = fieldPath(set.field).constFirst();
        if (isBound(whole))
            continue;
        const bool isInPart = std::any_of(m_bindings.cbegin(), m_bindings.cend(),
            [&whole](const Binding &binding) { return binding.field.startsWith(whole + u'.'); });
        if (!isInPart)
            fields.append(whole);
        for (const FieldChange &part : isInPart ? changesBetween({}, set.after.toObject()) : QList<FieldChange>()) {
            if (const QString field = whole + u'.' + part.field; !isBound(field))
                fields.append(field);
        }
    }
    fields.removeDuplicates();
    return fields;
}

QList<FieldChange> ConfigForm::followConfig(const QJsonObject &config)
{
    QList<FieldChange> overtaken;
    const QJsonObject before = std::exchange(m_shown, config);
    for (const Binding &binding : std::as_const(m_bindings)) {
        const QJsonValue is = binding.in(config);
        if (binding.in(before) == is)
            continue;
        if (isAsUsual(binding.control)) {
            binding.show(is);
            continue;
        }
        const QVariant entered = stateOf(binding.control);
        if (binding.read() != is)
            overtaken.append({binding.field, binding.read(), is});
        binding.show(is);
        setState(binding.control, entered);
    }
    return overtaken;
}
