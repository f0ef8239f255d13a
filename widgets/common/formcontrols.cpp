// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/formcontrols.h"

#include "services/domain/subject.h"
#include "widgets/common/documentcontrol.h"
#include "widgets/common/fold.h"
#include "widgets/common/look.h"
#include "widgets/common/secretfield.h"
#include "widgets/common/subjectpreview.h"
#include "widgets/common/typinglimit.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QLineEdit>
#include <QLocale>
#include <QSignalBlocker>

#include <algorithm>

namespace {
constexpr int longestDate = 40;
constexpr int longestSubjectList = 20'000;
constexpr qsizetype mostSubjects = 500; // more are pasted by mistake, and each is compared with each
} // namespace

FormControls::FormControls(QWidget *parent)
    : QWidget(parent)
{
}

QLineEdit *FormControls::addEdit(const QString &name, const char *objectName, const QString &placeholder, Judged judged)
{
    auto *edit = new QLineEdit(this);
    edit->setObjectName(QLatin1String(objectName));
    edit->setPlaceholderText(placeholder);
    limitTyping(edit);
    m_names.insert(edit, name);
    connect(edit, &QLineEdit::textChanged, this,
        [this, edit, name, judged](const QString &text) { noteTyped(name, judged, text == m_usualTexts.value(edit)); });
    return edit;
}

void FormControls::setUsualText(QLineEdit *edit, const QString &text)
{
    m_usualTexts.insert(edit, text.isNull() ? QStringLiteral("") : text);
    if (text.size() > edit->maxLength())
        edit->setMaxLength(int(text.size())); // what a server holds is shown whole
    if (edit->text() == text)
        noteTyped(nameOf(edit), Judged::OnLeaving, true); // it may have been entered before it was usual
    else
        edit->setText(text);
}

void FormControls::setUsualChoice(SegmentedChoice *choice, const QVariant &value)
{
    for (int index = 0; index < choice->count(); ++index) {
        if (choice->choiceData(index) != value)
            continue;
        m_usualChoices.insert(choice, index);
        if (choice->currentIndex() == index)
            noteChosen(nameOf(choice), true);
        else
            choice->setCurrentIndex(index);
    }
}

void FormControls::setUsualItem(QComboBox *combo, const QVariant &value)
{
    const int index = std::max(combo->findData(value), 0);
    m_usualChoices.insert(combo, index);
    if (combo->currentIndex() == index)
        noteChosen(nameOf(combo), true);
    else
        combo->setCurrentIndex(index);
}

void FormControls::setUsualTime(QDateTimeEdit *edit, const QDateTime &time)
{
    m_usualTimes.insert(edit, time);
    if (edit->dateTime() == time)
        noteChosen(nameOf(edit), true);
    else
        edit->setDateTime(time);
}

bool FormControls::isAsUsual(const QWidget *control) const
{
    if (const auto *edit = qobject_cast<const QLineEdit *>(control))
        return edit->text() == m_usualTexts.value(edit);
    if (const auto *box = qobject_cast<const QCheckBox *>(control))
        return box->isChecked() == m_usualFlags.value(box);
    if (const auto *combo = qobject_cast<const QComboBox *>(control))
        return combo->currentIndex() == m_usualChoices.value(combo);
    if (const auto *time = qobject_cast<const QDateTimeEdit *>(control))
        return time->dateTime() == m_usualTimes.value(time);
    if (const auto *document = qobject_cast<const DocumentControl *>(control))
        return document->value() == m_usualDocuments.value(document);
    const auto *choice = static_cast<const SegmentedChoice *>(control);
    return choice->currentIndex() == m_usualChoices.value(choice);
}

bool FormControls::renewUsualText(QLineEdit *edit, const QString &text)
{
    const QString before = m_usualTexts.value(edit);
    if (before == text)
        return true;
    const QString entered = edit->text();
    const bool isEdited = entered != before;
    m_usualTexts.insert(edit, text.isNull() ? QStringLiteral("") : text);
    if (!isEdited)
        edit->setText(text);
    else
        noteTyped(nameOf(edit), Judged::AtOnce, entered == text);
    return !isEdited || entered == text;
}

