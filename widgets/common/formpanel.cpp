// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/formpanel.h"

#include "widgets/common/disabledreason.h"
#include "widgets/common/field.h"
#include "widgets/common/fielderrors.h"
#include "widgets/common/fieldrow.h"
#include "widgets/common/fold.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/keptdraftnote.h"
#include "widgets/common/painting.h"
#include "widgets/common/sidepanel.h"
#include "widgets/common/subjectpreview.h"
#include "widgets/common/words.h"
#include "widgets/common/wrappinglabel.h"

#include <QBoxLayout>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>

#include <algorithm>

namespace {

constexpr int leastFieldWidth = 150;

} // namespace

FormPanel::FormPanel(const Words &words, QWidget *parent)
    : FormControls(parent)
    , m_panel(new SidePanel(this))
    , m_content(new QWidget)
    , m_column(new QVBoxLayout(m_content))
    , m_scroll(SidePanel::scrolled(m_content))
    , m_below(new QVBoxLayout)
    , m_kept(new KeptDraftNote(this))
    , m_message(new InlineMessage(this))
    , m_submit(new QPushButton(words.submit, this))
    , m_cancel(new QPushButton(tr("Ca&ncel"), this))
    , m_door(new FieldErrorDoor(this))
    , m_keyboard(m_scroll)
    , m_place(m_column)
    , m_submitText(words.submit)
    , m_busyText(words.busy)
    , m_access(Access::yes())
{
    m_panel->setTitle(words.title);
    m_column->setContentsMargins(Look::cardPadding, Look::spaceXs, Look::cardPadding, Look::cardPadding);
    m_column->setSpacing(Look::spaceM);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_below->setContentsMargins(Look::cardPadding, Look::spaceS, Look::cardPadding, Look::spaceS);
    m_below->setSpacing(Look::spaceS);
    m_below->addWidget(m_message);
    m_panel->body()->addWidget(m_kept);
    m_panel->body()->addWidget(m_scroll, 1);
    m_panel->body()->addLayout(m_below);
    m_message->setClosable(true);
    m_message->hide();
    m_submit->setProperty("primary", true);
    m_submit->setObjectName(QStringLiteral("create%1Button").arg(capitalized(words.stem)));
    m_cancel->setObjectName(QStringLiteral("cancel%1Button").arg(capitalized(words.stem)));
    m_panel->footer()->addWidget(m_submit);
    m_panel->footer()->addWidget(m_cancel);
    m_panel->footer()->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_panel);
    renewCancel();
    m_submit->setToolTip(submitTip());
    connectButtons();
}

QString FormPanel::submitTip() const
{
    return QStringLiteral("%1 (%2)").arg(QString(m_submitText).remove(QLatin1Char('&')),
        QKeySequence(Qt::CTRL | Qt::Key_Return).toString(QKeySequence::NativeText));
}

void FormPanel::connectButtons()
{
    connect(m_kept, &KeptDraftNote::startOverRequested, this, &FormPanel::startOver);
    connect(m_message, &InlineMessage::closed, m_message, &QWidget::hide);
    connect(m_submit, &QPushButton::clicked, this, &FormPanel::submit);
    connect(m_panel, &SidePanel::closeRequested, this, &FormPanel::closeRequested);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        clear();
        Q_EMIT cancelled();
    });
}

void FormPanel::noteTyped(const QString &name, Judged judged, bool isUsual)
{
    if (judged == Judged::AtOnce && !isUsual)
        m_door->noteTouched(name);
    noteEdited(name, isUsual);
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
    renewCancel();
    judge();
}

void FormPanel::addSection(const QString &title)
{
    if (m_place->count() > 0)
        m_place->addSpacing(Look::spaceS);
    auto *label = new QLabel(title, m_content);
    label->setFont(Look::titleFont());
    m_place->addWidget(label);
    addFields();
}

void FormPanel::addFields()
{
    m_section = new FieldRow(leastFieldWidth, m_content);
    m_place->addWidget(m_section);
}

