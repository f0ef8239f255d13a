// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/formpanel.h"

#include "services/domain/subject.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/field.h"
#include "widgets/common/fielderrors.h"
#include "widgets/common/fieldrow.h"
#include "widgets/common/icons.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/numbertext.h"
#include "widgets/common/painting.h"
#include "widgets/common/sidepanel.h"
#include "widgets/common/subjectpreview.h"
#include "widgets/common/words.h"
#include "widgets/common/wrappinglabel.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QCoreApplication>
#include <QDateTimeEdit>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>

#include <algorithm>

namespace {

constexpr int leastFieldWidth = 150;
constexpr qsizetype mostSubjects = 500; // more are pasted by mistake, and each is compared with each

} // namespace

FormPanel::FormPanel(const Words &words, QWidget *parent)
    : QWidget(parent)
    , m_panel(new SidePanel(this))
    , m_content(new QWidget)
    , m_column(new QVBoxLayout(m_content))
    , m_scroll(SidePanel::scrolled(m_content))
    , m_kept(makeKeptNote())
    , m_message(new InlineMessage(this))
    , m_submit(new QPushButton(words.submit, this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_door(new FieldErrorDoor(this))
    , m_submitText(words.submit)
    , m_busyText(words.busy)
    , m_access(Access::yes())
{
    m_panel->setTitle(words.title);
    m_column->setContentsMargins(Look::cardPadding, Look::spaceXs, Look::cardPadding, Look::cardPadding);
    m_column->setSpacing(Look::spaceM);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    auto *messageRow = new QVBoxLayout;
    messageRow->setContentsMargins(Look::cardPadding, Look::spaceS, Look::cardPadding, Look::spaceS);
    messageRow->addWidget(m_message);
    m_panel->body()->addWidget(m_kept);
    m_panel->body()->addWidget(m_scroll, 1);
    m_panel->body()->addLayout(messageRow);
    m_message->setClosable(true);
    m_message->hide();
    m_submit->setProperty("primary", true);
    m_submit->setObjectName(QStringLiteral("create%1Button").arg(capitalized(words.stem)));
    m_cancel->setObjectName(QStringLiteral("cancel%1Button").arg(capitalized(words.stem)));
    m_cancel->setToolTip(tr("Discard what was entered"));
    m_panel->footer()->addWidget(m_submit);
    m_panel->footer()->addWidget(m_cancel);
    m_panel->footer()->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_panel);
    connectButtons();
}

QWidget *FormPanel::makeKeptNote()
{
    auto *note = new QWidget(this);
    note->setObjectName(QStringLiteral("keptDraftNote"));
    auto *icon = new QLabel(note);
    icon->setPixmap(Icons::icon(Icons::Name::Info, Look::SoftText).pixmap(16));
    auto *words = new WrappingLabel(note);
    words->setText(tr("Draft kept from before"));
    setTextRole(words, Look::SoftText);
    auto *restart = new QPushButton(tr("Start over"), note);
    restart->setObjectName(QStringLiteral("startOverButton"));
    restart->setProperty("flat", true);
    restart->setToolTip(tr("Discard what was entered and begin with an empty form"));
    auto *line = new QHBoxLayout(note);
    line->setContentsMargins(Look::cardPadding, 0, Look::spaceS, Look::spaceXs);
    line->setSpacing(Look::spaceS);
    line->addWidget(icon);
    line->addWidget(words, 1, Qt::AlignVCenter);
    line->addWidget(restart);
    note->hide();
    connect(restart, &QPushButton::clicked, this, &FormPanel::startOver);
    return note;
}

void FormPanel::connectButtons()
{
    connect(m_message, &InlineMessage::closed, m_message, &QWidget::hide);
    connect(m_submit, &QPushButton::clicked, this, &FormPanel::submit);
    connect(m_panel, &SidePanel::closeRequested, this, &FormPanel::closeRequested);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        clear();
        Q_EMIT cancelled();
    });
}

