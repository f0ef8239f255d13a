// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/objects/configform.h"

#include <QCheckBox>
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
    return static_cast<const SegmentedChoice *>(control)->currentIndex();
}

void setState(QWidget *control, const QVariant &state)
{
    if (auto *edit = qobject_cast<QLineEdit *>(control))
        edit->setText(state.toString());
    else if (auto *box = qobject_cast<QCheckBox *>(control))
        box->setChecked(state.toBool());
    else
        static_cast<SegmentedChoice *>(control)->setCurrentIndex(state.toInt());
}

} // namespace

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

void ConfigForm::bindQuantity(QLineEdit *edit, const QuantityUnit &unit, qint64 none)
{
    const auto show = [this, edit, unit](const QJsonValue &value) {
        const qint64 amount = value.toInteger();
        setUsualText(edit, amount > 0 ? quantityText(amount, unit) : QString()); // servers take 0 and -1 for none
    };
    bind(edit, show, [this, edit, none] { return QJsonValue(number(edit).value_or(none)); });
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
        const bool isLeftOpen = value.isDouble() && value.toInt() == 0;
        return isLeftOpen ? QJsonValue(QJsonValue::Undefined) : value;
    });
}

void ConfigForm::showConfig(const QJsonObject &config)
{
    m_shown = config;
    for (const Binding &binding : std::as_const(m_bindings))
        binding.show(config.value(binding.field));
}

QJsonObject ConfigForm::entered(QJsonObject config) const
{
    for (const Binding &binding : m_bindings) {
        if (isAsUsual(binding.control))
            continue;
        const QJsonValue value = binding.read();
        if (value.isUndefined())
            config.remove(binding.field);
        else
            config.insert(binding.field, value);
    }
    return config;
}

bool ConfigForm::isBound(const QString &field) const
{
    return std::any_of(
        m_bindings.cbegin(), m_bindings.cend(), [&field](const Binding &binding) { return binding.field == field; });
}

QStringList ConfigForm::followConfig(const QJsonObject &config)
{
    QStringList overtaken;
    const QJsonObject before = std::exchange(m_shown, config);
    for (const Binding &binding : std::as_const(m_bindings)) {
        const QJsonValue was = before.value(binding.field);
        const QJsonValue is = config.value(binding.field);
        if (was == is)
            continue;
        if (isAsUsual(binding.control)) {
            binding.show(is);
            continue;
        }
        const QVariant entered = stateOf(binding.control);
        if (binding.read() != is)
            overtaken.append(binding.field);
        binding.show(is);
        setState(binding.control, entered);
    }
    return overtaken;
}