Fold *FormPanel::addFold(const QString &title)
{
    if (m_section) // folds below each other stand as close as fields
        m_place->addSpacing(Look::spaceS);
    auto *fold = new Fold(title, m_content);
    m_place->addWidget(fold);
    m_place = fold->body();
    m_controls.append(fold->heading());
    addFields();
    return fold;
}

void FormPanel::endFold()
{
    m_place = m_column;
    m_section = nullptr;
}

Field *FormPanel::addField(const QString &label, QWidget *control, const QString &hint)
{
    Field *field = placeField(label, control, hint, true);
    if (QWidget *preview = previewOf(control))
        addWide(preview);
    return field;
}

Field *FormPanel::addNarrowField(const QString &label, QWidget *control, const QString &hint)
{
    return placeField(label, control, hint, false);
}

Field *FormPanel::placeField(const QString &label, QWidget *control, const QString &hint, bool isWide)
{
    if (!m_section)
        addFields();
    auto *field = new Field(label, control);
    field->setHint(hint);
    m_section->addField(field, isWide);
    m_controls.append(control);
    m_door->addField(nameOf(control), field);
    return field;
}

void FormPanel::addWide(QWidget *widget)
{
    if (!m_section)
        addFields();
    const bool isShown = !widget->isHidden(); // FieldRow shows what it is given
    m_section->addField(widget, true);
    widget->setVisible(isShown);
}

void FormPanel::addStanding(QWidget *widget)
{
    m_below->insertWidget(0, widget);
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

void FormPanel::judge()
{
    m_door->setFound(typedProblems() + problems());
    judged();
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
    if (!m_isBusy)
        setFocusProxy(m_first);
    judge();
    m_door->reset();
    m_edited.clear();
    renewCancel();
}

void FormPanel::begin()
{
    if (m_isBusy)
        return setFocus(Qt::OtherFocusReason);
    if (!hasDraft())
        m_door->reset();
    // FocusAnchor goes along with a field that is laid out only after it has the keyboard.
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    setFocusProxy(m_first);
    setFocus(Qt::TabFocusReason); // which selects the text
    m_scroll->verticalScrollBar()->setValue(0);
}

void FormPanel::startOver()
{
    clear();
    setFocus(Qt::OtherFocusReason);
}

/// Says what it does: only Escape and the cross keep a draft.
void FormPanel::renewCancel()
{
    m_cancel->setText(hasDraft() ? tr("Discard e&ntries") : tr("Ca&ncel"));
    m_cancel->setToolTip(hasDraft() ? tr("Close the form and forget what was entered. Escape closes it and keeps that.")
                                    : tr("Close the form"));
    m_panel->closeButton()->setToolTip(
        hasDraft() ? tr("Close and keep what was entered (Escape)") : tr("Close (Escape)"));
}

void FormPanel::setSubmitAccess(const Access &access)
{
    m_access = access;
    renewSubmit();
}

void FormPanel::setBusy(bool busy)
{
    if (m_isBusy == busy)
        return;
    m_isBusy = busy;
    if (busy)
        m_keyboard.keepIn(this);
    m_content->setEnabled(!busy);
    m_kept->setEnabled(!busy);
    setDisabledReason(m_cancel, busy ? tr("Waiting for the server's answer.") : QString());
    if (!busy)
        renewCancel();
    m_submit->setText(busy ? m_busyText : m_submitText);
    renewSubmit();
    if (!busy)
        m_keyboard.giveBackTo(this, m_first);
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
        // A person who has gone on to something else meanwhile is not called back.
        if (const QWidget *focus = window()->focusWidget(); isVisible() && focus && isAncestorOf(focus))
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
    if (Fold *fold = Fold::around(field))
        fold->setOpen(true);
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
    if (event->spontaneous())
        return;
    m_kept->setVisible(hasDraft() && !m_isBusy);
    QWidget *last = focusWidget();
    if (hasDraft() && !m_isBusy && last && m_content->isAncestorOf(last) && last->isVisible())
        setFocusProxy(last);
}

void FormPanel::keyPressEvent(QKeyEvent *event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isReturn && event->modifiers().testFlag(Qt::ControlModifier))
        m_submit->click();
    else
        QWidget::keyPressEvent(event);
}