void FormControls::setUsualSecret(SecretField *field, const SecretString &secret)
{
    m_isSecretUsual = true;
    field->setSecret(secret);
    m_isSecretUsual = false;
}

QLineEdit *FormControls::addNumber(
    const QString &name, const char *objectName, const QString &placeholder, qint64 most, Needed needed)
{
    QLineEdit *edit = addEdit(name, objectName, placeholder);
    m_numbers.append({edit, {QuantityUnit::Kind::Count, 1, most}, needed});
    return edit;
}

QLineEdit *FormControls::addQuantity(
    const QString &name, const char *objectName, const QString &placeholder, const QuantityUnit &unit)
{
    QLineEdit *edit = addEdit(name, objectName, placeholder);
    m_numbers.append({edit, unit, Needed::No});
    return edit;
}

QLineEdit *FormControls::addQuantities(
    const QString &name, const char *objectName, const QString &placeholder, const QuantityUnit &unit)
{
    QLineEdit *edit = addEdit(name, objectName, placeholder);
    m_lists.insert(edit, unit);
    return edit;
}

QCheckBox *FormControls::addFlag(const QString &name, const char *objectName, const QString &text)
{
    auto *box = new QCheckBox(text, this);
    box->setObjectName(QLatin1String(objectName));
    m_names.insert(box, name);
    connect(box, &QCheckBox::toggled, this,
        [this, box, name](bool isOn) { noteChosen(name, isOn == m_usualFlags.value(box)); });
    return box;
}

void FormControls::setUsualFlag(QCheckBox *box, bool on)
{
    m_usualFlags.insert(box, on);
    if (box->isChecked() == on)
        noteChosen(nameOf(box), true);
    else
        box->setChecked(on);
}

QLineEdit *FormControls::addSubjects(
    const QString &name, const char *objectName, const char *previewName, const QString &placeholder)
{
    QLineEdit *edit = addEdit(name, objectName, placeholder, Judged::OnLeaving);
    edit->setFont(Look::fixedFont());
    edit->setMaxLength(longestSubjectList);
    auto *preview = new SubjectPreview(this);
    preview->setObjectName(QLatin1String(previewName));
    m_previews.insert(edit, preview);
    connect(edit, &QLineEdit::textChanged, preview, [preview, edit] { preview->setSubjects(subjects(edit)); });
    return edit;
}

SegmentedChoice *FormControls::addChoice(const QString &name, const char *objectName)
{
    auto *choice = new SegmentedChoice(this);
    choice->setObjectName(QLatin1String(objectName));
    m_names.insert(choice, name);
    connect(choice, &SegmentedChoice::currentChanged, this,
        [this, choice, name](int index) { noteChosen(name, index == m_usualChoices.value(choice)); });
    return choice;
}

SecretField *FormControls::addSecret(const QString &name, const char *objectName)
{
    auto *field = new SecretField(this);
    field->lineEdit()->setObjectName(QLatin1String(objectName));
    field->setPlaceholder(tr("At least 12 characters"));
    m_names.insert(field, name);
    connect(field, &SecretField::secretChanged, this, [this, field, name] {
        noteTyped(name, Judged::AtOnce, m_isSecretUsual || field->lineEdit()->text().isEmpty());
    });
    connect(field, &SecretField::generateRequested, field, [field] { field->setSecret(generatePassword()); });
    return field;
}

QComboBox *FormControls::addCombo(const QString &name, const char *objectName)
{
    auto *combo = new QComboBox(this);
    combo->setObjectName(QLatin1String(objectName));
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_names.insert(combo, name);
    connect(combo, &QComboBox::currentIndexChanged, this,
        [this, combo, name](int index) { noteChosen(name, index == m_usualChoices.value(combo)); });
    return combo;
}

QDateTimeEdit *FormControls::addTime(const QString &name, const char *objectName)
{
    auto *edit = new QDateTimeEdit(this);
    edit->setObjectName(QLatin1String(objectName));
    edit->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    edit->setCalendarPopup(true);
    limitTyping(edit->findChild<QLineEdit *>(), longestDate);
    m_names.insert(edit, name);
    connect(edit, &QDateTimeEdit::dateTimeChanged, this,
        [this, edit, name](const QDateTime &time) { noteChosen(name, time == m_usualTimes.value(edit)); });
    return edit;
}

