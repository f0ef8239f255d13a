// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/field.h"

#include "widgets/common/icons.h"
#include "widgets/common/painting.h"
#include "widgets/common/wrappinglabel.h"

#include <QAccessible>
#include <QFocusEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>

namespace {

constexpr int shapeSize = 14;

} // namespace

Field::Field(const QString &label, QWidget *control, QWidget *parent)
    : QWidget(parent)
    , m_label(new QLabel(this))
    , m_control(control)
    , m_shape(new QLabel(this))
    , m_below(new WrappingLabel(this))
{
    m_label->setBuddy(control);
    setTextRole(m_label, Look::SoftText);
    auto *controlRow = new QHBoxLayout;
    controlRow->setSpacing(Look::spaceS);
    if (control->sizePolicy().horizontalPolicy() == QSizePolicy::Fixed) {
        controlRow->addWidget(control);
        controlRow->addStretch();
    } else {
        controlRow->addWidget(control, 1);
    }

    auto *below = new QHBoxLayout;
    below->setSpacing(Look::spaceXs);
    below->addWidget(m_shape, 0, Qt::AlignTop);
    below->addWidget(m_below, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Look::spaceXs);
    layout->addWidget(m_label);
    layout->addLayout(controlRow);
    layout->addLayout(below);
    layout->addStretch();
    m_below->setMinimumHeight(shapeSize);
    for (QWidget *named : namedWidgets())
        named->installEventFilter(this);
    setLabel(label);
    renewBelow();
}

void Field::setLabel(const QString &label)
{
    m_label->setText(label);
    m_label->setFont(Look::captionFont());
    for (QWidget *named : namedWidgets())
        named->setAccessibleName(QString(label).remove(QLatin1Char('&')));
}

/// The control, and what takes the keyboard for it.
QList<QWidget *> Field::namedWidgets() const
{
    QWidget *proxy = m_control->focusProxy();
    return proxy ? QList<QWidget *>{m_control, proxy} : QList<QWidget *>{m_control};
}

QLineEdit *Field::typedInto() const
{
    auto *edit = qobject_cast<QLineEdit *>(m_control);
    return edit ? edit : m_control->findChild<QLineEdit *>();
}

bool Field::eventFilter(QObject *watched, QEvent *event)
{
    // Whoever opens a menu of the control is still there.
    if (event->type() == QEvent::FocusOut && static_cast<QFocusEvent *>(event)->reason() != Qt::PopupFocusReason) {
        Q_EMIT left();
        showWholeError();
    }
    return QWidget::eventFilter(watched, event);
}

void Field::setHint(const QString &hint)
{
    m_hint = hint;
    renewBelow();
}

bool Field::isTyping() const
{
    const QLineEdit *edit = typedInto();
    return edit && edit->hasFocus();
}

void Field::showWholeError()
{
    if (m_roomyError == m_error)
        return;
    m_roomyError = m_error;
    renewBelow();
}

void Field::setError(const QString &error)
{
    if (m_error == error)
        return;
    m_error = error;
    if (!isTyping())
        m_roomyError = error;
    renewBelow();
    if (!error.isEmpty()) {
        QAccessibleEvent event(m_control, QAccessible::Alert);
        QAccessible::updateAccessibility(&event);
    }
}

void Field::renewBelow()
{
    const bool isWrong = hasError();
    m_control->setProperty("invalid", isWrong);
    for (QWidget *named : namedWidgets())
        named->setAccessibleDescription(isWrong ? tr("Wrong: %1").arg(m_error) : m_hint);
    m_control->update();
    m_below->setFont(Look::captionFont());
    m_below->setText(isWrong ? m_error : m_hint);
    renewRoom();
    setTextRole(m_below, isWrong ? Look::Bad : Look::SoftText);
    m_shape->setVisible(isWrong);
    if (isWrong)
        m_shape->setPixmap(Icons::icon(Icons::Name::Alert, Look::Bad).pixmap(shapeSize));
}

void Field::renewRoom()
{
    const int shape = shapeSize + Look::spaceXs;
    QList<WrappingLabel::Kept> room;
    if (typedInto())
        room.append({QString()});
    if (!m_hint.isEmpty())
        room.append({m_hint, hasError() ? shape : 0});
    if (!m_roomyError.isEmpty())
        room.append({m_roomyError, hasError() ? 0 : -shape});
    m_below->setRoomFor(room);
    m_below->setVisible(!room.isEmpty());
}

void Field::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange)
        renewBelow();
}