QLineEdit *FormPanel::addEdit(const QString &name, const char *objectName, const QString &placeholder, Judged judged)
{
    auto *edit = new QLineEdit(m_content);
    edit->setObjectName(QLatin1String(objectName));
    edit->setPlaceholderText(placeholder);
    m_names.insert(edit, name);
    connect(edit, &QLineEdit::textChanged, this, [this, name, judged](const QString &text) {
        if (judged == Judged::AtOnce && !text.isEmpty())
            m_door->noteTouched(name);
        noteEdited(name, text.isEmpty());
    });
    return edit;
}

QLineEdit *FormPanel::addNumber(const QString &name, const char *objectName, const QString &placeholder, qint64 most)
{
    QLineEdit *edit = addEdit(name, objectName, placeholder);
    m_numbers.append({edit, most});
    return edit;
}

QLineEdit *FormPanel::addSubjects(
    const QString &name, const char *objectName, const char *previewName, const QString &placeholder)
{
    QLineEdit *edit = addEdit(name, objectName, placeholder, Judged::OnLeaving);
    edit->setFont(Look::fixedFont());
    auto *preview = new SubjectPreview(m_content);
    preview->setObjectName(QLatin1String(previewName));
    m_previews.insert(edit, preview);
    connect(edit, &QLineEdit::textChanged, preview, [preview, edit] { preview->setSubjects(subjects(edit)); });
    return edit;
}

SegmentedChoice *FormPanel::addChoice(const QString &name, const char *objectName)
{
    auto *choice = new SegmentedChoice(m_content);
    choice->setObjectName(QLatin1String(objectName));
    m_names.insert(choice, name);
    connect(choice, &SegmentedChoice::currentChanged, this, [this, name](int index) { noteChosen(name, index == 0); });
    return choice;
}

QComboBox *FormPanel::addCombo(const QString &name, const char *objectName)
{
    auto *combo = new QComboBox(m_content);
    combo->setObjectName(QLatin1String(objectName));
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_names.insert(combo, name);
    connect(combo, &QComboBox::currentIndexChanged, this, [this, name](int index) { noteChosen(name, index == 0); });
    return combo;
}

QDateTimeEdit *FormPanel::addTime(const QString &name, const char *objectName)
{
    auto *edit = new QDateTimeEdit(m_content);
    edit->setObjectName(QLatin1String(objectName));
    edit->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    edit->setCalendarPopup(true);
    m_names.insert(edit, name);
    connect(edit, &QDateTimeEdit::dateTimeChanged, this, [this, name] { noteChosen(name, false); });
    return edit;
}

void FormPanel::noteChosen(const QString &name, bool isUsual)
{
    if (!m_isFinished)
        return;
    m_door->noteTouched(name);
    showWhatApplies();
    noteEdited(name, isUsual);
}

void FormPanel::noteEdited(const QString &name, bool isUsual)
{
    if (!m_isFinished)
        return;
    m_door->noteEdited(name);
    if (isUsual)
        m_edited.remove(name);
    else
        m_edited.insert(name);
    judge();
}

void FormPanel::addSection(const QString &title)
{
    if (m_section)
        m_column->addSpacing(Look::spaceS);
    auto *label = new QLabel(title, m_content);
    label->setFont(Look::titleFont());
    m_column->addWidget(label);
    m_section = new FieldRow(leastFieldWidth, m_content);
    m_column->addWidget(m_section);
}

Field *FormPanel::addField(const QString &label, QWidget *control, const QString &hint)
{
    Field *field = placeField(label, control, hint, true);
    if (QWidget *preview = m_previews.value(control))
        placeWide(preview);
    return field;
}

Field *FormPanel::addNarrowField(const QString &label, QWidget *control, const QString &hint)
{
    return placeField(label, control, hint, false);
}

Field *FormPanel::placeField(const QString &label, QWidget *control, const QString &hint, bool isWide)
{
    auto *field = new Field(label, control);
    field->setHint(hint);
    m_section->addField(field, isWide);
    m_controls.append(control);
    m_door->addField(m_names.value(control), field);
    return field;
}

/// Shown or hidden as it was: FieldRow shows what it is given.
void FormPanel::placeWide(QWidget *widget)
{
    const bool isShown = !widget->isHidden();
    m_section->addField(widget, true);
    widget->setVisible(isShown);
}