void FormControls::addDocument(const QString &name, const char *objectName, DocumentControl *control)
{
    control->setParent(this);
    control->setObjectName(QLatin1String(objectName));
    m_names.insert(control, name);
    m_documents.append(control);
    m_usualDocuments.insert(control, control->value());
    connect(control, &DocumentControl::edited, this,
        [this, control, name] { noteTyped(name, Judged::OnLeaving, isAsUsual(control)); });
    connect(qApp, &QApplication::focusChanged, &m_focusWatch, [this, control, name](QWidget *old, QWidget *now) {
        const bool isLeft = old && control->isAncestorOf(old) && !(now && control->isAncestorOf(now));
        if (isLeft && isVisible())
            noteTyped(name, Judged::AtOnce, isAsUsual(control));
    });
}

void FormControls::setUsualDocument(DocumentControl *control, const QJsonValue &value)
{
    const QSignalBlocker quiet(control); // it is an edit until it is known to be usual
    control->setValue(value);
    m_usualDocuments.insert(control, control->value());
    noteTyped(nameOf(control), Judged::OnLeaving, true);
}

std::optional<qint64> FormControls::number(const QLineEdit *edit) const
{
    const auto found = std::find_if(
        m_numbers.cbegin(), m_numbers.cend(), [edit](const Number &number) { return number.edit == edit; });
    return typed(*found).value;
}

TypedNumber FormControls::typed(const Number &number) const
{
    return readQuantity(number.edit->text(), number.unit, number.needed == Needed::No);
}

QList<qint64> FormControls::quantities(const QLineEdit *edit) const
{
    return readQuantities(edit->text(), m_lists.value(edit)).values;
}

QStringList FormControls::subjects(const QLineEdit *edit)
{
    return splitSubjects(edit->text()).mid(0, mostSubjects);
}

/// It stands there as it came: whatever that is, nobody has to make it another.
bool FormControls::isAsTold(const QLineEdit *edit) const
{
    const QString told = m_usualTexts.value(edit);
    return !told.isEmpty() && edit->text() == told;
}

FieldErrors FormControls::typedProblems() const
{
    FieldErrors problems;
    for (const Number &number : m_numbers) {
        const QString problem = isAsTold(number.edit) ? QString() : typed(number).problem;
        if (!problem.isEmpty() && Fold::applies(number.edit, this))
            problems.append({m_names.value(number.edit), problem});
    }
    for (auto list = m_lists.cbegin(); list != m_lists.cend(); ++list) {
        const QString problem =
            isAsTold(list.key()) ? QString() : readQuantities(list.key()->text(), list.value()).problem;
        if (!problem.isEmpty() && Fold::applies(list.key(), this))
            problems.append({m_names.value(list.key()), problem});
    }
    for (auto preview = m_previews.cbegin(); preview != m_previews.cend(); ++preview) {
        const auto *edit = static_cast<const QLineEdit *>(preview.key());
        if (!isAsTold(edit) && splitSubjects(edit->text()).size() > mostSubjects)
            problems.append({m_names.value(edit), tr("Enter at most %1 subjects.").arg(mostSubjects)});
    }
    for (const DocumentControl *document : m_documents) {
        if (const QString problem = document->problem(); !problem.isEmpty())
            problems.append({m_names.value(document), problem});
    }
    for (auto named = m_names.cbegin(); named != m_names.cend(); ++named) {
        const auto *edit = qobject_cast<const QLineEdit *>(named.key());
        if (edit && !isAsTold(edit) && isFull(*edit) && Fold::applies(edit, this))
            problems.append({named.value(),
                tr("At most %1 characters fit here, and the rest may be missing. Shorten it.")
                    .arg(QLocale().toString(edit->maxLength()))});
    }
    return problems;
}

QString FormControls::labelOf(const QString &field) const
{
    const QWidget *control = m_names.key(field);
    QString label = control ? control->accessibleName() : QString();
    if (const auto unit = label.lastIndexOf(QStringLiteral(" (")); unit > 0)
        label.truncate(unit);
    return label.isEmpty() ? field : label;
}

SubjectPreview *FormControls::previewOf(const QWidget *control) const
{
    return m_previews.value(control);
}
