// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/formpanel.h"

#include "widgets/common/disabledreason.h"
#include "widgets/common/field.h"
#include "widgets/common/fielderrors.h"
#include "widgets/common/fieldrow.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/look.h"
#include "widgets/common/sidepanel.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace {

constexpr int leastFieldWidth = 150;

} // namespace

FormPanel::FormPanel(const QString &title, const QString &submitText, const QString &busyText, QWidget *parent)
    : QWidget(parent)
    , m_panel(new SidePanel(this))
    , m_content(new QWidget)
    , m_column(new QVBoxLayout(m_content))
    , m_message(new InlineMessage(this))
    , m_submit(new QPushButton(submitText, this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_door(new FieldErrorDoor(this))
    , m_submitText(submitText)
    , m_busyText(busyText)
    , m_access(Access::yes())
{
    m_panel->setTitle(title);
    m_column->setContentsMargins(Look::cardPadding, Look::spaceXs, Look::cardPadding, Look::cardPadding);
    m_column->setSpacing(Look::spaceM);
    m_panel->setScrolled(m_content);
    auto *messageRow = new QVBoxLayout;
    messageRow->setContentsMargins(Look::cardPadding, Look::spaceS, Look::cardPadding, Look::spaceS);
    messageRow->addWidget(m_message);
    m_panel->body()->addLayout(messageRow);
    m_message->setClosable(true);
    m_message->hide();
    m_submit->setProperty("primary", true);
    m_cancel->setToolTip(tr("Discard what was entered"));
    m_panel->footer()->addWidget(m_submit);
    m_panel->footer()->addWidget(m_cancel);
    m_panel->footer()->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_panel);

    connect(m_message, &InlineMessage::closed, m_message, &QWidget::hide);
    connect(m_submit, &QPushButton::clicked, this, &FormPanel::submitRequested);
    connect(m_cancel, &QPushButton::clicked, this, &FormPanel::cancelRequested);
    connect(m_panel, &SidePanel::closeRequested, this, &FormPanel::closeRequested);
}

void FormPanel::addSection(const QString &title)
{
    if (!m_controls.isEmpty())
        m_column->addSpacing(Look::spaceS);
    auto *label = new QLabel(title, m_content);
    label->setFont(Look::titleFont());
    m_column->addWidget(label);
}

void FormPanel::addField(const QString &name, Field *field)
{
    field->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_column->addWidget(field);
    m_controls.append(field->control());
    m_door->addField(name, field);
}

void FormPanel::addFields(const QList<std::pair<QString, Field *>> &fields)
{
    auto *row = new FieldRow(leastFieldWidth, m_content);
    for (const auto &[name, field] : fields) {
        row->addField(field);
        m_controls.append(field->control());
        m_door->addField(name, field);
    }
    m_column->addWidget(row);
}

void FormPanel::addWidget(QWidget *widget)
{
    m_column->addWidget(widget);
}

void FormPanel::finish()
{
    m_column->addStretch();
    m_controls << m_submit << m_cancel << static_cast<QWidget *>(m_panel->closeButton());
    for (qsizetype i = 1; i < m_controls.size(); ++i)
        setTabOrder(m_controls[i - 1], m_controls[i]);
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
    m_cancel->setEnabled(!busy);
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
        m_door->focusFirstWrong();
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

void FormPanel::focusFirst()
{
    for (QWidget *control : std::as_const(m_controls)) {
        if (control->isEnabled()) {
            control->setFocus(Qt::OtherFocusReason);
            return;
        }
    }
}

void FormPanel::keyPressEvent(QKeyEvent *event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isReturn && event->modifiers().testFlag(Qt::ControlModifier))
        m_submit->click();
    else
        QWidget::keyPressEvent(event);
}