void FormPanel::finish()
{
    m_column->addStretch();
    m_controls << m_submit << m_cancel << static_cast<QWidget *>(m_panel->closeButton());
    for (qsizetype i = 1; i < m_controls.size(); ++i)
        setTabOrder(m_controls[i - 1], m_controls[i]);
    m_isFinished = true;
    showWhatApplies();
    judge();
}

std::optional<qint64> FormPanel::number(const QLineEdit *edit) const
{
    const auto found = std::find_if(
        m_numbers.cbegin(), m_numbers.cend(), [edit](const Number &number) { return number.edit == edit; });
    return readNumber(edit->text(), found->most).value;
}

QStringList FormPanel::subjects(const QLineEdit *edit)
{
    return splitSubjects(edit->text()).mid(0, mostSubjects);
}

FieldErrors FormPanel::typedProblems() const
{
    FieldErrors problems;
    for (const Number &number : m_numbers) {
        const QString problem = readNumber(number.edit->text(), number.most).problem;
        if (!problem.isEmpty() && number.edit->isVisibleTo(this))
            problems.append({m_names.value(number.edit), problem});
    }
    for (auto preview = m_previews.cbegin(); preview != m_previews.cend(); ++preview) {
        const auto *edit = static_cast<const QLineEdit *>(preview.key());
        if (splitSubjects(edit->text()).size() > mostSubjects)
            problems.append({m_names.value(edit), tr("Enter at most %1 subjects.").arg(mostSubjects)});
    }
    return problems;
}

void FormPanel::judge()
{
    m_door->setFound(typedProblems() + problems());
}

void FormPanel::submit()
{
    if (m_isBusy)
        return;
    clearError();
    judge();
    m_door->showAll();
    if (m_door->isClear())
        submitDraft();
    else
        showFirstWrong();
}

void FormPanel::clear()
{
    emptyControls();
    clearError();
    m_kept->hide();
    judge();
    m_door->reset();
    m_edited.clear();
}

void FormPanel::startOver()
{
    clear();
    setFocus(Qt::OtherFocusReason);
}

void FormPanel::setSubmitAccess(const Access &access)
{
    m_access = access;
    renewSubmit();
}

void FormPanel::setBusy(bool busy)
{
    m_isBusy = busy;
    m_content->setEnabled(!busy);
    m_kept->setEnabled(!busy);
    setDisabledReason(m_cancel, busy ? tr("Waiting for the server's answer.") : QString());
    m_submit->setText(busy ? m_busyText : m_submitText);
    renewSubmit();
}

void FormPanel::renewSubmit()
{
    setAccess(m_submit, m_isBusy ? Access::no(tr("Waiting for the server's answer.")) : m_access);
}

void FormPanel::showError(const Error &error)
{
    m_door->setServerErrors(error.fields);
    const FieldErrors strangers = m_door->unplaced(error.fields);
    if (!error.fields.isEmpty() && strangers.isEmpty()) {
        showFirstWrong();
        return;
    }
    QStringList words;
    for (const FieldError &stranger : strangers)
        words << QStringLiteral("%1: %2").arg(stranger.field, stranger.message);
    m_message->setMessage(Tone::Bad, error.summary, words.join(QLatin1Char('\n')), error.detail);
    m_message->show();
}

void FormPanel::clearError()
{
    m_door->setServerErrors({});
    m_message->hide();
}

void FormPanel::showFirstWrong()
{
    const Field *field = m_door->firstWrong();
    if (!field)
        return;
    m_door->focusFirstWrong();
    // Errors have just made fields higher: only what is laid out can be scrolled to.
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    const QRect place(field->mapTo(m_content, QPoint()), field->size());
    m_scroll->ensureVisible(place.center().x(), place.bottom(), 0, Look::spaceM);
    m_scroll->ensureVisible(place.center().x(), place.top(), 0, Look::spaceM);
}

void FormPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!event->spontaneous())
        m_kept->setVisible(hasDraft() && !m_isBusy);
}

void FormPanel::keyPressEvent(QKeyEvent *event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isReturn && event->modifiers().testFlag(Qt::ControlModifier))
        m_submit->click();
    else
        QWidget::keyPressEvent(event);
}
